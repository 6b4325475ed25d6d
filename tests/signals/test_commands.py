"""`tocsin detect` and `tocsin explain`, as their users call them."""

import argparse
import io
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from service.cli import detect, explain
from service.errors import TocsinError

LINE = '{"id": 7, "title": "Syria", "text": "At least 19 civilians were killed in Idlib, the UN said.",'
LINE += ' "published": "2024-11-28"}'


def answers(lines: str, lang: str | None = None) -> tuple[int, list[dict[str, object]], str]:
    out, errors = io.StringIO(), io.StringIO()
    status = detect.detect(io.BytesIO(lines.encode()), out, errors, lang)
    return status, [json.loads(line) for line in out.getvalue().splitlines()], errors.getvalue()


def test_a_line_is_answered_with_every_field() -> None:
    status, (row,), errors = answers(LINE)
    assert (status, row["id"], row["lang"], errors) == (0, 7, "en", "")
    (signal,) = row["signals"]  # type: ignore[misc]
    assert signal["evidence"] == {"start": 6, "end": 39, "text": "At least 19 civilians were killed"}
    assert (signal["low"], signal["hedge"], signal["admin1"], signal["attributed_to"]) == (
        19,
        "at least",
        "Idlib",
        "United Nations",
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("nonsense", "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"text": "x"}', '"id" is missing'),
        ('{"id": 1}', '"text" is missing'),
        ('{"id": 1, "text": "x", "lang": 5}', '"lang" is no string'),
        ('{"id": 1, "text": "x", "published": "soon"}', '"published" is no ISO 8601 date'),
        ("[" * 100_000, "not JSON"),
        ('{"id": NaN, "text": "x"}', "NaN is no number of JSON"),
    ],
)
def test_a_bad_line_is_named_and_stops_nothing(line: str, problem: str) -> None:
    status, rows, errors = answers(f"\n{line}\n{LINE}\n")
    assert status == 1 and [row["id"] for row in rows] == [7]
    assert errors.startswith("line 2: ") and problem in errors


def test_languages_we_do_not_read_have_no_signals() -> None:
    french = (
        '{"id": 1, "text": "Au moins 19 civils ont été tués dans des frappes sur la ville, selon une organisation."}'
    )
    assert answers(french)[1] == [{"id": 1, "lang": None, "signals": []}]
    assert answers(LINE, lang="fr")[1] == [{"id": 7, "lang": "fr", "signals": []}]
    assert answers('{"id": 2, "text": ""}')[1] == [{"id": 2, "lang": None, "signals": []}]


def test_a_language_tag_counts_by_its_first_part() -> None:
    (row,) = answers(LINE, lang="en-GB")[1]
    assert row["lang"] == "en" and len(row["signals"]) == 1  # type: ignore[arg-type]


def test_lone_surrogates_come_back_as_json() -> None:
    _, (row,), _ = answers('{"id": "\\ud800", "text": "\\ud800 12 people were killed in the flood."}')
    assert row["id"] == "\ud800" and len(row["signals"]) == 1  # type: ignore[arg-type]


def test_the_program_streams_and_loads_no_database() -> None:
    check = "import sys; from service.cli import detect; sys.exit(len({'sqlalchemy', 'celery'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
    run = "import argparse; from service.cli import detect; detect.run(argparse.Namespace(lang=None))"
    with subprocess.Popen(
        [sys.executable, "-c", run], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as program:
        assert program.stdin and program.stdout
        started = time.perf_counter()
        program.stdin.write(LINE.encode() + b"\n")
        program.stdin.flush()
        first = json.loads(program.stdout.readline())  # answered while more may come
        assert time.perf_counter() - started < 5
        program.stdin.close()
        assert first["id"] == 7 and program.wait(10) == 0


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(
        "Floods in Sindh\nFlooding displaced 12,000 people, including 4,000 children. Ten soldiers were killed.\n"
        "Three people died in Karachi, home to 15 million people.", encoding="utf-8"
    )  # fmt: skip
    return path


def explained(*words: str) -> int:
    parser = argparse.ArgumentParser()
    explain.arguments(parser)
    return explain.run(parser.parse_args(words))


def test_explain_marks_the_text_and_gives_reasons(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explained(str(article), "--published", "2024-11-28") == 0
    shown = capsys.readouterr().out
    assert "Flooding [1: displaced 12,000 people], including" in shown
    assert "[2: Ten soldiers were killed]" in shown and "does not ring" in shown
    assert '"15 million people": population figure' in shown and '"4,000 children": part of a larger figure' in shown
    assert "rule: displace.active" in shown and "\x1b" not in shown


def test_explain_as_json(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explained(str(article), "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert [signal["low"] for signal in data["signals"]] == [12000, 10, 3]
    assert data["dropped"] and data["about"][0]["name"] == "Sindh"


def test_explain_says_that_a_text_is_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Au moins 19 civils ont été tués.", encoding="utf-8")
    assert explained(str(tmp_path / "a.txt"), "--lang", "fr") == 0
    assert "Language: fr; the text is not read" in capsys.readouterr().out


def test_explain_refuses_what_is_no_country(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        explained("a.txt", "--country", "zz")
    assert "'zz' is no ISO 3166-1 alpha-3 code" in capsys.readouterr().err


def test_explain_names_a_missing_file() -> None:
    with pytest.raises(TocsinError, match=r"nowhere\.txt: No such file"):
        explained("nowhere.txt")
