"""How feeds, and Tocsin itself, are doing."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Pulse:
    """How a feed brings news.

    `first_at`, `new_at`: when it first and last brought an item not seen before; `longest`: the longest it went
    without one, in seconds, fading over months.  `undated` and `textless` count the changes in a row without any
    item that had a date, or a text behind its title; None as long as none ever had.
    """

    new_at: datetime | None = None
    longest: float | None = None
    first_at: datetime | None = None
    undated: int | None = None
    textless: int | None = None


@dataclass(frozen=True, slots=True)
class Journey:
    """The travels of synthetic reports: `number` of the newest, when it set out, and the last that arrived.

    `waiting_since` is when the first set out that has not arrived, with none after it; None where all did.
    `seconds` is what the last one took; `report_id` is the newest report's number, None once all it left is
    removed.  Times are the machine's.
    """

    number: int
    report_id: int | None
    started_at: datetime
    waiting_since: datetime | None
    arrived_at: datetime | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """The last look at everything: when (the machine's time), and when the clock last jumped and how far.

    `jumped_by` is in seconds, negative where the clock was set back.
    """

    at: datetime
    jumped_at: datetime | None = None
    jumped_by: float = 0.0


@dataclass(frozen=True, slots=True)
class Reload:
    """The last time alerts.yaml was read: was it good?"""

    at: datetime
    good: bool
