"""The stages, each owning one queue, and the table that names them.

    feed → report → signal → incident → alert → notification
       poll     read     assign     decide     deliver
                                        escalate, while nobody answers

A stage claims rows that are due, works, and commits its results together with
the next stage's `due_at`; then it rings that stage's bell.  It never calls it:
a bell that is not heard costs seconds, until the next sweep.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

Lane = Literal["intake", "alarm"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: the queue it claims from, at most `batch` rows at a time, and whom it rings.

    A row that is given up rests for `rests` (None: it is parked), with the columns of `over`.
    Its work is `service.flow.<name>.work(installation, rows)`.  Stages of the
    alarm lane have workers of their own, so slow feeds cannot delay an alarm.
    """

    name: str
    queue: str
    lane: Lane
    batch: int
    rings: tuple[str, ...] = ()
    rests: timedelta | None = None
    over: Mapping[str, Any] = field(default_factory=dict)


STAGES = {
    stage.name: stage
    for stage in (
        Stage("poll", "feed", "intake", 32, ("read",), rests=timedelta(hours=1)),
        Stage("read", "report", "intake", 100, ("assign",)),
        Stage("assign", "cell", "intake", 20, ("decide",)),
        Stage("decide", "incident", "alarm", 50, ("deliver",)),
        Stage("escalate", "alert", "alarm", 50, ("deliver",)),
        Stage("deliver", "outbox", "alarm", 32, over={"state": "failed", "doubtful": True}),
    )
}
LANES: tuple[Lane, ...] = ("intake", "alarm")
