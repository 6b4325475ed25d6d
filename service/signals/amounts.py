"""Figures: digits, number words, ranges, hedges and vague words, and what looks like one and is none."""

from dataclasses import dataclass

from service.languages.lexicon import Lexicon
from service.signals.terms import Term
from service.values import Quantifier

LARGEST = 8_200_000_000  # more people than there are
LONGEST_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure in the text: start:end covers hedge and number; `hedge` is the quantifier as written."""

    start: int
    end: int
    low: int | None = None
    high: int | None = None
    vague: str | None = None
    quantifier: Quantifier = "exact"
    hedge: str | None = None
    article: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A number read at a term, before hedges and ranges: `next` is the term after it."""

    value: float
    next: int
    scaled: bool = False


def amount_at(terms: list[Term], at: int, lexicon: Lexicon) -> tuple[Amount, int] | None:
    """The figure that starts at a term, and the number of the term after it; None where there is none."""
    start, quantifier, hedge, at = _hedges(terms, at, lexicon)
    if at >= len(terms):
        return None
    found = _range(terms, at, lexicon)
    if found is None:
        return _vague(terms, at, start, quantifier, hedge)
    low, high, stop = found
    if _no_count(terms, at, stop, lexicon, hedge is not None) or high > LARGEST:
        return None
    after, stop, words = _after(terms, stop, lexicon)
    amount = Amount(
        terms[start].start, terms[stop - 1].end, round(low), round(high),
        quantifier=after or quantifier, hedge=words or hedge,
    )  # fmt: skip
    return amount, stop


def _hedges(terms: list[Term], at: int, lexicon: Lexicon) -> tuple[int, Quantifier, str | None, int]:
    start, quantifier, first, last = at, "exact", None, None
    while at < len(terms) and (hedge := terms[at].entry.hedge) and not _vague_here(terms, at, lexicon):
        if quantifier in ("exact", "about"):
            quantifier = hedge
        first, last = first or terms[at], terms[at]
        at += 1
    if first is None or last is None:
        return start, "exact", None, at
    words = " ".join(term.word for term in terms[start:at])
    while at < len(terms) and terms[at].is_("the"):
        at += 1
    return start, quantifier, words, at  # type: ignore[return-value]


def _vague_here(terms: list[Term], at: int, lexicon: Lexicon) -> bool:
    """Is a word like "some" the vague figure itself, not a hedge before a number?"""
    return terms[at].word in lexicon.numbers["either"] and _range(terms, at + 1, lexicon) is None


def _range(terms: list[Term], at: int, lexicon: Lexicon) -> tuple[float, float, int] | None:
    if at < len(terms) and terms[at].word in lexicon.numbers["between"]:
        first = _value(terms, at + 1, lexicon)
        joined = first and first.next < len(terms) and terms[first.next].word in (*lexicon.numbers["joins"], "to")
        second = _value(terms, first.next + 1, lexicon) if first and joined else None
        return _ordered(first, second) if first and second else None
    first = _value(terms, at, lexicon)
    if first is None:
        return None
    if first.next < len(terms) and terms[first.next].word in lexicon.numbers["ranges"]:
        second = _value(terms, first.next + 1, lexicon)
        if second and second.value >= first.value:
            return _ordered(first, second)
    return first.value, first.value, first.next


def _ordered(first: Value, second: Value) -> tuple[float, float, int] | None:
    low, high = first.value, second.value
    if second.scaled and not first.scaled and low < 1000:
        low *= _scale(second)
    return (low, high, second.next) if low <= high else None


def _scale(value: Value) -> float:
    for scale in (1_000_000, 1000, 100):
        if value.value >= scale:
            return scale
    return 1


def _value(terms: list[Term], at: int, lexicon: Lexicon) -> Value | None:
    if at >= len(terms):
        return None
    term = terms[at]
    if term.entry.half is not None:
        return _half(terms, at)
    if term.number:
        return _digits(terms, at, lexicon)
    if term.word in lexicon.numbers["articles"]:
        follows = at + 1 < len(terms) and terms[at + 1].entry.scale
        return _words(terms, at, lexicon) if follows else None
    return _words(terms, at, lexicon)


def _half(terms: list[Term], at: int) -> Value | None:
    scale = terms[at + 1].entry.scale if at + 1 < len(terms) else None
    return Value((terms[at].entry.half or 0) * scale, at + 2, True) if scale else None


def _digits(terms: list[Term], at: int, lexicon: Lexicon) -> Value | None:
    word = terms[at].word
    if len(word) > LONGEST_DIGITS:
        return None
    scale, stop = _scales_after(terms, at + 1, lexicon)
    value = number(word, lexicon.numbers["decimal"], scaled=scale != 1)
    if value is None or (scale == 1 and value != int(value)):
        return None
    return Value(value * scale, stop, scale != 1)


