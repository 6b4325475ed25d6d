"""incident → alert: judges incidents that changed, and writes what is to be sent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from service.alerts.decide import Ring
from service.alerts.route import recipients
from service.errors import ClaimLost
from service.flow.installation import Installation
from service.flow.trouble import TOCSIN
from service.judgement import State, judge_incident
from service.rules.model import Rules
from service.store import alerts, outbox, queue
from service.store.database import Connection
from service.store.queue import INCIDENTS, Claimed
from service.values import Alert, Notice


def work(installation: Installation, rows: Sequence[Claimed]) -> None:
    """Judge the incidents of these rows; decisions and messages are one transaction."""
    rules = installation.rulebook.newest()
    assert rules is not None
    now = installation.now()
    with installation.database.writing() as db:
        for row in rows:
            decide(db, row, rules, now)
        queue.finish(db, INCIDENTS, rows)


def decide(db: Connection, row: Claimed, rules: Rules, now: datetime) -> None:
    """Judge one incident beside its alert, held so that an officer's act comes before or after, not between."""
    state = current(db, row.id)
    after, verdict = judge_incident(state, row.value, rules, now)
    if isinstance(verdict.decision, Ring) and after.alert is not None and after.last is not None:
        alert = keep(db, state, after.alert)
        announce(db, replace(after.last, alert_id=alert.id), rules, now)


def current(db: Connection, incident_id: int) -> State:
    """The alert an incident has, and its last ringing."""
    found = alerts.open_by(db, alerts.incident_key(incident_id))
    if found is None:
        return State()
    alert = alerts.get(db, found.id, for_update=True)
    assert alert is not None
    return State(alert, alerts.notice(db, alert.id, alert.revision))


def keep(db: Connection, before: State, alert: Alert) -> Alert:
    """Store the alert; a new one gets its number."""
    if before.alert is None:
        added = alerts.add(db, alert, alerts.incident_key(alert.incident_id or 0))
        if added is None:
            raise ClaimLost(f"incident {alert.incident_id} was given an alert by another worker")
        return added
    alerts.save(db, alert)
    return alert


def announce(db: Connection, notice: Notice, rules: Rules, now: datetime) -> None:
    """Store the notice once and a message for each recipient, and log both."""
    incident = notice.incident
    told = recipients(rules, incident.country if incident else None, notice.level)
    alerts.add_notice(db, notice)
    outbox.add(db, notice, told, now)
    names = ", ".join(dict.fromkeys(recipient.name for recipient in told)) or "nobody: no route covers it"
    alerts.log(db, notice.alert_id, now, TOCSIN, "rang", f"{notice.reason}: {notice.level.word}; told {names}")
