"""`tocsin detect`: texts in, signals out, one JSON object a line; no services, no database."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any, BinaryIO, TextIO

from service import languages, places, signals
from service.values import Reading, Signal

HELP = (
    'Read JSON Lines from standard input, {"id": …, "text": …} with optional "title", "lang" and "published"'
    ' (ISO 8601), and write one line for each, {"id": …, "lang": …, "signals": […]}. Offsets count in the text,'
    " after the title and a newline where there is a title. lang is null for a text whose language we cannot"
    " tell; one we do not read has no signals. A bad line is named on standard error"
    " and skipped; the exit status is then 1."
)
LONGEST = 16 * 1024 * 1024  # bytes of one line


class BadLineError(ValueError):
    """A line that is no request; its text says why."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", metavar="xx", help="the language of every text, instead of finding it out")


def run(options: argparse.Namespace) -> int:
    return detect(sys.stdin.buffer, sys.stdout, sys.stderr, options.lang)


def detect(source: BinaryIO, out: TextIO, errors: TextIO, lang: str | None = None) -> int:
    """Answers each line as it comes; returns 0, or 1 when a line was bad."""
    status = 0
    for number, line in enumerate(_lines(source), 1):
        if not line.strip():
            continue
        try:
            answer = _answer(line, lang)
        except BadLineError as problem:
            print(f"line {number}: {problem}", file=errors, flush=True)
            status = 1
            continue
        print(json.dumps(answer), file=out, flush=True)
    return status


def _lines(source: BinaryIO) -> Iterator[bytes]:
    """The lines, none held beyond LONGEST: the rest of a longer one is read past."""
    while line := source.readline(LONGEST + 1):
        yield line
        while len(line) > LONGEST and not line.endswith(b"\n") and (line := source.readline(LONGEST + 1)):
            pass


def _answer(line: bytes, lang: str | None) -> dict[str, Any]:
    row = _row(line)
    text = f"{row['title']}\n{row['text']}" if row.get("title") else row["text"]
    found, reading = read_text(text, lang or row.get("lang"), _published(row.get("published")))
    return {"id": row["id"], "lang": found, "signals": [as_json(signal) for signal in reading.signals]}


def _row(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST:
        raise BadLineError(f"longer than {LONGEST} bytes")
    try:
        row = json.loads(line, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadLineError(f"not JSON in UTF-8 ({str(error)[:80]})") from None
    if not isinstance(row, dict):
        raise BadLineError("not a JSON object")
    if "id" not in row:
        raise BadLineError('"id" is missing')
    if not isinstance(row.get("text"), str):
        raise BadLineError('"text" is missing or no string')
    for key in ("title", "lang"):
        if not isinstance(row.get(key), str | None):
            raise BadLineError(f'"{key}" is no string')
    return row


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _published(value: object) -> datetime | None:
    if value is None:
        return None
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        raise BadLineError(f'"published" is no ISO 8601 date: {str(value)[:40]!r}') from None


def read_text(
    text: str,
    lang: str | None,
    published: datetime | None = None,
    country: str | None = None,
    explain: bool = False,
) -> tuple[str | None, Reading]:
    """The language and the reading of a text; nothing is read where the language is none of ours.

    Of a tag like `en-GB` the first part counts.
    """
    found = lang.replace("_", "-").partition("-")[0].lower() if lang else languages.identify(text)
    if found not in languages.available():
        return found, Reading()
    lexicon = languages.lexicon(found)
    reading = signals.read(
        text, lexicon, find_places=places.finder(), published=published, country=country, explain=explain
    )
    return found, reading


def as_json(signal: Signal) -> dict[str, Any]:
    """A signal as plain data: every field by its name, dates in ISO 8601."""
    data = asdict(signal)
    data["event_date"] = signal.event_date.isoformat() if signal.event_date else None
    return data
