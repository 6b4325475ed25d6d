"""The watch that is kept at a moment: the rules in force with the overrides and silences that are stored."""

from datetime import datetime

from service.alerts.watch import Watch
from service.rules.model import Rules
from service.store import silences
from service.store.database import Connection


def watch(db: Connection, rules: Rules, now: datetime) -> Watch:
    return Watch(rules, (), silences.lasting(db, now))
