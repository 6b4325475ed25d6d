"""A sentence cut into tokens: words, numbers, signs, and phrases the lexicon knows as one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from service.languages.entry import NOTHING, Entry
from service.languages.lexicon import Lexicon

MOST = 450  # tokens read of one sentence
# Letters of the scripts we may read, as ranges: half the time of "a word character that is no digit".
LETTER = "[a-zªµºß-öø-ɏͰ-ҁҊ-ԯԱ-Ֆա-ևא-תء-يٮ-ۓऄ-ह฀-ฺႠ-ჿḀ-῿Ⰰ-ⷞ぀-ヿ㐀-鿿가-힣]"
TOKEN = re.compile(  # the commonest first: words that nothing is tied to
    rf"{LETTER}\.(?:{LETTER}\.)+"
    r"|h(?=ttps?:)\S{1,400}"
    rf"|{LETTER}++(?![\w'-])"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)|\d{1,3}(?:[,.' ]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?"
    rf"|{LETTER}{{4,}}+(?=\d)|{LETTER}\w*(?:['-](?!s\b)\w+)*|'s\b|\S"
)
# Where a page-reader ran words together: "evacuatedRESPONSE", "120families".
SEAM = re.compile(r"(?<=[a-z])(?=[A-Z]{2})|(?<=[^\W\d_]{4})(?=\d)|(?<=\d)(?=[^\W\d_]{4})")
PADDING = [NOTHING] * 8  # so that one may look a little past either end
CROWD = 0.6  # share of capitals from which a sentence is a headline
LONG = 9  # letters from which an unknown word may be two


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

    def digits(self, at: int) -> bool:
        return 0 <= at < len(self.words) and self.words[at][0].isdecimal()

    def glued(self, at: int) -> bool:
        """Does the token follow the one before without a blank?"""
        return 0 < at < len(self.words) and self.starts[at] == self.ends[at - 1]


def tokens(text: str, folded: str, start: int, end: int, lexicon: Lexicon) -> Tokens:
    """The tokens of the sentence at start:end, at most MOST."""
    spans = [match.span() for match in TOKEN.finditer(folded, start, end)][:MOST]
    words = [folded[first:last] for first, last in spans]
    known = lexicon.symbols
    long = [at for at, word in enumerate(words) if len(word) > LONG and word not in known]
    if long and any(SEAM.search(text, *spans[at]) for at in long):
        spans = [cut for span in spans for cut in _cut_apart(text, folded, *span, lexicon)]
        words = [folded[first:last] for first, last in spans]
    starts, ends = [first for first, _ in spans], [last for _, last in spans]
    _join_phrases(words, starts, ends, lexicon)
    symbols = "".join(_symbols(text, words, starts, end, lexicon))
    entries = lexicon.entries.get
    return Tokens(words, starts, ends, symbols, lexicon, [*(entries(word, NOTHING) for word in words), *PADDING])


def _cut_apart(text: str, folded: str, first: int, last: int, lexicon: Lexicon) -> list[tuple[int, int]]:
    """A word cut at its seams, unless the lexicon knows the whole."""
    if folded[first:last] in lexicon.symbols or last - first <= LONG or folded[first].isdecimal():
        return [(first, last)]
    cuts = list(pairwise((first, *(seam.start() for seam in SEAM.finditer(text, first, last)), last)))
    whole = all(folded[a:b].isalpha() or folded[a:b].isdecimal() for a, b in cuts)
    return cuts if whole else [(first, last)]


def _join_phrases(words: list[str], starts: list[int], ends: list[int], lexicon: Lexicon) -> None:
    """Makes one token of each phrase, the longest first, from right to left so that numbers stay."""
    phrases = lexicon.phrases
    past, last, found = 0, len(words) - 1, []
    for at in [at for at, word in enumerate(words) if word in phrases]:
        if past <= at < last:
            for rest, phrase in phrases[words[at]].get(words[at + 1], ()):
                if tuple(words[at + 2 : at + 2 + len(rest)]) == rest:
                    past = at + 2 + len(rest)
                    found.append((at, past, phrase))
                    break
    for at, stop, phrase in reversed(found):
        words[at:stop] = [phrase]
        ends[at:stop] = [ends[stop - 1]]
        starts[at + 1 : stop] = []


def _symbols(text: str, words: list[str], starts: list[int], end: int, lexicon: Lexicon) -> list[str]:
    """One symbol a token: its entry's, or that of its shape; in a text all in capitals none is a name."""
    known = lexicon.symbols.get
    symbols = [known(word, "") for word in words]
    unknown = [at for at, symbol in enumerate(symbols) if not symbol]
    names = not (starts and text[starts[0] : end].isupper())
    name, digits = lexicon.alphabet.shapes["name"], lexicon.alphabet.shapes["digits"]
    for at in unknown:
        shape = lexicon.shape(words[at])
        symbols[at] = name if names and shape != digits and text[starts[at]].isupper() else shape
    for at in [] if lexicon.double_months.isdisjoint(words) else _months(text, words, starts, names, lexicon):
        symbols[at] = lexicon.date_symbol
    for at in _parts_of_names(text, starts, symbols, lexicon) if names else ():
        symbols[at] = name
    return symbols


def _parts_of_names(text: str, starts: list[int], symbols: list[str], lexicon: Lexicon) -> Iterator[int]:
    """Where a capital makes a word part of a name: "Tolikara District", "Disaster Warning Centre"; no headline's do."""
    modal, settlement = lexicon.modal_symbols, lexicon.settlement_symbols
    if modal.isdisjoint(symbols) and settlement.isdisjoint(symbols):
        return
    capital = [text[start].isupper() for start in starts]
    headline = sum(capital) > CROWD * sum(text[start].isalpha() for start in starts)
    for at in [at for at in range(1, len(symbols)) if capital[at]]:
        named = symbols[at] in modal and not headline and (capital[at - 1] or any(capital[at + 1 : at + 2]))
        if named or symbols[at] in settlement:
            yield at


def _months(text: str, words: list[str], starts: list[int], names: bool, lexicon: Lexicon) -> Iterator[int]:
    """Where words that are a month or something else ("may") are the month.

    So with a capital inside a sentence, before a number ("May 12"), and behind a preposition ("in May").
    """
    for at, word in enumerate(words):
        if word in lexicon.double_months:
            capital = names and at > 0 and text[starts[at]].isupper()
            numbered = at + 1 < len(words) and words[at + 1][0].isdecimal()
            if capital or numbered or (at > 0 and lexicon.entries.get(words[at - 1], NOTHING).is_("prep")):
                yield at
