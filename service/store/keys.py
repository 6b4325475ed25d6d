"""API keys: only a digest is kept, so a stolen database opens nothing."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from service.store.tables import ApiKeyRow

TABLE: Table = ApiKeyRow.__table__  # type: ignore[attr-defined]


def digest(key: str) -> str:
    """Keys are 256 random bits: a plain SHA-256 cannot be guessed back, and can be looked up."""
    return hashlib.sha256(key.encode()).hexdigest()


def add(db: Connection, name: str, role: str, key: str, now: datetime, expires_at: datetime) -> int:
    row = {"name": name, "role": role, "digest": digest(key), "created_at": now, "expires_at": expires_at}
    number = db.scalar(insert(TABLE).values(**row).returning(TABLE.c.id))
    assert number is not None
    return int(number)


def find(db: Connection, key: str) -> Row[Any] | None:
    """The row of a key (id, name, role, expires_at), or None."""
    return db.execute(select(TABLE).where(TABLE.c.digest == digest(key))).first()


def touch(db: Connection, key_id: int, now: datetime, address: str) -> None:
    """Note when and from where a key was used."""
    db.execute(update(TABLE).where(TABLE.c.id == key_id).values(last_used_at=now, last_used_from=address))


def named(db: Connection, key_id: int) -> Row[Any] | None:
    """The row of a key by its number, or None."""
    return db.execute(select(TABLE).where(TABLE.c.id == key_id)).first()


def everyone(db: Connection) -> Sequence[Any]:
    return db.execute(select(TABLE).order_by(TABLE.c.id)).all()


def remove(db: Connection, key_id: int) -> bool:
    return db.execute(delete(TABLE).where(TABLE.c.id == key_id)).rowcount == 1
