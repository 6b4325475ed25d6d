"""alert → notification, while nobody answers: what time does to alerts, each at its own moment."""

from collections.abc import Sequence
from datetime import datetime

from service.alerts.life import passed
from service.alerts.watch import Watch
from service.flow.installation import Installation
from service.store import alerts, queue
from service.store.database import Connection
from service.store.outcomes import keep
from service.store.queue import ALERTS, Claimed
from service.watching import watch


def work(installation: Installation, rows: Sequence[Claimed]) -> None:
    """Do what has fallen due of these alerts; what is told and the alerts after it are one transaction."""
    rules = installation.rulebook.newest()
    assert rules is not None
    # A clock that was put back between claim and work must not undo the claim: what was due, is.
    now = max(installation.now(), *(row.due_at for row in rows))
    with installation.database.writing() as db:
        watched = watch(db, rules, now, hold=True)
        for row in rows:
            escalate(db, row.id, watched, now)
        queue.finish(db, ALERTS, rows)


def escalate(db: Connection, alert_id: int, watched: Watch, now: datetime) -> None:
    """Do what has fallen due of one alert, held so that an officer's act comes before or after, not between."""
    alert = alerts.get(db, alert_id, for_update=True)
    if alert is not None:
        outcome = passed(alert, watched, now)
        keep(db, outcome, now)
