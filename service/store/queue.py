"""Claiming, finishing and failing rows, the same for all queues.

A claim is one statement and its own transaction.  `claimed_until` is also the
token of the claim: results are committed only where it still stands, so a
worker that slept past its lease cannot overwrite the one that took over.  A row
made due again while it was being worked on stays due.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, func, literal_column, or_, select, update

from service.clock import machine_time
from service.errors import ClaimLost
from service.store import tables
from service.store.database import Database


@dataclass(frozen=True, slots=True)
class Queue:
    """One stage's queue: a table with the four columns, and those that its rows are claimed in the order of."""

    name: str
    table: Table
    order: tuple[str, ...] = ("due_at", "id")


def _queue(row: Any, **also: Any) -> Queue:
    return Queue(row.__tablename__, row.__table__, **also)


FEEDS = _queue(tables.FeedRow)
REPORTS = _queue(tables.ReportRow)
CELLS = _queue(tables.CellRow)
INCIDENTS = _queue(tables.IncidentRow)
ALERTS = _queue(tables.AlertRow)
OUTBOX = _queue(tables.OutboxRow, order=("turn", "id"))
QUEUES = (FEEDS, REPORTS, CELLS, INCIDENTS, ALERTS, OUTBOX)
BY_NAME = {queue.name: queue for queue in QUEUES}

Claimed = Row[Any]

# Spelt out in the statement, not bound: an index of rows that crashed serves only what it is sure of.
NEVER: ColumnElement[int] = literal_column("0")


def claim(database: Database, queue: Queue, now: datetime, most: int, lease: timedelta) -> Sequence[Claimed]:
    """Up to `most` rows that are due, claimed for `lease`, in the queue's order."""
    return _claim(database, queue, _free(queue.table, now).where(queue.table.c.crashes == NEVER), most, lease)


def claim_crashed(database: Database, queue: Queue, now: datetime, lease: timedelta) -> Sequence[Claimed]:
    """At most one row whose worker died: alone, so that if it is the cause it takes no other with it."""
    return _claim(database, queue, _free(queue.table, now).where(queue.table.c.crashes > NEVER), 1, lease)


def finish(db: Connection, queue: Queue, rows: Sequence[Claimed], due_at: datetime | None = None, **also: Any) -> None:
    """Mark rows done, or due again at `due_at`, with changes to other columns.

    Raises ClaimLost, so that the transaction is undone, where another worker has taken a row over.
    """
    _settle(db, queue.table, rows, due_at, {"attempts": 0, "error": None} | also)


def fail(db: Connection, queue: Queue, row: Claimed, error: str, again_at: datetime | None, **also: Any) -> None:
    """Put a row back to be tried `again_at`; None parks it. `error` is a sentence for people."""
    _settle(db, queue.table, [row], again_at, {"attempts": row.attempts + 1, "error": error[:2000]} | also)


def due(database: Database, now: datetime) -> list[str]:
    """Names of the queues where something waits to be claimed."""
    with database.reading() as db:
        return [queue.name for queue in QUEUES if _any(db, _free(queue.table, now))]


def parked(database: Database) -> dict[str, int]:
    """How many rows of each queue are parked."""
    with database.reading() as db:
        return {queue.name: _count_parked(db, queue.table) for queue in QUEUES}


def oldest_due(database: Database, now: datetime) -> dict[str, float]:
    """For each queue, how long its oldest due row has waited, in seconds of Tocsin's time."""
    with database.reading() as db:
        oldest = {q.name: db.scalar(select(func.min(q.table.c.due_at)).where(q.table.c.due_at <= now)) for q in QUEUES}
    return {name: (now - at).total_seconds() if at else 0.0 for name, at in oldest.items()}


def _free(table: Table, now: datetime) -> Select[Any]:
    c = table.c
    unclaimed = or_(c.claimed_until.is_(None), c.claimed_until < machine_time())
    return select(c.id).where(c.due_at <= now, unclaimed)


def _any(db: Connection, wanted: Select[Any]) -> bool:
    return db.execute(wanted.limit(1)).first() is not None


def _claim(database: Database, queue: Queue, wanted: Select[Any], most: int, lease: timedelta) -> Sequence[Claimed]:
    with database.reading() as db:
        if not _any(db, wanted):
            return []
    ordered = wanted.order_by(*(queue.table.c[name] for name in queue.order))
    with database.writing() as db:
        rows = _take(db, queue.table, ordered.limit(most), lease)
    return sorted(rows, key=lambda row: [getattr(row, name) for name in queue.order])


def _take(db: Connection, table: Table, wanted: Select[Any], lease: timedelta) -> Sequence[Claimed]:
    if db.dialect.name == "postgresql":  # elsewhere SQLAlchemy would drop it without a word
        wanted = wanted.with_for_update(skip_locked=True)
    statement = (
        update(table)
        .where(table.c.id.in_(wanted))
        .values(claimed_until=machine_time() + lease, crashes=table.c.crashes + 1)
        .returning(*table.c)
    )
    return db.execute(statement).fetchall()


def _settle(
    db: Connection, table: Table, rows: Sequence[Claimed], due_at: datetime | None, values: dict[str, Any]
) -> None:
    c = table.c
    for (token, was_due), ids in _alike(rows).items():
        rung = update(table).where(c.id.in_(ids), c.claimed_until == token, c.due_at == was_due)
        db.execute(rung.values(due_at=due_at))
        ours = update(table).where(c.id.in_(ids), c.claimed_until == token)
        settled = db.execute(ours.values(claimed_until=None, crashes=0, **values)).rowcount
        if settled != len(ids):
            raise ClaimLost(f"{len(ids) - settled} of {len(ids)} rows of {table.name} were taken over")


def _alike(rows: Sequence[Claimed]) -> dict[tuple[datetime, datetime], list[int]]:
    groups: dict[tuple[datetime, datetime], list[int]] = {}
    for row in rows:
        groups.setdefault((row.claimed_until, row.due_at), []).append(row.id)
    return groups


def _count_parked(db: Connection, table: Table) -> int:
    where = (table.c.due_at.is_(None), table.c.error.is_not(None))
    return db.scalar(select(func.count()).select_from(table).where(*where)) or 0
