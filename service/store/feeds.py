"""Feeds: their cursors, and which of them are due."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, select, update

from service.store.tables import FeedRow
from service.store.upsert import insert

TABLE: Table = FeedRow.__table__  # type: ignore[attr-defined]

# What is known of an address is not true of another, nor of the same one after months.
NOTHING_KNOWN = dict.fromkeys(
    ("etag", "last_modified", "digest", "polled_at", "changed_at", "arrived_at", "pulse", "error", "claimed_until")
) | {"attempts": 0, "crashes": 0}


def follow(db: Connection, urls: Mapping[str, str], now: datetime) -> set[str]:
    """Follow the rules (name → url); returns the names of feeds no longer polled.

    A feed that is new, comes back or has another address is due now, with nothing known of it.
    """
    known = {row.name: row for row in db.execute(select(TABLE.c.name, TABLE.c.url, TABLE.c.due_at))}
    for name, url in urls.items():
        row = known.get(name)
        if row is None:
            db.execute(
                insert(db, TABLE).on_conflict_do_nothing().values(name=name, url=url, due_at=now, **NOTHING_KNOWN)
            )
        elif row.url != url or row.due_at is None:
            db.execute(update(TABLE).where(TABLE.c.name == name).values(url=url, due_at=now, **NOTHING_KNOWN))
    gone = known.keys() - urls.keys()
    db.execute(update(TABLE).where(TABLE.c.name.in_(gone)).values(due_at=None, **NOTHING_KNOWN))
    return set(gone)


def followed(db: Connection) -> Sequence[Any]:
    """The feeds that are polled: rows of id, name, attempts, error, arrived_at and pulse (None before any)."""
    columns = (TABLE.c.id, TABLE.c.name, TABLE.c.attempts, TABLE.c.error, TABLE.c.arrived_at, TABLE.c.pulse)
    return db.execute(select(*columns).where(TABLE.c.due_at.is_not(None)).order_by(TABLE.c.name)).all()


def names(db: Connection) -> dict[int, str]:
    """Every feed's name by its id."""
    return {row.id: row.name for row in db.execute(select(TABLE.c.id, TABLE.c.name))}


def answered(db: Connection) -> dict[str, datetime | None]:
    """When each feed answered last, by name; None for one that never did."""
    return {row.name: row.arrived_at for row in db.execute(select(TABLE.c.name, TABLE.c.arrived_at))}
