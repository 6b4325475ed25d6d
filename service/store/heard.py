"""Answers that were dealt with, so that one that comes twice acts once; and whose turn it is to listen."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, delete, func, select, update

from service.clock import machine_time
from service.store.columns import Moment
from service.store.tables import HeardRow, TurnRow
from service.store.upsert import insert

HEARD: Table = HeardRow.__table__  # type: ignore[attr-defined]
TURN: Table = TurnRow.__table__  # type: ignore[attr-defined]

# Longer than any gateway tries again, and than a mailbox is left unread.
LIVES = timedelta(weeks=4)


def said(db: Connection, digest: str) -> str | None:
    """What was said back to an answer; None where it is new."""
    found: str | None = db.scalar(select(HEARD.c.said).where(HEARD.c.digest == digest))
    return found


def remember(db: Connection, digest: str, said: str, now: datetime) -> None:
    """Note what was said back; where that was noted already, the first stands."""
    db.execute(insert(db, HEARD).on_conflict_do_nothing().values(digest=digest, at=now, said=said))


def forget(db: Connection, now: datetime) -> None:
    db.execute(delete(HEARD).where(HEARD.c.at <= now - LIVES))


def take_turn(db: Connection, name: str, length: timedelta) -> bool:
    """Is it ours to do this until `length` is over, or we are done? Not while it is another's."""
    now = machine_time()
    mine = insert(db, TURN).values(name=name, until=now + length)
    taken = mine.on_conflict_do_update(
        index_elements=[TURN.c.name], set_={"until": now + length}, where=TURN.c.until <= now
    )
    return db.execute(taken.returning(TURN.c.name)).first() is not None


def end_turn(db: Connection, name: str) -> None:
    db.execute(update(TURN).where(TURN.c.name == name).values(until=machine_time()))


def failing_since(db: Connection, name: str, now: datetime) -> datetime:
    """Since when it fails: from now on, unless it failed the last time too."""
    since = func.coalesce(TURN.c.failing_since, now, type_=Moment)
    failing = update(TURN).where(TURN.c.name == name).values(failing_since=since)
    found: datetime | None = db.scalar(failing.returning(TURN.c.failing_since))
    return found or now


def well(db: Connection, name: str) -> bool:
    """Note that it works; had it failed?"""
    failed = update(TURN).where(TURN.c.name == name, TURN.c.failing_since.is_not(None))
    return db.execute(failed.values(failing_since=None)).rowcount > 0
