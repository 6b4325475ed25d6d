"""The clock and the settings: what they take, and how they say no."""

import os
import stat
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from service.clock import FileClock, Moved, RealClock, clock_from, forget, keep, machine_time, parse
from service.errors import SettingsError
from service.settings import Settings, kept_secret, load, private_folder

EVENING = datetime(2024, 11, 28, 19, 0, tzinfo=UTC)


def test_a_moved_clock_shows_its_time_and_runs() -> None:
    clock = Moved(EVENING, machine_time() - timedelta(seconds=10), rate=60)
    assert timedelta(minutes=10) <= clock.now() - EVENING < timedelta(minutes=11)


@pytest.mark.parametrize(
    "spec",
    ["2024-11-28T19:00:00Z", "2024-11-28T19:00:00+00:00 x 60", "2024-11-28T22:00:00+03:00 @ 2026-01-01T00:00:00Z x60"],
)
def test_lines_are_read(spec: str) -> None:
    clock = parse(spec, EVENING)
    assert clock.at == EVENING
    assert parse(str(clock)) == clock


@pytest.mark.parametrize(
    "spec", ["yesterday", "2024-13-01", "2024-11-28 x0", "2024-11-28T19:00:00Z x1e9", "2024-11-28 x1.2.3", "@", "x"]
)
def test_other_lines_are_refused(spec: str) -> None:
    with pytest.raises(SettingsError, match="TOCSIN_CLOCK"):
        parse(spec, EVENING)


def test_processes_that_share_a_file_share_the_time(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    path.write_text(str(Moved(EVENING, machine_time())))
    ours, theirs = FileClock(path), clock_from(str(path))
    ours.move(EVENING + timedelta(days=3))
    assert timedelta(days=3) <= theirs.now() - EVENING < timedelta(days=3, minutes=1)


def test_a_line_that_would_start_anew_in_every_process_is_refused_with_its_remedy(tmp_path: Path) -> None:
    line = "2024-11-28T19:00:00Z x 60"
    for clock in (lambda: clock_from(line, tmp_path / "clock"), lambda: Settings(TOCSIN_CLOCK=line).clock):
        with pytest.raises(SettingsError, match=r"Outside `tocsin up`.*\(2024-11-28T19:00:00Z @ \S+ x 60\)"):
            clock()
    assert clock_from("2024-11-28T19:00:00Z @ 2026-01-01T00:00:00Z").now() > EVENING


def test_a_kept_clock_goes_on_while_its_line_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    keep(path, "2024-11-28T19:00:00Z")
    FileClock(path).move(EVENING + timedelta(days=3))
    keep(path, "2024-11-28T19:00:00Z")
    assert clock_from("2024-11-28T19:00:00Z", path).now() >= EVENING + timedelta(days=3)
    keep(path, "2024-11-29T19:00:00Z")
    assert timedelta(days=1) <= FileClock(path).now() - EVENING < timedelta(days=1, minutes=1)
    keep(path, "2024-11-28T19:00:00Z")
    assert FileClock(path).now() - EVENING < timedelta(minutes=1)


def test_only_a_clock_that_was_kept_is_forgotten(tmp_path: Path) -> None:
    path, own = tmp_path / "clock", tmp_path / "own"
    keep(path, "2024-11-28T19:00:00Z")
    own.write_text(str(Moved(EVENING, machine_time())))
    forget(path)
    forget(own)
    assert [found.name for found in tmp_path.iterdir()] == ["own"]


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


def test_that_folder_is_ours_alone_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    settings = Settings(data=tmp_path / ("long" * 30))
    folder = settings.broker_socket.parent
    assert (folder.parent, stat.S_IMODE(folder.stat().st_mode)) == (tmp_path, 0o700)
    folder.chmod(0o755)
    with pytest.raises(SettingsError, match="only you can enter"):
        _ = settings.broker_socket
    folder.rmdir()
    (tmp_path / "trap").mkdir(mode=0o700)
    folder.symlink_to(tmp_path / "trap")
    with pytest.raises(SettingsError, match="only you can enter"):
        _ = settings.broker_socket


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder to somebody else")
def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir(mode=0o700)
    os.chown(tmp_path / "theirs", 12345, 12345)
    with pytest.raises(SettingsError, match="only you can enter"):
        private_folder(tmp_path / "theirs")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_name_of_postgresql_is_understood(scheme: str) -> None:
    assert Settings(database_url=f"{scheme}://u:p@h/postgres").database == "postgresql+psycopg://u:p@h/postgres"


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("::1", "http://[::1]:8470"),
        ("::", "http://[::1]:8470"),
        ("0.0.0.0", "http://127.0.0.1:8470"),
        ("alerts.example", "http://alerts.example:8470"),
    ],
)
def test_links_lead_where_the_pages_can_be_reached(host: str, address: str) -> None:
    settings = Settings(web_host=host)
    assert settings.address == address
    assert urlsplit(address).netloc.removesuffix(":8470") in settings.hosts


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    assert kept_secret(path) == kept_secret(path) != ""
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in tmp_path.iterdir()] == ["secret"]


def test_processes_that_make_it_at_once_have_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(kept_secret, [tmp_path / "secret"] * 32))) == 1


@pytest.mark.parametrize("left", ["", "   \n", "too short"])
def test_a_file_without_a_secret_is_not_taken_for_one(tmp_path: Path, left: str) -> None:
    (tmp_path / "secret").write_text(left)
    with pytest.raises(SettingsError, match="holds no secret"):
        _ = Settings(data=tmp_path).signing_secret


@pytest.mark.parametrize("given", ["guess-me", " " * 20, "fifteen-letters"])
def test_a_secret_that_can_be_guessed_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("TOCSIN_SECRET", given)
    with pytest.raises(SettingsError, match=r"TOCSIN_SECRET: .*shorter than 16 characters") as caught:
        load()
    assert given not in str(caught.value)


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
