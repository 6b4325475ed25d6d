"""`tocsin drill` over real receivers, one of which refuses: who is told, who answers, how, and how it ends."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from service.flow.rulebook import refresh
from service.notifications.links import read
from tests.flow.conftest import Plant
from tests.receivers import Chat, Mailbox, receiving, serving, wait_for
from tests.web.conftest import Site, served

CHANNEL = "  hall: {kind: slack, secret: TEST_HALL}\n"
PEOPLE = """\
  amira: {contacts: [{channel: mail, address: amira@example.org}, {channel: chat, backup: true}]}
  bilal: {contacts: [{channel: hall}, {channel: mail, address: bilal@example.org, backup: true}]}
"""
ROUTE = (
    "  syria: {countries: [SYR], level: severe, to: [amira], steps: [{to: [crisis-room], after: 15m}, {to: [duty]}]}\n"
)
ROTATION = """
rotations:
  duty: {people: [bilal], zone: UTC, since: 2024-11-01, hand_over: {at: "08:00", every: day}}
"""


@dataclass
class Exercise:
    """A plant with people reached by mail and chat, and a hall whose webhook refuses everything."""

    plant: Plant
    mailbox: Mailbox
    site: Site
    environment: dict[str, str]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments), check=False, env=self.environment, capture_output=True, text=True, timeout=60
        )

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "service", "drill", *arguments]

    @contextmanager
    def running(self, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        """The command while it waits, once its messages were sent."""
        process = subprocess.Popen(self.command(*arguments), env=self.environment, stdout=subprocess.PIPE, text=True)
        try:
            wait_for("the drill", lambda: self.plant.rows("SELECT id FROM alert"))
            self.plant.turn("deliver")
            yield process
        finally:
            process.kill()
            process.communicate()

    def mail_to(self, name: str) -> str:
        [mail] = [mail for mail in self.mailbox.mails if mail["To"] == f"{name}@example.org"]
        part = mail.get_body(("plain",))
        assert part is not None
        return f"{mail['Subject']}\n{part.get_content()}"

    def press(self, text: str) -> None:
        """Press the button behind the link in a message."""
        link = re.search(r"/acknowledge/[^\s|>]+", text)
        assert link is not None
        with self.site.browser() as browser:
            assert browser.post(link[0]).status_code == 200


@pytest.fixture
def exercise(plant: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Exercise]:
    settings = plant.installation.settings
    ours = settings.rules.read_text().replace("recipients:\n", f"{CHANNEL}recipients:\n{PEOPLE}")
    kept = [line for line in ours.splitlines(keepends=True) if "  amira:" not in line or line in PEOPLE]
    text = "".join(ROUTE if line.startswith("  syria:") else line for line in kept) + ROTATION
    settings.rules.write_text(text)
    with receiving(Mailbox()) as mailbox, serving(Chat()) as hall:
        hall.status = 403
        monkeypatch.setenv("TEST_MAIL", mailbox.address)
        monkeypatch.setenv("TEST_HALL", hall.address)
        refresh(plant.installation.database, settings.rules, plant.installation.now())
        clean = {name: value for name, value in os.environ.items() if not name.startswith("TOCSIN_")}
        ours_too = {
            "TOCSIN_DATA": str(tmp_path),
            "TOCSIN_DATABASE_URL": settings.database,
            "TOCSIN_CLOCK": str(tmp_path / "clock"),
        }
        for site in served(settings):
            yield Exercise(plant, mailbox, site, clean | ours_too)


def test_everybody_is_told_answers_and_is_listed_with_what_failed(exercise: Exercise) -> None:
    with exercise.running("syria", "--by", "dana") as process:
        assert exercise.mail_to("amira").startswith("EXERCISE: [Tocsin] nothing happened, drill of the route syria")
        # The operators' room hears of the hall that refuses as well.
        drills = [text for text in exercise.plant.chat.texts if "PROBLEM" not in text]
        assert len(drills) == 2 and all(text.startswith("*EXERCISE · nothing happened*") for text in drills)
        exercise.press(exercise.mail_to("amira"))
        exercise.press(next(text for text in drills if named(exercise, text) == "crisis-room"))
        with exercise.site.api(name="Bilal") as api:
            assert api.post("/api/v1/alerts/1/acknowledge").status_code == 200
        told, _ = process.communicate(timeout=40)
    assert process.returncode == 0
    first, *answers = told.splitlines()
    assert first.startswith("Drill 1: EXERCISE goes to amira, crisis-room, bilal. It ends 28 Nov 18:4")
    assert re.search(r"^amira answered after \d+ s, by link$", told, re.MULTILINE)
    assert re.search(r"^Bilal answered after \d+ s, by api$", told, re.MULTILINE)
    assert re.search(r"^  bilal +hall +failed: .*403.* +after \d+ s, by api$", told, re.MULTILINE)
    assert re.search(r"^ +mail +sent$", told, re.MULTILINE)
    assert answers[-1].startswith("Drill 1 of the route syria, 28 Nov 18:") and answers[-1].endswith("3 of 3 answered")
    assert exercise.plant.rows("SELECT state, due_at FROM alert WHERE id = 1") == [("closed", None)]
    # Nobody was told who answered: each got the exercise alone.
    assert {reason for (reason,) in exercise.plant.rows("SELECT reason FROM outbox WHERE alert_id = 1")} == {"drill"}


def named(exercise: Exercise, text: str) -> str:
    """Whose link a message in the chat carries."""
    token = re.search(r"/acknowledge/([^\s|>]+)", text)
    assert token is not None
    settings = exercise.plant.installation.settings
    return read(settings.signing_secret, token[1], timedelta(days=7), exercise.plant.installation.now()).recipient


def test_silence_ends_it_with_one_and_it_is_shown_again(exercise: Exercise) -> None:
    with exercise.running("syria", "--wait", "5m", "--json") as process:
        exercise.press(exercise.mail_to("amira"))
        exercise.plant.pass_time(minutes=6)
        told, _ = process.communicate(timeout=40)
    found = json.loads(told)
    assert (process.returncode, found["over"], found["all_answered"]) == (1, True, False)
    assert [one["recipient"] for one in found["people"] if one["answer"]] == ["amira"]
    again = exercise.run("--list", "1")
    assert again.returncode == 1 and "1 of 3 answered" in again.stdout and "not at all" in again.stdout
    assert "1 of 3 answered" in exercise.run("--list").stdout
    assert json.loads(exercise.run("--list", "--json").stdout)[0]["id"] == 1
    assert exercise.run("--list", "7").returncode == 1


def test_it_ends_by_itself_where_the_command_was_killed(exercise: Exercise) -> None:
    with exercise.running("syria"):
        pass
    assert exercise.plant.rows("SELECT state FROM alert WHERE id = 1") == [("open",)]
    exercise.plant.pass_time(minutes=11)
    exercise.plant.turn("escalate", "deliver")
    assert exercise.plant.rows("SELECT state, due_at FROM alert WHERE id = 1") == [("closed", None)]
    assert exercise.plant.rows("SELECT count(*) FROM outbox WHERE alert_id = 1 AND reason != 'drill'") == [(0,)]


@pytest.mark.parametrize("asked, status", [(("nowhere",), 2), ((), 2), (("syria", "--wait", "soon"), 2)])
def test_what_it_was_wrongly_asked_ends_with_two(exercise: Exercise, asked: tuple[str, ...], status: int) -> None:
    done = exercise.run(*asked)
    assert done.returncode == status and "Traceback" not in done.stderr and done.stderr
    assert exercise.plant.rows("SELECT id FROM alert") == []
