"""Incidents, and the hold on a country that keeps two workers from making one twice."""

import zlib
from datetime import date, datetime

from sqlalchemy import Connection, Table, select, text

from service.store.tables import IncidentRow
from service.store.upsert import insert
from service.values import Incident

TABLE: Table = IncidentRow.__table__  # type: ignore[attr-defined]

# Any number, always the same: it tells our locks on countries from other locks on PostgreSQL.
COUNTRY_LOCKS = 706_274


def hold(db: Connection, country: str) -> None:
    """Let nobody else assign figures of this country until the transaction ends."""
    if db.dialect.name == "postgresql":  # on SQLite a writing transaction already holds everything
        names = {"ours": COUNTRY_LOCKS, "country": zlib.crc32(country.encode()) >> 1}
        db.execute(text("SELECT pg_advisory_xact_lock(:ours, :country)"), names)


def open_ones(db: Connection, country: str, since: date) -> dict[int, Incident]:
    """Incidents of a country that were told of since then, by id."""
    where = (TABLE.c.country == country, TABLE.c.last_said >= since)
    rows = db.execute(select(TABLE.c.id, TABLE.c.value).where(*where).order_by(TABLE.c.id))
    return {row.id: row.value for row in rows}


def save(db: Connection, incident: Incident, now: datetime) -> None:
    """Store an incident, new or changed, due to be decided upon.

    A claim that somebody holds on it is left alone: that worker decides on what it read, and the row
    stays due.
    """
    values = {"value": incident, "last_said": incident.last_said, "due_at": now}
    row = {"id": incident.id, "country": incident.country or "", "attempts": 0, "crashes": 0} | values
    statement = insert(db, TABLE).values(**row)
    db.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
