"""Short codes by which a recipient answers an alert, and guesses of them that were wrong."""

import hashlib
import secrets
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select, tuple_
from sqlalchemy import insert as plain_insert

from service.store.tables import CodeRow, WrongCodeRow
from service.store.upsert import insert

CODE: Table = CodeRow.__table__  # type: ignore[attr-defined]
WRONG: Table = WrongCodeRow.__table__  # type: ignore[attr-defined]

# Without what is taken for something else on a small screen or on paper: 0 O, 1 I L.
LETTERS, DIGITS = "ABCDEFGHJKMNPQRSTUVWXYZ", "23456789"
LENGTH = 4
# Until then a code leads to its alert and to no other.
LIVES = timedelta(weeks=4)
# Draws for one alert: with half of all 640,000 codes taken, two hundred would all fail once in 10^60.
MOST_DRAWS = 200


def give(db: Connection, alert_id: int, recipients: Collection[str], now: datetime) -> None:
    """See to it that each of these recipients has a code for the alert; one given before stays."""
    without = set(recipients)
    for _ in range(MOST_DRAWS):
        if not without:
            return
        rows = [
            {"code": draw(), "alert_id": alert_id, "recipient": recipient, "given_at": now}
            for recipient in sorted(without)
        ]
        db.execute(insert(db, CODE).on_conflict_do_nothing(), rows)
        without -= set(db.scalars(select(CODE.c.recipient).where(CODE.c.alert_id == alert_id)))
    raise RuntimeError("no code is free")


def draw() -> str:
    """Four characters by chance, both letters and digits among them, so that no word of a language is one."""
    while True:
        code = "".join(secrets.choice(LETTERS + DIGITS) for _ in range(LENGTH))
        if not code.isalpha() and not code.isdigit():
            return code


def of(db: Connection, alert_id: int, recipient: str) -> str | None:
    """A recipient's code for an alert."""
    return of_each(db, [(alert_id, recipient)]).get((alert_id, recipient))


def of_each(db: Connection, keys: Iterable[tuple[int, str]]) -> dict[tuple[int, str], str]:
    """Codes by alert and recipient, of those that have one."""
    where = tuple_(CODE.c.alert_id, CODE.c.recipient).in_(sorted(set(keys)))
    return {(row.alert_id, row.recipient): row.code for row in db.execute(select(CODE).where(where))}


def find(db: Connection, code: str, now: datetime) -> Any:
    """What a code leads to (alert_id, recipient); None where there is none, or its time is over."""
    where = (CODE.c.code == code, CODE.c.given_at > now - LIVES)
    return db.execute(select(CODE.c.alert_id, CODE.c.recipient).where(*where)).first()


def note_wrong(db: Connection, sender: str, now: datetime) -> None:
    db.execute(plain_insert(WRONG).values(sender=digest(sender), at=now))


def wrong(db: Connection, sender: str, since: datetime) -> int:
    """How many wrong codes a sender has sent since then."""
    where = (WRONG.c.sender == digest(sender), WRONG.c.at > since)
    return db.scalar(select(func.count()).select_from(WRONG).where(*where)) or 0


def forget(db: Connection, now: datetime) -> None:
    """Give back codes whose time is over, and forget old guesses."""
    db.execute(delete(CODE).where(CODE.c.given_at <= now - LIVES))
    db.execute(delete(WRONG).where(WRONG.c.at <= now - timedelta(days=1)))


def digest(sender: str) -> str:
    """Strangers' addresses are counted, not kept."""
    return hashlib.sha256(sender.encode()).hexdigest()[:32]
