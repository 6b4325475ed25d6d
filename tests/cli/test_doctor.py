"""`tocsin doctor`: sentences with remedies, on an installation that is not there, is half there, and is well."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from service.cli import main
from service.clock import machine_time
from service.flow.rulebook import refresh
from service.store import vitals
from service.store.database import Database
from service.values import Journey, Look
from tests.receivers import Newsroom, serving
from tests.story.articles import feed
from tests.story.conftest import rules

Say = pytest.CaptureFixture[str]


def examined(capsys: Say, *options: str) -> dict[str, tuple[bool, str]]:
    status = main(["doctor", "--json", *options])
    told = json.loads(capsys.readouterr().out)
    assert status == (0 if told["well"] else 1)
    assert all(finding["remedy"] for finding in told["findings"] if not finding["good"])
    return {finding["about"]: (finding["good"], finding["words"]) for finding in told["findings"]}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TOCSIN_DATA", str(tmp_path))
    monkeypatch.setenv("TOCSIN_RULES", str(tmp_path / "alerts.yaml"))
    return tmp_path


def test_where_nothing_is_it_says_what_to_start(capsys: Say) -> None:
    found = examined(capsys)
    wrong = {about for about, (good, _) in found.items() if not good}
    assert wrong == {"alerts.yaml", "broker", "database"}
    assert main(["doctor"]) == 1
    assert "→ Start `tocsin up`" in capsys.readouterr().out


def test_a_wrong_setting_is_named(capsys: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_WEB_PORT", "many")
    assert "TOCSIN_WEB_PORT" in examined(capsys)["settings"][1]


def test_a_heartbeat_address_is_never_shown(capsys: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_HEARTBEAT_URL", "ftp://switch.example/a-secret")
    good, words = examined(capsys)["settings"]
    assert not good and "TOCSIN_HEARTBEAT_URL" in words and "a-secret" not in words


def test_an_old_schema_is_told(capsys: Say, folder: Path) -> None:
    Database(f"sqlite:///{folder / 'tocsin.db'}").engine.connect().close()
    assert examined(capsys)["database"] == (False, "its schema is of another version")


def test_feeds_addresses_and_work(
    capsys: Say, folder: Path, database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOCSIN_DATABASE_URL", database_url)
    monkeypatch.setenv("TOCSIN_ALLOW_PRIVATE_ADDRESSES", "true")
    monkeypatch.setenv("TEST_CHAT", "slackhook://127.0.0.1/hook")
    with serving(Newsroom()) as newsroom:
        (folder / "alerts.yaml").write_text(rules(newsroom))
        newsroom.publish("/wire", feed("wire"))
        refresh(database, folder / "alerts.yaml", machine_time())
        found = examined(capsys, "--feeds")
    assert found["secret"][0] is False
    assert found["feed wire"][0] is True and found["feed other"][0] is False
    assert found["channels' addresses"] == (False, "TEST_MAIL, TEST_PHONE not set here")
    assert found["beat"][0] is False and found["synthetic report"][0] is False
    at_work(database)
    found = examined(capsys)
    assert "beat" not in found and found["workers"] == (
        True, "the last synthetic report took 2.0 s from its writing to its receiver",
    )  # fmt: skip


def at_work(database: Database) -> None:
    now = machine_time()
    with database.writing() as db:
        vitals.put(db, Look(now))
        vitals.put(db, Journey(1, None, now - timedelta(seconds=2), None, now, 2.0))
