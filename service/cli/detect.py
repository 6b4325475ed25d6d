"""`tocsin detect`: texts in, signals out, one JSON object a line; no services, no database."""

import argparse
import json
import sys
from dataclasses import asdict
from typing import Any, BinaryIO, TextIO

from service.cli.jsonlines import BadLineError, lines, moment, row_of
from service.reading import read_text
from service.values import Signal

HELP = (
    'Read JSON Lines from standard input, {"id": …, "text": …} with optional "title", "lang" and "published"'
    ' (ISO 8601), and write one line for each, {"id": …, "lang": …, "signals": […]}. Offsets count in the text,'
    " after the title and a newline where there is a title. lang is null for a text whose language we cannot"
    " tell; one we do not read has no signals. A bad line is named on standard error"
    " and skipped; the exit status is then 1."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", metavar="xx", help="the language of every text, instead of finding it out")


def run(options: argparse.Namespace) -> int:
    return detect(sys.stdin.buffer, sys.stdout, sys.stderr, options.lang)


def detect(source: BinaryIO, out: TextIO, errors: TextIO, lang: str | None = None) -> int:
    """Answers each line as it comes; returns 0, or 1 when a line was bad."""
    status = 0
    for number, line in lines(source):
        try:
            answer = _answer(line, lang)
        except BadLineError as problem:
            print(f"line {number}: {problem}", file=errors, flush=True)
            status = 1
            continue
        print(json.dumps(answer), file=out, flush=True)
    return status


def _answer(line: bytes, lang: str | None) -> dict[str, Any]:
    row = row_of(line, strings=("title", "lang"))
    text = f"{row['title']}\n{row['text']}" if row.get("title") else row["text"]
    published = None if row.get("published") is None else moment(row["published"])
    found, reading = read_text(text, lang or row.get("lang"), published)
    return {"id": row["id"], "lang": found, "signals": [as_json(signal) for signal in reading.signals]}


def as_json(signal: Signal) -> dict[str, Any]:
    """A signal as plain data: every field by its name, dates in ISO 8601."""
    data = asdict(signal)
    data["event_date"] = signal.event_date.isoformat() if signal.event_date else None
    return data
