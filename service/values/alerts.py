"""incident → alert → notification."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from service.values.brief import Brief, Drill
from service.values.incidents import Assessment, Crossing, Figure, Incident
from service.values.words import Kind, Level

AlertState = Literal["open", "acknowledged", "closed"]
AlertKind = Literal["incident", "problem", "drill", "brief"]
# Why a message is sent (named, stored with it, printed in it).
Reason = Literal[
    "first",  # it opened
    "rise",  # its level rose
    "revised",  # a figure has grown, or a new one counts
    "corrected",  # a figure has shrunk, or a person refuted it
    "step",  # nobody answered, so the next are told
    "repeat",  # nobody answered, so all are told again
    "ending",  # an acknowledgement ends soon
    "unacknowledged",  # an acknowledgement has ended
    "taken",  # somebody answered
    "snoozed",  # somebody put it off
    "woken",  # what was put off is due
    "assigned",  # it was given to somebody
    "closed",
    "reopened",
    "brief",
    "drill",
    "problem",
]
# Of these, what tells of figures; what asks for somebody; and what asks once more.
NEWS: Final[frozenset[Reason]] = frozenset(("first", "rise", "revised", "corrected"))
CALLS: Final[frozenset[Reason]] = frozenset(("first", "rise", "step", "repeat", "unacknowledged", "woken", "reopened"))
AGAIN: Final[frozenset[Reason]] = (CALLS - NEWS) | {"ending"}
# Whom the logs name where no person acted.
TOCSIN: Final = "tocsin"
# What the log calls a message that rings somebody, and one that tells what others did.
RANG: Final = "rang"
TOLD: Final = "told"
# Why an officer closed an alert.
CloseReason = Literal["misread", "untrue", "not_ours", "already_known", "too_late", "handled"]


@dataclass(frozen=True, slots=True)
class Step:
    """Whom an escalation tells, by name, and how long after the step before it."""

    to: tuple[str, ...]
    after: timedelta


@dataclass(frozen=True, slots=True)
class Track:
    """A route's escalation, as it was when the alert opened: rules that change do not derail it.

    `step` is the next one, due at `due_at`; None once somebody of the `team` answered (of any, where it has none).
    The first is told for `reason`.
    `rounds` counts how often all steps have been gone through; the next round begins `again` after the last.
    """

    route: str
    steps: tuple[Step, ...]
    team: str | None = None
    again: timedelta | None = None
    step: int = 0
    rounds: int = 0
    due_at: datetime | None = None
    reason: Reason = "first"

    @property
    def before(self) -> tuple[str, ...]:
        """Whom the step taken last told, by the names of the rules; none before the first."""
        return self.steps[self.step - 1].to if self.step or self.rounds else ()


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Who is checking, since when, for which team.

    It ends `until` (None: never), and the officer is warned at `warn_at`.
    """

    officer: str
    at: datetime
    team: str | None = None
    until: datetime | None = None
    warn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """What a duty officer handles.

    `revision` counts its tellings, `news` is that of the newest which told of figures.  `told` are all who
    were told, by name, `country` and `types` (of figures) what of.  `pace_from` is when it last had news,
    `ringing_from` when it last began to ring from a first step: what nobody answers is not repeated for ever.
    A drill `ends_at` a moment by itself.
    """

    id: int
    state: AlertState
    level: Level
    revision: int
    opened_at: datetime
    incident_id: int | None = None
    kind: AlertKind = "incident"
    country: str | None = None
    types: tuple[str, ...] = ()
    news: int = 0
    pace_from: datetime | None = None
    ringing_from: datetime | None = None
    tracks: tuple[Track, ...] = ()
    acknowledgements: tuple[Acknowledgement, ...] = ()
    snoozed_until: datetime | None = None
    assigned: str | None = None
    closed: CloseReason | None = None
    told: tuple[str, ...] = ()
    ends_at: datetime | None = None

    @property
    def owner(self) -> str | None:
        """The first of those who are checking, or were when it was closed."""
        return self.acknowledgements[0].officer if self.acknowledgements else None

    @property
    def acknowledged_at(self) -> datetime | None:
        """Since when its owner is checking."""
        return self.acknowledgements[0].at if self.acknowledgements else None

    @property
    def due_at(self) -> datetime | None:
        """When it must be looked at again; None where it waits for news or people only."""
        if self.state == "closed":
            return None
        moments = [self.ends_at, self.snoozed_until, *(track.due_at for track in self.tracks)]
        moments += [moment for ack in self.acknowledgements for moment in (ack.warn_at, ack.until)]
        return min((at for at in moments if at is not None), default=None)

    @property
    def shown(self) -> int:
        """The revision whose figures are the alert's: the newest news."""
        return self.news or self.revision


@dataclass(frozen=True, slots=True)
class Silence:
    """What shall not ring until `end`: alerts up to a level, of these countries and types (none of them: of all).

    It never hides a rise in level.
    """

    id: int
    author: str
    why: str
    start: datetime
    end: datetime
    level: Level
    countries: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


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
    """One telling of an alert, as decided: everything its messages say, stored once.

    It holds an incident with its assessment, a problem of ours, a brief or a drill; where it tells no news, it is
    `of` the revision that does.  `rung` is the heaviest that was told so far of each kind, type and unit.  `note` says
    why people are told now, `next` what happens by itself if nobody answers, at `next_at`.
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
    of: int | None = None
    note: str = ""
    next: str = ""
    next_at: datetime | None = None
    brief: Brief | None = None
    drill: Drill | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message goes to: `name` as people say it, `address` on that channel (or None)."""

    name: str
    channel: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """A notice and everyone it goes to."""

    notice: Notice
    to: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an alert's log: who did what, from where ("api", "link", "mail"), why, and in detail."""

    actor: str
    act: str
    detail: str = ""
    source: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an alert: the alert, what is told to whom, and the lines for its log."""

    alert: Alert
    tellings: tuple[Telling, ...] = ()
    log: tuple[Line, ...] = ()

    @property
    def is_change(self) -> bool:
        """Is the alert another than an officer saw? A step that time took leaves it as it was."""
        news = any(telling.notice.of is None for telling in self.tellings)
        return news or any(line.act not in (RANG, TOLD) for line in self.log)


@dataclass(frozen=True, slots=True)
class Message:
    """One notification, rendered: `html` is None on channels that carry text only."""

    subject: str
    text: str
    html: str | None = None
    message_id: str = ""
    headers: tuple[tuple[str, str], ...] = ()
