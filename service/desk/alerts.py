"""What officers do to alerts, all in one shape: load the alert and hold it, a pure change, store what became of it.

An act and its messages are one transaction.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from service.alerts import acts
from service.alerts.acts import Officer
from service.alerts.upcoming import NOTHING_AHEAD, Outlook, outlook
from service.alerts.watch import Watch
from service.errors import Refused
from service.rulebook import Rulebook
from service.rules.model import Rules
from service.store import alerts
from service.store.database import Connection, Database
from service.store.outcomes import keep
from service.values import Alert, CloseReason, Notice, Outcome
from service.watching import watch

OUTDATED = "Nothing was done: alert {alert.id}, now {alert.level.word}, has rung again. Answer the newer message."

Change = Callable[[Alert, Watch], Outcome]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where officers sit: the database, and the rules in force."""

    database: Database
    rulebook: Rulebook

    @property
    def rules(self) -> Rules:
        """Raises Refused (503) before the first rules are in force."""
        found = self.rulebook.newest()
        if found is None:
            raise Refused("No rules are in force yet.", status=503)
        return found


@dataclass(frozen=True, slots=True)
class Answered:
    """Which news an officer answers: the `revision` shown to them, else the newest when their link was `issued`."""

    revision: int | None
    issued: datetime


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The alert after the answer. `first`: it was this one that took it for the officer's team.

    `outdated`: the officer answered older news than the newest, so nothing was done.
    """

    alert: Alert
    first: bool
    outdated: bool = False


def acknowledge(desk: Desk, alert_id: int, officer: Officer, answered: Answered | None = None) -> Acknowledged:
    """ "I am checking". Saying it again is harmless.

    `answered` guards an open alert against an answer to older news of it.
    Raises Refused: 404 where there is no such alert, 409 where it is closed.
    """
    rules = desk.rules
    with desk.database.writing() as db:
        alert = held(db, alert_id)
        newest = alerts.notice(db, alert_id, alert.shown)
        if answered is not None and alert.state == "open" and is_outdated(alert, newest, answered):
            return Acknowledged(alert, first=False, outdated=True)
        outcome = acts.acknowledge(alert, officer, watch(db, rules, officer.at))
        keep(db, outcome, officer.at)
    first = any(line.act == "acknowledged" for line in outcome.log)
    return Acknowledged(outcome.alert, first)


def is_outdated(alert: Alert, newest: Notice | None, answered: Answered) -> bool:
    """Has there been news since what is answered (pure)? Links are issued in whole seconds."""
    if answered.revision is not None:
        return answered.revision < alert.shown
    return newest is not None and answered.issued < newest.decided_at.replace(microsecond=0)


def snooze(desk: Desk, alert_id: int, officer: Officer, until: datetime) -> Alert:
    """Put an alert off until then. Raises Refused: 404, 409 where it is closed, 422 for too long."""
    return act(desk, alert_id, officer, lambda alert, watched: acts.snooze(alert, officer, until, watched))


def assign(desk: Desk, alert_id: int, officer: Officer, to: str) -> Alert:
    """Give an alert to a recipient, who is told. Raises Refused: 404, 409, 422 for nobody we know."""
    return act(desk, alert_id, officer, lambda alert, watched: acts.assign(alert, officer, to, watched))


def comment(desk: Desk, alert_id: int, officer: Officer) -> Alert:
    """Remark on an alert: the officer's why. Raises Refused (404)."""
    return act(desk, alert_id, officer, lambda alert, watched: acts.comment(alert, officer, watched))


def close(desk: Desk, alert_id: int, officer: Officer, reason: CloseReason, answered: Answered | None = None) -> Alert:
    """End an alert. Raises Refused: 404, 409 where it is closed already, or has rung since what is `answered`."""
    return act(desk, alert_id, officer, lambda alert, watched: acts.close(alert, officer, reason, watched), answered)


def reopen(desk: Desk, alert_id: int, officer: Officer) -> Alert:
    """Open a closed alert again. Raises Refused: 404, 409 where it is not closed, or can ring no more."""
    return act(desk, alert_id, officer, lambda alert, watched: acts.reopen(alert, officer, watched))


def act(desk: Desk, alert_id: int, officer: Officer, change: Change, answered: Answered | None = None) -> Alert:
    """Load, change, store."""
    rules = desk.rules
    with desk.database.writing() as db:
        alert = held(db, alert_id)
        if answered and is_outdated(alert, alerts.notice(db, alert_id, alert.shown), answered):
            raise Refused(OUTDATED.format(alert=alert), status=409)
        outcome = change(alert, watch(db, rules, officer.at))
        return keep(db, outcome, officer.at)


def outlooks(db: Connection, desk: Desk, found: Iterable[Alert], now: datetime) -> dict[int, Outlook]:
    """What is to come of each alert by itself, unless somebody acts; nothing before the first rules are in force."""
    rules = desk.rulebook.newest()
    watched = watch(db, rules, now) if rules else None
    return {alert.id: outlook(alert, watched, now) if watched else NOTHING_AHEAD for alert in found}


def held(db: Connection, alert_id: int) -> Alert:
    """An alert, which nobody else can change until the transaction ends. Raises Refused (404)."""
    alert = alerts.get(db, alert_id, for_update=True)
    if alert is None:
        raise Refused(f"There is no alert {alert_id}.", status=404)
    return alert
