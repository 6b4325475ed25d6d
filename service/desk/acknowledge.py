""" "I am checking": the first officer to say so has the alert; a second is told who was first."""

from dataclasses import dataclass, replace
from datetime import datetime

from service.errors import Refused
from service.store import alerts
from service.store.database import Database
from service.values import Alert


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The alert after the act. `first`: it was this act that acknowledged it."""

    alert: Alert
    first: bool


def acknowledge(database: Database, alert_id: int, officer: str, now: datetime, where: str) -> Acknowledged:
    """Acknowledge an alert as `officer`, from `where` ("api", "link"). Saying it again changes nothing.

    Raises Refused: 404 where there is no such alert, 409 where it is closed.
    """
    with database.writing() as db:
        alert = alerts.get(db, alert_id, for_update=True)
        if alert is None:
            raise Refused(f"There is no alert {alert_id}.", status=404)
        after = acknowledged_by(alert, officer, now)
        if after.first:
            alerts.save(db, after.alert)
            alerts.log(db, alert_id, now, officer, "acknowledged", where)
        elif officer != alert.owner:
            alerts.log(db, alert_id, now, officer, "acknowledged too", f"{where}; {alert.owner} was first")
        return after


def acknowledged_by(alert: Alert, officer: str, now: datetime) -> Acknowledged:
    """What an acknowledgement makes of an alert (pure). Raises Refused where it is closed."""
    if alert.state == "closed":
        raise Refused(f"Alert {alert.id} is closed.", status=409)
    if alert.state == "acknowledged":
        return Acknowledged(alert, first=False)
    return Acknowledged(replace(alert, state="acknowledged", owner=officer, acknowledged_at=now), first=True)
