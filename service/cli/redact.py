"""`tocsin redact`: the words of a report removed, for good."""

import argparse

from service import settings as environment
from service.alerts.acts import Officer
from service.cli.installed import opened
from service.cli.keys import clock_of
from service.cli.person import person
from service.desk.keys import COMMAND_LINE
from service.desk.redact import redact

HELP = (
    "Remove a report's text, and its words from whatever repeats them: signals, incidents, notices, errors. What it"
    " counted stays, and a line in the log says who did it, when and why. Messages already sent stay as they were."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("report", type=int, help="its number, as incidents show it (report_id)")
    parser.add_argument("--why", required=True, help="kept for good: quote nothing of the text")


def run(options: argparse.Namespace) -> int:
    settings = environment.load()
    with opened(settings) as database:
        stub = redact(database, options.report, Officer(person(), clock_of(settings).now(), COMMAND_LINE, options.why))
    print(f"Report {stub.report_id} has no words any more.")
    if stub.copies:
        print(f"The same text is still in: {', '.join(f'report {copy}' for copy in stub.copies)}")
    return 0
