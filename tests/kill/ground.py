"""An installation with traps, receivers that can fall ill, and the happenings told in it so far."""

import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
import redis

from service.settings import Settings
from service.store import alerts, outbox
from service.store.database import Database
from tests.kill.happenings import happening, words
from tests.kill.receivers import Came, Receivers
from tests.kill.tally import Tally, tally
from tests.receivers import wait_for
from tests.story.articles import feed
from tests.story.conftest import Tocsin, installation

BILAL_AND_ROUTE = """\
  bilal: {contacts: [{channel: mail, address: bilal@example.org}]}
routes:
  all: {countries: all, level: moderate, to: [crisis-room, amira], steps: [{to: [crisis-room, bilal], after: 15m}]}
"""
AMIRA, BILAL = ("mail", "amira@example.org"), ("mail", "bilal@example.org")
ROOM = ("chat", "")
LINK = re.compile(r"http://127\.0\.0\.1:\d+/acknowledge/[^\s|>]+")
UNANSWERED, UNCHECKED = "Nobody has answered since", "Nobody is checking any more"
# Real time in which all must have come to rest, the clock moved on meanwhile (seconds).
REST_WITHIN = 75.0
LIMITS = {"TOCSIN_LEASE": "2", "TOCSIN_SEND_TIMEOUT": "2", "TOCSIN_FETCH_TIMEOUT": "2"}


class Ground:
    """Happenings are told in it, and what came of them is looked at from outside."""

    def __init__(self, tocsin: Tocsin, receivers: Receivers, traps: Path) -> None:
        self.tocsin = tocsin
        self.receivers = receivers
        self.traps = traps
        self.told = 0
        self.before = Tally()
        self.publish()
        self.up = tocsin.start("up")
        wait_for("the start", lambda: "Tocsin is up" in tocsin.log())

    @cached_property
    def database(self) -> Database:
        return self.tocsin.database

    # --- what happens -------------------------------------------------------

    def publish(self) -> None:
        self.tocsin.newsroom.publish("/wire", feed("wire", *map(happening, range(self.told))))
        self.tocsin.newsroom.publish("/other", feed("other"))

    def tell(self, count: int) -> range:
        """Publish more happenings, and let the feeds fall due; the numbers of the happenings."""
        fresh = range(self.told, self.told + count)
        self.told += count
        self.publish()
        self.tocsin.pass_time(seconds=75)
        return fresh

    def acknowledge(self, number: int) -> None:
        """Somebody follows the link in the chat, and says that they are checking."""
        link = LINK.search(self.about(number, ROOM)[0].text)
        assert link is not None
        wait_for("the answer to be taken", lambda: self._post(link[0]))

    def _post(self, link: str) -> bool:
        with suppress(httpx.HTTPError), self.tocsin.page() as page:
            return page.post(link).status_code == 200
        return False

    # --- what came of it ----------------------------------------------------

    def about(self, number: int, receiver: tuple[str, str], saying: str = "") -> list[Came]:
        came = (message for message in self.receivers.came if (message.channel, message.address) == receiver)
        return [message for message in came if words(number) in message.text and saying in message.text]

    def rests(self, expected: Callable[[], bool]) -> bool:
        """Wait, the clock moving on, until what is expected has come and nothing is left to do; else False."""
        until, move_at = time.monotonic() + REST_WITHIN, time.monotonic() + 1
        while not (expected() and self._all_sent() and self.tocsin.at_rest()):
            if time.monotonic() > until:
                return False
            if time.monotonic() > move_at:
                self.tocsin.pass_time(seconds=15)
                move_at = time.monotonic() + 1
            time.sleep(0.1)
        return True

    def _all_sent(self) -> bool:
        return all(row.state == "sent" for row in self.rows())

    def rows(self) -> list[Any]:
        """Messages that must come: one that a newer one to the same contact says as well need not."""
        wanted = outbox.TABLE.select().where(outbox.TABLE.c.state != "superseded")
        with self.database.reading() as db:
            return [*db.execute(wanted)]

    def tally(self) -> Tally:
        """The account of what is new since it was asked last."""
        rows = self.rows()
        with self.database.reading() as db:
            found = alerts.notices(db, [(row.alert_id, row.revision) for row in rows])
        notes = {key: notice.note for key, notice in found.items()}
        now = tally(rows, notes, self.receivers.came)
        self.before, before = now, self.before
        return now.since(before)

    # --- traps --------------------------------------------------------------

    def arm(self, point: str, passes: int) -> None:
        for old in self.traps.glob(f"{point}.*"):
            old.unlink()
        for number in range(passes):
            (self.traps / f"{point}.pass-{number}").touch()
        (self.traps / f"{point}.armed").touch()

    def caught(self, point: str) -> dict[str, int]:
        sprung = self.traps / f"{point}.sprung"
        wait_for(f"the point {point}", sprung.exists)
        return dict(json.loads(sprung.read_text()))

    def release(self, point: str) -> None:
        (self.traps / f"{point}.armed").unlink(missing_ok=True)
        (self.traps / f"{point}.released").touch()

    # --- who is who ---------------------------------------------------------

    def kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)

    def kill_parent(self) -> None:
        """And start another, as whatever watches over a service does."""
        self.up.kill()
        self.up.wait(timeout=10)
        self.tocsin.processes.remove(self.up)
        for old in self.traps.glob("*.pid"):
            old.unlink()
        self.up = self.tocsin.start("up")

    def pid_of(self, command: str) -> int:
        """Asked once for each process: the next has to tell again who it is."""
        told = self.traps / f"{command}.pid"
        wait_for(f"a {command} that runs", lambda: told.exists() and told.read_text())
        pid = int(told.read_text())
        told.unlink()
        return pid

    @contextmanager
    def broker(self) -> Iterator[Any]:
        settings = Settings(data=Path(self.tocsin.environment["TOCSIN_DATA"]))
        with redis.Redis(unix_socket_path=str(settings.broker_socket)) as client:
            yield client


@contextmanager
def ground(folder: Path, database_url: str | None) -> Iterator[Ground]:
    """It runs until the end; on SQLite unless the address of an empty database is given."""
    traps = folder / "traps"
    traps.mkdir(parents=True)
    with Receivers() as receivers:
        ours = LIMITS | {"TEST_TRAPS": str(traps), "TEST_CHAT": receivers.chat.address}
        ours |= {"TEST_MAIL": receivers.mail.address}
        if database_url:
            ours |= {"TOCSIN_DATABASE_URL": database_url, "TEST_DATABASE": database_url}
            ours |= {"TOCSIN_SECRET": "a secret for these kills"}
        with installation(folder, ours) as tocsin:
            tocsin.environment["PYTHONPATH"] += os.pathsep + str(Path(__file__).parent / "traps")
            _write_rules(tocsin.folder / "alerts.yaml")
            made = Ground(tocsin, receivers, traps)
            try:
                yield made
            finally:
                made.database.close()


def _write_rules(path: Path) -> None:
    """One route for everything, with a step that is taken when nobody answers; nothing is repeated."""
    rules = re.sub(r", repeat: \w+", "", path.read_text())
    rules = re.sub(r"routes:\n  syria:.*\n", BILAL_AND_ROUTE, rules)
    path.write_text(rules.replace("countries: [SYR]", "countries: all"))
