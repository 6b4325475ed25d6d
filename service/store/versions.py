"""Versions of alerts and incidents: how often each was changed, and by whom last."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from service.store import incidents
from service.store.alerts import ALERT, LOG
from service.store.incidents import TABLE as INCIDENT


@dataclass(frozen=True, slots=True)
class Version:
    """The number of a version, and who made it when, as far as is known."""

    number: int
    by: str | None = None
    at: datetime | None = None


def of_alert(db: Connection, alert_id: int, *, for_update: bool = False) -> Version | None:
    """The version of an alert, None where there is none; `for_update` holds it until the transaction ends."""
    statement = select(ALERT.c.version).where(ALERT.c.id == alert_id)
    number = db.scalar(statement.with_for_update() if for_update else statement)
    if number is None:
        return None
    last = db.execute(select(LOG).where(LOG.c.alert_id == alert_id).order_by(LOG.c.id.desc()).limit(1)).first()
    return Version(number, last.actor, last.at) if last else Version(number)


def of_incident(db: Connection, incident_id: int, *, for_update: bool = False) -> Version | None:
    """The version of an incident by any number it had, None where there is none; `for_update` holds its country."""
    found = incidents.leads_to(db, incident_id)
    if found is None:
        return None
    if for_update:
        incidents.hold(db, incidents.country_of(db, found) or "")
    row = db.execute(select(INCIDENT).where(INCIDENT.c.id == found)).one()
    return Version(row.version, row.changed_by, row.changed_at)
