"""A running Tocsin for stories: real processes, real receivers, a clock to move."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Select, literal, or_, select, union_all

from service.clock import FileClock, Moved, machine_time
from service.embedded import broker
from service.settings import Settings
from service.store import queue
from service.store.database import Database
from tests.receivers import Chat, Mailbox, Newsroom, free_port, receiving, serving, wait_for

EVENING = datetime(2024, 11, 28, 18, 31, tzinfo=UTC)

# What differs from the shipped file: whom we poll, and whom we tell.
OURS = """\
feeds:
  wire: {{url: "{wire}", kind: rss, every: 1m, grade: B}}
  other: {{url: "{other}", kind: rss, every: 1m, grade: B}}
channels:
  chat: {{kind: slack, secret: TEST_CHAT}}
  mail: {{kind: email, secret: TEST_MAIL}}
  phone: {{kind: push, secret: TEST_PHONE}}
recipients:
  crisis-room: {{contacts: [{{channel: chat}}]}}
  amira: {{contacts: [{{channel: mail, address: amira@example.org}}]}}
  night-phone: {{contacts: [{{channel: phone, address: night}}]}}
routes:
  syria: {{countries: [SYR], level: moderate, to: [crisis-room, amira]}}
  worst: {{countries: [SYR], level: extreme, to: [night-phone]}}
operators: [crisis-room]
"""
SHIPPED = Path(__file__).parents[2] / "alerts.yaml"


def rules(newsroom: Newsroom, ours: str = OURS) -> str:
    """The shipped file with our feeds, channels, recipients and routes in place of its own."""
    ours = ours.format(wire=newsroom.url("/wire"), other=newsroom.url("/other"))
    keys = [line.partition(":")[0] for line in ours.splitlines() if line[:1].isalpha()]
    kept, skipping = [], False
    for line in SHIPPED.read_text(encoding="utf-8").splitlines():
        if line[:1].isalpha():
            skipping = line.partition(":")[0] in keys
        if not skipping:
            kept.append(line)
    return "\n".join(kept) + "\n" + ours


@dataclass
class Tocsin:
    """One installation: its environment, its processes, and what it talks to."""

    folder: Path
    environment: dict[str, str]
    newsroom: Newsroom
    chat: Chat
    mailbox: Mailbox
    port: int
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def clock(self) -> FileClock:
        return FileClock(self.folder / "clock")

    @property
    def database(self) -> Database:
        return Database(self.environment["TEST_DATABASE"])

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Run a command of Tocsin; what it says goes to a log in the folder."""
        log = (self.folder / "log").open("ab")
        arguments = [sys.executable, "-m", "service", *command]
        process = subprocess.Popen(arguments, env=self.environment, stdout=log, stderr=log, cwd=self.folder)
        log.close()
        self.processes.append(process)
        return process

    def run(self, *command: str) -> str:
        arguments = [sys.executable, "-m", "service", *command]
        done = subprocess.run(arguments, env=self.environment, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout

    def stop(self) -> None:
        for process in reversed(self.processes):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in reversed(self.processes):
            process.wait(timeout=40)
        self.processes.clear()

    def pass_time(self, **units: float) -> None:
        self.clock.move(self.clock.now() + timedelta(**units))

    def poll_again(self) -> None:
        """Let each feed fall due, and wait until what came of it is settled."""
        asked = dict(self.newsroom.asked)
        self.pass_time(seconds=75)
        wait_for("the next poll", lambda: all(self.newsroom.asked[path] > asked[path] for path in asked))
        self.settled()

    def settled(self) -> None:
        """Wait until no stage has anything left to do, the feeds' next polls aside."""
        wait_for("rest", self.at_rest)

    def at_rest(self) -> bool:
        # One statement sees one state of them all: what a stage finishes is there, or what it leaves to the next.
        # That may have been decided after we looked at the clock.
        database, soon = self.database, self.clock.now() + timedelta(seconds=5)
        try:
            with database.reading() as db:
                return db.execute(union_all(*(_busy(q, soon) for q in queue.QUEUES))).first() is None
        finally:
            database.close()

    def api(self, key: str) -> httpx.Client:
        return httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}",
            headers={"Authorization": f"Bearer {key}"},
            trust_env=False,
            timeout=20,
        )

    def page(self) -> httpx.Client:
        return httpx.Client(base_url=f"http://127.0.0.1:{self.port}", trust_env=False, timeout=20)

    def key(self, name: str, role: str = "officer", expires: str = "1d") -> str:
        return self.run("keys", "create", "--name", name, "--role", role, "--expires", expires).strip()

    def log(self) -> str:
        path = self.folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""


def _busy(stage: queue.Queue, soon: datetime) -> Select[tuple[str]]:
    """The name of a queue that somebody works on, or should."""
    row = stage.table.c
    claimed, due = row.claimed_until.is_not(None), row.due_at <= soon
    busy = claimed if stage is queue.FEEDS else or_(claimed, due)
    return select(literal(stage.name)).where(select(row.id).where(busy).exists())


@pytest.fixture
def install(tmp_path: Path) -> Iterator[Callable[..., Tocsin]]:
    """Makes an installation, not yet started; stopped at the end, its log shown if the test failed."""
    with ExitStack() as stack:

        def make(**environment: str) -> Tocsin:
            return stack.enter_context(installation(tmp_path, environment))

        yield make


@contextmanager
def installation(folder: Path, extra: dict[str, str]) -> Iterator[Tocsin]:
    with serving(Newsroom()) as newsroom, serving(Chat()) as chat, receiving(Mailbox()) as mailbox:
        port = free_port()
        (folder / "clock").write_text(str(Moved(EVENING, machine_time())))
        (folder / "alerts.yaml").write_text(rules(newsroom))
        ours = {
            "PYTHONPATH": os.pathsep.join(filter(None, [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH")])),
            "TOCSIN_DATA": str(folder / "data"),
            "TOCSIN_RULES": str(folder / "alerts.yaml"),
            "TOCSIN_CLOCK": str(folder / "clock"),
            "TOCSIN_ALLOW_PRIVATE_ADDRESSES": "true",
            "TOCSIN_WEB_PORT": str(port),
            "TOCSIN_SWEEP_EVERY": "0.5",
            # Stories move the clock by hours: what is a trouble then is told in a story of its own.
            "TOCSIN_SYNTHETIC_EVERY": "0",
            "TOCSIN_WATCH_EVERY": "3600",
            "TOCSIN_LEASE": "3",
            "TOCSIN_FETCH_TIMEOUT": "3",
            "TOCSIN_SEND_TIMEOUT": "3",
            "TEST_CHAT": chat.address,
            "TEST_MAIL": mailbox.address,
            "TEST_PHONE": chat.phone,
            "TEST_SMS": chat.sms,
            "TEST_DATABASE": f"sqlite:///{folder / 'data' / 'tocsin.db'}",
        }
        clean = {name: value for name, value in os.environ.items() if not name.startswith("TOCSIN_")}
        tocsin = Tocsin(folder, clean | ours | extra, newsroom, chat, mailbox, port)
        try:
            yield tocsin
        except BaseException:
            print(tocsin.log())
            raise
        finally:
            tocsin.stop()
            broker.end_leftover(Settings(data=folder / "data").broker_socket)
            print(tocsin.log()[-4000:])
