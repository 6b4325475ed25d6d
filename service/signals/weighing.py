"""What speaks for and against a name as the place of a fact: named features, weighed by the language file's numbers.

The numbers are in characters, as if the name stood so much farther from the fact; benchmarks/fit_places.py fits them.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from service.signals.about import Named
from service.signals.tokens import Tokens

ACTOR = 1000.0  # a country straight before a deed is who acts, not where
ADJOINS = 9  # characters from a fact to a name straight behind it (" in the ")
CHAIN = 5  # tokens a preposition stands at most before the second of two names ("in south-west China's Yunnan")
NEAR = 14  # characters between the links of a chain of names ("Foshan, Guangdong")
Parts = dict[str, float]


def standing(one: Named, named: Sequence[Named], words: Tokens, text: str) -> Parts:
    """The features of a name wherever the fact stands: how exact, how led, whether it is beside the matter."""
    weights = words.lexicon.weights
    at = bisect_right(words.starts, one.start) - 1
    leads = led(words, at)
    parts: Parts = {one.place.precision: weights[one.place.precision]}
    if leads:
        parts["led"] = weights["led"]
    if one.guessed:
        parts["guessed"] = weights["guessed"]
    if one.place.precision == "country" and not leads:
        parts["unled country"] = weights["unled country"]
    if _sidelong(one, named, words, at, text):
        parts["sidelong"] = weights["sidelong"]
    if _reference(words, at):
        parts["reference"] = weights["reference"]
    if hails(words, at):
        parts["hails"] = weights["hails"]
    if words.entry(bisect_left(words.starts, one.end)).is_("say"):
        parts["speaks"] = weights["speaks"]
    return parts


def apart(one: Named, evidence: tuple[int, int], words: Tokens, *, leads: bool) -> Parts:
    """The features of a name against one fact: how far, over how many clauses; who acts is no place."""
    start, end = evidence
    weights = words.lexicon.weights
    if one.place.precision == "country" and not leads and 0 <= start - one.end <= 1:
        return {"acts": ACTOR}
    behind = one.start >= start
    distance = max(0, one.start - end) if behind else weights["before"] * max(0, start - one.end)
    first, last = bisect_left(words.starts, min(one.end, end)), bisect_left(words.starts, max(one.start, start))
    clauses = len(words.lexicon.clause.findall(words.symbols, first, last))
    parts = {"distance": float(distance), "clause": weights["clause"] * clauses}
    return parts | {"adjoins": weights["adjoins"]} if behind and leads and distance <= ADJOINS else parts


def hails(words: Tokens, at: int) -> bool:
    """ "migrants from Ivory Coast and Guinea": the name tells where people are from."""
    name = words.lexicon.alphabet.shapes["name"]
    back = at - 1
    while back > max(0, at - CHAIN) and (words.symbols[back] == name or words.entry(back).is_("and")):
        back -= 1
    if not (back > 0 and words.entry(back).is_("from")):
        return False
    past = (at for at in range(back - 1, -1, -1) if words.word(at) != "," and not words.entry(at).is_("apposed"))
    noun = words.entry(next(past, 0)).noun
    return noun is not None and noun.group == "people"


def led(words: Tokens, at: int) -> bool:
    """Does a place preposition, or "the city of", stand before the name, or before the name it belongs to?"""
    at -= 1
    if at > 0 and words.symbols[at] == words.lexicon.alphabet.class_of("possessive"):
        return any(words.word(at - back) in words.lexicon.words["place_prepositions"] for back in range(2, CHAIN))
    while words.entry(at).is_("the"):
        at -= 1
    lists = words.lexicon.words
    if words.entry(at).is_("of"):
        return words.word(at - 1) in lists["area_words"] or words.word(at - 1) in lists["site_words"]
    return words.last(at) in lists["place_prepositions"]


def _sidelong(one: Named, named: Sequence[Named], words: Tokens, at: int, text: str) -> bool:
    """Is the name a possessive, the last of a chain, a destination or a dateline?"""
    before = words.word(at - 1)
    if before in words.lexicon.words["beside_places"] or text[one.end : one.end + 2] in ("'s", "’s"):
        return True
    if before == "," or before in words.lexicon.words["vicinity"]:
        behind = bisect_left(named, one.start, key=lambda other: other.start)
        if behind and 0 < one.start - named[behind - 1].end < NEAR:
            return True
    written = text[one.start : one.end]
    return written.isupper() and len(written) > 3 and not text[one.end : one.end + 60].isupper()


def _reference(words: Tokens, at: int) -> bool:
    """ "20 km west of Aleppo": the place is only where one measures from."""
    for back in (1, 2, 3):
        entry = words.entry(at - back)
        if entry.is_("of") or entry.is_("from"):
            return words.word(at - back - 1) in words.lexicon.words["bearings"]
    return False
