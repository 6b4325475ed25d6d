"""Versions of alerts.yaml: the newest row is in force."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from service.store.tables import RulesRow

TABLE = RulesRow.__table__  # type: ignore[attr-defined]


def newest(db: Connection) -> Row[Any] | None:
    """The row in force (id, hash, text, activated_at, files), or None before the first."""
    return db.execute(select(TABLE).order_by(TABLE.c.id.desc()).limit(1)).first()


def newest_id(db: Connection) -> int | None:
    return db.scalar(select(TABLE.c.id).order_by(TABLE.c.id.desc()).limit(1))


def first_in_force(db: Connection) -> datetime | None:
    """Since when there have been rules at all."""
    return db.scalar(select(TABLE.c.activated_at).order_by(TABLE.c.id).limit(1))


def activate(db: Connection, hash: str, text: str, now: datetime, files: Mapping[str, str] | None = None) -> bool:
    """Put a version in force, with the files it names; False where it already is. The caller has checked it."""
    row, beside = newest(db), dict(files or {})
    if row is not None and (row.hash, row.text, row.files or {}) == (hash, text, beside):
        return False
    db.execute(insert(TABLE).values(hash=hash, text=text, activated_at=now, files=beside))
    return True
