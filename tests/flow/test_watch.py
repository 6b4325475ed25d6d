"""The synthetic report travels the whole way, is seen by nobody, and leaves nothing; problems open and close alerts."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from pydantic import SecretStr

from service.cli.check import _json_of_rules
from service.clock import machine_time
from service.flow import heartbeat, journey, state
from service.flow.rulebook import refresh
from service.flow.watch import Watcher
from service.health.problems import problems
from service.health.steadiness import LASTS, STAYS_AWAY
from service.known import known
from service.rules.built_in import COUNTRY, NAME
from service.store import alerts, gauges, history, listings, vitals
from service.store.listings import Wanted
from service.values import Journey
from tests.flow.conftest import Plant
from tests.story.articles import feed, offensive
from tests.story.conftest import EVENING

TABLES = ("report", "report_text", "signal", "figure", "cell", "incident", "alert", "alert_log", "notice", "outbox")
STAGES = ("read", "assign", "decide", "deliver")


def last(plant: Plant) -> Journey:
    with plant.installation.database.reading() as db:
        found = vitals.get(db, Journey)
    assert found is not None
    return found


def left(plant: Plant) -> dict[str, int]:
    counted = {name: plant.rows(f"SELECT count(*) FROM {name}")[0][0] for name in (*TABLES, "daily_count")}
    return {name: count for name, count in counted.items() if count}


def overdue(plant: Plant, minutes: float) -> None:
    """As if the last journey had begun so long ago (the machine's clock cannot be moved)."""
    past, before = timedelta(minutes=minutes), last(plant)
    waiting = before.waiting_since and before.waiting_since - past
    with plant.installation.database.writing() as db:
        vitals.put(db, replace(before, started_at=before.started_at - past, waiting_since=waiting))


def keys(plant: Plant) -> list[str]:
    return [p.key for p in problems(state.gathered(plant.installation.settings, plant.installation.database))]


def test_it_arrives_and_leaves_nothing(plant: Plant) -> None:
    journey.travel(plant.installation)
    assert last(plant).waiting_since is not None
    plant.turn(*STAGES)
    arrived = last(plant)
    assert arrived.waiting_since is None and arrived.arrived_at is not None and (arrived.seconds or 0) > 0
    assert plant.rows("SELECT state, error FROM outbox") == [("sent", None)]
    journey.travel(plant.installation)
    assert left(plant) == {} and last(plant).number == 1
    assert plant.chat.texts == []


def test_nobody_sees_it_on_its_way(plant: Plant) -> None:
    """Not even by a route for all countries, in a list, in a count, in a trial."""
    path = plant.installation.settings.rules
    wider = path.read_text().replace("countries: [SYR], level: moderate", "countries: all, level: minor")
    path.write_text(wider.replace("countries: [SYR], level: extreme", "countries: all, level: extreme"))
    refresh(plant.installation.database, path, plant.installation.now())
    journey.travel(plant.installation)
    plant.turn(*STAGES)
    assert plant.rows("SELECT recipient, channel FROM outbox") == [(NAME, NAME)]
    assert plant.rows("SELECT country FROM incident") == [(COUNTRY,)]
    long_ago = EVENING - timedelta(days=400)
    with plant.installation.database.reading() as db:
        assert listings.alerts(db, None, 9, Wanted()) == [] and listings.incidents(db, None, 9, Wanted()) == []
        assert gauges.alerts(db) == {} and gauges.messages(db) == {}
        assert history.incident_ids(db, long_ago) == [] and history.figures_since(db, long_ago) == 0
        assert history.kept_text_count(db, long_ago) == 0
    assert plant.chat.texts == []


def test_it_stands_beside_real_incidents_and_touches_none(plant: Plant) -> None:
    plant.newsroom.publish("/wire", feed("wire", offensive("wire", "1")))
    journey.travel(plant.installation)
    plant.turn()
    assert last(plant).waiting_since is None and len(plant.chat.texts) == 1
    before = plant.rows("SELECT count(*) FROM signal")
    overdue(plant, 6)
    journey.travel(plant.installation)
    plant.turn()
    journey.travel(plant.installation)
    assert last(plant).number == 2 and len(plant.chat.texts) == 1
    [(signals,)] = before
    assert left(plant)["signal"] == signals - 1 and left(plant)["incident"] == 1


def test_it_arrives_whatever_the_rules_are(plant: Plant) -> None:
    """Bounds out of reach, sources trusted for nothing: the report of Tocsin itself rings all the same."""
    path = plant.installation.settings.rules
    text = re.sub(r"^single_origin:.*\n(?:[ #].*\n)*", "single_origin: {A-F: minor}\n", path.read_text(), flags=re.M)
    path.write_text(re.sub(r"killed: +\[[^\]]*\]", "killed: [900000, 900001, 900002, 900003]", text))
    assert refresh(plant.installation.database, path, plant.installation.now()).single_origin["F"].word == "Minor"
    journey.travel(plant.installation)
    plant.turn(*STAGES)
    assert last(plant).waiting_since is None


def test_one_that_is_stuck_is_told_and_given_way_to_the_next(plant: Plant) -> None:
    journey.travel(plant.installation)
    plant.turn("read", "assign", "decide")
    assert "synthetic" not in keys(plant)
    overdue(plant, 6)
    assert "synthetic" in keys(plant)
    journey.travel(plant.installation)
    assert last(plant).number == 2
    assert "synthetic" in keys(plant), "the first has still not arrived, nor has the second"
    plant.turn(*STAGES)
    assert last(plant).waiting_since is None and "synthetic" not in keys(plant)
    journey.travel(plant.installation)
    assert left(plant) == {}


def test_none_that_sets_out_is_a_problem_too(plant: Plant) -> None:
    journey.travel(plant.installation)
    plant.turn(*STAGES)
    overdue(plant, 30)
    assert "synthetic" in keys(plant)


def test_the_message_of_another_journey_does_not_count(plant: Plant) -> None:
    journey.travel(plant.installation)
    with plant.installation.database.writing() as db:
        vitals.put(db, replace(last(plant), number=7))
    plant.turn(*STAGES)
    assert last(plant).waiting_since is not None
    [(told, error)] = plant.rows("SELECT state, error FROM outbox WHERE reason <> 'problem'")
    assert told == "failed" and "does not tell" in error


def test_the_file_neither_shows_nor_offers_it(plant: Plant) -> None:
    path = plant.installation.settings.rules
    found = refresh(plant.installation.database, path, plant.installation.now())
    assert NAME not in _json_of_rules(path, found) and "internal" not in known().channel_kinds
    newest = plant.installation.rulebook.newest()
    assert newest is not None and newest.hash == found.hash and NAME in newest.channels


def test_a_problem_that_lasts_opens_an_alert_which_closes_by_itself(plant: Plant) -> None:
    watcher = Watcher(plant.installation)
    plant.pass_time(minutes=5)
    for look in range(LASTS):
        told = [] if look < LASTS else ["stage:feed"]
        assert open_problems(plant) == told
        assert "stage:feed" in {problem.key for problem in watcher.look()}
    assert open_problems(plant) == ["stage:feed"]
    plant.turn("poll", "deliver")
    assert any("the queue 'feed' has waited" in text for text in plant.chat.texts)
    # Another process goes on where this one stopped: what is told is in the database.
    watcher = Watcher(plant.installation)
    for _ in range(STAYS_AWAY):
        assert open_problems(plant) == ["stage:feed"]
        watcher.look()
    assert open_problems(plant) == []


def test_a_problem_that_comes_and_goes_is_not_told(plant: Plant) -> None:
    watcher = Watcher(plant.installation)
    for _ in range(LASTS):
        plant.pass_time(minutes=5)
        watcher.look()
        plant.turn()
        watcher.look()
    assert open_problems(plant) == []


def open_problems(plant: Plant) -> list[str]:
    with plant.installation.database.reading() as db:
        return [key.removeprefix("problem:") for key in alerts.open_keys(db, "problem:")]


def test_a_feed_that_brought_something_each_day_and_stops_is_a_problem(plant: Plant) -> None:
    for day in range(9):
        stories = [offensive("wire", str(n), published="Thu, 28 Nov 2024 18:30:00 GMT") for n in range(day + 1)]
        plant.newsroom.publish("/wire", feed("wire", *stories))
        plant.turn("poll")
        plant.pass_time(days=1)
    plant.turn("poll")
    assert "quiet:wire" not in keys(plant)
    plant.pass_time(days=1.5)
    plant.turn("poll")
    assert "quiet:wire" in keys(plant)


def test_items_that_lose_their_dates_are_a_problem(plant: Plant) -> None:
    for number in range(5):
        story = offensive("wire", str(number)) if number < 2 else undated(number)
        plant.newsroom.publish("/wire", feed("wire", story))
        plant.turn("poll")
        plant.pass_time(minutes=2)
    assert "yield:wire" in keys(plant)
    plant.newsroom.publish("/wire", feed("wire", offensive("wire", "again")))
    plant.turn("poll")
    assert "yield:wire" not in keys(plant)


def undated(number: int) -> str:
    return offensive("wire", str(number), published="")


# --- the outside switch -------------------------------------------------------


class Switch(HTTPServer):
    """A dead man's switch that counts its pings; `status` is what it answers."""

    status = 200

    def __init__(self) -> None:
        self.pings: list[str] = []
        super().__init__(("127.0.0.1", 0), Answer)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/ping/known-to-nobody"


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Switch)
        self.server.pings.append(self.path)
        self.send_response(self.server.status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def switch() -> Iterator[Switch]:
    server = Switch()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_switch_is_pinged_only_when_all_is_well(plant: Plant, switch: Switch) -> None:
    settings = plant.installation.settings.model_copy(update={"heartbeat_url": SecretStr(switch.address)})
    plant.turn("poll")
    watcher = Watcher(replace(plant.installation, settings=settings))
    watcher.look()
    assert switch.pings == [], "no synthetic report has arrived yet"
    plant.turn(*STAGES)
    watcher.look()
    watcher.look()
    assert len(switch.pings) == 1, "once a minute"
    watcher.pinged -= 100
    plant.pass_time(minutes=5)
    watcher.look()
    assert len(switch.pings) == 1, "a queue stands still"
    plant.turn("poll")
    watcher.look()
    assert len(switch.pings) == 2
    watcher.installation.database.close()


@pytest.mark.parametrize("status", [302, 404, 500])
def test_an_answer_that_is_none_is_logged_without_the_address(
    switch: Switch, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    switch.status = status
    with caplog.at_level(logging.INFO, logger="service"):
        assert heartbeat.ping(switch.address) is False
        assert heartbeat.ping("http://127.0.0.1:1/known-to-nobody") is False
    assert switch.pings == ["/ping/known-to-nobody"], "no redirect is followed"
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("service")]
    assert len(ours) == 2 and not any("nobody" in line or "127.0.0.1" in line for line in ours)


def test_the_machine_s_clock_is_watched(plant: Plant) -> None:
    watcher = Watcher(plant.installation)
    watcher.look()
    assert watcher.clocks is not None
    wall, steady = watcher.clocks
    watcher.clocks = (wall - 3600, steady)
    watcher.look()
    assert "clock:jump" in keys(plant)
    assert machine_time().timestamp() - watcher.clocks[0] < 60
