"""Incidents. Two workers on neighbouring weeks may touch one: `revision` tells the later that it is late."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, select, update

from service.errors import ClaimLost
from service.store.tables import IncidentRow
from service.store.upsert import insert
from service.values import Incident

TABLE: Table = IncidentRow.__table__  # type: ignore[attr-defined]


def open_ones(db: Connection, country: str, since: date) -> dict[int, tuple[int, Incident]]:
    """Incidents of a country that were still going on at `since`: id → (revision, incident)."""
    rows = db.execute(
        select(TABLE.c.id, TABLE.c.revision, TABLE.c.value)
        .where(TABLE.c.country == country, TABLE.c.ended >= since)
        .order_by(TABLE.c.id)
    )
    return {row.id: (row.revision, row.value) for row in rows}


def get(db: Connection, incident_id: int) -> Incident | None:
    return db.scalar(select(TABLE.c.value).where(TABLE.c.id == incident_id))


def save(db: Connection, incident: Incident, revision: int, now: datetime) -> None:
    """Store an incident that had `revision` when it was read (0: it is new), due to be decided upon.

    Raises ClaimLost where another worker changed it in between.
    """
    values = {"value": incident, "ended": incident.ended, "due_at": now, "revision": revision + 1}
    if revision == 0:
        _insert(db, incident, values)
    elif _update(db, incident.id, revision, values) != 1:
        raise ClaimLost(f"incident {incident.id} was changed by another worker")


def _insert(db: Connection, incident: Incident, values: dict[str, Any]) -> None:
    row = {"id": incident.id, "country": incident.country or "", "attempts": 0} | values
    made = insert(db, TABLE).on_conflict_do_nothing().values(**row).returning(TABLE.c.id)
    if db.execute(made).first() is None:
        raise ClaimLost(f"incident {incident.id} was made by another worker")


def _update(db: Connection, incident_id: int, revision: int, values: dict[str, Any]) -> int:
    # Its claim, if one is held, is left alone: that worker decides, and the row stays due.
    where = (TABLE.c.id == incident_id, TABLE.c.revision == revision)
    return db.execute(update(TABLE).where(*where).values(**values)).rowcount


def all_rows(db: Connection, most: int) -> Sequence[Any]:
    return db.execute(select(TABLE).order_by(TABLE.c.id.desc()).limit(most)).all()
