"""The web application served for real on loopback, over a database with alerts in it."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import uvicorn

from service.alerts.life import news
from service.alerts.watch import Watch
from service.clock import Moved, machine_time
from service.desk import keys
from service.desk.keys import Role
from service.incidents.assemble import assemble
from service.judgement import State, judge_incident
from service.settings import Settings
from service.store import alerts, outbox, rules
from service.store.database import Database
from service.store.outcomes import keep
from service.values import Recipient
from service.web.app import create
from tests.factories import NOON, a_figure, a_signal, some_rules
from tests.receivers import wait_for

SECRET = "a secret for tests"
SHIPPED = Path(__file__).parents[2] / "alerts.yaml"
HOUR = timedelta(hours=1)


@dataclass
class Site:
    """Where it is served, and what is behind it."""

    address: str
    database: Database
    settings: Settings

    def key(self, role: Role = "officer", name: str = "Amira") -> str:
        now = self.settings.clock.now()
        return keys.create(self.database, name, role, now, now + timedelta(days=1))

    def api(self, role: Role = "officer", name: str = "Amira") -> httpx.Client:
        headers = {"Authorization": f"Bearer {self.key(role, name)}"}
        return httpx.Client(base_url=self.address, headers=headers, trust_env=False, timeout=20)

    def browser(self) -> httpx.Client:
        return httpx.Client(base_url=self.address, headers={"Accept": "text/html"}, trust_env=False, timeout=20)

    def alert(self, killed: int = 31, title: str = "A report") -> int:
        """Store an alert as the decide stage would; returns its number."""
        incident = assemble([a_figure(a_signal(low=killed), title=title, link="https://news.example/1")])
        state, _ = judge_incident(State(), incident, some_rules(), NOON)
        assert state.alert is not None and state.last is not None
        with self.database.writing() as db:
            alert = alerts.add(db, replace(state.alert, news=1), f"incident:{incident.id}")
            notice = replace(state.last, alert_id=alert.id)
            alerts.add_notice(db, notice)
            alerts.log(db, alert.id, NOON, "tocsin", "first", "Severe; told Amira")
            outbox.add(db, notice, [Recipient("Amira", "mail", "amira@example.org")], NOON)
        return alert.id

    def rise(self, alert_id: int, killed: int, later: timedelta) -> None:
        """Let an alert ring again, `later` than it first did, as the decide stage would."""
        with self.database.writing() as db:
            alert = alerts.get(db, alert_id)
            assert alert is not None
            last = alerts.notice(db, alert_id, alert.shown)
            incident = assemble([a_figure(a_signal(low=killed), title="Later", link="https://news.example/2")])
            state, _ = judge_incident(State(alert, last), incident, some_rules(), NOON + later)
            assert state.alert is not None and state.last is not None and state.last.revision == alert.revision + 1
            outcome = news(state.alert, state.last, Watch(some_rules()), NOON + later)
            keep(db, outcome, NOON + later)


def served(settings: Settings) -> Iterator[Site]:
    application = create(settings)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    wait_for("the server", lambda: server.started)
    yield Site(f"http://127.0.0.1:{listener.getsockname()[1]}", application.state.database, settings)
    server.should_exit = True
    thread.join(timeout=10)
    application.state.database.close()


@pytest.fixture
def site(database_url: str, database: Database) -> Iterator[Site]:
    """A site that only this machine can reach: the console is open."""
    settings = Settings(database_url=database_url, secret=SECRET, TOCSIN_CLOCK=str(Moved(NOON, machine_time())))
    with database.writing() as db:
        rules.activate(db, "test", SHIPPED.read_text(encoding="utf-8"), NOON)
    yield from served(settings)


@pytest.fixture
def public_site(database_url: str) -> Iterator[Site]:
    """A site with a public address: the console asks for a key."""
    yield from served(Settings(database_url=database_url, secret=SECRET, public_url="http://127.0.0.1"))
