"""Versions of alerts.yaml: the newest row is in force."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from service.store.tables import RulesRow

TABLE = RulesRow.__table__  # type: ignore[attr-defined]


def newest(db: Connection) -> Row[Any] | None:
    """The row in force (id, hash, text, activated_at), or None before the first."""
    return db.execute(select(TABLE).order_by(TABLE.c.id.desc()).limit(1)).first()


def newest_id(db: Connection) -> int | None:
    return db.scalar(select(TABLE.c.id).order_by(TABLE.c.id.desc()).limit(1))


def activate(db: Connection, hash: str, text: str, now: datetime) -> bool:
    """Put a version in force; False where it already is. The caller has checked it."""
    row = newest(db)
    if row is not None and row.hash == hash and row.text == text:
        return False
    db.execute(insert(TABLE).values(hash=hash, text=text, activated_at=now))
    return True
