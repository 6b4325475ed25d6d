"""The watcher watched: a lane that stands still turns the ready page, opens an alert, and closes it once it goes on."""

import os
import re
import signal
import subprocess
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.receivers import wait_for
from tests.story.articles import feed
from tests.story.conftest import Tocsin


@pytest.fixture(params=["sqlite", "postgresql"])
def tocsin(request: pytest.FixtureRequest, install: Callable[..., Tocsin]) -> Tocsin:
    """An installation that looks at itself twice a second, and sends itself a report every two."""
    often = {"TOCSIN_WATCH_EVERY": "0.5", "TOCSIN_SYNTHETIC_EVERY": "2"}
    if request.param == "postgresql":
        url = str(request.getfixturevalue("migrated_postgres")())
        often |= {"TOCSIN_DATABASE_URL": url, "TEST_DATABASE": url, "TOCSIN_SECRET": "a secret for this story"}
    installed = install(**often)
    for name in ("wire", "other"):
        installed.newsroom.publish(f"/{name}", feed(name))
    return installed


def worker(up: int, lane: str) -> int:
    """The process that `up` started for a lane; it leads a group of its own."""
    shown = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in shown.splitlines()]
    [found] = [int(pid) for pid, parent, command in rows if int(parent) == up and f"--lane {lane}" in command]
    return found


def ready(tocsin: Tocsin) -> tuple[int, list[str]]:
    try:
        with tocsin.page() as page:
            found = page.get("/health/ready")
    except httpx.TransportError:
        return 0, []
    return found.status_code, found.json()["problems"]


def metrics(tocsin: Tocsin) -> dict[str, float]:
    with tocsin.page() as page:
        lines = page.get("/metrics").text.splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[0] != "#")}


def alerts(tocsin: Tocsin, key: str) -> list[dict[str, Any]]:
    with tocsin.api(key) as api:
        found: list[dict[str, Any]] = api.get("/api/v1/alerts").json()["alerts"]
    return found


@pytest.mark.timeout(240)
def test_a_lane_that_stands_still(tocsin: Tocsin) -> None:
    up = tocsin.start("up")
    wait_for("a synthetic report", lambda: ready(tocsin)[0] and "tocsin_synthetic_journey_seconds" in metrics(tocsin))
    wait_for("readiness", lambda: ready(tocsin) == (200, []))
    key = tocsin.key("Amira")
    assert alerts(tocsin, key) == [] and metrics(tocsin)["tocsin_problems"] == 0

    lane = worker(up.pid, "alarm")
    os.killpg(lane, signal.SIGSTOP)
    try:
        tocsin.pass_time(minutes=5)
        wait_for("the ready page to turn", lambda: ready(tocsin)[0] == 503)
        found = wait_for("an alert of the operators", lambda: alerts(tocsin, key))
        assert any(re.match(r'tocsin_problem\{problem="stage:\w+"\}', name) for name in metrics(tocsin))
        assert {alert["state"] for alert in found} == {"open"} and tocsin.chat.texts == []
    finally:
        os.killpg(lane, signal.SIGCONT)

    wait_for("the message about it", lambda: any("has waited" in text for text in tocsin.chat.texts))
    wait_for("readiness again", lambda: ready(tocsin) == (200, []))
    wait_for("its end", lambda: {alert["state"] for alert in alerts(tocsin, key)} == {"closed"})
    assert all("has waited" in text for text in tocsin.chat.texts), "the synthetic reports reach nobody"
    assert not tocsin.mailbox.mails
