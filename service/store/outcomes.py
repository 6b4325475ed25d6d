"""Keeps what became of an alert: the alert, its log, its notices, and a row for every message, in one transaction."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from service.errors import ClaimLost
from service.rules import built_in
from service.store import alerts, outbox
from service.values import Alert, Outcome


def keep(db: Connection, outcome: Outcome, now: datetime, due_at: datetime | None, key: str | None = None) -> Alert:
    """Store an outcome; the alert is looked at again at `due_at`. A new alert (number 0) gets its number and `key`.

    Raises ClaimLost where another alert has the key already.
    """
    alert = outcome.alert if outcome.alert.id else _added(db, outcome.alert, key)
    # A step that time took is no change to what an officer saw.
    alerts.save(db, alert, due_at, changed=any(line.act != "told" for line in outcome.log))
    for telling in outcome.tellings:
        notice = replace(telling.notice, alert_id=alert.id)
        alerts.add_notice(db, notice)
        outbox.add(db, notice, telling.to, now)
    if alert.country == built_in.COUNTRY:
        return alert  # the synthetic report leaves nothing behind, and no line of a log can be taken back
    for line in outcome.log:
        alerts.log(db, alert.id, now, line.actor, line.act, line.detail, line.source, line.why)
    return alert


def _added(db: Connection, alert: Alert, key: str | None) -> Alert:
    added = alerts.add(db, alert, key)
    if added is None:
        raise ClaimLost(f"{key} was given an alert by another worker")
    return added
