"""Silences: ended, never deleted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Table, insert, select, update

from service.store.tables import SilenceRow
from service.values import Silence

TABLE: Table = SilenceRow.__table__  # type: ignore[attr-defined]


def add(db: Connection, silence: Silence) -> Silence:
    """Store a new silence; returns it with its number."""
    number = db.scalar(insert(TABLE).values(ends_at=silence.end, value=silence).returning(TABLE.c.id))
    return replace(silence, id=int(number or 0))


def get(db: Connection, silence_id: int) -> Silence | None:
    row = db.execute(select(TABLE).where(TABLE.c.id == silence_id)).first()
    return replace(row.value, id=row.id) if row else None


def end(db: Connection, silence: Silence, at: datetime) -> None:
    """Let a silence end at a moment."""
    values = {"ends_at": at, "value": replace(silence, end=at)}
    db.execute(update(TABLE).where(TABLE.c.id == silence.id).values(**values))


def lasting(db: Connection, now: datetime, *, hold: bool = False) -> tuple[Silence, ...]:
    """Silences that have not ended; `hold`: none of them can be ended until the transaction ends."""
    found = select(TABLE).where(TABLE.c.ends_at > now).order_by(TABLE.c.id)
    rows = db.execute(found.with_for_update(read=True) if hold else found)
    return tuple(replace(row.value, id=row.id) for row in rows)


def page(db: Connection, before: int | None, most: int) -> Sequence[Silence]:
    """Silences, the newest first, below a number."""
    statement = select(TABLE).order_by(TABLE.c.id.desc()).limit(most)
    rows = db.execute(statement if before is None else statement.where(TABLE.c.id < before))
    return [replace(row.value, id=row.id) for row in rows]
