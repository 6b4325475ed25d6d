"""Receivers that fail: known to all workers, so that each is tried by one of them with one message."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, delete, select, tuple_, update

from service.store.queue import Claimed
from service.store.tables import ReceiverRow
from service.store.upsert import insert

TABLE: Table = ReceiverRow.__table__  # type: ignore[attr-defined]

Receiver = tuple[str, str]


def of(row: Claimed) -> Receiver:
    """The receiver of a message: its channel, and its address there or ""."""
    return row.channel, row.address or ""


def failing(db: Connection, receivers: Iterable[Receiver]) -> dict[Receiver, datetime]:
    """Those that fail, each with when it may be tried again.

    Their rows are held: were one well before what waits for it is written, that would wait in vain.
    """
    known = tuple_(TABLE.c.channel, TABLE.c.address).in_(sorted(set(receivers)))
    held = select(TABLE).where(known).order_by(TABLE.c.channel, TABLE.c.address).with_for_update()
    return {(row.channel, row.address): row.probe_at for row in db.execute(held)}


def take_probe(db: Connection, receiver: Receiver, now: datetime, until: datetime) -> bool:
    """Try a failing receiver, if it is time to, and keep all others from it until then."""
    found = update(TABLE).where(*_is(receiver), TABLE.c.probe_at <= now).values(probe_at=until)
    return db.execute(found).rowcount == 1


def failed(db: Connection, receiver: Receiver, now: datetime) -> datetime:
    """Note that a receiver fails; since when it does."""
    row = {"channel": receiver[0], "address": receiver[1], "since": now, "probe_at": now}
    # Changed to itself, the row is ours until the end, as a new one would be.
    keep = {"channel": TABLE.c.channel}
    noted = insert(db, TABLE).values(**row).on_conflict_do_update(index_elements=["channel", "address"], set_=keep)
    since: datetime = db.execute(noted.returning(TABLE.c.since)).scalar_one()
    return since


def rest(db: Connection, receiver: Receiver, until: datetime) -> bool:
    """Let nobody try a receiver before; False where it does not fail."""
    return db.execute(update(TABLE).where(*_is(receiver)).values(probe_at=until)).rowcount == 1


def is_well(db: Connection, receiver: Receiver) -> bool:
    """Note that a receiver takes messages; did it fail before?"""
    return db.execute(delete(TABLE).where(*_is(receiver))).rowcount == 1


def _is(receiver: Receiver) -> tuple[ColumnElement[bool], ...]:
    return TABLE.c.channel == receiver[0], TABLE.c.address == receiver[1]
