"""incident → alert: judges incidents that changed, and writes what is to be sent."""

from collections.abc import Sequence
from datetime import datetime

from service.alerts.decide import Ring
from service.alerts.life import news
from service.alerts.watch import Watch
from service.flow.installation import Installation
from service.judgement import State, judge_incident
from service.store import alerts, queue
from service.store.database import Connection
from service.store.outcomes import keep
from service.store.queue import INCIDENTS, Claimed
from service.watching import watch


def work(installation: Installation, rows: Sequence[Claimed]) -> None:
    """Judge the incidents of these rows; decisions and messages are one transaction."""
    rules = installation.rulebook.newest()
    assert rules is not None
    now = installation.now()
    with installation.database.writing() as db:
        watched = watch(db, rules, now, hold=True)
        for row in rows:
            decide(db, row, watched, now)
        queue.finish(db, INCIDENTS, rows)


def decide(db: Connection, row: Claimed, watched: Watch, now: datetime) -> None:
    """Judge one incident beside its alert, held so that an officer's act comes before or after, not between."""
    state = current(db, row.id)
    after, verdict = judge_incident(state, row.value, watched.rules, now)
    if isinstance(verdict.decision, Ring) and after.alert is not None and after.last is not None:
        found = news(after.alert, after.last, watched, now)
        keep(db, found, now, alerts.incident_key(row.id))


def current(db: Connection, incident_id: int) -> State:
    """The alert an incident has, and its last ringing."""
    alert = alerts.open_by(db, alerts.incident_key(incident_id), for_update=True)
    if alert is None:
        return State()
    return State(alert, alerts.notice(db, alert.id, alert.shown))
