"""What tells one happening from another in the words around a fact: what happened, names, "another one"."""

import re
from bisect import bisect_left
from functools import cached_property
from typing import cast

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
ENDS = frozenset({"comma", "semicolon", "split"})  # of a clause


class Happenings:
    """What the sentences of a document tell of the happening they speak of."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.titles = (0,) if document.titled else ()
        self._names: dict[int, list[str]] = {}
        self._anew: dict[int, bool] = {}

    def hazards(self, number: int, fact: Evidence) -> tuple[Hazard, ...]:
        """What happened, by the words nearest to a fact in its sentence, else in the title, else in its neighbours."""
        for near in ((number,), self.titles, (number - 1, number, number + 1)):
            told = [(_off(at, fact), name) for one in near for at, name in self.document.spots(one).hazards]
            if told:
                nearest = min(told)[0]
                return tuple(sorted({cast(Hazard, name) for off, name in told if off <= nearest + BESIDE}))
        return ()

    def anew(self, number: int) -> bool:
        """Is it told as another of its sort: "a second strike" there or in the title, "a third time" in the lead?"""
        return self._another or any(self._told_anew(one) for one in (number, *self.titles))

    @cached_property
    def _another(self) -> bool:
        spans = self.document.spans
        end = spans[min(LEAD, len(spans)) - 1][1]
        return bool(self.document.lexicon.told_anew.search(self.document.folded, 0, end))

    @cached_property
    def corrects(self) -> bool:
        """Does the text take back a figure ("revised", "counted twice")?"""
        return bool(self.document.lexicon.taken_back.search(self.document.folded, 0, LEADING))

    def _told_anew(self, number: int) -> bool:
        if number not in self._anew:
            words, folded = self.document.lexicon.words["anew"], self.document.folded
            before = (folded[max(0, at - BEFORE) : at] for at, _ in self.document.spots(number).hazards)
            self._anew[number] = any(not words.isdisjoint(WORDS.findall(piece)[-2:]) for piece in before)
        return self._anew[number]

    def recalled(self, number: int, fact: Evidence) -> bool:
        """Is it told of a happening that is only remembered ("the raid in which 21 people died")?

        So where a relative clause holds the fact, whose noun is a hazard with a definite article.
        """
        words = self.document.tokens(number)
        at = bisect_left(words.starts, fact.start)
        first = max(0, at - CLAUSE + 1)
        if not words.lexicon.anywhere("relative").search(words.symbols, first, at):
            return False
        for relative in range(at - 1, first - 1, -1):
            if words.entry(relative).is_("relative"):
                return self._definite_hazard(number, relative)
            if words.entry(relative).marks & ENDS:
                return False
        return False

    def _definite_hazard(self, number: int, before: int) -> bool:
        """Does "the", with a hazard not far behind it, stand shortly before a token?"""
        words = self.document.tokens(number)
        told = {bisect_left(words.starts, at) for at, _ in self.document.spots(number).hazards}
        for article in range(before - 1, max(-1, before - NOUN), -1):
            if words.entry(article).is_("the"):
                return any(article < hazard <= article + 4 and hazard < before for hazard in told)
        return False

    def names(self, number: int) -> tuple[str, ...]:
        """Capitalised words of a sentence and of the title that the language file does not know, folded: "delira"."""
        found = [name for one in (number, *self.titles) for name in self._named(one)]
        return tuple(sorted(set(found)))[:MOST_NAMES]

    def _named(self, number: int) -> list[str]:
        """The first word of a sentence has its capital anyway, and the capitals of a headline tell nothing."""
        if number not in self._names:
            words = self.document.tokens(number)
            name, known = words.lexicon.alphabet.shapes["name"], words.lexicon.words["not_places"]
            crowded = words.symbols.count(name) > CROWD * len(words)
            inside = range(1, len(words)) if not crowded else ()
            named = [words.words[at] for at in inside if words.symbols[at] == name]
            self._names[number] = [word for word in named if len(word) > 3 and word not in known]
        return self._names[number]


def _off(at: int, fact: Evidence) -> int:
    return max(0, fact.start - at, at - fact.end)


def named(document: Document) -> tuple[str, ...]:
    """Every word of a text with a capital that the language file does not know, folded."""
    known, ours = document.lexicon.symbols, document.lexicon.words["not_places"]
    found = (word.span() for word in CAPITALISED.finditer(document.text) if word[0][0].isupper())
    words = dict.fromkeys(document.folded[start:end] for start, end in found)
    return tuple(sorted([word for word in words if word not in known and word not in ours][:MOST_NAMED]))
