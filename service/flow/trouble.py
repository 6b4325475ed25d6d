"""Alerts about Tocsin itself: opened once for a trouble, closed when it is over."""

from dataclasses import replace
from datetime import datetime

from service.alerts.route import operators
from service.rules.model import Rules
from service.store import alerts, outbox
from service.store.database import Connection
from service.values import Alert, Level, Notice, Problem

TOCSIN = "tocsin"


def begin(db: Connection, problem: Problem, rules: Rules, now: datetime) -> None:
    """Tell the operators, once, until the trouble is over."""
    key = alerts.problem_key(problem.key)
    if alerts.open_by(db, key) is not None:
        return
    new = Alert(0, "open", Level.MODERATE, revision=1, opened_at=now)
    alert = alerts.add(db, new, key)
    notice = Notice(alert.id, 1, "problem", alert.level, now, problem=problem)
    alerts.add_notice(db, notice)
    alerts.log(db, alert.id, now, TOCSIN, "opened", problem.title)
    outbox.add(db, notice, operators(rules), now)


def end(db: Connection, key: str, now: datetime) -> None:
    """Close the alert of a trouble that is over, if there was one."""
    alert = alerts.open_by(db, alerts.problem_key(key))
    if alert is None:
        return
    alerts.save(db, replace(alert, state="closed"))
    alerts.log(db, alert.id, now, TOCSIN, "closed", "the trouble is over")
