"""`tocsin explain`: one text with what is read in it, what is left out, and why."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from service import languages
from service.cli.detect import as_json
from service.countries import all_countries
from service.errors import TocsinError
from service.reading import read_text
from service.values import Reading, Signal

HELP = (
    "Show a text with its signals marked (in colour on a terminal, in brackets elsewhere), each signal with its"
    " rule, and each candidate left out with the reason. The first line is taken for the title."
)
MOST_NAMES = 4  # shown of the names a place was chosen from
RINGS, QUIET, OFF = "\x1b[1;31m", "\x1b[33m", "\x1b[0m"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a text in UTF-8; - for standard input")
    parser.add_argument("--lang", metavar="xx", help="its language, instead of finding it out")
    parser.add_argument("--published", metavar="DATE", type=_date, help="when it was published (ISO 8601)")
    parser.add_argument(
        "--country", metavar="XXX", type=_country, help="the country its feed is about (ISO 3166-1 alpha-3)"
    )
    parser.add_argument("--json", action="store_true", help="write one JSON object instead")


def _date(value: str) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is no ISO 8601 date") from None


def _country(value: str) -> str:
    if value.upper() not in all_countries():
        raise argparse.ArgumentTypeError(f"{value!r} is no ISO 3166-1 alpha-3 code")
    return value.upper()


def run(options: argparse.Namespace) -> int:
    text = _text(options.file)
    lang, reading = read_text(text, options.lang, options.published, options.country, explain=True)
    if options.json:
        print(json.dumps(_as_json(lang, reading)))
        return 0
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    for line in report(text, lang, reading, colour):
        print(line.encode("utf-8", "replace").decode("utf-8"))
    return 0


def _text(name: str) -> str:
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise TocsinError(f"{name}: {error.strerror}") from None
    return content.decode("utf-8", "replace").removeprefix("\ufeff")


def _as_json(lang: str | None, reading: Reading) -> dict[str, object]:
    return {
        "lang": lang,
        "signals": [as_json(signal) for signal in reading.signals],
        "dropped": [asdict(one) for one in reading.dropped],
        "about": [asdict(place) for place in reading.about],
        "weighed": [asdict(row) for row in reading.weighed],
    }


def report(text: str, lang: str | None, reading: Reading, colour: bool) -> Iterator[str]:
    """The lines of the explanation."""
    yield marked(text, reading, colour)
    yield ""
    yield f"Language: {lang or 'none we can tell'}" + (
        "" if lang in languages.available() else "; the text is not read"
    )
    if reading.about:
        yield "About: " + "; ".join(f"{place.name} ({place.country or '?'})" for place in reading.about)
    yield f"Signals: {len(reading.signals)}"
    for number, signal in enumerate(reading.signals, 1):
        yield from _signal(number, signal)
        yield from _places(signal, reading)
    if reading.dropped:
        yield f"Left out: {len(reading.dropped)}"
    for one in reading.dropped:
        yield f'   "{_short(one.evidence.text)}": {one.reason} ({one.rule})'


def marked(text: str, reading: Reading, colour: bool) -> str:
    """The text with each signal's evidence between marks that carry its number."""
    marks: list[tuple[int, int, str]] = []
    for number, signal in enumerate(reading.signals, 1):
        tint = RINGS if signal.alertable else QUIET
        marks.append((signal.evidence.start, 1, f"{tint}[{number}: " if colour else f"[{number}: "))
        marks.append((signal.evidence.end, 0, f"]{OFF}" if colour else "]"))
    pieces, last = [], 0
    for at, _, mark in sorted(marks, key=lambda one: one[:2]):
        pieces += [text[last:at], mark]
        last = at
    return "".join((*pieces, text[last:]))


def _signal(number: int, signal: Signal) -> Iterator[str]:
    bell = "may ring" if signal.alertable else "does not ring"
    yield f'{number:>2}. {signal.type} ({signal.kind}), {bell}: "{_short(signal.evidence.text)}"'
    yield f"    how many: {_figure(signal)}"
    victims = f"; victims: {signal.victims}" if signal.victims else ""
    told = f"{signal.assertion}, {signal.scope}; certainty: {signal.certainty}; cause: {signal.cause}{victims}"
    yield f"    told as: {told}"
    yield f"    where: {_where(signal)}" + (f" (from the {signal.place_from})" if signal.place_from else "")
    yield f"    when: {signal.event_date or 'not told'}"
    yield f"    who says so: {signal.attributed_to or 'nobody named'}"
    yield f"    rule: {signal.rule}, read by {signal.reader}" + (
        f"; tags: {', '.join(signal.tags)}" if signal.tags else ""
    )


def _places(signal: Signal, reading: Reading) -> Iterator[str]:
    """The names the place was chosen from, with every feature's weight; the least sum wins."""
    rows = [row for row in reading.weighed if row.evidence == signal.evidence]
    for row in rows[:MOST_NAMES] if len(rows) > 1 else ():
        parts = ", ".join(f"{name} {weight:+.0f}" for name, weight in row.parts if weight)
        yield f"    place weighed, the least wins: {row.name} {row.total:.0f} ({parts})"


def _where(signal: Signal) -> str:
    area = signal.admin1 if signal.admin1 and signal.admin1.lower() not in (signal.place or "").lower() else None
    return ", ".join(filter(None, (signal.place, area, signal.country))) or "not told"


def _figure(signal: Signal) -> str:
    """The figure as numbers, with the quantifier and the noun the text used."""
    noun = signal.noun or ("person" if signal.unit == "people" and signal.low == signal.high == 1 else signal.unit)
    if signal.low is None:
        return f"{signal.vague or 'not told'} ({noun})" if noun else signal.vague or "not told"
    number = f"{signal.low:,}" if signal.low == signal.high else f"{signal.low:,} to {signal.high:,}"
    return " ".join(filter(None, (signal.hedge, number, noun)))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 100 else flat[:97] + "..."
