"""Who is on call: what officers change of it, and what comes next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

# Who is on call where no one is; so no recipient may be called so.
NOBODY: Final = "nobody"


@dataclass(frozen=True, slots=True)
class Override:
    """From `start` until before `end`, this person (None: nobody) is on call instead, as `by` decided."""

    rotation: str
    person: str | None
    start: datetime
    end: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """From `at` on `incoming` is on call, up to then `outgoing` was (None: nobody).

    They are one where a turn begins with the person who was on call: a rotation of one, an override across it.
    """

    at: datetime
    rotation: str
    incoming: str | None
    outgoing: str | None


@dataclass(frozen=True, slots=True)
class Gap:
    """From `start` until before `end` nobody is on call."""

    rotation: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Duty:
    """A rotation at a moment: who is on call (None: nobody), and what comes next in its time zone."""

    rotation: str
    zone: str
    on_call: str | None
    hand_overs: tuple[HandOver, ...]
    gaps: tuple[Gap, ...]
