"""One text while it is read: each step's result for a sentence is worked out once."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from service.languages.entry import Label
from service.languages.lexicon import Lexicon
from service.signals.bind import Bound
from service.signals.dates import event_date, years
from service.signals.gate import Span
from service.signals.judge import Clues
from service.signals.passes import tape_of
from service.signals.sides import Sides, sides_of
from service.signals.tape import Tape
from service.signals.tokens import Tokens, tokens
from service.values import Evidence

LONGEST_TAG, SHORTEST = 40, 4  # characters of a hashtag looked at, and of a word inside one
LEAD = 2  # sentences, a title included, that say when what a short report tells of happened
AROUND = 2  # sentences either side that tell what a text is about


@dataclass(frozen=True, slots=True)
class Candidate:
    """A bound deed in its sentence, before it is judged; `vague` may be shared from a thing it is joined to."""

    sentence: int
    sides: Sides
    bound: Bound
    vague: str | None = None

    @property
    def tape(self) -> Tape:
        return self.sides.tape


@dataclass
class Document:
    """A text with what the steps need to know of its sentences, by number."""

    text: str
    folded: str
    lexicon: Lexicon
    spans: list[Span]
    published: date | None
    _tokens: dict[int, Tokens] = field(default_factory=dict)
    _clues: dict[int, Clues] = field(default_factory=dict)

    def tokens(self, number: int) -> Tokens:
        """The tokens of a sentence."""
        if number not in self._tokens:
            start, end = self.spans[number]
            self._tokens[number] = tokens(self.text, self.folded, start, end, self.lexicon)
        return self._tokens[number]

    def sides(self, number: int) -> Sides:
        """The chunks of a sentence, made anew."""
        return sides_of(tape_of(self.tokens(number)))

    def spots(self, first: int, last: int, without: tuple[int, int] = (0, 0)) -> list[Label]:
        """The causes, topics and tags that the sentences first to last speak of, `without` a stretch of text."""
        return [label for at, label in self.placed_spots(first, last) if not without[0] <= at < without[1]]

    def placed_spots(self, first: int, last: int) -> list[tuple[int, Label]]:
        """The same, each with its place in the text."""
        found = self._spots
        return [spot for number in range(max(0, first), last + 1) for spot in found.get(number, ())]

    @cached_property
    def _spots(self) -> dict[int, list[tuple[int, Label]]]:
        """Every cause, topic and tag with its place, by sentence."""
        folded, labels = self.folded, self.lexicon.spot_list
        ends = [end for _, end in self.spans]
        found: dict[int, list[tuple[int, Label]]] = {}
        for pattern, start, stop in self.lexicon.spots.find_matches_as_indexes(folded, overlapping=True):
            if not folded[stop : stop + 1].isalpha() and _begins(folded, start, stop):
                number = bisect_right(ends, start)
                found.setdefault(number, []).extend((start, label) for label in labels[pattern])
        return found

    def clues(self, number: int) -> Clues:
        """What a whole sentence tells of time and certainty."""
        if number not in self._clues:
            start, end = self.spans[number]
            words, folded = self.tokens(number), self.folded[start:end]
            dated = self.lexicon.anywhere("date").search(words.symbols) or self.lexicon.days_past.search(folded)
            event = event_date(folded, self.published, self.lexicon) if dated else None
            self._clues[number] = Clues(words, folded, self.published, self.latest_year, event)
        return self._clues[number]

    @cached_property
    def day(self) -> date | None:
        """The day that the title or the lead says it happened."""
        days = (self.clues(number).event for number in range(min(LEAD, len(self.spans))))
        return next((day for day in days if day is not None), None)

    @property
    def titled(self) -> bool:
        """Is the first sentence a title?"""
        return len(self.spans) > 1 and self.text[self.spans[0][1] - 1 : self.spans[0][1]] == "\n"

    @cached_property
    def latest_year(self) -> int | None:
        return max(years(self.folded[:20_000]), default=None)

    def evidence(self, start: int, end: int) -> Evidence:
        return Evidence(start, end, self.text[start:end])

    def span(self, candidate: Candidate) -> Evidence:
        """From the first to the last of a deed and what it is done to."""
        words, bound = candidate.tape.words, candidate.bound
        things = [one for one in (bound.thing, bound.service) if one is not None]
        first = min([bound.token, *(one.first for one in things)])
        last = max([bound.token, *(one.stop - 1 for one in things)])
        return self.evidence(words.starts[first], words.ends[last])


def _begins(folded: str, start: int, stop: int) -> bool:
    """Does a word begin there? In a hashtag words stand together ("#abflood"), the last of them the telling one."""
    if not folded[start - 1 : start].isalpha():
        return True
    tag = folded.rfind("#", max(0, start - LONGEST_TAG), start)
    return tag >= 0 and stop - start >= SHORTEST and folded[tag + 1 : start].isalnum()
