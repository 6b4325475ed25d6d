"""signal → incident: figures, facets, what was judged of them, what people decided."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Literal, TypeVar

from service.values.signals import Place, Signal
from service.values.words import Certainty, Kind, Level, Urgency

Word = TypeVar("Word")


@dataclass(frozen=True, slots=True)
class Figure:
    """A signal as something said: by whom, where, when. Figures are never changed, only added.

    `origin` is the organisation the text attributes it to, else the publisher; `fingerprint`
    is the report's, equal for equal texts, and `sentence` the same for the sentence read.  `about` and `named`
    are the places the report is about and every name in it.
    """

    id: int
    report_id: int
    signal: Signal
    origin: str
    said_at: datetime
    read_at: datetime
    publisher: str | None = None
    link: str | None = None
    title: str = ""
    grade: str = "F"
    about: tuple[Place, ...] = ()
    named: tuple[str, ...] = ()
    fingerprint: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Pin:
    """What an officer decided: a figure is of one incident with another figure, or is not."""

    figure: int
    to: Literal["with", "apart"]
    other: int
    who: str
    at: datetime


# How far a facet has come; `over` (an incident's) depends on the time, and only a person says more.
FacetState = Literal["developing", "corroborated", "disputed", "corrected"]
IncidentState = Literal["developing", "corroborated", "disputed", "corrected", "over"]


@dataclass(frozen=True, slots=True)
class Facet:
    """One side of an incident: everything said of one kind and type.

    `recommended` is the figure we would quote; `parts` lie inside it and are not
    added; `others` are what other origins say instead, newest first.  `voices` holds
    what each origin said last (of what is new, and of its running total, by unit), `tags`
    everything noted of any figure, and `since` the first running total of each.
    `disjoint` are parts of one text in different towns, which together are a lower bound.
    `agreeing` counts the origins that do not contradict the recommended figure, `spread` is the
    least and the most that any origin says of the same thing.  `information` is the Admiralty's 1–6.
    `wordings` is what transport figures say, which may name a crossing that is watched.
    """

    kind: Kind
    type: str
    recommended: Figure
    parts: tuple[Figure, ...] = ()
    others: tuple[Figure, ...] = ()
    origins: int = 1
    voices: tuple[Figure, ...] = ()
    tags: tuple[str, ...] = ()
    since: tuple[Figure, ...] = ()
    disjoint: tuple[Figure, ...] = ()
    agreeing: int = 1
    spread: tuple[int, int] | None = None
    state: FacetState = "developing"
    information: int = 6
    wordings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """A happening: a place and a time, with its facets. `id` is that of its oldest figure.

    `area` is how people would name the place; `left_out` are figures that do not
    count (combatants, history, forecasts, denials), kept to be shown.  It happened from
    `started` to `ended`; it was told of from `first_said` to `last_said`.
    """

    id: int
    country: str | None
    area: str
    started: date
    ended: date
    facets: tuple[Facet, ...]
    reports: tuple[int, ...]
    admin1: tuple[str, ...] = ()
    place: str | None = None
    outlets: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    left_out: tuple[Figure, ...] = ()
    first_said: date = date.min
    last_said: date = date.min


@dataclass(frozen=True, slots=True)
class Crossing:
    """One figure held against its thresholds: the arithmetic, in words, of a level.

    `unit` is what `value` counts, so that only like is compared with like.
    """

    kind: Kind
    type: str
    level: Level
    value: int | None
    threshold: int | None
    words: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Conversion:
    """Households turned into people by us: `people` is rounded, `source` names the size's origin."""

    figure: int
    people: int
    size: float
    source: str


@dataclass(frozen=True, slots=True)
class Axis(Generic[Word]):
    """Where an incident stands on one of CAP's axes, and why, in words."""

    value: Word
    words: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """An incident judged by one version of the rules. Crossings: the weightiest first.

    `corroborated` is the level it would have if its single origin were confirmed by another.
    Urgency and certainty are CAP's other axes, never folded into the level.
    """

    level: Level
    crossings: tuple[Crossing, ...]
    rules: str
    corroborated: Level = Level.NONE
    conversions: tuple[Conversion, ...] = ()
    urgency: Axis[Urgency] | None = None
    certainty: Axis[Certainty] | None = None
    state: IncidentState = "developing"


VerdictState = Literal["verified", "refuted"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an officer found out, and how: about the facet of a kind and type, or (None) the whole incident."""

    state: VerdictState
    how: str
    who: str
    at: datetime
    kind: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """What an officer did to an incident: `source` is from where ("api", "console"), `why` in their own words."""

    act: str
    who: str
    at: datetime
    source: str
    why: str
    detail: str = ""
