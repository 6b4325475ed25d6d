"""Receivers that fail: tried by one message, and all of them go with the first that is taken."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from service.flow import STAGES
from service.flow.drain import batch
from service.flow.installation import Installation
from service.flow.retry import KEPT_TO_SEND, LONGEST_ASKED, LONGEST_PROBE, probe_at
from service.values import Level
from tests.factories import NOON
from tests.flow.conftest import Plant
from tests.flow.deciding import AMIRA, change_rules, decide, states
from tests.receivers import Mailbox, receiving, reply, wait_for
from tests.story.articles import feed, offensive

MANY = 100
BATCH = STAGES["deliver"].batch


class Counting:
    """What the chat is asked, and how it answers besides its status."""

    def __init__(self, plant: Plant) -> None:
        self.plant = plant
        self.asked = 0
        self.headers: dict[str, str] = {}
        self.handle = plant.chat.handle
        plant.chat.handle = self.counted  # type: ignore[method-assign]

    def counted(self, request: BaseHTTPRequestHandler) -> None:
        self.asked += 1
        if self.headers:
            request.rfile.read(int(request.headers.get("Content-Length", 0)))
            reply(request, self.plant.chat.status, b"", **self.headers)
        else:
            self.handle(request)


@pytest.fixture
def chat(plant: Plant) -> Counting:
    return Counting(plant)


def test_it_is_tried_by_one_message_and_then_all_go(plant: Plant, chat: Counting) -> None:
    for _ in range(MANY):
        decide(plant)
    plant.chat.status = 503
    plant.turn("deliver")
    # On a slow machine a second goes by meanwhile, and it is tried once more.
    assert chat.asked <= BATCH + 5
    for probe in range(1, 20):
        before = chat.asked
        plant.pass_time(seconds=3)
        plant.turn("deliver")
        assert chat.asked - before == 1, probe
    plant.chat.status = 200
    plant.pass_time(seconds=3)
    plant.turn("deliver")
    assert states(plant) == ["sent"] * MANY and len(plant.chat.texts) == MANY
    assert plant.rows("SELECT * FROM receiver") == []


def test_the_share_of_wasted_requests_is_small(plant: Plant, chat: Counting) -> None:
    for _ in range(MANY * 5):
        decide(plant)
    plant.chat.status = 503
    for _ in range(15):
        plant.turn("deliver")
        plant.pass_time(seconds=3)
    assert chat.asked <= MANY * 5 / 10


def test_another_receiver_is_not_kept_waiting(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant.chat.status = 503
    for _ in range(MANY):
        decide(plant)
    plant.turn("deliver")
    with receiving(Mailbox()) as mailbox:
        monkeypatch.setenv("TEST_MAIL", mailbox.address)
        decide(plant, to=AMIRA)
        plant.turn("deliver")
        assert len(mailbox.mails) == 1


def test_a_new_message_waits_with_the_others_and_goes_with_them(plant: Plant, chat: Counting) -> None:
    plant.chat.status = 503
    decide(plant)
    plant.turn("deliver")
    decide(plant, Level.EXTREME)
    plant.turn("deliver")
    assert chat.asked == 1
    plant.chat.status = 200
    plant.pass_time(seconds=3)
    plant.turn("deliver")
    assert states(plant) == ["sent", "sent"]


def test_two_workers_try_it_with_one_message(plant: Plant, chat: Counting) -> None:
    for _ in range(MANY):
        decide(plant)
    plant.chat.status = 503
    plant.turn("deliver")
    plant.pass_time(seconds=3)
    with plant.installation.database.writing() as db:  # as if all waits were over at once
        db.exec_driver_sql("UPDATE outbox SET due_at = '2024-11-28 00:00:00.000000'")
    before = chat.asked
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: batch(plant.installation, STAGES["deliver"]), range(2)))
    assert chat.asked - before == 1


def test_a_message_that_is_refused_for_good_lets_the_next_try(plant: Plant, chat: Counting) -> None:
    for _ in range(3):
        decide(plant)
    plant.chat.status = 503
    plant.turn("deliver")
    plant.chat.status = 403
    plant.pass_time(seconds=3)
    plant.turn("deliver")
    assert states(plant, "reason = 'first'") == ["failed"] * 3


def test_one_whose_outcome_is_unknown_is_not_sent_again_at_every_try(plant: Plant, chat: Counting) -> None:
    """The receiver takes messages but answers nonsense: each is handed over once before any is again."""
    plant.chat.status = 200
    chat.headers = {"Content-Type": "text/html"}

    def nonsense(request: BaseHTTPRequestHandler) -> None:
        chat.asked += 1
        request.rfile.read(int(request.headers.get("Content-Length", 0)))
        reply(request, 200, b"<html>")

    plant.chat.handle = nonsense  # type: ignore[method-assign]
    decide(plant)
    for _ in range(10):
        plant.turn("deliver")
        plant.pass_time(seconds=3)
    assert chat.asked <= 4  # after 0, 5, 15 and 35 seconds


def test_what_the_receiver_asks_for_is_honoured(plant: Plant, chat: Counting) -> None:
    decide(plant)
    plant.chat.status, chat.headers = 429, {"Retry-After": "90"}
    plant.turn("deliver")
    plant.pass_time(seconds=80)
    plant.turn("deliver")
    assert chat.asked == 1
    plant.chat.status, chat.headers = 200, {}
    plant.pass_time(seconds=11)
    plant.turn("deliver")
    assert states(plant) == ["sent"]


def test_waits_grow_with_the_outage_within_bounds() -> None:
    def wait(failing: timedelta, asked: float | None = None) -> timedelta:
        return probe_at(NOON, NOON - failing, 0.0, asked) - NOON

    assert wait(timedelta(0)) == wait(timedelta(minutes=5)) == timedelta(seconds=1)
    assert wait(timedelta(hours=1)) == timedelta(seconds=12)
    assert wait(timedelta(days=9)) == LONGEST_PROBE
    assert wait(timedelta(0), 30.0) == timedelta(seconds=30)
    assert wait(timedelta(0), 1e9) == LONGEST_ASKED
    assert wait(timedelta(0), -5.0) == timedelta(seconds=1)


def test_a_message_is_kept_for_a_week_and_then_given_up_and_told(plant: Plant) -> None:
    plant.chat.status = 503
    decide(plant)
    plant.turn("deliver")
    plant.pass_time(seconds=KEPT_TO_SEND.total_seconds() + 60)
    plant.turn("deliver")
    assert states(plant, "reason = 'first'") == ["failed"]
    assert len(plant.rows("SELECT id FROM alert WHERE open_key = 'problem:delivery:chat:crisis-room'")) == 1


@contextmanager
def silent() -> Iterator[int]:
    """A port that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        yield listener.getsockname()[1]


