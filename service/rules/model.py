"""alerts.yaml once read: frozen, checked, complete."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from service.countries import HouseholdSize
from service.values import Cause, Classification, Level, Unit

# Lower bounds of Minor, Moderate, Severe, Extreme: a figure at or above a bound has that level.
Bounds = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class FeedRule:
    """One feed to poll. `grade` is Admiralty's A–F; `country` (alpha-3) where the feed is about one only.

    `classification` says how far its reports may travel.
    """

    name: str
    url: str
    kind: str
    every: timedelta
    grade: str = "F"
    country: str | None = None
    language: str | None = None
    publisher: str | None = None
    classification: Classification = Classification.PUBLIC


@dataclass(frozen=True, slots=True)
class Threshold:
    """When figures of one type ring.

    `by_cause` holds bounds for people, by cause of the happening (for housing:
    for dwellings); `by_unit` those for other units.  `unnumbered` is the level
    where no number is given.
    """

    by_cause: Mapping[Cause, Bounds]
    by_unit: Mapping[Unit, Bounds]
    unnumbered: Level = Level.NONE


@dataclass(frozen=True, slots=True)
class AreaRule:
    """An area of interest: these first-level areas (none: all) of these countries (alpha-3).

    `thresholds` by type take the place of the main ones there; other types keep those.
    Where a whole country and a first-level area in it both set a type, the more exact holds.
    """

    name: str
    countries: frozenset[str]
    admin1: frozenset[str]
    thresholds: Mapping[str, Threshold]


@dataclass(frozen=True, slots=True)
class ChannelRule:
    """A way out. `secret` names the environment variable holding its Apprise address, never the address.

    `ceiling` is the highest classification that may go this way.  `answers` names the variable holding
    what answers that come in on it are signed with; None: none come in.
    """

    name: str
    kind: str
    secret: str
    ceiling: Classification = Classification.RESTRICTED
    answers: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Where a person or a room is reached: a channel, and the address on it if the channel has many."""

    channel: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class RecipientRule:
    """Someone (or some room) to tell, by every contact listed."""

    name: str
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """Alerts of these countries (empty: all) from this level up go to these recipients."""

    name: str
    countries: frozenset[str]
    level: Level
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things are kept."""

    quiet_reports: timedelta
    seen: timedelta


@dataclass(frozen=True, slots=True)
class Rules:
    """One version of alerts.yaml; `hash` names it (first 12 hexadecimal digits of its SHA-256).

    `shares` are parts of a place's population (0 to 1) from which displacement has at least a level.
    `origins` gives grades of organisations, `watched` levels of crossings, ports and airstrips, both
    by casefolded name.  `standing` are countries at war for long.  `evacuation_factors` multiply the
    bounds of `evacuated` in disasters, by country.
    """

    hash: str
    feeds: tuple[FeedRule, ...]
    thresholds: Mapping[str, Threshold]
    floors: Mapping[str, Level]
    vague: Mapping[str, int]
    vague_cap: Level
    single_origin: Mapping[str, Level]
    households: Mapping[str, HouseholdSize]
    household_for_level: float
    factors: Mapping[str, float]
    update_at: float
    first_poll_rings_back: timedelta
    retention: Retention
    channels: Mapping[str, ChannelRule]
    recipients: Mapping[str, RecipientRule]
    routes: tuple[Route, ...]
    operators: tuple[str, ...]
    areas: tuple[AreaRule, ...] = ()
    shares: Mapping[Level, float] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    standing: frozenset[str] = frozenset()
    evacuation_factors: Mapping[str, float] = field(default_factory=dict)
    watched: Mapping[str, Level] = field(default_factory=dict)
