"""A sentence cut into terms: words, numbers, signs, and phrases the lexicon knows as one."""

import re
from dataclasses import dataclass

from service.languages.lexicon import Entry, Label, Lexicon

MOST = 450  # terms read of one sentence
TOKEN = re.compile(
    r"(?P<number>\d{1,2}(?:,\d{2})+,\d{3}(?!\d)|\d{1,3}(?:[,.' ]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?)"
    r"|(?P<word>(?:[^\W\d_]\.){2,}|[^\W\d_]\w*(?:['-](?!s\b)\w+)*)|(?P<link>https?:\S{1,400})|'s\b|\S"
)
NOTHING = Entry()


@dataclass(slots=True)
class Term:
    """A word, number, sign or phrase; offsets count in the whole text, `word` is folded."""

    start: int
    end: int
    word: str
    entry: Entry
    number: bool = False
    capital: bool = False
    glued: bool = False

    def is_(self, mark: str) -> bool:
        return mark in self.entry.marks


def terms(text: str, folded: str, start: int, end: int, lexicon: Lexicon) -> list[Term]:
    """The terms of the sentence at start:end, at most MOST."""
    tokens = _tokens(text, folded, start, end)
    return _merged(tokens, folded, lexicon)


def _tokens(text: str, folded: str, start: int, end: int) -> list[Term]:
    found: list[Term] = []
    last = -1
    for match in TOKEN.finditer(folded, start, end):
        at, to = match.span()
        if match.lastgroup == "link":
            continue
        number = match.lastgroup == "number"
        found.append(Term(at, to, match.group(), NOTHING, number, text[at].isupper(), at == last))
        last = to
        if len(found) >= MOST:
            break
    return found


def _merged(tokens: list[Term], folded: str, lexicon: Lexicon) -> list[Term]:
    merged: list[Term] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        length, entry = _longest(tokens, at, lexicon)
        if length > 1:
            end = tokens[at + length - 1].end
            token = Term(token.start, end, folded[token.start : end], NOTHING, False, token.capital, token.glued)
        token.entry = entry
        merged.append(token)
        at += length
    return merged


def _longest(tokens: list[Term], at: int, lexicon: Lexicon) -> tuple[int, Entry]:
    word = tokens[at].word
    by_second = lexicon.phrases.get(word)
    if by_second and at + 1 < len(tokens):
        for rest, entry in by_second.get(tokens[at + 1].word, ()):
            following = tokens[at + 2 : at + 2 + len(rest)]
            if tuple([token.word for token in following]) == rest:
                return 2 + len(rest), entry
    entry = lexicon.entries.get(word) or _by_stem(word, lexicon)
    return 1, entry


def _by_stem(word: str, lexicon: Lexicon) -> Entry:
    for length in range(len(word), 3, -1) if lexicon.stems and len(word) < 40 else ():
        if found := lexicon.stems.get(word[:length]):
            return found
    return NOTHING


def spots(folded: str, start: int, end: int, lexicon: Lexicon) -> list[Label]:
    """The causes, topics and tags a stretch of text speaks of."""
    words = [match.group() for match in TOKEN.finditer(folded, start, min(end, start + 4000))]
    found: list[Label] = []
    for at, word in enumerate(words):
        for rest, label in lexicon.spots.get(word, ()):
            if tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
                found.append(label)
    return found
