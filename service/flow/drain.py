"""Draining a queue: claim, work, ring the next stage, until nothing is due or its time is over."""

import logging
import random
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from importlib import import_module
from time import monotonic

from service import doorbell
from service.errors import ClaimLost
from service.flow import STAGES, Stage, trouble
from service.flow.installation import Installation
from service.flow.retry import MOST_CRASHES, again_at
from service.store import queue
from service.store.queue import Claimed
from service.values import Problem

log = logging.getLogger(__name__)

# A task that ran longer would keep its slot from other stages, and a worker from stopping (seconds).
LONGEST = 10.0

# What troubles about parked rows are known by: this, the queue, and the day.
PARKED = "parked:"

Work = Callable[[Installation, Sequence[Claimed]], None]


def drain(installation: Installation, name: str) -> int:
    """Work through a stage's queue; returns how many rows were claimed."""
    stage = STAGES[name]
    until, claimed = monotonic() + LONGEST, 0
    while count := batch(installation, stage):
        claimed += count
        ring(installation, stage.rings)
        if monotonic() > until:
            ring(installation, [name])
            break
    return claimed


def ring(installation: Installation, names: Iterable[str]) -> None:
    """Ring other stages, or this one again when its time is over."""
    for name in names:
        doorbell.ring(installation.settings.broker, name, STAGES[name].lane)


def batch(installation: Installation, stage: Stage) -> int:
    """Work on one batch, then on one row whose worker died; returns how many rows were claimed."""
    if installation.rulebook.newest() is None:
        return 0
    work: Work = import_module(f"service.flow.{stage.name}").work
    database, waiting = installation.database, queue.BY_NAME[stage.queue]
    lease = installation.lease(stage.name)
    rows = queue.claim(database, waiting, installation.now(), stage.batch, lease)
    attempt(installation, stage, work, rows)
    crashed = queue.claim_crashed(database, waiting, installation.now(), lease)
    for row in crashed:
        if row.crashes > MOST_CRASHES:
            give_up(installation, stage, row, f"its worker died {row.crashes - 1} times while working on it")
        else:
            attempt(installation, stage, work, [row])
    return len(rows) + len(crashed)


def attempt(installation: Installation, stage: Stage, work: Work, rows: Sequence[Claimed]) -> None:
    """Work on rows together; if that fails, on each alone, so that one bad row does not hold up the others."""
    if not rows:
        return
    try:
        work(installation, rows)
    except Exception as error:
        if len(rows) > 1:
            for row in rows:
                attempt(installation, stage, work, [row])
        elif isinstance(error, ClaimLost):
            log.info("%s: %s", stage.name, error)
        else:
            log.exception("%s: row %s failed", stage.name, rows[0].id)
            put_back(installation, stage, rows[0], f"{type(error).__name__}: {error}")


def put_back(installation: Installation, stage: Stage, row: Claimed, error: str) -> None:
    """Try a failed row again later, or give it up; nothing where another worker has it by now."""
    again = again_at(installation.now(), row.attempts + 1, random.random())
    if again is None:
        give_up(installation, stage, row, error)
        return
    with suppress(ClaimLost), installation.database.writing() as db:
        queue.fail(db, queue.BY_NAME[stage.queue], row, error, again)


def give_up(installation: Installation, stage: Stage, row: Claimed, error: str) -> None:
    """Park a row with its error (a feed only rests), and tell the operators, once a day and stage."""
    rules, now = installation.rulebook.newest(), installation.now()
    title = f"Rows of the stage '{stage.name}' are given up"
    problem = Problem(f"{PARKED}{stage.queue}:{now:%Y-%m-%d}", title, f"Row {row.id}: {error}")
    with suppress(ClaimLost), installation.database.writing() as db:
        queue.fail(db, queue.BY_NAME[stage.queue], row, error, now + stage.rests if stage.rests else None, **stage.over)
        if rules is not None:
            trouble.begin(db, problem, rules, now)
