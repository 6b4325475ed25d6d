"""report → signal."""

from dataclasses import dataclass
from datetime import date

from service.values.words import (
    Assertion,
    Cause,
    Certainty,
    Hazard,
    Kind,
    PlaceFrom,
    Precision,
    Quantifier,
    Scope,
    Unit,
    Victims,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of the report's text: `text == report.text[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere the gazetteer knows, or a name only the text gave (`id` is None).

    `precision` says how exact the name is; `admin1` is the first-level area's name.
    """

    name: str
    country: str | None = None
    id: str | None = None
    admin1: str | None = None
    precision: Precision = "town"
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """One fact read in a report. Fields as in DESIGN section 6.

    `low` and `high` are None where no number is given; `vague` then holds the word
    ("dozens").  `hedge` is the quantifier and `noun` the thing counted, both as
    the text words them ("almost", "families").  `sentence` holds the offsets of the
    sentence read, `names` its capitalised words, folded, that are no words of the language; `anew`: told as
    another happening of its sort ("a second strike"), `recalled`: of one only remembered ("the raid in which
    21 died"); `corrects`: the text takes back a figure.  `precision`, `latitude` and `longitude` (degrees) are
    the place's.
    """

    kind: Kind
    type: str
    evidence: Evidence
    rule: str
    low: int | None = None
    high: int | None = None
    vague: str | None = None
    unit: Unit | None = None
    quantifier: Quantifier = "exact"
    hedge: str | None = None
    noun: str | None = None
    scope: Scope = "new"
    assertion: Assertion = "reported"
    victims: Victims | None = None
    place: str | None = None
    place_id: str | None = None
    place_from: PlaceFrom | None = None
    country: str | None = None
    admin1: str | None = None
    precision: Precision | None = None
    latitude: float | None = None
    longitude: float | None = None
    event_date: date | None = None
    attributed_to: str | None = None
    cause: Cause = "unknown"
    hazards: tuple[Hazard, ...] = ()
    names: tuple[str, ...] = ()
    anew: bool = False
    corrects: bool = False
    recalled: bool = False
    tags: tuple[str, ...] = ()
    certainty: Certainty = "Likely"
    reader: str = ""
    sentence: tuple[int, int] = (0, 0)

    @property
    def alertable(self) -> bool:
        """May it ring at all? (GUIDELINE: reported, new or a running total, not of combatants.)"""
        return self.assertion == "reported" and self.scope != "historic" and self.victims != "combatant"


@dataclass(frozen=True, slots=True)
class Dropped:
    """A candidate the reader looked at and left out, with the reason."""

    evidence: Evidence
    reason: str
    rule: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """A name considered as the place of a fact: each feature with its weight; the least total wins."""

    evidence: Evidence
    name: str
    parts: tuple[tuple[str, float], ...]

    @property
    def total(self) -> float:
        return sum(weight for _, weight in self.parts)


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read in one text; `about` are the places it is about, weightiest first.

    `named`: every word with a capital, folded, that is no word of the language.  `weighed` is filled only when
    an explanation is asked for.
    """

    signals: tuple[Signal, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    about: tuple[Place, ...] = ()
    named: tuple[str, ...] = ()
    weighed: tuple[Weighed, ...] = ()