def number(word: str, decimal: str, scaled: bool = False) -> float | None:
    """The value of digits with separators: three digits after one are a group, else it is decimal."""
    groups = word.replace("'", ",").replace(" ", ",").replace(decimal, "." if decimal == "." else ",")
    whole, point, rest = groups.rpartition(".")
    if point and not (len(rest) == 3 and len(whole) <= 3 and not scaled and whole != "0"):
        return float(whole.replace(",", "").replace(".", "") + "." + rest)
    plain = groups.replace(".", ",")
    if scaled and plain.count(",") == 1 and len(plain.rpartition(",")[2]) != 3:
        return float(plain.replace(",", "."))
    parts = plain.split(",")
    western = all(len(part) == 3 for part in parts[1:])
    indian = len(parts[-1]) == 3 and all(len(part) == 2 for part in parts[1:-1])  # 12,50,000
    if not (western or indian):
        return None
    return float("".join(parts))


def _scales_after(terms: list[Term], at: int, lexicon: Lexicon) -> tuple[int, int]:
    scale = 1
    while at < len(terms):
        term = terms[at]
        if term.entry.scale and scale * term.entry.scale <= 10**12:
            scale *= term.entry.scale
        elif scale == 1 and term.glued and term.word in lexicon.numbers["suffixes"]:
            scale = lexicon.numbers["scales"][term.word]
        else:
            break
        at += 1
    return scale, at


def _words(terms: list[Term], at: int, lexicon: Lexicon) -> Value | None:
    """Number words from a term on: units add, scales multiply ("nine hundred and twenty-one")."""
    total, current, stop, scaled, seen = 0, 0, at, False, False
    while stop < len(terms):
        term = terms[stop]
        value = _word_value(term, lexicon)
        if value is not None and not (seen and current % 10 and value >= 1 and current < 100 and "-" not in term.word):
            current, seen = current + value, True
        elif term.word in lexicon.numbers["articles"] and not seen:
            current, seen = 1, True
        elif term.entry.scale and seen:
            scaled = True
            if term.entry.scale >= 1000:
                total, current = total + max(current, 1) * term.entry.scale, 0
            else:
                current = max(current, 1) * term.entry.scale
        elif term.entry.scale and not seen and term.word not in ("million", "billion"):
            total, current, seen, scaled = 0, term.entry.scale, True, True
        elif seen and scaled and term.word in lexicon.numbers["joins"] and _number_word(terms, stop + 1, lexicon):
            pass
        else:
            break
        stop += 1
    return Value(total + current, stop, scaled) if seen and total + current < 10**12 else None


def _number_word(terms: list[Term], at: int, lexicon: Lexicon) -> bool:
    return at < len(terms) and (_word_value(terms[at], lexicon) or 0) > 0


def _word_value(term: Term, lexicon: Lexicon) -> int | None:
    if term.entry.number is not None:
        return term.entry.number
    if "-" not in term.word or len(term.word) > 20:
        return None
    values = [lexicon.numbers["words"].get(part) for part in term.word.split("-")]
    if len(values) == 2 and values[0] and values[1] and values[0] >= 20 > values[1]:
        return int(values[0] + values[1])
    return None


def _no_count(terms: list[Term], at: int, stop: int, lexicon: Lexicon, hedged: bool) -> bool:
    """Is the number at:stop a date, an age, money, a distance, a label?"""
    before = terms[at - 1] if at else None
    if before and before.word == "." and before.glued and at > 1:
        before = terms[at - 2]
    after = terms[stop] if stop < len(terms) else None
    if before and (before.word in lexicon.not_before or before.word in lexicon.months):
        return True
    if after and (after.word in lexicon.not_after or after.word in lexicon.months):
        return True
    if after and after.word == "-" and after.glued and stop + 1 < len(terms) and terms[stop + 1].glued:
        return True
    if terms[at].number and (_clock(terms, at, stop) or _year(terms[at], stop - at, before, hedged)):
        return True
    return bool(after and after.glued and after.word[0].isalpha())


def _clock(terms: list[Term], at: int, stop: int) -> bool:
    """A time of day or a longer code: a colon, dot or slash tied to the number on either side."""
    before = (
        at > 0 and terms[at].glued and terms[at - 1].word in (":", "/", ".", "-", "+", "$", "£", "€", "#", "@", "_")
    )
    if before and at > 1 and terms[at - 1].word in (".", "-", ":") and not terms[at - 1].glued:
        before = False
    after = stop + 1 < len(terms) and terms[stop].word in (":", "/") and terms[stop].glued and terms[stop + 1].glued
    return before or after


def _year(term: Term, length: int, before: Term | None, hedged: bool) -> bool:
    plain = length == 1 and len(term.word) == 4 and term.word.isdigit() and 1900 <= int(term.word) <= 2099
    return (
        plain and not hedged and before is not None and (before.is_("prep") or before.word in (",", "since", "of", "("))
    )


def _after(terms: list[Term], at: int, lexicon: Lexicon) -> tuple[Quantifier | None, int, str | None]:
    for words, quantifier in lexicon.after_hedges.items():
        if tuple(term.word for term in terms[at : at + len(words)]) == words:
            return quantifier, at + len(words), " ".join(words)
        if at < len(terms) and terms[at].word == " ".join(words):
            return quantifier, at + 1, terms[at].word
    return None, at, None


def _vague(
    terms: list[Term], at: int, start: int, quantifier: Quantifier, hedge: str | None
) -> tuple[Amount, int] | None:
    term = terms[at]
    if not term.entry.vague:
        return None
    return Amount(terms[start].start, term.end, vague=term.word, quantifier=quantifier, hedge=hedge), at + 1
