"""`tocsin incidents`: reports in, incidents out, one JSON object a line; the service's own judgement, no services."""

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from service import rules as rules_room
from service.cli.jsonlines import BadLineError, lines, moment, row_of, utc
from service.errors import TocsinError
from service.incidents.level import assess
from service.known import known
from service.rules import Rules
from service.trials.told import Told, figures_told, incidents_told
from service.values import Assessment, Facet, Incident

HELP = (
    'Read reports as JSON Lines from standard input, {"id": …, "text": …, "published": ISO 8601} with optional'
    ' "title", "lang", "publisher" and "url", and write the incidents they tell of, one a line, as the running'
    " service would judge them by alerts.yaml; a publisher that is none of its feeds has grade C. A bad line is"
    " named on standard error and skipped; the exit status is then 1."
)
SHIPPED = Path("alerts.yaml")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rules", type=Path, default=SHIPPED, metavar="FILE", help="alerts.yaml (that of this folder)")
    parser.add_argument("--as-of", type=_moment, metavar="TIME", help="leave out what was published later (ISO 8601)")


def _moment(value: str) -> datetime:
    try:
        return utc(moment(value))
    except BadLineError:
        raise argparse.ArgumentTypeError(f"{value!r} is no ISO 8601 time") from None


def run(options: argparse.Namespace) -> int:
    try:
        text = rules_room.text_of(options.rules)
    except OSError as error:
        raise TocsinError(f"{options.rules}: {error.strerror}") from None
    rules = rules_room.read(text, str(options.rules), known(), rules_room.Neighbours(options.rules.parent))
    return incidents(sys.stdin.buffer, sys.stdout, sys.stderr, rules, options.as_of)


def incidents(source: BinaryIO, out: TextIO, errors: TextIO, rules: Rules, as_of: datetime | None = None) -> int:
    """Answers when all lines are read; returns 0, or 1 when a line was bad."""
    told, ids, status = [], [], 0
    for number, line in lines(source):
        try:
            id, report = report_of(line)
        except BadLineError as problem:
            print(f"line {number}: {problem}", file=errors, flush=True)
            status = 1
            continue
        if as_of is None or report.published <= as_of:
            told.append(report)
            ids.append(id)
    for incident in incidents_told(figures_told(told, rules), rules):
        print(json.dumps(as_json(incident, assess(incident, rules), ids)), file=out, flush=True)
    return status


def report_of(line: bytes) -> tuple[Any, Told]:
    """A line as its id and its report. Raises BadLineError."""
    row = row_of(line, strings=("title", "lang", "publisher", "url"))
    if row.get("published") is None:
        raise BadLineError('"published" is missing')
    text = f"{row['title']}\n{row['text']}" if row.get("title") else row["text"]
    published = utc(moment(row["published"]))
    return row["id"], Told(str(row["id"]), text, published, row.get("lang"), row.get("publisher"), row.get("url"))


def as_json(incident: Incident, found: Assessment, ids: list[Any]) -> dict[str, Any]:
    """An incident as plain data; `reports` are the ids given."""
    return {
        "id": incident.id,
        "country": incident.country,
        "admin1": list(incident.admin1),
        "place": incident.place,
        "area": incident.area,
        "started": incident.started.isoformat(),
        "ended": incident.ended.isoformat(),
        "level": found.level.word,
        "why": [crossing.words for crossing in found.crossings],
        "reports": [ids[report] for report in incident.reports],
        "facets": [_facet(facet) for facet in incident.facets],
        "origins": len(incident.origins),
    }


def _facet(facet: Facet) -> dict[str, Any]:
    signal, figure = facet.recommended.signal, facet.recommended
    return {
        "kind": facet.kind,
        "type": facet.type,
        "unit": signal.unit,
        "scope": signal.scope,
        "low": signal.low,
        "high": signal.high,
        "vague": signal.vague,
        "quantifier": signal.quantifier,
        "origin": figure.origin,
        "said_at": figure.said_at.isoformat(),
    }
