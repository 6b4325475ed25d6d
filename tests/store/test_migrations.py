"""Migrations: the schema they build is the one the tables declare, on both databases."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import inspect

from service.store.database import Database
from service.store.migrate import configuration, upgrade


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    if request.param == "postgresql":
        return Database(request.getfixturevalue("new_postgres")())
    return Database(f"sqlite:///{tmp_path / 'empty.db'}")


def test_they_build_what_the_tables_declare(empty: Database) -> None:
    upgrade(empty)
    with empty.writing() as db:
        command.check(configuration(db))
    empty.close()


def test_they_may_run_again(empty: Database) -> None:
    upgrade(empty)
    upgrade(empty)
    empty.close()


def test_they_can_be_taken_back(empty: Database) -> None:
    upgrade(empty)
    with empty.writing() as db:
        command.downgrade(configuration(db), "base")
    assert set(inspect(empty.engine).get_table_names()) <= {"alembic_version"}
    upgrade(empty)
    empty.close()
