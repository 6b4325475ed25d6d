"""Brings a database to the newest schema (Alembic); safe to run again, and by several processes at once."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from service.store.database import Database

# Any number, as long as it is always the same: it names our lock on PostgreSQL.
MIGRATION_LOCK = 7_062_746


def upgrade(database: Database, revision: str = "head") -> None:
    """Apply every migration up to `revision`, in one transaction."""
    with database.writing() as db:
        if db.dialect.name == "postgresql":
            db.execute(text("SELECT pg_advisory_xact_lock(:name)"), {"name": MIGRATION_LOCK})
        command.upgrade(configuration(db), revision)


def is_newest(database: Database) -> bool:
    """Has the database the newest schema?"""
    with database.reading() as db:
        newest = ScriptDirectory.from_config(configuration(db)).get_current_head()
        return MigrationContext.configure(db).get_current_revision() == newest


def configuration(db: Connection) -> Config:
    """Alembic's configuration for an open connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = db
    return config
