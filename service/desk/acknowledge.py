""" "I am checking": the first officer to say so has the alert; a second is told who was first."""

from dataclasses import dataclass, replace
from datetime import datetime

from service.errors import Refused
from service.store import alerts
from service.store.database import Database
from service.values import Alert, Notice


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The alert after the act. `first`: it was this act that acknowledged it.

    `outdated`: the officer answered an earlier ringing than the newest, so nothing was done.
    """

    alert: Alert
    first: bool
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """Which ringing an officer answers: the `revision` shown to them, else the newest when their link was `issued`."""

    revision: int | None
    issued: datetime


def acknowledge(
    database: Database, alert_id: int, officer: str, now: datetime, where: str, answered: Answered | None = None
) -> Acknowledged:
    """Acknowledge an alert as `officer`, from `where` ("api", "link"). Saying it again changes nothing.

    `answered` guards an open alert against an answer to an earlier ringing of it.
    Raises Refused: 404 where there is no such alert, 409 where it is closed.
    """
    with database.writing() as db:
        alert = alerts.get(db, alert_id, for_update=True)
        if alert is None:
            raise Refused(f"There is no alert {alert_id}.", status=404)
        if answered is not None and alert.state == "open":
            newest = alerts.notice(db, alert_id, alert.revision)
            if is_outdated(alert, newest, answered):
                return Acknowledged(alert, first=False, outdated=True)
        after = acknowledged_by(alert, officer, now)
        if after.first:
            alerts.save(db, after.alert)
            alerts.log(db, alert_id, now, officer, "acknowledged", where)
        elif officer != alert.owner:
            alerts.log(db, alert_id, now, officer, "acknowledged too", f"{where}; {alert.owner} was first")
        return after


def is_outdated(alert: Alert, newest: Notice | None, answered: Answered) -> bool:
    """Has the alert rung again since what is answered (pure)? Links are issued in whole seconds."""
    if answered.revision is not None:
        return answered.revision != alert.revision
    return newest is not None and answered.issued < newest.decided_at.replace(microsecond=0)


def acknowledged_by(alert: Alert, officer: str, now: datetime) -> Acknowledged:
    """What an acknowledgement makes of an alert (pure). Raises Refused where it is closed."""
    if alert.state == "closed":
        raise Refused(f"Alert {alert.id} is closed.", status=409)
    if alert.state == "acknowledged":
        return Acknowledged(alert, first=False)
    return Acknowledged(replace(alert, state="acknowledged", owner=officer, acknowledged_at=now), first=True)
