"""Looks at everything every few seconds: opens alerts for the operators, closes them, and tells an outside switch.

It runs in beat, beside the workers it watches: where they are dead it still notes what is wrong.
"""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from time import monotonic

from service.clock import machine_time
from service.flow import heartbeat, journey, state, trouble
from service.flow.installation import Installation
from service.health.problems import KINDS, LIMITS, problems
from service.health.steadiness import Steadiness
from service.store import alerts, vitals
from service.store.database import Connection
from service.values import Look, Problem

log = logging.getLogger(__name__)

# Seconds between two pings of the outside switch.
PING_EVERY = 60.0


def watch(installation: Installation) -> None:
    """Look for ever."""
    watcher, pause = Watcher(installation), threading.Event()
    while True:
        try:
            watcher.look()
        except Exception:
            log.exception("Tocsin could not look at itself; it tries again")
        pause.wait(installation.settings.watch_every)


@dataclass
class Watcher:
    """What one look hands to the next."""

    installation: Installation
    steadiness: Steadiness = field(default_factory=Steadiness)
    clocks: tuple[float, float] | None = None
    pinged: float = -PING_EVERY

    def look(self) -> tuple[Problem, ...]:
        """Look once; returns what is wrong, lasting or not."""
        database, settings = self.installation.database, self.installation.settings
        with database.writing() as db:
            vitals.put(db, self._noted(vitals.get(db, Look)))
        seen = state.gathered(settings, database)
        found = problems(seen)
        self._tell(found)
        if not found and seen.proven:
            self._ping()
        journey.travel(self.installation)
        return found

    def _noted(self, last: Look | None) -> Look:
        """This look, with the last jump of the machine's clock."""
        now, steady = machine_time(), monotonic()
        before, self.clocks = self.clocks, (now.timestamp(), steady)
        jump = (now.timestamp() - before[0]) - (steady - before[1]) if before else 0.0
        if abs(jump) > LIMITS.jump:
            log.warning("the machine's clock jumped by %.0f s", jump)
            return Look(now, jumped_at=now, jumped_by=jump)
        return replace(last, at=now) if last else Look(now)

    def _tell(self, found: Sequence[Problem]) -> None:
        """Open an alert for what lasts, close those of what stays away."""
        rules, now = self.installation.rulebook.newest(), self.installation.now()
        with self.installation.database.reading() as db:
            told = told_keys(db)
        after = self.steadiness.after([problem.key for problem in found], told)
        if rules is None:
            return
        begin = [problem for problem in found if problem.key in after.begun - told]
        if begin or after.over:
            with self.installation.database.writing() as db:
                for problem in begin:
                    trouble.begin(db, problem, rules, now)
                for key in sorted(after.over):
                    trouble.end(db, key, now)
        # Last: what could not be stored is tried again at the next look.
        self.steadiness = after

    def _ping(self) -> None:
        """Tell the outside switch that all is well; silence tells it the rest."""
        url = self.installation.settings.heartbeat_url.get_secret_value()
        if url and monotonic() - self.pinged >= PING_EVERY:
            self.pinged = monotonic()
            heartbeat.ping(url)


def told_keys(db: Connection) -> set[str]:
    """The keys of problems of our kinds that alerts are open for."""
    prefix = alerts.problem_key("")
    keys = {key.removeprefix(prefix) for key in alerts.open_keys(db, prefix)}
    return {key for key in keys if key.partition(":")[0] in KINDS}
