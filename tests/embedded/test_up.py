"""`tocsin up` itself: it stops whole, runs once a folder, and says what is wrong before it starts."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from service.cli.up import programs, with_kept_clock
from service.clock import FileClock, RealClock
from service.embedded import broker
from service.settings import Settings
from tests.receivers import free_port, wait_for

SHIPPED = Path(__file__).parents[2] / "alerts.yaml"
Up = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def up(tmp_path: Path) -> Iterator[Up]:
    """Starts `tocsin up` in an empty folder; its standard error goes to the file `said`."""
    started: list[subprocess.Popen[str]] = []

    def start(rules: Path = SHIPPED) -> subprocess.Popen[str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("TOCSIN_")}
        ours = {
            "TOCSIN_DATA": str(tmp_path / "data"),
            "TOCSIN_RULES": str(rules),
            "TOCSIN_WEB_PORT": str(free_port()),
            # Feeds of the shipped rules are not to be asked: no time passes for them.
            "TOCSIN_CLOCK": "2024-11-28T19:00:00Z x0.0001",
        }
        command = [sys.executable, "-m", "service", "up"]
        with (tmp_path / f"said-{len(started)}").open("w") as said:
            started.append(subprocess.Popen(command, env=clean | ours, stderr=said, text=True, cwd=tmp_path))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()
    broker.end_leftover(Settings(data=tmp_path / "data").broker_socket)


def descendants(pid: int) -> set[int]:
    """Every process below one (Linux's /proc)."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except FileNotFoundError:
            continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_all_of_it(up: Up, tmp_path: Path, number: int) -> None:
    parent = up()
    wait_for("workers with their pools", lambda: len(descendants(parent.pid)) >= 9)
    family = descendants(parent.pid)
    parent.send_signal(number)
    assert parent.wait(timeout=40) == 0
    # Grandchildren are left to the machine's first process, which may take a moment to see them ended.
    wait_for("the end of all", lambda: not [pid for pid in family if Path(f"/proc/{pid}").exists()], within=10)
    said = (tmp_path / "said-0").read_text()
    assert "Tocsin is up." in said and "not set    TOCSIN_SLACK_URL, TOCSIN_MAIL_URL" in said


def test_a_folder_is_held_by_one(up: Up, tmp_path: Path) -> None:
    first = up()
    wait_for("the first", lambda: "Tocsin is up." in (tmp_path / "said-0").read_text())
    second = up()
    assert second.wait(timeout=20) == 1
    assert "Another `tocsin up` is running" in (tmp_path / "said-1").read_text()
    assert first.poll() is None


def test_bad_rules_are_named_and_nothing_starts(up: Up, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(SHIPPED.read_text().replace("killed:", "kiled:"))
    assert up(bad).wait(timeout=20) == 1
    said = (tmp_path / "said-0").read_text()
    assert "bad.yaml:" in said and "Did you mean 'killed'?" in said


def test_a_restart_goes_on_with_its_moved_clock(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, TOCSIN_CLOCK="2024-11-28T19:00:00Z")
    first = with_kept_clock(settings)
    assert isinstance(first.clock, FileClock)
    later = first.clock.now() + timedelta(days=3)
    first.clock.move(later)
    again = with_kept_clock(settings)
    assert later <= again.clock.now() < later + timedelta(minutes=1)
    started = [child.environment["TOCSIN_CLOCK"] for child in programs(again) if child.name != "broker"]
    assert set(started) == {str(tmp_path / "clock")}


def test_a_start_on_the_real_clock_leaves_no_moved_one(tmp_path: Path) -> None:
    with_kept_clock(Settings(data=tmp_path, TOCSIN_CLOCK="2024-11-28T19:00:00Z"))
    real = with_kept_clock(Settings(data=tmp_path))
    assert isinstance(real.clock, RealClock) and list(tmp_path.iterdir()) == []


def test_the_others_lean_on_the_broker_alone(tmp_path: Path) -> None:
    assert [child.name for child in programs(Settings(data=tmp_path)) if child.leaned_on] == ["broker"]
