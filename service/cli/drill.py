"""`tocsin drill`: an exercise sent to everyone a route may come to; who answers, how fast, on what."""

import argparse
import sys
import time
from datetime import timedelta

from service.alerts.drill import Drilling, new_answers
from service.cli.drill_words import answered, begun, in_a_line, result
from service.cli.installed import Installed, installed
from service.cli.person import by
from service.cli.times import length
from service.desk import drills

HELP = (
    "Send an alert marked EXERCISE to every contact of everyone a route may come to, and say who answers, how fast, on"
    " what. Of a rotation who is on call is told. Ends with 0 only if everybody answered."
)
LOOK_EVERY = 0.5  # seconds


def arguments(parser: argparse.ArgumentParser) -> None:
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("route", nargs="?", metavar="ROUTE", help="a route of alerts.yaml")
    asked.add_argument(
        "--list", nargs="?", type=int, const=0, metavar="N", help="show the drills there were, or drill N again"
    )
    parser.add_argument(
        "--wait",
        type=length,
        default=timedelta(minutes=10),
        metavar="TIME",
        help="how long to wait: 10m (if not given)",
    )
    parser.add_argument("--by", default=None, help="who drills (default: the name you are logged in by)")
    parser.add_argument("--json", action="store_true", help="write JSON instead; times in UTC")


def run(options: argparse.Namespace) -> int:
    with installed() as here:
        if options.list is not None:
            return show(here, options.list, options.json)
        if options.route not in {route.name for route in here.rules.routes}:
            print(f"tocsin drill: alerts.yaml has no route {options.route!r}", file=sys.stderr)
            return 2
        return drill(here, options)


def show(here: Installed, number: int, wants_json: bool) -> int:
    """One drill again, or the last ones, each in a line."""
    found = [drills.show(here.database, number)] if number else drills.newest(here.database, 20)
    if wants_json:
        print(as_json(found[0]) if number else f"[{', '.join(as_json(one) for one in found)}]")
    elif number:
        print("\n".join(result(found[0])))
    else:
        print("\n".join(map(in_a_line, found)) or "There was no drill yet.")
    return 0 if not number or found[0].all_answered else 1


def drill(here: Installed, options: argparse.Namespace) -> int:
    """Begin a drill, follow it until all have answered or its time is over, and end it."""
    number = drills.begin(here.desk, options.route, options.wait, here.officer(by(options)))
    try:
        follow(here, number, quiet=options.json)
    finally:
        drills.end(here.database, number, here.officer(by(options)))
    found = drills.show(here.database, number)
    if options.json:
        print(as_json(found))
    else:
        print("\n".join(result(found)))
    return 0 if found.all_answered else 1


def follow(here: Installed, number: int, quiet: bool) -> None:
    """Say who answers as it comes."""
    before = None
    while True:
        found = drills.show(here.database, number)
        if not quiet:
            say(before, found)
        if found.over or all(one.answer for one in found.people) or here.clock.now() >= found.drill.until:
            return
        before = found
        time.sleep(LOOK_EVERY)


def say(before: Drilling | None, found: Drilling) -> None:
    if before is None:
        print(begun(found), flush=True)
    for answer in new_answers(before, found):
        print(answered(answer, found), flush=True)


def as_json(found: Drilling) -> str:
    """As the API tells it."""
    from service.web.api.drills import drill_out

    return drill_out(found).model_dump_json(indent=2)
