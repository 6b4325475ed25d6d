"""A sentence cut into tokens: words, numbers, signs, and phrases the lexicon knows as one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from service.languages.entry import NOTHING, Entry
from service.languages.lexicon import Lexicon
from service.languages.sorts import LONG, Sort

MOST = 450  # tokens read of one sentence
# Letters of the scripts we may read, as ranges: half the time of "a word character that is no digit".
LETTER = "[a-zªµºß-öø-ɏͰ-ҁҊ-ԯԱ-Ֆա-ևא-תء-يٮ-ۓऄ-ह฀-ฺႠ-ჿḀ-῿Ⰰ-ⷞ぀-ヿ㐀-鿿가-힣]"
TOKEN = re.compile(  # the commonest first: words that nothing is tied to
    rf"({LETTER}\.(?:{LETTER}\.)+"
    r"|h(?=ttps?:)\S{1,400}"
    rf"|{LETTER}++(?![\w'-])"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)|\d{1,3}(?:[,.' ]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?"
    rf"|{LETTER}{{4,}}+(?=\d)|{LETTER}\w*(?:['-](?!s\b)\w+)*|'s\b|\S)"
)
# Where a page-reader ran words together: "evacuatedRESPONSE", "120families".
SEAM = re.compile(r"(?<=[a-z])(?=[A-Z]{2})|(?<=[^\W\d_]{4})(?=\d)|(?<=\d)(?=[^\W\d_]{4})")
CROWD = 0.6  # share of capitals from which a sentence is a headline
PADDING = [NOTHING] * 8  # so that one may look a little past either end


@dataclass(slots=True)
class Tokens:
    """Parallel lists: folded words, offsets in the whole text; `symbols` has one character for each."""

    words: list[str]
    starts: list[int]
    ends: list[int]
    symbols: str
    lexicon: Lexicon
    known: list[Entry]

    def __len__(self) -> int:
        return len(self.words)

    def entry(self, at: int) -> Entry:
        """What the token can be; nothing past either end."""
        return self.known[at]

    def word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""

    def last(self, at: int) -> str:
        """The last word of a token, which may be a phrase ("fell on")."""
        return self.word(at).rpartition(" ")[2]

    def digits(self, at: int) -> bool:
        return 0 <= at < len(self.words) and self.words[at][0].isdecimal()

    def glued(self, at: int) -> bool:
        """Does the token follow the one before without a blank?"""
        return 0 < at < len(self.words) and self.starts[at] == self.ends[at - 1]


def tokens(text: str, folded: str, start: int, end: int, lexicon: Lexicon) -> Tokens:
    """The tokens of the sentence at start:end, at most MOST."""
    pieces = TOKEN.split(folded[start:end], MOST)  # blanks and tokens in turn: half the time of asking for each match
    edges = list(accumulate(map(len, pieces), initial=start))
    words, starts, ends = pieces[1::2], edges[1:-1:2], edges[2::2]
    sorts = [lexicon.sorts[word] for word in words]
    long = [at for at, sort in enumerate(sorts) if sort.long]
    if long and any(SEAM.search(text, starts[at], ends[at]) for at in long):
        spans = [cut for at in range(len(words)) for cut in _cut_apart(text, folded, starts[at], ends[at], lexicon)]
        words, starts, ends = [folded[a:b] for a, b in spans], [a for a, _ in spans], [b for _, b in spans]
        sorts = [lexicon.sorts[word] for word in words]
    _join_phrases(words, starts, ends, sorts, lexicon)
    symbols = _symbols(text, words, starts, end, sorts, lexicon)
    return Tokens(words, starts, ends, symbols, lexicon, [sort.entry for sort in sorts] + PADDING)


def _cut_apart(text: str, folded: str, first: int, last: int, lexicon: Lexicon) -> list[tuple[int, int]]:
    """A word cut at its seams, unless the lexicon knows the whole."""
    if folded[first:last] in lexicon.symbols or last - first <= LONG or folded[first].isdecimal():
        return [(first, last)]
    cuts = list(pairwise((first, *(seam.start() for seam in SEAM.finditer(text, first, last)), last)))
    whole = all(folded[a:b].isalpha() or folded[a:b].isdecimal() for a, b in cuts)
    return cuts if whole else [(first, last)]


def _join_phrases(words: list[str], starts: list[int], ends: list[int], sorts: list[Sort], lexicon: Lexicon) -> None:
    """Makes one token of each phrase, the longest first, from right to left so that numbers stay."""
    past, found = 0, []
    for at in [at for at, sort in enumerate(sorts[1:]) if sort.follows and sorts[at].phrases]:
        for rest, phrase in (sorts[at].phrases or {}).get(words[at + 1], ()) if at >= past else ():
            if not rest or tuple(words[at + 2 : at + 2 + len(rest)]) == rest:
                past = at + 2 + len(rest)
                found.append((at, past, phrase))
                break
    for at, stop, phrase in reversed(found):
        words[at:stop] = [phrase]
        sorts[at:stop] = [lexicon.sorts[phrase]]
        ends[at:stop] = [ends[stop - 1]]
        starts[at + 1 : stop] = []


def _symbols(text: str, words: list[str], starts: list[int], end: int, sorts: list[Sort], lexicon: Lexicon) -> str:
    """One symbol a token: its entry's, or that of its shape; in a text all in capitals none is a name."""
    names = bool(sorts) and not text[starts[0] : end].isupper()
    if not names:
        symbols = [sort.plain for sort in sorts]
    else:
        pairs = zip(sorts, starts, strict=True)
        symbols = [sort.inside if text[start].isupper() else sort.plain for sort, start in pairs]
        if text[starts[0]].isupper():
            symbols[0] = sorts[0].capitalised
    if not lexicon.double_months.isdisjoint(words):
        for at in _months(text, words, starts, names, sorts, lexicon):
            symbols[at] = lexicon.date_symbol
    if names and not lexicon.modal_symbols.isdisjoint(symbols):
        for at in _modal_names(text, starts, symbols, lexicon):
            symbols[at] = lexicon.alphabet.shapes["name"]
    return "".join(symbols)


def _modal_names(text: str, starts: list[int], symbols: list[str], lexicon: Lexicon) -> Iterator[int]:
    """Where a word like "warning" is part of a name ("Disaster Warning Centre"); no headline's is."""
    capital = [text[start].isupper() for start in starts]
    if sum(capital) > CROWD * sum(text[start].isalpha() for start in starts):
        return
    for at in range(1, len(symbols)):
        if capital[at] and symbols[at] in lexicon.modal_symbols and (capital[at - 1] or any(capital[at + 1 : at + 2])):
            yield at


def _months(
    text: str, words: list[str], starts: list[int], names: bool, sorts: list[Sort], lexicon: Lexicon
) -> Iterator[int]:
    """Where words that are a month or something else ("may") are the month.

    So with a capital inside a sentence, before a number ("May 12"), and behind a preposition ("in May").
    """
    for at in [at for at, word in enumerate(words) if word in lexicon.double_months]:
        capital = names and at > 0 and text[starts[at]].isupper()
        numbered = at + 1 < len(words) and words[at + 1][0].isdecimal()
        if capital or numbered or (at > 0 and sorts[at - 1].entry.is_("prep")):
            yield at
