"""`tocsin brief` in words and as JSON, and the same by the API."""

import argparse
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from service.cli.times import exact, length
from service.store import alerts
from service.store.database import Database
from service.values import Alert, Level, Line, Notice, Problem
from service.web.api.brief import BriefOut
from tests.alerts.duty import utc
from tests.cli.conftest import Install
from tests.cli.test_commands import tocsin
from tests.notifications.notices import FIRST

NOW = utc("2026-01-07T10:00")


@pytest.fixture
def folder(install: Install) -> Path:
    return install("", NOW)


def store(folder: Path) -> None:
    """An alert that rang two hours ago, and a feed that has fallen silent."""
    database, then = Database(f"sqlite:///{folder / 'data' / 'tocsin.db'}"), NOW - timedelta(hours=2)
    with database.writing() as db:
        rang = alerts.add(db, Alert(0, "open", Level.SEVERE, 1, then, news=1, told=("officer",)), "incident:1")
        silent = alerts.add(db, Alert(0, "open", Level.MODERATE, 1, then, kind="problem", news=1), "problem:feed:wire")
        assert rang is not None and silent is not None
        alerts.add_notice(db, replace(FIRST, alert_id=rang.id, revision=1))
        problem = Problem("feed:wire", "The feed 'wire' has failed 5 times in a row", "503")
        alerts.add_notice(db, Notice(silent.id, 1, "problem", Level.MODERATE, then, problem=problem))
        line = Line("tocsin", "rang", "first: Severe; told officer")
        alerts.log(db, rang.id, then, line.actor, line.act, line.detail)
    database.close()


def test_nothing_rang_is_said_aloud(folder: Path) -> None:
    told = tocsin(folder, "brief")
    assert told.returncode == 0
    assert told.stdout.splitlines()[:2] == [
        "Nothing rang since 6 Jan 22:00 UTC.",
        "From 6 Jan 22:00 UTC to 7 Jan 10:00 UTC",
    ]
    assert "No feed is silent" in told.stdout and "No alert is open" in told.stdout


def test_what_happened_is_told_in_words_and_as_json(folder: Path) -> None:
    store(folder)
    told = tocsin(folder, "brief", "--since", "3h").stdout
    assert told.startswith("1 alert rang since 7 Jan 07:00 UTC.\n")
    assert "Open (1)\n  SEVERE NW Syria: almost 7,000 families displaced (IRC)\n" in told
    assert "Silent feeds (1)\n  wire, told to the operators 7 Jan 08:00 UTC; it has never answered" in told
    assert "http" not in told
    found = BriefOut.model_validate_json(tocsin(folder, "brief", "--json").stdout.replace('"Severe"', "3"))
    assert (found.rang, found.open.listed[0].id, found.silent.listed[0].name) == (1, 1, "wire")
    assert json.loads(tocsin(folder, "brief", "--json").stdout)["open"]["listed"][0]["level"] == "Severe"


def test_what_rang_before_is_open_but_did_not_ring(folder: Path) -> None:
    store(folder)
    told = tocsin(folder, "brief", "--since", "1h").stdout
    assert told.startswith("Nothing rang since 7 Jan 09:00 UTC.\n") and "Open (1)" in told


@pytest.mark.parametrize("text", ["", "soon", "0h", "3", "12345h", "-1h", "١h"])
def test_a_wrong_length_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        length(text)


@pytest.mark.parametrize(
    "text, seconds, words", [("90s", 90, "1 min 30 s"), ("42s", 42, "42 s"), ("3h", 10800, "3 h 0 min")]
)
def test_lengths_are_read_and_told(text: str, seconds: int, words: str) -> None:
    assert (length(text), exact(length(text))) == (timedelta(seconds=seconds), words)
