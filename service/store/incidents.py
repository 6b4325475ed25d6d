"""Incidents, and the hold on a country that keeps two workers from making one twice."""

import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Select, Table, select, text, update

from service.store import synthetic
from service.store.tables import IncidentLogRow, IncidentRow, PinRow
from service.store.upsert import insert
from service.values import TOCSIN, Act, Incident, Pin

TABLE: Table = IncidentRow.__table__  # type: ignore[attr-defined]
PIN: Table = PinRow.__table__  # type: ignore[attr-defined]
LOG: Table = IncidentLogRow.__table__  # type: ignore[attr-defined]

# Any number, always the same: it tells our locks on countries from other locks on PostgreSQL.
COUNTRY_LOCKS = 706_274


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored incident as the next accounts are held against it; `profile` is plain data."""

    id: int
    last_said: datetime
    profile: Any


def hold(db: Connection, country: str) -> None:
    """Let nobody else assign figures of this country until the transaction ends."""
    if db.dialect.name == "postgresql":  # on SQLite a writing transaction already holds everything
        names = {"ours": COUNTRY_LOCKS, "country": zlib.crc32(country.encode()) >> 1}
        db.execute(text("SELECT pg_advisory_xact_lock(:ours, :country)"), names)


def founded_since(db: Connection, country: str, at: datetime, also: Collection[int] = ()) -> list[Kept]:
    """Incidents of a country founded at that moment or later, and others by their numbers, the oldest first."""
    ours = (TABLE.c.country == country, TABLE.c.merged_into.is_(None))
    columns = (TABLE.c.id, TABLE.c.founded_at, TABLE.c.last_said, TABLE.c.profile)
    # Two questions: joined by OR they would be answered by looking at every incident the country ever had.
    rows = {row.id: row for row in db.execute(select(*columns).where(*ours, TABLE.c.founded_at >= at))}
    if also:
        rows |= {row.id: row for row in db.execute(select(*columns).where(*ours, TABLE.c.id.in_(also)))}
    ordered = sorted(rows.values(), key=lambda row: (row.founded_at, row.id))
    return [Kept(row.id, row.last_said, row.profile) for row in ordered]


def save(db: Connection, country: str, incident: Incident, kept: Kept, founded: datetime, now: datetime) -> None:
    """Store an incident, new or changed, due to be decided upon.

    A claim that somebody holds on it is left alone: that worker decides on what it read, and the row
    stays due.
    """
    values = {
        "value": incident,
        "profile": kept.profile,
        "founded_at": founded,
        "last_said": kept.last_said,
        "merged_into": None,
        "due_at": now,
    }
    row = {"id": incident.id, "country": country, "attempts": 0, "crashes": 0} | values
    statement = insert(db, TABLE).values(**row)
    db.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values | _changed(TOCSIN, now)))


def _changed(by: str, at: datetime) -> dict[str, Any]:
    return {"version": TABLE.c.version + 1, "changed_by": by, "changed_at": at}


def merge(db: Connection, incident_id: int, into: int | None) -> None:
    """Note that an incident is no more by itself: its number leads on to another (or, with None, nowhere).

    Whoever is deciding on it loses the claim: an alert of theirs would be for nobody.
    """
    gone = update(TABLE).where(TABLE.c.id == incident_id)
    values = {"merged_into": incident_id if into is None else into, "claimed_until": None, "crashes": 0}
    db.execute(gone.values(**values, due_at=None, error=None))


def leads_to(db: Connection, incident_id: int) -> int | None:
    """The number an incident has now, by any that it had; None where there is none."""
    seen: set[int] = set()
    while incident_id not in seen:
        seen.add(incident_id)
        row = db.execute(select(TABLE.c.merged_into).where(TABLE.c.id == incident_id)).first()
        if row is None:
            return None
        if row.merged_into is None:
            return incident_id
        incident_id = row.merged_into
    return None


def find(db: Connection, incident_id: int) -> Incident | None:
    """An incident by its number, or by one it had before; None where there is none."""
    found = leads_to(db, incident_id)
    value = db.scalar(select(TABLE.c.value).where(TABLE.c.id == found))
    return cast(Incident | None, value)


def numbers(incident_id: int) -> Select[tuple[int]]:
    """The numbers an incident has or had."""
    known = select(TABLE.c.id).where(TABLE.c.id == incident_id).cte("known", recursive=True)
    return select(known.union(select(TABLE.c.id).where(TABLE.c.merged_into == known.c.id)).c.id)


def country_of(db: Connection, incident_id: int) -> str | None:
    """The country an incident is gathered in; None where there is no such incident."""
    country: str | None = db.scalar(select(TABLE.c.country).where(TABLE.c.id == incident_id))
    return country


def told_of_since(db: Connection, since: datetime, most: int) -> list[Incident]:
    """Incidents told of at a moment or later, the last told of first: at most `most` of them."""
    ours = (TABLE.c.last_said >= since, TABLE.c.merged_into.is_(None), synthetic.real_country(TABLE.c.country))
    return list(db.scalars(select(TABLE.c.value).where(*ours).order_by(TABLE.c.last_said.desc()).limit(most)))


def add_pins(db: Connection, country: str, pins: Sequence[Pin]) -> None:
    """Keep what an officer decided."""
    db.execute(insert(db, PIN), [{"country": country, "value": pin} for pin in pins])


def pins(db: Connection, country: str) -> list[Pin]:
    """What officers decided about a country's figures, in the order they did."""
    return list(db.scalars(select(PIN.c.value).where(PIN.c.country == country).order_by(PIN.c.id)))


def log(db: Connection, incident_id: int, line: Act) -> None:
    """Add a line to an incident's log, which is a change of it."""
    db.execute(update(TABLE).where(TABLE.c.id == incident_id).values(**_changed(line.who, line.at)))
    values = {"actor": line.who, "at": line.at, "act": line.act, "source": line.source, "why": line.why}
    db.execute(insert(db, LOG).values(incident_id=incident_id, **values, detail=line.detail))


def logged(db: Connection, incident_id: int) -> list[Act]:
    """An incident's log, oldest first, with what was done under other numbers it had."""
    where = LOG.c.incident_id.in_(numbers(incident_id))
    rows = db.execute(select(LOG).where(where).order_by(LOG.c.id))
    return [Act(row.act, row.actor, row.at, row.source, row.why, row.detail) for row in rows]
