"""What was asked about things that did not ring, with each answer: kept for tuning."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, inspect, select

from service.store.tables import MissedRow

TABLE: Table = MissedRow.__table__  # type: ignore[attr-defined]


def is_there(db: Connection) -> bool:
    """Has the database the table? One that an older version made has not, until it is migrated."""
    return inspect(db).has_table(TABLE.name)


def add(db: Connection, at: datetime, asked: str, stage: str, answer: Mapping[str, Any]) -> None:
    db.execute(insert(TABLE).values(at=at, asked=asked, stage=stage, answer=answer))


def newest(db: Connection, most: int) -> Sequence[Any]:
    """What was asked last, newest first: rows of id, at, asked, stage, answer."""
    return db.execute(select(TABLE).order_by(TABLE.c.id.desc()).limit(most)).all()
