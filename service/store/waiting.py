"""Messages that wait: for a receiver that fails, or to be told together with others.

Those that wait for their receiver have their `due_at` far ahead, so that nothing is lost where
nobody draws it near: when the receiver is tried again (`next_in_line`), or is well (`release`).
Of those that are told together, one carries the others and alone falls due.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select, update

from service.clock import machine_time
from service.store.outbox import TABLE, put_off, to
from service.store.queue import NEVER, Claimed

# A message whose carrier is gone goes alone, so long after.
ALONE_AFTER = timedelta(hours=1)

# --- for a receiver -----------------------------------------------------------


def hold_back(db: Connection, row: Claimed, now: datetime, until: datetime) -> None:
    """Let everything else that is due to this row's receiver wait."""
    due = (*_resting(row), TABLE.c.due_at <= now, ~TABLE.c.doubtful)
    db.execute(update(TABLE).where(*due).values(due_at=until))


def next_in_line(db: Connection, row: Claimed, now: datetime, at: datetime) -> None:
    """Let the next message to this row's receiver fall due: the most urgent of which nobody doubts that it waits."""
    ready = (*_resting(row), ~TABLE.c.doubtful, *_not_held(now))
    found = db.scalar(select(TABLE.c.id).where(*ready).order_by(TABLE.c.turn, TABLE.c.id).limit(1))
    if found is not None:
        db.execute(update(TABLE).where(TABLE.c.id == found).values(due_at=at))


def release(db: Connection, row: Claimed, now: datetime) -> None:
    """Let everything that waits for this row's receiver fall due."""
    db.execute(update(TABLE).where(*_resting(row), *_not_held(now), TABLE.c.due_at > now).values(due_at=now))


def resting(db: Connection, row: Claimed, most: int = 200) -> Sequence[Claimed]:
    """Messages that wait for this row's receiver and that nobody works on, the most urgent first."""
    found = select(TABLE).where(*_resting(row)).order_by(TABLE.c.turn, TABLE.c.id).limit(most)
    return db.execute(found).fetchall()


def _resting(row: Claimed) -> tuple[ColumnElement[bool], ...]:
    """Rows to the same receiver that wait and that nobody works on."""
    unclaimed = or_(TABLE.c.claimed_until.is_(None), TABLE.c.claimed_until < machine_time())
    return (to(row.channel, row.address), TABLE.c.due_at.is_not(None), TABLE.c.state == "pending", unclaimed)


def _not_held(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        or_(TABLE.c.held_until.is_(None), TABLE.c.held_until <= now),
        or_(TABLE.c.fold.is_(None), TABLE.c.fold == TABLE.c.id),
    )


# --- for others ---------------------------------------------------------------


def hold(db: Connection, row: Claimed, until: datetime, why: str, most: int, now: datetime) -> None:
    """Let a claimed row wait, and then be told together with the others for the same recipient and channel.

    The first of them carries the others, up to `most` in all.
    """
    carrier = db.execute(_open_fold(row, now)).first()
    if carrier is None or _size(db, carrier) >= most:
        put_off(db, row, until, held=why, held_until=until, fold=row.id)
    else:
        end = carrier.held_until
        put_off(db, row, end + ALONE_AFTER, held=why, held_until=end, fold=carrier.id)


def _open_fold(row: Claimed, now: datetime) -> Select[Any]:
    same = (*_folded(row), to(row.channel, row.address), TABLE.c.id == TABLE.c.fold)
    untried = (TABLE.c.state == "pending", TABLE.c.attempts == 0, ~TABLE.c.doubtful, TABLE.c.held_until > now)
    return select(TABLE).where(*same, *untried).order_by(TABLE.c.fold.desc()).limit(1).with_for_update()


def _size(db: Connection, carrier: Claimed) -> int:
    return db.scalar(select(func.count()).where(*_folded(carrier), TABLE.c.fold == carrier.id)) or 0


def carried_by(db: Connection, carrier: Claimed) -> Sequence[Claimed]:
    """The other messages that this one carries, in the order they were written."""
    others = (*_folded(carrier), TABLE.c.fold == carrier.id, TABLE.c.id != carrier.id)
    return db.execute(select(TABLE).where(*others).order_by(TABLE.c.id)).fetchall()


def is_carried(db: Connection, row: Claimed) -> bool:
    """Is the message that carries this one still to be sent?"""
    if row.fold is None or row.fold == row.id:
        return False
    return db.execute(select(TABLE.c.id).where(TABLE.c.id == row.fold, TABLE.c.due_at.is_not(None))).first() is not None


def finish_carried(db: Connection, rows: Sequence[Claimed], **values: Any) -> None:
    """Mark carried messages as what became of the one that carried them."""
    done = update(TABLE).where(TABLE.c.id.in_([row.id for row in rows]))
    db.execute(done.values(due_at=None, claimed_until=None, crashes=0, **values))


def sent_since(db: Connection, row: Claimed, since: datetime) -> int:
    """How many messages the row's recipient got on its channel, with those on their way; a fold counts as one."""
    same = (TABLE.c.recipient == row.recipient, TABLE.c.channel == row.channel)
    one = or_(TABLE.c.fold.is_(None), TABLE.c.fold == TABLE.c.id)
    sent = select(func.count()).where(*same, TABLE.c.sent_at >= since, one)
    on_their_way = select(func.count()).where(*same, TABLE.c.crashes > NEVER, TABLE.c.state == "sending")
    return (db.scalar(sent) or 0) + (db.scalar(on_their_way) or 0)


def _folded(row: Claimed) -> tuple[ColumnElement[bool], ...]:
    """Rows of the same recipient and channel that wait to be told together."""
    same = (TABLE.c.recipient == row.recipient, TABLE.c.channel == row.channel)
    return (*same, TABLE.c.fold.is_not(None), TABLE.c.due_at.is_not(None))
