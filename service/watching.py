"""The watch that is kept at a moment: the rules in force with the overrides and silences that are stored."""

from datetime import datetime

from service.alerts.watch import Watch
from service.rules.model import Rules
from service.store import overrides, silences
from service.store.database import Connection


def watch(db: Connection, rules: Rules, now: datetime, *, hold: bool = False) -> Watch:
    """`hold`: no silence can be ended until the transaction ends: who ends one finds all that it holds back."""
    return Watch(rules, tuple(overrides.since(db, now).values()), silences.lasting(db, now, hold=hold))
