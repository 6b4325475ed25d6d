"""`tocsin alerts` and `tocsin silences`: what is open, each act, and what is silenced."""

import json

import pytest

from service.cli import main
from tests.flow.conftest import Plant
from tests.story.articles import feed, offensive


@pytest.fixture
def here(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> Plant:
    """An installation whose alert has rung."""
    plant.newsroom.publish("/wire", feed("wire", offensive("wire", "1")))
    plant.turn()
    monkeypatch.setattr("service.settings.load", lambda: plant.installation.settings)
    return plant


def said(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    capsys.readouterr()
    assert main(list(arguments)) == status
    captured = capsys.readouterr()
    return captured.err if status else captured.out


def test_what_is_open_is_listed_with_what_comes_next(here: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    line = said(capsys, "alerts")
    assert line.startswith("1  Severe  North-west Syria  ")
    assert "nobody has answered" in line and "rings crisis-room again if nobody answers, 19:31 UTC" in line
    [told] = json.loads(said(capsys, "alerts", "--json"))
    assert (told["level"], told["state"], told["next"]["what"]) == (
        "Severe",
        "open",
        "rings crisis-room again if nobody answers",
    )


def test_every_act_says_how_the_alert_stands_then(here: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    def act(*arguments: str) -> str:
        return said(capsys, "alerts", *arguments, "--by", "Amira").strip()

    assert act("ack", "1") == "Alert 1: Amira is checking."
    assert act("assign", "1", "amira") == "Alert 1: Amira is checking; given to amira."
    assert act("comment", "1", "Called the hospital.") == "Alert 1: Amira is checking; given to amira."
    assert act("snooze", "1", "--for", "2h") == "Alert 1: put off until 2024-11-28 20:31 UTC; given to amira."
    assert act("close", "1", "not_ours") == "Alert 1: closed: true, but not ours; given to amira."
    assert said(capsys, "alerts") == "No alert is open.\n"
    assert said(capsys, "alerts", "--all").startswith("1  Severe")
    assert act("reopen", "1", "--why", "It is ours after all.") == "Alert 1: nobody has answered; given to amira."
    log = here.rows("SELECT act, source, why FROM alert_log WHERE actor = 'Amira' ORDER BY id")
    assert log[-1] == ("opened again", "command line", "It is ours after all.") and len(log) == 6


def test_what_cannot_be_is_said(here: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    assert "There is no alert 77." in said(capsys, "alerts", "ack", "77", status=1)
    assert "not closed" in said(capsys, "alerts", "reopen", "1", status=1)
    with pytest.raises(SystemExit):
        main(["alerts", "snooze", "1", "--for", "soon"])


def test_a_silence_is_previewed_made_shown_and_ended(here: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "silences") == "Nothing is silenced.\n"
    asked = ("silences", "make", "--country", "SYR", "--level", "severe", "--for", "8h", "--why", "A drill.")
    hides = "It hides alerts 1; of the 1 alerts of the last 30 days it would have hidden 1."
    assert said(capsys, *asked, "--preview") == f"{hides}\n"
    told, share = said(capsys, *asked, "--by", "Amira").splitlines()
    assert told == (
        "Silence 1: everything in SYR, up to Severe, until 2024-11-29 02:31 UTC, as Amira decided: A drill."
    )
    assert share == hides and said(capsys, "silences") == f"{told}\n"
    here.pass_time(hours=2)
    here.turn()
    assert "held back by silence 1" in said(capsys, "alerts")
    before = len(here.chat.texts)
    assert said(capsys, "silences", "end", "1").startswith("Silence 1: everything in SYR")
    here.turn()
    assert len(here.chat.texts) == before + 1, "what it held back rings"
    assert "everything" in said(capsys, "silences", "make", "--for", "8h", "--why", "x", status=1)
