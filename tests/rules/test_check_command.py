"""`tocsin check` as an admin meets it: output, exit status, JSON."""

import argparse
import json
from pathlib import Path

import pytest

from service.cli import check
from service.rules import read
from service.values import Level
from tests.rules.alerts_files import HERE, KNOWN, SHIPPED, SMALL, bad, completed


def status(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    check.arguments(parser)
    return check.run(parser.parse_args(arguments))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "alerts.yaml"


def test_the_shipped_file_is_good(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOCSIN_SLACK_URL", raising=False)
    monkeypatch.setenv("TOCSIN_MAIL_URL", "mailtos://me:hush@example.org")
    assert status(str(SHIPPED)) == 0
    out = capsys.readouterr().out
    assert "is good" in out and read(SHIPPED.read_text(encoding="utf-8"), "", KNOWN).hash in out
    assert "all countries" in out and f"from {Level.MODERATE.word}" in out
    assert "TOCSIN_SLACK_URL is not set" in out
    assert "TOCSIN_MAIL_URL" not in out and "hush" not in out


def test_a_mistake_is_shown_where_it_is(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(completed("routes:\n  night: {level: servere, to: [room]}\n", []), encoding="utf-8")
    assert status(str(file)) == 1
    first, line, caret, *rest = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{file}:2:18: ") and "Did you mean 'severe'?" in first
    assert line.endswith("  night: {level: servere, to: [room]}")
    assert line[caret.index("^") :].startswith("servere")
    assert rest[-1] == f"1 mistake in {file}"


def test_every_mistake_of_many_is_shown(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(completed("update_at: 0\noperators: []\nfloors: {x: y}\n", []), encoding="utf-8")
    assert status(str(file)) == 1
    out = capsys.readouterr().out
    assert out.count("^") == 4 and out.endswith(f"4 mistakes in {file}\n")


def test_programs_get_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(completed("update_at: 0\n", []), encoding="utf-8")
    assert status(str(file), "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert found["good"] is False
    (mistake,) = found["mistakes"]
    assert (mistake["file"], mistake["line"], mistake["column"]) == (str(file), 1, 12)

    file.write_text(SMALL, encoding="utf-8")
    assert status(str(file), "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["good"] is True and found["mistakes"] == []
    assert found["routes"] == [{"name": "all", "countries": [], "level": "Minor", "to": ["room"]}]
    assert found["feeds"][0]["every"] == 1


def test_a_file_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        assert status(str(path)) == 2
        captured = capsys.readouterr()
        assert captured.out == "" and str(path) in captured.err


def test_a_file_in_another_encoding(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_bytes(b"feeds: {}  # caf\xe9\n")
    assert status(str(file)) == 1
    assert f"{file}:1:17: This is not UTF-8" in capsys.readouterr().out


def test_without_a_name_the_installation_s_file_is_checked(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text(SMALL, encoding="utf-8")
    monkeypatch.setenv("TOCSIN_RULES", str(file))
    assert status() == 0
    assert f"{file} is good" in capsys.readouterr().out


def test_a_recipient_no_route_leads_to_is_noted() -> None:
    lonely = SMALL.replace("operators: [officer]", "operators: [room]")
    notes = list(check.notes(read(lonely, "alerts.yaml", KNOWN)))
    assert any("no route leads to the recipient officer" in note for note in notes)


def test_areas_and_standing_crises_are_listed(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = "areas:\n  north: {countries: [SYR], admin1: [Idlib], thresholds: {displaced: [1, 2, 3, 4]}}\n"
    file.write_text(completed(f"{written}standing_crises: [UKR, SDN]\n", []), encoding="utf-8")
    assert status(str(file)) == 0
    out = capsys.readouterr().out
    assert "Areas (1)" in out and "  north  Idlib  own displaced\n" in out
    assert "Standing crises: SDN, UKR" in out

    assert status(str(file), "--json") == 0
    found = json.loads(capsys.readouterr().out)
    expected = {"name": "north", "countries": ["SYR"], "admin1": ["Idlib"], "thresholds": ["displaced"]}
    assert found["areas"] == [expected] and found["standing_crises"] == ["SDN", "UKR"]


def test_without_them_they_are_not_mentioned(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(SMALL, encoding="utf-8")
    assert status(str(file)) == 0
    out = capsys.readouterr().out
    assert "Areas" not in out and "Standing" not in out


def test_editors_get_the_schema_without_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert status("--schema") == 0
    assert json.loads(capsys.readouterr().out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize(
    "name", ["secret_address", "secret_token", "secret_capital_token", "secret_as_room", "feed_url_with_password"]
)
def test_a_secret_is_not_shown(name: str, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = bad(HERE / "bad" / f"{name}.yaml").text
    file.write_text("\n".join(line for line in text.splitlines() if not line.startswith("#")), encoding="utf-8")
    assert status(str(file)) == 1
    out = capsys.readouterr().out
    assert "^" in out and "hush" not in out and "T024" not in out


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("  secret: TOCSIN_SLACK_URL", "  secret: TOCSIN_SLACK_URL"),
        ("  m: {secret: TOCSIN_MAIL_URL, kind: x}", "  m: {secret: TOCSIN_MAIL_URL, kind: x}"),
        ("  secret: xoxb-1 # ours", "  secret: …"),
        ('  "secret": "A B"', '  "secret": …'),
        ("  sceret: mailtos://me:hush@example.org", "  sceret: mailtos://…"),
        ("  url: https://me:hush@example.org/a", "  url: https://…example.org/a"),
        ("  url: https://hooks.slack.com/services/T/B/x", "  url: https://hooks.slack.com/…"),
        ("  url: https://me:hu/sh@example.org/a", "  url: https://…example.org/a"),
        ("  url: https://example.org/a", "  url: https://example.org/a"),
    ],
)
def test_what_looks_like_a_secret_is_left_out_of_shown_lines(line: str, expected: str) -> None:
    assert check.concealed(line) == expected


def test_the_caret_stands_under_wide_characters_and_in_long_lines() -> None:
    from service.errors import Mistake

    wide = "日本: [ab, " + "c" * 300 + ", end]"
    for word in ("ab", "end"):
        at = wide.index(word)
        shown, caret = check.excerpt([wide], Mistake("f", 1, at + 1, "p", "r")).splitlines()
        assert len(shown) <= check.WIDTH + 10
        doubled = shown.replace("日", "日 ").replace("本", "本 ")
        assert doubled[caret.index("^") :].startswith(word)


ROTATION = (
    "rotations:\n  duty: {people: [%s], zone: Europe/Kyiv, since: 2026-01-05, hand_over: {every: day, at: '08:00'}}\n"
)


def test_unstaffed_hours_of_the_coming_week_are_a_remark(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(completed(ROTATION % "", []), encoding="utf-8")
    assert status(str(file)) == 0
    out = capsys.readouterr().out
    assert "Note: duty: Nobody is on call from " in out and ", 7 days" in out
    assert "08:00 Europe/Kyiv  nobody" in out
    assert status(str(file), "--json") == 0
    [gap] = json.loads(capsys.readouterr().out)["unstaffed"]
    assert gap["rotation"] == "duty" and gap["start"] < gap["end"]

    file.write_text(completed(ROTATION % "officer, room", []), encoding="utf-8")
    assert status(str(file)) == 0
    assert "Nobody is on call" not in capsys.readouterr().out


def test_a_calendar_beside_the_file_is_read(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    team = "teams:\n  field: {zone: Asia/Damascus, hours: 08:00-18:00, holidays: holidays.ics}\n"
    file.write_text(completed(team, []), encoding="utf-8")
    assert status(str(file)) == 1
    assert "no such file" in capsys.readouterr().out
    event = "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nEND:VEVENT\n"
    (file.parent / "holidays.ics").write_text(f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n", encoding="utf-8")
    assert status(str(file)) == 0
    assert "field  Asia/Damascus  08:00-18:00, 1 holiday" in capsys.readouterr().out
