"""Alerts about Tocsin itself: opened once for a trouble, closed when it is over."""

from contextlib import suppress
from datetime import datetime

from service.alerts.route import operators
from service.errors import ClaimLost
from service.rules.model import Rules
from service.store import alerts
from service.store.database import Connection
from service.store.outcomes import keep
from service.values import TOCSIN, Alert, Level, Line, Notice, Outcome, Problem, Telling


def begin(db: Connection, problem: Problem, rules: Rules, now: datetime) -> None:
    """Tell the operators, once, until the trouble is over."""
    new = Alert(0, "open", Level.MODERATE, revision=1, opened_at=now, kind="problem", news=1, told=rules.operators)
    told = Telling(Notice(0, 1, "problem", new.level, now, problem=problem), operators(rules))
    with suppress(ClaimLost):
        keep(db, Outcome(new, (told,), (Line(TOCSIN, "opened", problem.title),)), now, alerts.problem_key(problem.key))


def is_on(db: Connection, key: str) -> bool:
    """Were the operators told of it, and is it not over?"""
    return alerts.open_by(db, alerts.problem_key(key)) is not None


def end(db: Connection, key: str, now: datetime) -> None:
    """Close the alert of a trouble that is over, if there was one."""
    alert = alerts.open_by(db, alerts.problem_key(key), for_update=True)
    if alert is None:
        return
    alerts.end(db, alert)
    if alert.state == "closed":
        return  # by an officer, who knew before
    alerts.log(db, alert.id, now, TOCSIN, "closed", "the trouble is over")


def end_all(db: Connection, prefix: str, now: datetime) -> None:
    """Close the alerts of every trouble whose key begins so."""
    for key in alerts.open_keys(db, alerts.problem_key(prefix)):
        end(db, key.removeprefix(alerts.problem_key("")), now)
