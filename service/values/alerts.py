"""incident → alert → notification."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from service.values.incidents import Assessment, Crossing, Figure, Incident
from service.values.words import Kind, Level

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
