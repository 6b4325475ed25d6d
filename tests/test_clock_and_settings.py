"""The clock and the settings: what they take, and how they say no."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from service.clock import FileClock, Moved, RealClock, clock_from, machine_time, parse
from service.errors import SettingsError
from service.settings import Settings, kept_secret, load

EVENING = datetime(2024, 11, 28, 19, 0, tzinfo=UTC)


def test_a_moved_clock_shows_its_time_and_runs() -> None:
    clock = Moved(EVENING, machine_time() - timedelta(seconds=10), rate=60)
    assert timedelta(minutes=10) <= clock.now() - EVENING < timedelta(minutes=11)


@pytest.mark.parametrize(
    "spec",
    ["2024-11-28T19:00:00Z", "2024-11-28T19:00:00+00:00 x 60", "2024-11-28T22:00:00+03:00 @ 2026-01-01T00:00:00Z x60"],
)
def test_lines_are_read(spec: str) -> None:
    clock = parse(spec)
    assert clock.at == EVENING
    assert parse(str(clock)) == clock


@pytest.mark.parametrize("spec", ["yesterday", "2024-13-01", "2024-11-28 x0", "2024-11-28T19:00:00Z x1e9", "@", "x"])
def test_other_lines_are_refused(spec: str) -> None:
    with pytest.raises(SettingsError, match="TOCSIN_CLOCK"):
        parse(spec)


def test_processes_that_share_a_file_share_the_time(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    path.write_text(str(Moved(EVENING, machine_time())))
    ours, theirs = FileClock(path), clock_from(str(path))
    ours.move(EVENING + timedelta(days=3))
    assert timedelta(days=3) <= theirs.now() - EVENING < timedelta(days=3, minutes=1)


def test_without_a_word_it_is_the_real_one() -> None:
    assert isinstance(clock_from(""), RealClock)


def test_nothing_set_means_everything_embedded(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    assert settings.database == f"sqlite:///{tmp_path}/tocsin.db"
    assert settings.broker == f"redis+socket://{tmp_path}/broker.sock"
    assert settings.embedded_broker and settings.embedded_database and settings.web_is_private


def test_a_socket_path_that_is_too_long_goes_elsewhere(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / ("long" * 30))
    assert len(str(settings.broker_socket)) < 100
    assert settings.broker_socket == Settings(data=tmp_path / ("long" * 30)).broker_socket


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    assert kept_secret(path) == kept_secret(path) != ""
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_with_a_shared_database_the_secret_must_be_given() -> None:
    with pytest.raises(SettingsError, match="TOCSIN_SECRET"):
        _ = Settings(database_url="postgresql://somewhere/tocsin").signing_secret


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_WEB_PORT", "eighty")
    with pytest.raises(SettingsError, match="TOCSIN_WEB_PORT"):
        load()


def test_a_public_address_closes_the_console() -> None:
    assert not Settings(public_url="https://alerts.example.org").web_is_private
    assert not Settings(web_host="0.0.0.0").web_is_private
    assert "alerts.example.org" in Settings(public_url="https://alerts.example.org").hosts
