"""What becomes of values once the words of a report are removed from them (pure).

Numbers, kinds, dates and the gazetteer's places stay: they are what alerts were judged by.  What goes is whatever
is in the text's own words: title, evidence, link, names, the sources it quotes, and any stretch of it elsewhere.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from service.values import Evidence, Figure, Problem, Signal

REMOVED = "[removed]"
# Characters in a row that a text shares with the report only where they were taken from it.
STRETCH = 24
SPACES = re.compile(r"\s+")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Removal:
    """What must go of one report: its phrases wherever they stand, and every stretch of its text."""

    report_id: int
    phrases: tuple[str, ...]
    stretches: frozenset[str]

    def value(self, value: Value) -> Value:
        """A value of ours without the report's words; figures of other reports stay as they are."""
        return self._inside(value)  # type: ignore[no-any-return]

    def _inside(self, value: Any) -> Any:
        if isinstance(value, Figure):
            return without_words(value) if value.report_id == self.report_id else value
        if isinstance(value, str):
            return self.line(value)
        if isinstance(value, tuple):
            return tuple(self._inside(part) for part in value)
        if is_dataclass(value) and not isinstance(value, type):
            inside = self.prose if isinstance(value, Problem) else self._inside
            return replace(value, **{field.name: inside(getattr(value, field.name)) for field in fields(value)})
        return value

    def line(self, text: str) -> str:
        """A line that Tocsin wrote, without the phrases it quotes."""
        for phrase in self.phrases:
            text = text.replace(phrase, REMOVED)
        return text

    def prose(self, text: str) -> str:
        """A text that anybody wrote: nothing of it is left where it holds a stretch of the report."""
        folded = fold(text)
        held = any(folded[at : at + STRETCH] in self.stretches for at in range(len(folded) - STRETCH + 1))
        return REMOVED if held else self.line(text)

    def data(self, data: Any) -> Any:
        """The same for plain data."""
        if isinstance(data, str):
            return self.prose(data)
        if isinstance(data, Mapping):
            return {key: self.data(part) for key, part in data.items()}
        return [self.data(part) for part in data] if isinstance(data, list) else data


def removal_of(report_id: int, text: str, link: str | None, figures: Iterable[Figure]) -> Removal:
    """What must go of a report, by its text and link (where they are still kept) and the figures read in it."""
    figures = list(figures)
    quoted = {text.partition("\n")[0], link or "", *(phrase for figure in figures for phrase in _phrases(figure))}
    distinct = {phrase for phrase in quoted if phrase and not _is_common(phrase)}
    folded = fold(text)
    stretches = frozenset(folded[at : at + STRETCH] for at in range(len(folded) - STRETCH + 1))
    # The longest first, or a part of one would leave the rest of it standing.
    return Removal(report_id, tuple(sorted(distinct, key=lambda phrase: (-len(phrase), phrase))), stretches)


def _phrases(figure: Figure) -> Iterable[str]:
    signal = figure.signal
    yield from (figure.title, figure.link or "", signal.evidence.text, signal.attributed_to or "")
    if figure.origin != figure.publisher:
        yield figure.origin
    if signal.place_id is None:
        yield signal.place or ""
    yield from (place.name for place in figure.about if place.id is None)


def _is_common(phrase: str) -> bool:
    """Is it a word of the language, which others use as well? Names have capitals, or a script without."""
    return phrase == REMOVED or (phrase.isalpha() and phrase.islower()) or len(phrase) < 3


def fold(text: str) -> str:
    return SPACES.sub(" ", text).strip().casefold()


def without_words(figure: Figure) -> Figure:
    """A figure without the text's words; sources stay apart by a digest, so that as many agree as before."""
    about = tuple(place for place in figure.about if place.id is not None)
    signal = _signal(figure.signal)
    return replace(figure, signal=signal, title=REMOVED, link=None, about=about, named=(), origin=_origin(figure))


def _origin(figure: Figure) -> str:
    if figure.origin == figure.publisher or figure.origin.startswith(REMOVED[:-1]):
        return figure.origin
    return f"{REMOVED[:-1]} {hashlib.sha256(figure.origin.encode()).hexdigest()[:8]}]"


def _signal(signal: Signal) -> Signal:
    evidence = Evidence(signal.evidence.start, signal.evidence.end, REMOVED)
    place = signal.place if signal.place_id is not None else None
    source = REMOVED if signal.attributed_to else None
    return replace(signal, evidence=evidence, hedge=None, noun=None, place=place, attributed_to=source, names=())
