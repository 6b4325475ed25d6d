"""INSERT … ON CONFLICT, which both databases speak but SQLAlchemy spells twice."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert(db: Connection, table: Table) -> Any:
    """The dialect's own INSERT, with `on_conflict_do_nothing` and `on_conflict_do_update`."""
    dialect = postgresql if db.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)