def test_one_that_hangs_keeps_no_other_waiting(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its message ends by itself, later, and is marked."""
    monkeypatch.setattr("service.flow.deliver.PATIENCE", 0.1)
    settings = plant.installation.settings.model_copy(update={"send_timeout": 2.0})
    plant.installation = Installation(settings)
    with silent() as port, receiving(Mailbox()) as mailbox:
        monkeypatch.setenv("TEST_CHAT", f"slackhook://127.0.0.1:{port}/hook")
        monkeypatch.setenv("TEST_MAIL", mailbox.address)
        decide(plant)
        decide(plant, to=AMIRA)
        plant.turn("deliver")
        assert states(plant)[0] == "sending"
        assert len(mailbox.mails) == 1 or states(plant)[1] == "sending"
        wait_for("the outcome of both", lambda: states(plant) == ["pending", "sent"])
    plant.installation.database.close()


# --- backups --------------------------------------------------------------------


def test_the_next_contact_gets_what_the_first_refused(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    contacts = "crisis-room: {contacts: [{channel: chat}"
    backup = f"{contacts}, {{channel: mail, address: room@example.org, backup: true}}"
    change_rules(plant, contacts, backup)
    plant.chat.status = 403
    with receiving(Mailbox()) as mailbox:
        monkeypatch.setenv("TEST_MAIL", mailbox.address)
        number = decide(plant)
        plant.turn("deliver")
        got: list[Any] = [mail for mail in mailbox.mails if f"alert.{number}." in mail["Message-ID"]]
    assert [mail["To"] for mail in got] == ["room@example.org"]
    acts = [act for (act,) in plant.rows(f"SELECT act FROM alert_log WHERE alert_id = {number} ORDER BY id")]
    assert acts == ["not delivered", "next contact"]


def test_a_receiver_that_is_down_for_minutes_is_gone_round_and_tried_again(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    contacts = "crisis-room: {contacts: [{channel: chat}"
    change_rules(plant, contacts, f"{contacts}, {{channel: mail, address: room@example.org, backup: true}}")
    plant.chat.status = 503
    with receiving(Mailbox()) as mailbox:
        monkeypatch.setenv("TEST_MAIL", mailbox.address)
        numbers = [decide(plant) for _ in range(3)]
        plant.turn("deliver")
        assert mailbox.mails == [], "a moment is no outage"
        for _ in range(3):
            plant.pass_time(minutes=2)
            plant.turn("deliver")
        told = [mail for mail in mailbox.mails if not str(mail["Subject"]).startswith("[Tocsin] Problem")]
        assert sorted(str(mail["Message-ID"]).split(".")[1] for mail in told) == sorted(map(str, numbers))
        plant.chat.status = 200
        plant.pass_time(minutes=2)
        plant.turn("deliver")
    texts = "".join(plant.chat.texts)
    assert all(f"/alerts/{number}" in texts for number in numbers)


def test_a_step_that_reaches_nobody_brings_the_next_forward(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    route = "syria: {countries: [SYR], level: moderate, to: [crisis-room]}"
    stepped = route.replace("]}", "], steps: [{to: [amira], after: 30m}]}")
    change_rules(plant, route, stepped)
    plant.chat.status = 403
    plant.newsroom.publish("/wire", feed("wire", offensive("wire", "1")))
    with receiving(Mailbox()) as mailbox:
        monkeypatch.setenv("TEST_MAIL", mailbox.address)
        plant.turn()
        plant.turn()
        assert [mail["To"] for mail in mailbox.mails] == ["amira@example.org"]
        assert "UNANSWERED" in str(mailbox.mails[0]["Subject"])
    [alert] = plant.rows("SELECT id FROM alert WHERE kind = 'incident'")
    acts = [act for (act,) in plant.rows(f"SELECT act FROM alert_log WHERE alert_id = {alert[0]} ORDER BY id")]
    assert acts[:4] == ["rang", "not delivered", "not reached", "brought forward"]


def test_with_no_contact_left_the_alert_says_so_and_the_operators_are_told(plant: Plant) -> None:
    plant.chat.status = 403
    number = decide(plant)
    plant.turn("deliver")
    acts = [act for (act,) in plant.rows(f"SELECT act FROM alert_log WHERE alert_id = {number} ORDER BY id")]
    assert acts == ["not delivered", "not reached"]
    assert len(plant.rows("SELECT id FROM alert WHERE open_key = 'problem:delivery:chat:crisis-room'")) == 1


def test_after_hours_of_outage_nobody_is_rung_once_for_every_repeat(plant: Plant) -> None:
    plant.newsroom.publish("/wire", feed("wire", offensive("wire", "1")))
    plant.chat.status = 503
    for _ in range(8):
        plant.turn()
        plant.pass_time(hours=1, minutes=1)
    plant.turn("escalate")
    assert plant.rows("SELECT count(*) FROM outbox WHERE reason = 'repeat'")[0][0] >= 7
    plant.chat.status = 200
    for _ in range(3):
        plant.pass_time(minutes=2)
        plant.turn("deliver")
    told = [text for text in plant.chat.texts if "PROBLEM" not in text]
    assert len(told) == 2 and "STILL UNANSWERED" in told[1] and "STILL UNANSWERED" not in told[0]
    left = plant.rows("SELECT state, count(*) FROM outbox WHERE reason = 'repeat' GROUP BY state ORDER BY state")
    assert dict(left)["sent"] == 1 and dict(left)["superseded"] >= 6


def test_one_in_doubt_that_then_fails_for_sure_is_tried_again_soon(plant: Plant) -> None:
    decide(plant)
    with plant.installation.database.writing() as db:
        db.exec_driver_sql("UPDATE outbox SET state = 'sending'")
    plant.chat.status = 503
    plant.turn("deliver")
    plant.chat.status = 200
    for _ in range(3):
        plant.pass_time(seconds=20)
        plant.turn("deliver")
    assert states(plant) == ["sent"] and "possible duplicate" in plant.chat.texts[0].lower()
