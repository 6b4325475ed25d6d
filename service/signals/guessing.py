"""Names that no gazetteer knows, and that a preposition says are places."""

from bisect import bisect_left

from service.signals.about import Named
from service.signals.protocol import Mention
from service.signals.tokens import Tokens
from service.values import Place

CROWD = 0.6  # share of names from which a sentence is a headline, whose capitals tell nothing


def guesses(words: Tokens, text: str, known: list[Named], peoples: list[Mention]) -> list[Named]:
    """Capitalised names of a sentence after a place preposition, other than those known as places or peoples."""
    name = words.lexicon.alphabet.shapes["name"]
    if words.symbols.count(name) > CROWD * len(words):
        return []
    found = []
    for match in words.lexicon.name_run.finditer(words.symbols):
        first, last = match.start(), match.end() - 1
        start, end = words.starts[first], words.ends[last]
        if _led(words, first - 1) and _may_be_place(words, first, last) and not _taken(start, end, known, peoples):
            found.append(Named(start, end, Place(text[start:end]), guessed=True))
    return found


def _led(words: Tokens, at: int) -> bool:
    """Does a place preposition, or "the city of", stand before a name?"""
    lists = words.lexicon.words
    while words.known[at].is_("the"):
        at -= 1
    if words.known[at].is_("of"):
        at -= 1
        return words.word(at) in lists["site_words"] or words.word(at) in lists["area_words"]
    if words.word(at) in lists["site_words"] or words.word(at) in lists["area_words"]:
        at -= 1
    return words.last(at) in lists["place_prepositions"]


def _may_be_place(words: Tokens, first: int, last: int) -> bool:
    """Is it no other known kind of name?"""
    lists = words.lexicon.words
    if words.words[first] in lists["not_places"] or words.words[last] in lists["waters"]:
        return False
    return not (words.word(last + 1) in lists["site_words"] and words.entry(last + 2).is_("of"))


def _taken(start: int, end: int, known: list[Named], peoples: list[Mention]) -> bool:
    """Does a name that is known stand at start:end?"""
    at = bisect_left(peoples, end, key=_start)
    spans = [(one.start, one.end) for one in known]
    spans += [(one.start, one.end) for one in peoples[max(0, at - 2) : at]]
    return any(first < end and start < last for first, last in spans)


def _start(one: Mention) -> int:
    return one.start
