"""What the rooms hand each other, in the order data flows.

    Item → Report → Signal → Figure → Incident → Assessment → Notice → Message

All frozen: a stage makes a new value, it never changes one.  Times are aware
and in UTC; offsets count characters in `Report.text`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Literal

Kind = Literal["displacement", "casualty", "suspension"]
Unit = Literal["people", "households", "dwellings", "facilities"]
Scope = Literal["new", "total", "historic"]
Assertion = Literal["reported", "forecast", "negated"]
Victims = Literal["civilian", "combatant"]
Quantifier = Literal["exact", "at_least", "at_most", "about"]
PlaceFrom = Literal["sentence", "report", "feed"]
Cause = Literal["conflict", "disaster", "other", "unknown"]
# CAP 1.2 has five; a machine never says Observed.
Certainty = Literal["Likely", "Possible", "Unlikely", "Unknown"]


class Level(IntEnum):
    """Our alert level in CAP's severity words; NONE is below Minor and rings for nothing."""

    NONE = 0
    MINOR = 1
    MODERATE = 2
    SEVERE = 3
    EXTREME = 4

    @property
    def word(self) -> str:
        return self.name.capitalize()


# --- feed → report ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Item:
    """One entry as its feed gave it; `error` says what of it could not be read."""

    guid: str
    link: str | None
    title: str
    html: str
    published: datetime | None
    language: str | None = None
    publisher: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One item made readable. `text` is title, newline, body, in plain text.

    `published` is None where the feed gave no date that can be read.
    `country` is the feed's own (ISO 3166-1 alpha-3), the last resort for a place.
    `fingerprint` is a digest of the folded text, equal for equal stories.
    """

    text: str
    fingerprint: str
    published: datetime | None = None
    language: str | None = None
    link: str | None = None
    publisher: str | None = None
    country: str | None = None
    error: str | None = None

    @property
    def title(self) -> str:
        return self.text.partition("\n")[0]


# --- report → signal --------------------------------------------------------


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
    precision: Literal["country", "region", "admin1", "town", "site"] = "town"
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """One fact read in a report. Fields as in DESIGN section 6.

    `low` and `high` are None where no number is given; `vague` then holds the word
    ("dozens").  `hedge` is the quantifier and `noun` the thing counted, both as
    the text words them ("almost", "families").
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
    event_date: date | None = None
    attributed_to: str | None = None
    cause: Cause = "unknown"
    tags: tuple[str, ...] = ()
    certainty: Certainty = "Likely"
    reader: str = ""

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

    `weighed` is filled only when an explanation is asked for.
    """

    signals: tuple[Signal, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    about: tuple[Place, ...] = ()
    weighed: tuple[Weighed, ...] = ()


# --- signal → incident ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figure:
    """A signal as something said: by whom, where, when. Figures are never changed, only added.

    `origin` is the organisation the text attributes it to, else the publisher; `fingerprint`
    is the report's, equal for equal texts.
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
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """One side of an incident: everything said of one kind and type.

    `recommended` is the figure we would quote; `parts` lie inside it and are not
    added; `others` are what other origins say instead, newest first.  `voices` holds
    what each origin said last (of what is new, and of its running total, by unit), `tags`
    everything noted of any figure, and `since` the first running total of each.
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
class Assessment:
    """An incident judged by one version of the rules. Crossings: the weightiest first.

    `corroborated` is the level it would have if its single origin were confirmed by another.
    """

    level: Level
    crossings: tuple[Crossing, ...]
    rules: str
    corroborated: Level = Level.NONE
    conversions: tuple[Conversion, ...] = ()


# --- incident → alert → notification ----------------------------------------

AlertState = Literal["open", "acknowledged", "closed"]
# Why a message is sent (named, stored with it, printed in it).
Reason = Literal["first", "rise", "revised", "problem"]


@dataclass(frozen=True, slots=True)
class Alert:
    """What a duty officer handles. `revision` counts the times it rang."""

    id: int
    state: AlertState
    level: Level
    revision: int
    opened_at: datetime
    incident_id: int | None = None
    owner: str | None = None
    acknowledged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What one facet says now and said when we last rang; `before` is None for a new one."""

    kind: Kind
    type: str
    before: Figure | None
    after: Figure


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with Tocsin itself, for its operators. `key` is equal for equal troubles."""

    key: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One ringing of an alert, as decided: everything its messages say, stored once.

    It holds an incident with its assessment, or a problem of ours.  `rung` is the
    heaviest that was told so far of each kind, type and unit.
    """

    alert_id: int
    revision: int
    reason: Reason
    level: Level
    decided_at: datetime
    incident: Incident | None = None
    assessment: Assessment | None = None
    changes: tuple[Change, ...] = ()
    previous_level: Level | None = None
    problem: Problem | None = None
    rung: tuple[Crossing, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message goes to: `name` as people say it, `address` on that channel (or None)."""

    name: str
    channel: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One notification, rendered: `html` is None on channels that carry text only."""

    subject: str
    text: str
    html: str | None = None
    message_id: str = ""
    headers: tuple[tuple[str, str], ...] = ()
