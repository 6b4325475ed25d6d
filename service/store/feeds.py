"""Feeds: their cursors, and which of them are due."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select, update

from service.store.tables import FeedRow
from service.store.upsert import insert

TABLE = FeedRow.__table__  # type: ignore[attr-defined]


def keep_only(db: Connection, names: Collection[str], now: datetime) -> None:
    """Follow the rules: feeds not yet known are due now, those no longer named are never due again."""
    known = {row.name: row.due_at for row in db.execute(select(TABLE.c.name, TABLE.c.due_at))}
    fresh = [{"name": name, "due_at": now, "attempts": 0} for name in names if name not in known]
    if fresh:
        db.execute(insert(db, TABLE).on_conflict_do_nothing(), fresh)
    returned = [name for name in names if name in known and known[name] is None]
    db.execute(update(TABLE).where(TABLE.c.name.in_(returned)).values(due_at=now))
    db.execute(update(TABLE).where(TABLE.c.name.not_in(list(names))).values(due_at=None))


def names(db: Connection) -> dict[int, str]:
    """Every feed's name by its id."""
    return {row.id: row.name for row in db.execute(select(TABLE.c.id, TABLE.c.name))}
