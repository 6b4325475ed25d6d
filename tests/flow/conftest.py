"""Stages run in this process, over a real database, a real newsroom and a chat; no broker, so no bell is heard."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from service.clock import FileClock, Moved, machine_time
from service.flow import STAGES
from service.flow.drain import batch
from service.flow.installation import Installation
from service.flow.rulebook import refresh
from service.settings import Settings
from tests.receivers import Chat, Newsroom, serving
from tests.story.articles import feed
from tests.story.conftest import EVENING, rules


@dataclass
class Plant:
    """An installation without processes: the test turns the wheels."""

    installation: Installation
    newsroom: Newsroom
    chat: Chat

    @property
    def clock(self) -> FileClock:
        clock = self.installation.settings.clock
        assert isinstance(clock, FileClock)
        return clock

    def pass_time(self, **units: float) -> None:
        self.clock.move(self.clock.now() + timedelta(**units))

    def turn(self, *stages: str) -> None:
        """Let each stage, or those named, work until nothing is due."""
        for name in stages or STAGES:
            while batch(self.installation, STAGES[name]):
                pass

    def rows(self, sql: str) -> list[tuple]:  # type: ignore[type-arg]
        with self.installation.database.reading() as db:
            return [tuple(row) for row in db.exec_driver_sql(sql)]


@pytest.fixture
def plant(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plant]:
    (tmp_path / "clock").write_text(str(Moved(EVENING, machine_time())))
    with serving(Newsroom()) as newsroom, serving(Chat()) as chat:
        monkeypatch.setenv("TEST_CHAT", chat.address)
        monkeypatch.setenv("TEST_PHONE", chat.phone)
        (tmp_path / "alerts.yaml").write_text(rules(newsroom).replace("to: [crisis-room, amira]", "to: [crisis-room]"))
        settings = Settings(
            data=tmp_path,
            rules=tmp_path / "alerts.yaml",
            database_url=database_url,
            secret="a secret for these tests",
            allow_private_addresses=True,
            send_timeout=15,  # a busy machine must not make an answer late
            TOCSIN_CLOCK=str(tmp_path / "clock"),
        )
        installation = Installation(settings)
        refresh(installation.database, settings.rules, installation.now())
        newsroom.publish("/wire", feed("wire"))
        newsroom.publish("/other", feed("other"))
        yield Plant(installation, newsroom, chat)
        installation.database.close()
