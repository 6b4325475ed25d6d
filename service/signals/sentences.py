"""Where sentences begin and end, and which of them are worth reading."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from service.languages.lexicon import PARTNER, STRONG, WEAK, Lexicon

LONGEST = 1500  # characters read as one sentence; a longer one is cut at a space
END = re.compile(r"\n+|[.!?…]+[\"')\]]*(?=\s)|[•·]|\s(?=RT @)|;\s*(?=-)")
LAST_WORD = re.compile(r"(?<!\w)[\w.']{1,12}$")
Span = tuple[int, int]


def sentences(text: str, folded: str, lexicon: Lexicon) -> list[Span]:
    """The spans of the sentences, in order, none empty and none longer than LONGEST."""
    spans: list[Span] = []
    start = 0
    for match in END.finditer(folded):
        if match.start() < start or not _ends(text, folded, start, match, lexicon):
            continue
        spans.extend(_cut(text, start, match.end()))
        start = match.end()
    spans.extend(_cut(text, start, len(text)))
    return spans


def _ends(text: str, folded: str, start: int, match: re.Match[str], lexicon: Lexicon) -> bool:
    if not match.group().startswith("."):
        return True
    if match.end() - match.start() == 1:
        last = LAST_WORD.search(folded, max(start, match.start() - 14), match.start())
        if last and (last.group() in lexicon.abbreviations or (len(last.group()) == 1 and last.group().isalpha())):
            return False
    following = text[match.end() : match.end() + 3].strip()
    return not following or not following[0].islower()


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        stop = space if space > start else start + LONGEST
        yield start, stop
        start = stop
    if text[start:end].strip():
        yield start, end


def worth_reading(folded: str, spans: list[Span], lexicon: Lexicon) -> list[int]:
    """The numbers of the sentences that hold a strong deed, or a weak one with something it can be done to."""
    starts = [start for start, _ in spans]
    found = [0] * len(spans)
    bits = lexicon.gate_bits
    for pattern, start, _ in lexicon.gate.find_matches_as_indexes(folded, overlapping=True):
        if start and folded[start - 1].isalpha():
            continue
        number = bisect_right(starts, start) - 1
        if number >= 0:
            found[number] |= bits[pattern]
    both = WEAK | PARTNER
    return [number for number, bit in enumerate(found) if bit & STRONG or bit & both == both]
