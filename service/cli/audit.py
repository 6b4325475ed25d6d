"""`tocsin audit`: who did what, when, from where and why, as CSV or JSON Lines."""

import argparse
import sys
from datetime import UTC, datetime

from service import settings as environment
from service.cli.installed import opened
from service.desk.audit import written
from service.store import audit

HELP = (
    "Write every line of the logs: what people and Tocsin did to alerts and incidents, keys made and taken away,"
    " rules put in force, reports redacted. As by GET /api/v1/audit."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from", dest="since", type=moment, metavar="TIME", default=datetime.min.replace(tzinfo=UTC), help="ISO 8601"
    )
    parser.add_argument(
        "--to",
        dest="until",
        type=moment,
        metavar="TIME",
        default=datetime.max.replace(tzinfo=UTC),
        help="the first moment that is too late",
    )
    parser.add_argument("--format", choices=("csv", "json"), default="csv", help="csv, or one JSON object a line")


def moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"{text!r} is no time in ISO 8601, like 2024-11-28T19:00:00Z") from None


def run(options: argparse.Namespace) -> int:
    with opened(environment.load()) as database:
        for line in written(audit.lines(database, options.since, options.until), options.format):
            sys.stdout.write(line)
    return 0
