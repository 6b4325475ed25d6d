"""What can be struck, at which step: every fault of the matrix, and how it strikes and is mended.

At a point  the process that comes to it stands still; the victim is struck, and the process let go if it still lives.
Receivers   one of them falls ill before there is anything to tell, and recovers once messages have failed.
"""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, NamedTuple

from service.flow import STAGES
from tests.kill.ground import Ground
from tests.kill.receivers import Illness
from tests.receivers import wait_for

POINTS = (
    *(f"{moment}-{stage}" for stage in STAGES for moment in ("before", "before-commit", "after")),
    *("before-send", "after-send", "before-commit-settle"),
)
# Where an officer's answer is taken, for those who have to do with that.
ANSWER = ("before-answer", "before-commit-answer", "after-answer")
# Where something is to be written: the disk is full before the commit, or between the sending and its mark.
WRITING = (*(point for point in POINTS if point.startswith("before-commit")), "after-send", "before-commit-answer")
CHANNELS = ("chat", "mail")
# Steps that are come to with the news, and with the escalation again.
TWICE = ("deliver", "send", "settle", *CHANNELS)
# Who stands still at the point falls with these.
WITH_WHO_STANDS = ("worker child", "worker")
# The longest that the struck process stands still before, while others go on; and that a disk stays full (seconds).
STANDS, FULL = 0.3, 1.5
MINUTES_OF_500 = 3


class Fault(NamedTuple):
    """What is struck, and at which step."""

    struck: str
    step: str


# When in a run: as happenings are told, as one of them is answered, or as hours pass.
Phase = Literal["news", "answer", "escalation"]


@dataclass(frozen=True, slots=True)
class Chance:
    """What the seed decides of a run: its fault, when that strikes, and whom the trap lets pass."""

    fault: Fault
    seed: str
    happenings: int
    passes: int
    phase: Phase

    def rng(self, use: str) -> random.Random:
        """Chances of their own for each use, whatever others draw."""
        return random.Random(f"{self.seed} {use}")


def chance(fault: Fault, seed: str) -> Chance:
    rng = random.Random(seed)
    happenings = rng.choice((2, 3))
    # Each happening is told to two, and each message sent by itself.
    passes = rng.randrange(2 * (happenings - 1)) if fault.step in ("before-send", "after-send") else 0
    return Chance(fault, seed, happenings, passes, _phase(fault.step, rng))


def _phase(step: str, rng: random.Random) -> Phase:
    if step in ANSWER:
        return "answer"
    if step.endswith("escalate") or (step.endswith(TWICE) and rng.random() < 0.5):
        return "escalation"
    return "news"


# --- how each strikes -----------------------------------------------------------

Caught = Mapping[str, int]
Strike = Callable[[Ground, Caught], None]


def kill_beat(ground: Ground, _caught: Caught) -> None:
    ground.kill(ground.pid_of("beat"))


def kill_web(ground: Ground, _caught: Caught) -> None:
    ground.kill(ground.pid_of("web"))


def kill_broker(ground: Ground, _caught: Caught) -> None:
    with ground.broker() as broker:
        pid = int(broker.info()["process_id"])
    ground.kill(pid)


def wipe_broker(ground: Ground, _caught: Caught) -> None:
    with ground.broker() as broker:
        broker.flushall()


def cut_database(ground: Ground, _caught: Caught) -> None:
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    with ground.database.reading() as db:
        db.exec_driver_sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")


KILLS: Mapping[str, Strike] = {
    "worker child": lambda ground, caught: ground.kill(caught["child"]),
    "worker": lambda ground, caught: ground.kill(caught["worker"]),
    "beat": kill_beat,
    "broker": kill_broker,
    "web": kill_web,
    "parent": lambda ground, _caught: ground.kill_parent(),
    "broker wiped": wipe_broker,
    "database cut": cut_database,
}


@contextmanager
def at_point(ground: Ground, chance: Chance) -> Iterator[None]:
    """Strike when the first process comes to the point, once the trap has let pass those it shall."""
    point = chance.fault.step
    ground.arm(point, chance.passes)
    yield
    caught = ground.caught(point)
    time.sleep(chance.rng("stands").uniform(0, STANDS))
    KILLS[chance.fault.struck](ground, caught)
    if chance.fault.struck not in WITH_WHO_STANDS:
        ground.release(point)


@contextmanager
def full_disk(ground: Ground, chance: Chance) -> Iterator[None]:
    """No worker can write to a file, from the point on, for a while."""
    point, full = chance.fault.step, ground.traps / "disk.full"
    ground.arm(point, chance.passes)
    try:
        yield
        ground.caught(point)
        full.touch()
        ground.release(point)
        time.sleep(chance.rng("full").uniform(0.3, FULL))
    finally:
        ground.release(point)
        full.unlink(missing_ok=True)


@contextmanager
def ill_receiver(ground: Ground, chance: Chance) -> Iterator[None]:
    """A receiver fails until a message has; answering 500, for minutes of Tocsin's time."""
    channel, illness = chance.fault.step, ILLNESSES[chance.fault.struck]
    ground.receivers.fall_ill(channel, illness)
    try:
        yield
        wait_for(f"a failure by {channel}", lambda: has_failed(ground, channel))
        for _ in range(MINUTES_OF_500 if illness == "500" else 0):
            asked = ground.receivers.named(channel).asked
            ground.tocsin.pass_time(minutes=1)
            wait_for("the next try", lambda asked=asked: ground.receivers.named(channel).asked > asked)
    finally:
        ground.receivers.recover(channel)


def has_failed(ground: Ground, channel: str) -> bool:
    return any(row.channel == channel and row.attempts and row.state != "sent" for row in ground.rows())


ILLNESSES: Mapping[str, Illness] = {
    "receiver refuses": "refused",
    "receiver is slow": "slow",
    "receiver answers 500": "500",
    "receiver closes after DATA": "closing after DATA",
}
HOW = dict.fromkeys(KILLS, at_point) | {"disk full": full_disk} | dict.fromkeys(ILLNESSES, ill_receiver)
STEPS: Mapping[str, tuple[str, ...]] = (
    dict.fromkeys(KILLS, POINTS)
    | dict.fromkeys(("web", "parent", "database cut"), POINTS + ANSWER)
    | {"disk full": WRITING}
    | dict.fromkeys(ILLNESSES, CHANNELS)
)
