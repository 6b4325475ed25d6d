"""`tocsin oncall` in words and as JSON, on a clock that was moved."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from service.cli.oncall_words import handed, unstaffed, when
from service.store.database import Database
from service.store.migrate import upgrade
from service.values import Gap, HandOver
from tests.alerts.duty import local, utc
from tests.cli.conftest import Install
from tests.cli.test_commands import tocsin

NOW = utc("2026-01-07T10:00")
ROTATION = """
rotations:
  duty: {people: [officer, room], zone: Asia/Damascus, since: 2026-01-05, hand_over: {day: monday, at: "08:00"}}
"""


@pytest.fixture
def folder(install: Install) -> Path:
    """A folder in which rules with a rotation are in force, on the seventh of January."""
    return install(ROTATION.lstrip(), NOW)


def test_it_is_told_in_words_and_changed_for_a_time(folder: Path) -> None:
    told = tocsin(folder, "oncall")
    assert told.stdout.splitlines() == [
        "duty: officer is on call.",
        "  Monday 12 Jan 08:00 Damascus (05:00 UTC): room takes over from officer.",
    ]
    asked = ("oncall", "override", "duty", "nobody", "--from", "2026-01-08T18:00", "--to", "2026-01-09T08:00")
    made = tocsin(folder, *asked, "--why", "all at the funeral", "--by", "amira")
    held = (
        "Override 1: nobody is on call in duty from Thursday 8 Jan 18:00 Damascus (15:00 UTC) "
        "to Friday 9 Jan 08:00 Damascus (05:00 UTC), as amira decided: all at the funeral"
    )
    assert made.stdout.strip() == held
    *_, gap, blank, last = tocsin(folder, "oncall").stdout.splitlines()
    assert gap.startswith("  Nobody is on call from Thursday 8 Jan 18:00 Damascus") and gap.endswith(", 14 h.")
    assert (blank, last) == ("", held)
    assert "in duty from Wednesday 7 Jan 13:00 " in tocsin(folder, "oncall", "end", "1").stdout
    assert tocsin(folder, "oncall").stdout == told.stdout


def test_programs_get_it_as_json(folder: Path) -> None:
    asked = ("override", "duty", "room", "--to", "2026-01-07T12:00+00:00", "--why", "a visit", "--json")
    made = json.loads(tocsin(folder, "oncall", *asked).stdout)
    assert (made["id"], made["person"], made["start"][:16]) == (1, "room", "2026-01-07T10:00")
    found = json.loads(tocsin(folder, "oncall", "--json").stdout)
    [duty] = found["rotations"]
    assert (found["at"][:16], duty["on_call"], duty["gaps"]) == ("2026-01-07T10:00", "room", [])
    assert [one["incoming"] for one in duty["hand_overs"]] == ["officer", "room"]
    assert found["overrides"] == [made]


@pytest.mark.parametrize(
    "asked, status, words",
    [
        (("override", "duty", "room", "--to", "soon", "--why", "x"), 2, "no time like"),
        (("override", "duty", "room", "--to", "2026-01-08T08:00"), 2, "--why"),
        (("override", "night", "room", "--to", "2026-01-08T08:00", "--why", "x"), 1, "no rotation 'night'"),
        (("override", "duty", "room", "--to", "2026-01-06T08:00", "--why", "x"), 1, "end before it begins"),
        (("end", "7"), 1, "There is no override 7."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(folder: Path, asked: tuple[str, ...], status: int, words: str) -> None:
    done = tocsin(folder, "oncall", *asked)
    assert done.returncode == status and words in done.stderr and "Traceback" not in done.stderr


def test_a_database_of_another_version_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    database = Database(f"sqlite:///{tmp_path / 'data' / 'tocsin.db'}")
    upgrade(database, "0004")
    database.close()
    done = tocsin(tmp_path, "oncall")
    assert done.returncode == 1 and "of another version of Tocsin" in done.stderr


@pytest.mark.parametrize(
    "incoming, outgoing, words",
    [
        ("bilal", "amira", "bilal takes over from amira"),
        ("amira", "amira", "amira goes on"),
        (None, "amira", "amira ends, and nobody takes over"),
        ("bilal", None, "bilal begins; nobody was on call"),
    ],
)
def test_hand_overs_are_sentences(incoming: str | None, outgoing: str | None, words: str) -> None:
    assert handed(HandOver(NOW, "duty", incoming, outgoing)) == words


def test_times_are_the_rotations_and_utc() -> None:
    gap = Gap("duty", local("2026-01-08T18:00"), local("2026-01-08T18:00") + timedelta(hours=3))
    assert unstaffed(gap, "Europe/Kyiv", NOW) == (
        "Nobody is on call from Thursday 8 Jan 18:00 Kyiv (16:00 UTC) to Thursday 8 Jan 21:00 Kyiv (19:00 UTC), 3 h"
    )
    assert when(NOW, "UTC", NOW) == "Wednesday 7 Jan 10:00 UTC"
    assert when(NOW, "America/St_Johns", NOW) == "Wednesday 7 Jan 06:30 St Johns (10:00 UTC)"
