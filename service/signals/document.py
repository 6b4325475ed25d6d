"""One text while it is read: each step's result for a sentence is worked out once."""

from dataclasses import dataclass, field
from datetime import date

from service.languages.lexicon import Label, Lexicon
from service.signals.chunks import Chunk
from service.signals.dates import event_date, years
from service.signals.judge import Clues
from service.signals.sentences import Span
from service.signals.slots import Bound
from service.signals.terms import Term, spots, terms
from service.values import Evidence


@dataclass(frozen=True, slots=True)
class Candidate:
    """A bound deed in its sentence, before it is judged; `vague` may be shared from a thing it is joined to."""

    sentence: int
    found: list[Chunk]
    bound: Bound
    vague: str | None


@dataclass
class Document:
    """A text with what the steps need to know of its sentences, by number."""

    text: str
    folded: str
    lexicon: Lexicon
    spans: list[Span]
    published: date | None
    _labels: dict[int, list[Label]] = field(default_factory=dict)
    _terms: dict[int, list[Term]] = field(default_factory=dict)
    _clues: dict[int, Clues] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.latest_year = max(years(self.folded[:20_000]), default=None)

    def terms(self, number: int) -> list[Term]:
        """The terms of a sentence."""
        if number not in self._terms:
            self._terms[number] = terms(self.text, self.folded, *self.spans[number], self.lexicon)
        return self._terms[number]

    def spots(self, number: int) -> list[Label]:
        """The causes, topics and tags a sentence speaks of."""
        if number not in self._labels:
            self._labels[number] = spots(self.folded, *self.spans[number], self.lexicon)
        return self._labels[number]

    def clues(self, number: int, found: list[Chunk]) -> Clues:
        """What a whole sentence tells of time and certainty."""
        if number not in self._clues:
            start, end = self.spans[number]
            folded = self.folded[start:end]
            event = event_date(folded, self.published, self.lexicon)
            marks = frozenset(mark for chunk in found for mark in chunk.entry.marks)
            self._clues[number] = Clues(marks, folded, self.published, self.latest_year, event)
        return self._clues[number]

    def around(self, number: int, before: int, after: int) -> range:
        """The numbers of a sentence and its neighbours."""
        return range(max(0, number - before), min(len(self.spans), number + after + 1))

    def evidence(self, start: int, end: int) -> Evidence:
        return Evidence(start, end, self.text[start:end])

    def span(self, candidate: Candidate) -> Evidence:
        """From the first to the last of a deed and what it is done to."""
        deed = candidate.found[candidate.bound.at]
        things = [deed, *(one for one in (candidate.bound.thing, candidate.bound.service) if one is not None)]
        return self.evidence(min(one.start for one in things), max(one.end for one in things))
