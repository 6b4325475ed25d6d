"""What tells one happening from another in the words around a fact: what happened, names, "another one"."""

import re
from bisect import bisect_left
from typing import cast

from service.languages.entry import Label
from service.signals.document import Document
from service.values import Evidence, Hazard

BESIDE = 30  # characters farther than the nearest hazard at which another is still of the same fact
MOST_NAMES, MOST_NAMED = 12, 100  # of a sentence, of a text
CROWD = 0.5  # share of capitals from which a sentence is a headline, whose capitals tell nothing
CLAUSE, NOUN = 10, 9  # tokens before a fact in which its clause may begin; before that, in which its noun may
LEAD = 4  # sentences in which a text says that it tells of another one
LEADING = 1000  # characters in which it says that it corrects
BEFORE = 24  # characters before a hazard in which it may be called another one
WORDS = re.compile(r"[^\W\d_]+")
CAPITALISED = re.compile(r"(?<![^\W\d_])(?![a-z])[^\W\d_]{4,}")  # its first letter may still be a small one


def hazards(document: Document, number: int, fact: Evidence) -> tuple[Hazard, ...]:
    """What happened, by the words nearest to a fact in its sentence, else in the title, else in its neighbours."""
    for first, last in ((number, number), (0, 0 if document.titled else -1), (number - 1, number + 1)):
        told = [(_off(at, fact), label[1]) for at, label in _hazards(document, first, last)]
        if told:
            nearest = min(told)[0]
            return tuple(sorted({cast(Hazard, name) for off, name in told if off <= nearest + BESIDE}))
    return ()


def _hazards(document: Document, first: int, last: int) -> list[tuple[int, Label]]:
    return [spot for spot in document.placed_spots(first, last) if spot[1][0] == "hazard"]


def _off(at: int, fact: Evidence) -> int:
    return max(0, fact.start - at, at - fact.end)


def anew(document: Document, number: int) -> bool:
    """Is it told as another of its sort: "a second strike" there or in the title, "two nights in a row" in the lead?"""
    lead = document.folded[: document.spans[min(LEAD, len(document.spans)) - 1][1]]
    if any(phrase in lead for phrase in document.lexicon.words["anew_told"]):
        return True
    words = document.lexicon.words["anew"]
    told = [*_hazards(document, number, number), *(_hazards(document, 0, 0) if document.titled else ())]
    return any(not words.isdisjoint(WORDS.findall(document.folded[max(0, at - BEFORE) : at])[-2:]) for at, _ in told)


def corrects(document: Document) -> bool:
    """Does a text take back a figure ("revised", "counted twice")?"""
    return any(phrase in document.folded[:LEADING] for phrase in document.lexicon.words["corrected"])


def recalled(document: Document, number: int, fact: Evidence) -> bool:
    """Is it told of a happening that is only remembered ("the raid in which 21 people died")?

    So where a relative clause holds the fact, whose noun is a hazard with a definite article.
    """
    words = document.tokens(number)
    at = bisect_left(words.starts, fact.start)
    for relative in range(at - 1, max(-1, at - CLAUSE), -1):
        if words.entry(relative).is_("relative"):
            return _definite_hazard(document, number, relative)
        if words.entry(relative).marks & {"comma", "semicolon", "split"}:
            return False
    return False


def _definite_hazard(document: Document, number: int, before: int) -> bool:
    """Does "the", with a hazard not far behind it, stand shortly before a token?"""
    words = document.tokens(number)
    told = {bisect_left(words.starts, at) for at, _ in _hazards(document, number, number)}
    for article in range(before - 1, max(-1, before - NOUN), -1):
        if words.entry(article).is_("the"):
            return any(article < hazard <= article + 4 and hazard < before for hazard in told)
    return False


def names(document: Document, number: int) -> tuple[str, ...]:
    """Capitalised words of a sentence and of the title that the language file does not know, folded: "delira"."""
    found = [*_names(document, number), *(_names(document, 0) if document.titled and number else ())]
    return tuple(sorted(set(found)))[:MOST_NAMES]


def named(document: Document) -> tuple[str, ...]:
    """Every word of a text with a capital that the language file does not know, folded."""
    known, ours = document.lexicon.symbols, document.lexicon.words["not_places"]
    found = (word.span() for word in CAPITALISED.finditer(document.text) if word[0][0].isupper())
    words = dict.fromkeys(document.folded[start:end] for start, end in found)
    return tuple(sorted([word for word in words if word not in known and word not in ours][:MOST_NAMED]))


def _names(document: Document, number: int) -> list[str]:
    """The first word of a sentence has its capital anyway, and the capitals of a headline tell nothing."""
    words = document.tokens(number)
    name = words.lexicon.alphabet.shapes["name"]
    if words.symbols.count(name) > CROWD * len(words):
        return []
    known = document.lexicon.words["not_places"]
    named = [words.words[at] for at, symbol in enumerate(words.symbols) if symbol == name and at]
    return [word for word in named if len(word) > 3 and word not in known]
