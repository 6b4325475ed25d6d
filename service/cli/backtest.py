"""`tocsin backtest`: which past alerts a changed alerts.yaml adds, drops, raises or lowers. It never sends."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from service import settings as environment
from service.cli.backtest_words import Trial, as_json, lines_of
from service.cli.incidents import report_of
from service.cli.installed import Installed, installed, rules_of
from service.cli.jsonlines import BadLineError, lines
from service.cli.keys import duration
from service.cli.layout import Bar
from service.errors import TocsinError
from service.rules import Rules
from service.store import history
from service.trials import backtest, reread
from service.trials.compare import Comparison, compare
from service.trials.reread import Reread
from service.trials.told import Told

HELP = (
    "Judge what was said again, under the rules in force and under those of FILE, and say which alerts would"
    " appear, vanish, rise or fall. It only reads: nothing is sent, nothing is stored. The exit status is 1 where"
    " it could not be done, or a line of --reports was bad."
)
USUAL = timedelta(days=30)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the changed alerts.yaml")
    parser.add_argument("--since", type=duration, metavar="TIME", help="how far back: 12h, 30d (usual), 8w")
    parser.add_argument("--against", type=Path, metavar="OLD", help="compare with this file, not the rules in force")
    parser.add_argument(
        "--reread", action="store_true", help="read the texts kept again too, by the reader as it is now"
    )
    parser.add_argument(
        "--reports",
        metavar="JSONL",
        help="judge these reports (as `tocsin incidents` takes them) and no database; - for standard input",
    )
    parser.add_argument("--most", type=int, default=20, metavar="N", help="show up to N alerts of each sort (20)")
    parser.add_argument("--json", action="store_true", help="write one JSON object instead, with everything")


def run(options: argparse.Namespace) -> int:
    if options.reports and (options.reread or options.since):
        print("tocsin backtest: --reports takes neither --reread nor --since", file=sys.stderr)
        return 2
    new = rules_of(options.file)
    old = rules_of(options.against) if options.against else None
    trial, status = of_reports(options.reports, old, new) if options.reports else (of_store(options, old, new), 0)
    if options.json:
        print(json.dumps(as_json(trial), ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines_of(trial, options.most)))
    return status


# --- reports given ----------------------------------------------------------


def of_reports(name: str, old: Rules | None, new: Rules) -> tuple[Trial, int]:
    """A trial on a file of reports, against the rules file of this installation; 1 where a line was bad."""
    old = old or rules_of(environment.load().rules)
    given = list(reports_in(name))
    reports = [report for report in given if report is not None]
    found = compare(backtest.of_reports(reports, old, new))
    return Trial(old, new, None, None, found), int(len(reports) < len(given))


def reports_in(name: str) -> Iterator[Told | None]:
    """The reports of a file of JSON Lines; None for a bad line, which is named on standard error."""
    if name == "-":
        yield from _reports(sys.stdin.buffer)
        return
    try:
        with Path(name).open("rb") as source:
            yield from _reports(source)
    except OSError as error:
        raise TocsinError(f"{name}: {error.strerror}") from None


def _reports(source: BinaryIO) -> Iterator[Told | None]:
    for number, line in lines(source):
        try:
            yield report_of(line)[1]
        except BadLineError as problem:
            print(f"line {number}: {problem}", file=sys.stderr, flush=True)
            yield None


# --- what is stored ---------------------------------------------------------


def of_store(options: argparse.Namespace, old: Rules | None, new: Rules) -> Trial:
    with installed() as here:
        old, since = old or here.rules, here.now - (options.since or USUAL)
        read = read_again(here, since, new) if options.reread else None
        return Trial(old, new, since, here.now, judged(here, old, new, since, read), read)


def read_again(here: Installed, since: datetime, rules: Rules) -> Reread:
    with here.database.reading() as db:
        total = history.kept_text_count(db, since)
    with Bar("texts read again", total) as bar:
        return reread.reread(here.database, since, rules, bar)


def judged(here: Installed, old: Rules, new: Rules, since: datetime, read: Reread | None) -> Comparison:
    """All incidents under both versions; with other figures in the countries that were read otherwise."""
    with here.database.reading() as db:
        total = history.figures_since(db, since)
    with Bar("figures", total) as bar:
        touched = read.countries if read else ()
        outcomes = list(backtest.of_store(here.database, old, new, since, bar, touched))
        outcomes += reread.outcomes(here.database, read, old, new, since) if read else ()
    return compare(outcomes, since.date())
