"""What tables share: how constraints are named, numbers, and the columns of a queue."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from service.store.columns import Id, Moment

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# Numbers are never used twice, or a link to a deleted row would lead to a stranger.
NUMBERED = {"sqlite_autoincrement": True}
# Keys that come from elsewhere.
GIVEN = {"autoincrement": False}
# Versions of a row, which whatever saves it counts on.
FROM_ONE = {"server_default": "1"}


def waiting(table: str) -> Index:
    """The index a queue is claimed by: only rows that wait are in it."""
    return Index(f"ix_{table}_due_at", "due_at", **only("due_at IS NOT NULL"))


def only(where: str) -> dict[str, Any]:
    """An index that holds only such rows, on either database."""
    return {"sqlite_where": text(where), "postgresql_where": text(where)}


def parked(table: str) -> Index:
    """The index that rows given up are counted by: only they are in it."""
    where = text("due_at IS NULL AND error IS NOT NULL")
    return Index(f"ix_{table}_parked", "id", sqlite_where=where, postgresql_where=where)


class Numbered(SQLModel):
    id: int | None = Field(default=None, primary_key=True, sa_type=Id)


class Queued(SQLModel):
    due_at: datetime | None = Field(default=None, sa_type=Moment)
    claimed_until: datetime | None = Field(default=None, sa_type=Moment)
    attempts: int = 0
    crashes: int = 0
    error: str | None = None
