"""alerts.yaml once read: frozen, checked, complete."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta

from service.countries import HouseholdSize
from service.rules.duty import RotationRule, TeamRule
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
    """Where a person or a room is reached: a channel, and the address on it if the channel has many.

    A `backup` is used only where the contacts before it failed.
    """

    channel: str
    address: str | None = None
    backup: bool = False


@dataclass(frozen=True, slots=True)
class RecipientRule:
    """Someone (or some room) to tell, by every contact listed that is no backup.

    `zone` is an IANA name, `language` ISO 639-1; `quiet` holds times of the clock in that zone, from
    and to.  `digest` is how long messages are gathered, `hourly` the most sent in an hour: neither
    holds for what is Severe or above.
    """

    name: str
    contacts: tuple[Contact, ...]
    team: str | None = None
    zone: str | None = None
    language: str | None = None
    quiet: tuple[time, time] | None = None
    digest: timedelta | None = None
    hourly: int = 20


@dataclass(frozen=True, slots=True)
class StepRule:
    """Whom to tell next, `after` the step before; without it after the level's `next_person`."""

    to: tuple[str, ...]
    after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """Alerts of these countries (empty: all) from this level up go to these recipients, or to who is on call.

    While nobody of the `team` (without one: nobody at all) answers, the `steps` follow.
    """

    name: str
    countries: frozenset[str]
    level: Level
    to: tuple[str, ...]
    team: str | None = None
    steps: tuple[StepRule, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All whom it may come to, recipients and rotations, each once, in the order of its steps."""
        return tuple(dict.fromkeys((*self.to, *(name for step in self.steps for name in step.to))))


@dataclass(frozen=True, slots=True)
class RingRule:
    """How alerts of one level ring.

    `brief`: not at all, they are told at the next hand-over.  `team_hours`: the first ring waits for the hours of
    the route's team.  While nobody answers, the next step follows after `next_person` and everyone is told again
    `repeat` after the last step (None: never).  An acknowledgement ends after `checking` (None: never), and the
    officer is warned `warn` before.
    """

    brief: bool = False
    team_hours: bool = False
    next_person: timedelta = timedelta(minutes=15)
    repeat: timedelta | None = None
    checking: timedelta | None = None
    warn: timedelta = timedelta(minutes=15)


HOUR = timedelta(hours=1)
# From people who have stood the watch: Severe and up wake somebody at any hour, Minor never does.
RING: Mapping[Level, RingRule] = {
    Level.MINOR: RingRule(brief=True),
    Level.MODERATE: RingRule(team_hours=True, next_person=HOUR, repeat=4 * HOUR, checking=12 * HOUR, warn=HOUR / 2),
    Level.SEVERE: RingRule(next_person=HOUR / 4, repeat=HOUR, checking=4 * HOUR, warn=HOUR / 4),
    Level.EXTREME: RingRule(next_person=HOUR / 6, repeat=HOUR / 2, checking=2 * HOUR, warn=HOUR / 4),
}


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things are kept."""

    quiet_reports: timedelta
    seen: timedelta


@dataclass(frozen=True, slots=True)
class Rules:
    """One version of alerts.yaml; `hash` names it and the files it names (12 hexadecimal digits of their SHA-256).

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
    ring: Mapping[Level, RingRule] = field(default_factory=lambda: RING)
    teams: Mapping[str, TeamRule] = field(default_factory=dict)
    rotations: Mapping[str, RotationRule] = field(default_factory=dict)
