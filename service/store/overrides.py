"""Who is on call in another's place: made, and ended before their time, but never deleted."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select, update

from service.store.tables import OverrideRow
from service.values import Override

TABLE: Table = OverrideRow.__table__  # type: ignore[attr-defined]


def add(db: Connection, override: Override, now: datetime) -> int:
    """Keep an override; returns its number."""
    row = {"made_at": now, "ends_at": override.end, "value": override}
    number = db.scalar(insert(TABLE).values(**row).returning(TABLE.c.id))
    assert number is not None
    return int(number)


def find(db: Connection, number: int) -> Override | None:
    """An override as it holds, or None where there is none of that number."""
    row = db.execute(select(TABLE).where(TABLE.c.id == number)).first()
    return _held(row) if row else None


def since(db: Connection, moment: datetime) -> dict[int, Override]:
    """Those that hold at a moment or later, by number, in the order they were made."""
    rows = db.execute(select(TABLE).where(TABLE.c.ends_at > moment).order_by(TABLE.c.id))
    return {row.id: _held(row) for row in rows}


def end(db: Connection, number: int, at: datetime, by: str) -> bool:
    """Let an override hold no longer; False where it is over already, or there is none."""
    over = update(TABLE).where(TABLE.c.id == number, TABLE.c.ends_at > at).values(ends_at=at, ended_by=by)
    return db.execute(over).rowcount == 1


def _held(row: Row[Any]) -> Override:
    """As it holds: to the end it has now, and not at all where that is before it would have begun."""
    override: Override = row.value
    return replace(override, start=min(override.start, row.ends_at), end=row.ends_at)
