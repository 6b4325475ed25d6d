"""Figures: digits, number words, ranges, hedges and vague words, and what looks like one and is none."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from service.languages.lexicon import Lexicon
from service.signals.not_counts import is_no_count
from service.signals.tokens import Tokens
from service.values import Quantifier

LARGEST = 8_200_000_000  # more people than there are
NUMBER = re.compile(r"\d+(?>(?:[.,' ]\d+)*)")
GROUPED = re.compile(r"\d{1,3}(?>(?:,\d{3})+)|\d++")  # the same in every language; most figures are so
SWAPPED = str.maketrans(".,", ",.")
LONGEST_DIGITS = 16
CHANGED = 7  # tokens before "from" in which a word of change may stand ("has risen sharply since June from 19 to 37")
EXACT: Quantifier = "exact"


@dataclass(slots=True)
class Amount:
    """A figure in the text: tokens first:stop are hedge and number; `hedge` is the quantifier as written."""

    first: int
    stop: int
    low: int | None = None
    high: int | None = None
    vague: str | None = None
    quantifier: Quantifier = "exact"
    hedge: str | None = None
    article: bool = False


class Value(NamedTuple):
    """A number read at a token, before hedges and ranges: `next` is the token after it."""

    value: float
    next: int
    scaled: bool = False


def amount_at(words: Tokens, at: int) -> Amount | None:
    """The figure that starts at a token, or None where there is none."""
    first, quantifier, hedge, at = _hedges(words, at) if words.known[at].hedge else (at, EXACT, None, at)
    found = _range(words, at)
    if found is None:
        return _vague(words, at, first, quantifier, hedge)
    low, high, stop = found
    if high > LARGEST or low != int(low) or high != int(high) or is_no_count(words, at, stop, hedge is not None):
        return None
    if words.word(stop) in words.lexicon.after_first:
        after, stop, said = _after(words, stop)
        quantifier, hedge = after or quantifier, said or hedge
    return Amount(first, stop, round(low), round(high), quantifier=quantifier, hedge=hedge)


def _hedges(words: Tokens, at: int) -> tuple[int, Quantifier, str | None, int]:
    first, quantifier = at, None
    while (hedge := words.entry(at).hedge) and not _vague_here(words, at):
        if quantifier in (None, "about"):
            quantifier = hedge
        at += 1
    if quantifier is None:
        return first, EXACT, None, at
    said = " ".join(words.words[first:at])
    while words.entry(at).is_("the"):
        at += 1
    return first, quantifier, said, at


def _vague_here(words: Tokens, at: int) -> bool:
    """Is a word like "some" the vague figure itself, not a hedge before a number?"""
    either = words.lexicon.numbers["either"]
    return words.word(at) in either and not words.entry(at + 1).hedge and _range(words, at + 1) is None


def _range(words: Tokens, at: int) -> tuple[float, float, int] | None:
    numbers, word = words.lexicon.numbers, words.word(at)
    if word in numbers["between"]:
        first = _value(words, at + 1)
        joined = first and words.word(first.next) in (numbers["joins"] | numbers["ranges"])
        second = _value(words, first.next + 1) if first and joined else None
        return _ordered(first, second) if first and second else None
    first = _value(words, at)
    if first is None:
        return None
    if words.word(first.next) in numbers["ranges"] and not _changing(words, at):
        second = _value(words, first.next + 1)
        if second and (found := _ordered(first, second)):
            return found
    return first.value, first.value, first.next


def _changing(words: Tokens, at: int) -> bool:
    """ "rose from 19 to 37": two figures, not a range."""
    before = range(at - 2, max(-1, at - 2 - CHANGED), -1)
    return words.entry(at - 1).is_("from") and any(words.entry(back).is_("rising") for back in before)


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


def _value(words: Tokens, at: int) -> Value | None:
    if words.digits(at):
        found = _digits(words, at)
        return _and_half(words, found) if found and words.known[found.next + 1].scale else found
    entry = words.known[at]
    if entry.half is not None:
        scale = words.known[at + 1].scale
        return Value(entry.half * scale, at + 2, True) if scale else None
    if words.word(at) in words.lexicon.numbers["articles"] and not words.known[at + 1].scale:
        return None
    found = _words(words, at)
    return _and_half(words, found) if found else None


def _and_half(words: Tokens, found: Value) -> Value:
    """ "two and a half million" """
    scale = words.known[found.next + 1].scale
    if not scale or found.scaled or words.word(found.next) not in words.lexicon.numbers["half_more"]:
        return found
    return Value((found.value + 0.5) * scale, found.next + 2, True)


def _digits(words: Tokens, at: int) -> Value | None:
    word = words.words[at]
    if len(word) > LONGEST_DIGITS:
        return None
    alone = not words.known[at + 1].scale and not words.glued(at + 1)
    scale, stop = (1, at + 1) if alone else _scales_after(words, at + 1)
    if GROUPED.fullmatch(word):
        return Value(float(word.replace(",", "")) * scale, stop, scale != 1)
    value = number(word, words.lexicon.numbers["decimal"], scaled=scale != 1)
    return Value(value * scale, stop, scale != 1) if value is not None else None


def number(word: str, decimal: str, scaled: bool = False) -> float | None:
    """The value of digits with separators: three digits after one are a group, else it is decimal.

    Of two separators the last is the decimal one ("1.234,56"). None where it is no number ("9/11", "1,23,4").
    """
    if not NUMBER.fullmatch(word):
        return None
    if word.count(".") > 1 or 0 <= word.find(".") < word.rfind(","):
        word = word.translate(SWAPPED)
    groups = word.replace("'", ",").replace(" ", ",").replace(decimal, "." if decimal == "." else ",")
    whole, point, rest = groups.rpartition(".")
    if point and not (len(rest) == 3 and len(whole) <= 3 and not scaled and whole != "0"):
        if not scaled and not rest.strip("0"):
            return None  # "7.0" measures, it does not count
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


def _scales_after(words: Tokens, at: int) -> tuple[int, int]:
    numbers = words.lexicon.numbers
    scale = 1
    while at < len(words.words):
        found = words.known[at].scale
        if found and scale * found <= 10**12:
            scale *= found
        elif scale == 1 and words.glued(at) and words.words[at] in numbers["suffixes"]:
            scale = numbers["scales"][words.words[at]]
        else:
            break
        at += 1
    return scale, at


def _words(words: Tokens, at: int) -> Value | None:
    """Number words from a token on: units add, scales multiply ("nine hundred and twenty-one")."""
    total, current, stop, scaled, seen = 0, 0, at, False, False
    numbers = words.lexicon.numbers
    while stop < len(words):
        word, scale = words.words[stop], words.entry(stop).scale
        value = _word_value(word, words.lexicon)
        if value is not None and not (seen and current % 10 and current < 100 and "-" not in word):
            current, seen = current + value, True
        elif word in numbers["articles"] and not seen:
            current, seen = 1, True
        elif scale and (seen or scale < 1000 or word not in numbers["vague"]):
            scaled, seen = True, True
            if scale >= 1000:
                total, current = total + max(current, 1) * scale, 0
            else:
                current = max(current, 1) * scale
        elif seen and scaled and word in numbers["joins"] and _word_value(words.word(stop + 1), words.lexicon):
            pass
        else:
            break
        stop += 1
    return Value(total + current, stop, scaled) if seen and total + current < 10**12 else None


def _word_value(word: str, lexicon: Lexicon) -> int | None:
    value = lexicon.numbers["words"].get(word)
    return int(value) if value is not None else lexicon.compound(word) if "-" in word else None


def _after(words: Tokens, at: int) -> tuple[Quantifier | None, int, str | None]:
    for said, quantifier in words.lexicon.after_hedges.items():
        if tuple(words.words[at : at + len(said)]) == said:
            return quantifier, at + len(said), " ".join(said)
        if words.word(at) == " ".join(said):
            return quantifier, at + 1, words.words[at]
    return None, at, None


def _vague(words: Tokens, at: int, first: int, quantifier: Quantifier, hedge: str | None) -> Amount | None:
    if not words.entry(at).vague:
        return None
    return Amount(first, at + 1, vague=words.words[at], quantifier=quantifier, hedge=hedge)
