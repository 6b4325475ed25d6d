"""Whatever is killed, and whenever: the alert arrives, once or marked a possible duplicate.

For each victim one installation, and in it one happening for each point: the process
that comes to the point stands still, the victim is killed, and the message must come.
"""

import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis

from service.settings import Settings
from tests.kill.happenings import happening, words
from tests.receivers import wait_for
from tests.story.articles import feed
from tests.story.conftest import Tocsin

STAGES = ("poll", "read", "assign", "decide", "deliver")
# After each stage's commit, and when the receiver has the message but nobody has noted it.
POINTS = (*(f"after-{stage}" for stage in STAGES), "sent")
# Those who hold claims are also killed with the rows claimed and nothing done yet.
HOLDING = ("before-read", "before-deliver")

DUPLICATE = "possible duplicate"


class Ground:
    """An installation with traps, and the happenings told in it so far."""

    def __init__(self, tocsin: Tocsin, traps: Path) -> None:
        self.tocsin = tocsin
        self.traps = traps
        self.told = 0
        self.up = tocsin.start("up")

    def tell(self) -> str:
        """Publish one more happening; returns the words its message must hold."""
        self.told += 1
        self.tocsin.newsroom.publish("/wire", feed("wire", *map(happening, range(self.told))))
        self.tocsin.pass_time(seconds=75)
        return words(self.told - 1)

    def caught(self, point: str) -> dict[str, int]:
        sprung = self.traps / f"{point}.sprung"
        wait_for(f"the point {point}", sprung.exists)
        return dict(json.loads(sprung.read_text()))

    def messages(self, words: str) -> list[str]:
        return [text for text in self.tocsin.chat.texts if words in text.replace("*", "")]

    def kill(self, victim: str, caught: dict[str, int]) -> None:
        pid = {"parent": self.up.pid, **caught}.get(victim) or self.broker_pid()
        os.kill(pid, signal.SIGKILL)
        if victim == "parent":
            self.up.wait(timeout=10)
            self.tocsin.processes.remove(self.up)

    def broker_pid(self) -> int:
        settings = Settings(data=Path(self.tocsin.environment["TOCSIN_DATA"]))
        with redis.Redis(unix_socket_path=str(settings.broker_socket)) as client:
            return int(client.info()["process_id"])

    def survive(self, victim: str, point: str) -> None:
        """Arm the trap, tell of a happening, kill the victim at the point, and count the messages."""
        (self.traps / f"{point}.armed").touch()
        words = self.tell()
        self.kill(victim, self.caught(point))
        (self.traps / f"{point}.released").touch()
        if victim == "parent":
            self.up = self.tocsin.start("up")
        wait_for(f"the message about {words}", lambda: self.messages(words))
        self.tocsin.settled()
        _, *again = self.messages(words)
        assert all(DUPLICATE in text.lower() for text in again), (victim, point)
        assert len(again) <= 1, (victim, point)


@pytest.fixture
def ground(install: Callable[..., Tocsin], tmp_path: Path) -> Iterator[Ground]:
    traps = tmp_path / "traps"
    traps.mkdir()
    tocsin = install(TEST_TRAPS=str(traps), TOCSIN_LEASE="2", TOCSIN_SEND_TIMEOUT="2", TOCSIN_FETCH_TIMEOUT="2")
    tocsin.environment["PYTHONPATH"] += os.pathsep + str(Path(__file__).parent / "traps")
    rules = (tocsin.folder / "alerts.yaml").read_text().replace("countries: [SYR]", "countries: all")
    (tocsin.folder / "alerts.yaml").write_text(rules.replace("to: [crisis-room, amira]", "to: [crisis-room]"))
    tocsin.newsroom.publish("/wire", feed("wire"))
    tocsin.newsroom.publish("/other", feed("other"))
    yield Ground(tocsin, traps)


@pytest.mark.timeout(240)
@pytest.mark.parametrize("victim", ["child", "worker", "broker", "parent"])
def test_the_alert_arrives_whatever_is_killed(ground: Ground, victim: str) -> None:
    for point in POINTS + (HOLDING if victim in ("child", "worker") else ()):
        ground.survive(victim, point)


def test_a_broker_wiped_empty_loses_nothing(ground: Ground) -> None:
    for point in ("after-poll", "after-decide"):
        (ground.traps / f"{point}.armed").touch()
        words = ground.tell()
        ground.caught(point)
        settings = Settings(data=Path(ground.tocsin.environment["TOCSIN_DATA"]))
        with redis.Redis(unix_socket_path=str(settings.broker_socket)) as client:
            client.flushall()
        (ground.traps / f"{point}.released").touch()
        wait_for(f"the message about {words}", lambda words=words: ground.messages(words))
        ground.tocsin.settled()
        assert len(ground.messages(words)) == 1
