"""One process's view of the installation: its settings, database, rules and clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from service.rulebook import Rulebook
from service.settings import Settings
from service.store.database import Database


@dataclass(frozen=True)
class Installation:
    """What stages work with; made once a process, after it forked."""

    settings: Settings

    @cached_property
    def database(self) -> Database:
        return Database(self.settings.database)

    @cached_property
    def rulebook(self) -> Rulebook:
        return Rulebook(self.database)

    def lease(self, stage: str) -> timedelta:
        """How long a claim of the stage holds, in the machine's time: longer than it can wait for others."""
        waits = {"poll": self.settings.fetch_timeout, "deliver": self.settings.send_timeout}
        return timedelta(seconds=self.settings.lease + waits.get(stage, 0.0))

    def now(self) -> datetime:
        """Tocsin's time."""
        return self.settings.clock.now()
