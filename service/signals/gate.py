"""Where sentences begin and end, and which of them are worth reading."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from service.languages.entry import ALWAYS, NEEDED
from service.languages.lexicon import Lexicon

LONGEST = 1500  # characters read as one sentence; a longer one is cut at a space
WRAPPED = 70  # characters from which a line without an end is taken for a wrapped one
APART = 600  # characters beyond which two words are hardly of one sentence
# One set of signs in front, so that the engine skips to them; what follows tells whether they end anything.
END = re.compile(r"([.!?…\n•·;](?:(?<=[\n•·])|(?<=;)(?=\s*-)|(?<!;)(?<![.!?…][.!?…])[.!?…]*+[\"')\]]*+(?=\s)))")
WORD = re.compile(r"\w+")
LAST_WORD = re.compile(r"(?<!\w)[\w.']{1,12}$")
ENDS = ".!?:;\n"  # behind one of these, or nothing, a line break ends a sentence
Span = tuple[int, int]
Hit = tuple[int, int]


def gate_words(folded: str, lexicon: Lexicon) -> list[Hit]:
    """Every gate word of a text, with what it is; empty where no sentence can be worth reading."""
    strengths, hits = lexicon.gate_strengths, []
    for pattern, start, stop in lexicon.gate.find_matches_as_indexes(folded):
        if folded[start - 1 : start].isalpha():
            continue
        if not folded[stop : stop + 1].isalpha():
            hits.append((start, strengths[pattern]))
        elif " " in folded[start:stop]:
            hits.append((start, _inside(folded, start, stop, lexicon)))
    return hits if _promising(hits) and _together(hits, folded) else []


def _inside(folded: str, start: int, stop: int, lexicon: Lexicon) -> int:
    """What the words of a phrase are that goes on in the text ("bridge collapse" in "bridge collapsed")."""
    last = WORD.match(folded, stop)
    words = folded[start : last.end() if last else stop].split()
    found = 0
    for word in words:
        found |= lexicon.gate_bits.get(word, 0)
    return found


def _promising(hits: list[Hit]) -> bool:
    """Is there a deed, and a partner it needs not far from it?"""
    last, before, here = 0, 0, 0
    for start, bits in hits:
        window = start // APART
        if window != last:
            last, before, here = window, here if window == last + 1 else 0, 0
        here |= bits
        if worth(here | before):
            return True
    return False


def _together(hits: list[Hit], folded: str) -> bool:
    """Do a deed and a partner it needs stand in one paragraph?  One search for line breaks spares most sentences."""
    end, here = -1, 0
    for start, bits in hits:
        if start >= end:
            end, here = _paragraph_end(folded, start), 0
        here |= bits
        if worth(here):
            return True
    return False


def _paragraph_end(folded: str, start: int) -> int:
    """Where a line break behind the end of a sentence follows, which is never taken for a wrapped line."""
    at = folded.find("\n", start)
    while at > 0 and folded[at - 1] not in ENDS:
        at = folded.find("\n", at + 1)
    return at if at >= 0 else len(folded)


def worth(bits: int) -> bool:
    """Do the words of a stretch hold a deed and a partner it needs?"""
    return bool(bits >> NEEDED & (bits | ALWAYS))


def worth_reading(hits: list[Hit], spans: list[Span]) -> list[int]:
    """The numbers of the sentences with a deed and a partner it needs."""
    ends = [end for _, end in spans]
    found: dict[int, int] = {}
    number = 0
    for start, bits in hits:
        if start >= ends[number]:
            number = min(bisect_right(ends, start, number), len(ends) - 1)
        found[number] = found.get(number, 0) | bits
    return [number for number, bits in found.items() if worth(bits)]


def sentences(text: str, folded: str, lexicon: Lexicon) -> list[Span]:
    """The spans of the sentences, in order, none empty and none longer than LONGEST."""
    spans: list[Span] = []
    start = 0
    *pieces, _ = END.split(folded)  # what stands between ends, and ends, in turn
    edges, rare = list(accumulate(map(len, pieces))), lexicon.abbreviation_ends
    for piece, sign, at, stop in zip(pieces[::2], pieces[1::2], edges[::2], edges[1::2], strict=True):
        if sign[0] == ".":
            if not text[stop + 1 : stop + 2].isupper() and _goes_on(text, stop):
                continue
            # Most words end in two letters that no abbreviation ends in.
            doubtful = sign == "." and (piece[-2:] in rare or not piece[-2:-1].isalnum())
            if doubtful and _abbreviated(folded, start, at, lexicon):
                continue
        elif sign == "\n" and start and folded[at - 1 : at] not in ENDS and _wrapped(text, folded, at):
            continue
        if stop - start > LONGEST:
            spans.extend(_cut(text, start, stop))
        else:
            spans.append((start, stop))
        start = stop
    spans.extend(_cut(text, start, len(text)))
    return spans


def _goes_on(text: str, stop: int) -> bool:
    """Is the word behind a full stop in small letters?"""
    after = text[stop + 1 : stop + 2]
    return (text[stop : stop + 3].strip() if after in ("", " ") else after).islower()


def _wrapped(text: str, folded: str, at: int) -> bool:
    """A line broken in the middle of a sentence: a long one without an end, or before a small letter."""
    before, after = folded[at - 1 : at], text[at + 1 : at + 3].lstrip()
    if before in ENDS or not after or not after[0].isalpha():
        return False
    return after[0].islower() or at - folded.rfind("\n", 0, at) > WRAPPED


def _abbreviated(folded: str, start: int, stop: int, lexicon: Lexicon) -> bool:
    """Is the word before a full stop an abbreviation, or a single letter?  Three letters rule most words out."""
    if folded[stop - 3 : stop] not in lexicon.abbreviation_ends and folded[stop - 3 : stop - 1].isalnum():
        return False
    last = LAST_WORD.search(folded, max(start, stop - 14), stop)
    if last is None:
        return False
    word = last.group()
    return word in lexicon.abbreviations or (len(word) == 1 and word.isalpha())


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        stop = space if space > start else start + LONGEST
        yield start, stop
        start = stop
    if text[start:end].strip():
        yield start, end
