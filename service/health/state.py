"""Everything that is known of how Tocsin does, at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from service.values import Journey, Look, Pulse


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed that is polled: failures in a row, the last one's error, when it last answered well, its pulse."""

    id: int
    name: str
    failures: int
    error: str | None
    arrived_at: datetime | None
    pulse: Pulse


@dataclass(frozen=True, slots=True)
class Room:
    """Space on the disk that holds the data folder, in bytes."""

    free: int
    total: int


@dataclass(frozen=True, slots=True)
class State:
    """How Tocsin does. Spans are in seconds.

    `now` is Tocsin's time, `machine` the machine's.  `waited`: how long the oldest due row of each queue has waited;
    `undelivered`: the age of the oldest message that still waits.  `skew`: how far the database's clock is ahead of
    the machine's (None: it has none of its own).  `room` is None where the data are elsewhere.  `journey` and `look`
    are None before the first, `journey` also where no synthetic reports are wanted; `every` is the time between two,
    `look_every` that between two looks.
    """

    now: datetime
    machine: datetime
    waited: Mapping[str, float]
    undelivered: float
    feeds: tuple[FeedState, ...]
    rules: str | None
    skew: float | None = None
    room: Room | None = None
    journey: Journey | None = None
    every: float = 300.0
    look: Look | None = None
    look_every: float = 15.0

    @property
    def proven(self) -> bool:
        """Has a synthetic report arrived, where such are wanted? Until then nothing says that all is well."""
        return not self.every or (self.journey is not None and self.journey.arrived_at is not None)
