"""One text while it is read: each step's result for a sentence is worked out once."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from service.languages.lexicon import Lexicon
from service.signals.bind import Bound
from service.signals.dates import days_past, event_date, years
from service.signals.gate import Span
from service.signals.judge import Clues
from service.signals.passes import tape_of
from service.signals.sides import Sides, sides_of
from service.signals.spots import NONE, Spots, spots_of
from service.signals.tape import Tape
from service.signals.tokens import Tokens, tokens
from service.values import Evidence

LEAD = 2  # sentences, a title included, that say when what a short report tells of happened
AROUND = 2  # sentences either side that tell what a text is about


@dataclass(slots=True)
class Candidate:
    """A bound deed in its sentence, before it is judged; `vague` may be shared from a thing it is joined to.

    `evidence` reaches from the first to the last of the deed and what it is done to.
    """

    sentence: int
    sides: Sides
    bound: Bound
    evidence: Evidence
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
    _spots: dict[int, Spots] = field(default_factory=dict)

    def tokens(self, number: int) -> Tokens:
        """The tokens of a sentence."""
        if number not in self._tokens:
            start, end = self.spans[number]
            self._tokens[number] = tokens(self.text, self.folded, start, end, self.lexicon)
        return self._tokens[number]

    def sides(self, number: int) -> Sides:
        """The chunks of a sentence, made anew."""
        return sides_of(tape_of(self.tokens(number)))

    def spots(self, number: int) -> Spots:
        """What the words of a sentence tell by themselves; nothing before the first and behind the last."""
        if number not in self._spots:
            inside = 0 <= number < len(self.spans)
            self._spots[number] = spots_of(self.folded, self.spans[number], self.lexicon) if inside else NONE
        return self._spots[number]

    def clues(self, number: int) -> Clues:
        """What a whole sentence tells of time and certainty."""
        if number not in self._clues:
            start, end = self.spans[number]
            words, folded = self.tokens(number), self.folded[start:end]
            dated = self.lexicon.anywhere("date").search(words.symbols) or days_past(folded, self.lexicon)
            event = event_date(folded, self.published, self.lexicon) if dated else None
            latest = self.latest_year if self.published is None else None
            self._clues[number] = Clues(words, folded, self.published, latest, event)
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

    def span(self, words: Tokens, bound: Bound) -> Evidence:
        """From the first to the last of a deed and what it is done to."""
        first = last = bound.token
        for thing in (bound.thing, bound.service):
            if thing is not None:
                first, last = min(first, thing.first), max(last, thing.stop - 1)
        return self.evidence(words.starts[first], words.ends[last])
