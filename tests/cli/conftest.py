"""An installation for commands, on a clock that hardly moves."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from service.clock import keep
from service.flow.rulebook import refresh
from service.store.database import Database
from service.store.migrate import upgrade
from tests.rules.alerts_files import completed

Install = Callable[[str, datetime], Path]


@pytest.fixture
def install(tmp_path: Path) -> Install:
    """Puts rules in force at a moment, in a folder with its data."""

    def installed(rules: str, now: datetime) -> Path:
        data, path = tmp_path / "data", tmp_path / "alerts.yaml"
        data.mkdir()
        path.write_text(completed(rules, []), encoding="utf-8")
        database = Database(f"sqlite:///{data / 'tocsin.db'}")
        upgrade(database)
        refresh(database, path, now)
        database.close()
        keep(data / "clock", f"{now.isoformat()} x 0.0001")
        return tmp_path

    return installed
