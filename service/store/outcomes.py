"""Keeps what became of an alert: the alert, its log, its notices, and a row for every message, in one transaction."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from service.errors import ClaimLost
from service.rules import built_in
from service.store import alerts, outbox
from service.values import Alert, Outcome


def keep(db: Connection, outcome: Outcome, now: datetime, key: str | None = None) -> Alert:
    """Store an outcome. A new alert (number 0) gets its number, and `key`.

    Raises ClaimLost, with nothing stored, where another alert has the key already.
    """
    alert = outcome.alert
    if not alert.id:
        alert = _added(db, alert, key)
    else:
        alerts.save(db, alert, changed=outcome.is_change)
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
