"""The command line: help everywhere, exit statuses, and keys made, listed and removed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from service.cli import COMMANDS
from service.clock import keep
from service.store.database import Database


def tocsin(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TOCSIN_")}
    return subprocess.run(
        [sys.executable, "-m", "service", *arguments],
        env=clean | {"TOCSIN_DATA": str(folder / "data")} | environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_it_lists_its_commands(tmp_path: Path) -> None:
    done = tocsin(tmp_path, "--help")
    assert done.returncode == 0
    assert all(name in done.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(tmp_path: Path, name: str) -> None:
    done = tocsin(tmp_path, name, "--help")
    assert done.returncode == 0 and "usage: tocsin" in done.stdout


@pytest.mark.parametrize("arguments", [(), ("dance",), ("keys",), ("keys", "create"), ("worker", "--lane", "bus")])
def test_what_it_was_wrongly_asked_ends_with_two(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = tocsin(tmp_path, *arguments)
    assert done.returncode == 2 and "usage:" in done.stderr


def test_it_knows_its_version(tmp_path: Path) -> None:
    assert tocsin(tmp_path, "--version").stdout.startswith("tocsin 0.")


def test_a_wrong_setting_is_a_sentence(tmp_path: Path) -> None:
    done = tocsin(tmp_path, "web", TOCSIN_WEB_PORT="eighty")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "TOCSIN_WEB_PORT" in done.stderr


def test_a_key_is_made_shown_once_listed_and_removed(tmp_path: Path) -> None:
    made = tocsin(tmp_path, "keys", "create", "--name", "Amira", "--role", "officer", "--expires", "90d")
    key = made.stdout.strip()
    assert key.startswith("tocsin_") and key not in made.stderr
    listed = json.loads(tocsin(tmp_path, "keys", "list", "--json").stdout)
    assert [(row["name"], row["role"]) for row in listed] == [("Amira", "officer")]
    assert key not in (tmp_path / "data" / "tocsin.db").read_bytes().decode(errors="ignore")
    assert tocsin(tmp_path, "keys", "remove", str(listed[0]["id"])).returncode == 0
    assert json.loads(tocsin(tmp_path, "keys", "list", "--json").stdout) == []
    assert tocsin(tmp_path, "keys", "remove", "7").returncode == 1


@pytest.mark.parametrize("act", [("list",), ("list", "--json"), ("remove", "1")])
def test_only_making_a_key_makes_a_database(tmp_path: Path, act: tuple[str, ...]) -> None:
    done = tocsin(tmp_path, "keys", *act)
    assert done.returncode == 1 and "There is no database in " in done.stderr
    assert not (tmp_path / "data").exists()


def test_listing_keys_leaves_the_schema_as_it_is(tmp_path: Path) -> None:
    tocsin(tmp_path, "keys", "create", "--name", "Amira", "--role", "officer", "--expires", "90d")
    database = Database(f"sqlite:///{tmp_path}/data/tocsin.db")
    with database.writing() as db:
        db.exec_driver_sql("UPDATE alembic_version SET version_num = 'of another day'")
    database.close()
    assert "Amira" in tocsin(tmp_path, "keys", "list").stdout


def test_keys_follow_the_moved_clock_of_their_folder(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    keep(tmp_path / "data" / "clock", "2024-11-28T19:00:00Z")
    line = {"TOCSIN_CLOCK": "2024-11-28T19:00:00Z"}
    for environment in ({}, line):
        made = tocsin(
            tmp_path, "keys", "create", "--name", "A", "--role", "viewer", "--expires", "1d", "--json", **environment
        )
        assert json.loads(made.stdout)["expires_at"].startswith("2024-11-29T19:0"), made.stderr


@pytest.mark.parametrize("command", [("web",), ("worker",), ("worker", "--lane", "alarm"), ("keys", "list")])
def test_a_clock_that_each_process_would_start_anew_is_refused(tmp_path: Path, command: tuple[str, ...]) -> None:
    tocsin(tmp_path, "migrate")
    done = tocsin(tmp_path, *command, TOCSIN_CLOCK="2024-11-28T19:00:00Z", TOCSIN_WEB_PORT="0")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "Outside `tocsin up`, say since when" in done.stderr


@pytest.mark.parametrize("expires", ["tomorrow", "0d", "99999w", "5m"])
def test_a_key_needs_a_sound_end(tmp_path: Path, expires: str) -> None:
    done = tocsin(tmp_path, "keys", "create", "--name", "A", "--role", "viewer", "--expires", expires)
    assert done.returncode == 2


def test_the_demo_tells_its_story(tmp_path: Path) -> None:
    done = tocsin(tmp_path, "demo")
    assert done.returncode == 0, done.stderr
    for words in ("at least 14 people", "almost 9,000 families", "I am checking", "You have it."):
        assert words in done.stdout
    assert not list(tmp_path.iterdir()), "it left something behind"
