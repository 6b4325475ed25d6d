"""`tocsin oncall`: who is on call, with the week ahead; someone put on call in another's place."""

import argparse
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from service.alerts.wall_clock import reached
from service.cli.installed import Installed, installed
from service.cli.oncall_words import overridden, told
from service.cli.person import by
from service.desk import oncall as desk
from service.desk.oncall import Wanted
from service.values import Override

HELP = (
    "Who is on call in each rotation, with hand-overs and unstaffed hours of the coming week. "
    "Times without an offset (2026-12-01T18:00) are in the rotation's own time zone."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    parser.add_argument("--json", action="store_true", help="print one JSON object instead; times in UTC")
    acts = parser.add_subparsers(dest="act", metavar="ACT")
    override = acts.add_parser("override", help="put someone on call in another's place, for 60 days at most")
    override.add_argument("rotation", metavar="ROTATION", help="a rotation of alerts.yaml")
    override.add_argument("person", metavar="PERSON", help="a recipient of alerts.yaml, or nobody")
    override.add_argument("--from", dest="start", type=time, metavar="TIME", help="when it begins (default: now)")
    override.add_argument("--to", dest="end", type=time, metavar="TIME", required=True, help="when it ends")
    override.add_argument("--why", required=True, help="the reason, for everyone to read")
    end = acts.add_parser("end", help="let an override hold no longer")
    end.add_argument("number", type=int, metavar="NUMBER", help="the override's number")
    for act in (override, end):
        act.add_argument("--by", default=None, help="who decides it (default: the name you are logged in by)")
        act.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON object instead")


def time(text: str) -> datetime:
    """A time in ISO 8601, with an offset or without."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time like 2026-12-01T18:00") from None


def run(options: argparse.Namespace) -> int:
    with installed() as here:
        ACTS[options.act](here, options)
    return 0


def show(here: Installed, options: argparse.Namespace) -> None:
    roster = desk.roster(here.database, here.rules, here.now)
    if not options.json:
        print("\n".join(told(roster.duties, roster.overrides, roster.at)).rstrip())
        return
    overrides = [{"id": number, **asdict(override)} for number, override in roster.overrides.items()]
    _print({"at": roster.at, "rotations": [asdict(duty) for duty in roster.duties], "overrides": overrides})


def override(here: Installed, options: argparse.Namespace) -> None:
    rotation = here.rules.rotations.get(options.rotation)
    zone = rotation.zone if rotation else "UTC"
    start, end = (moment and in_zone(moment, zone) for moment in (options.start, options.end))
    wanted = Wanted(options.rotation, options.person, start, end, options.why)
    number, made = desk.override(here.database, here.rules, wanted, by(options), here.now)
    _answer(here, number, made, options)


def end(here: Installed, options: argparse.Namespace) -> None:
    ended = desk.end(here.database, options.number, by(options), here.now)
    _answer(here, options.number, ended, options)


def in_zone(moment: datetime, zone: str) -> datetime:
    """A time as an IANA zone's clock shows it, unless it says its offset; in UTC."""
    return moment.astimezone(UTC) if moment.tzinfo else reached(moment.date(), moment.time(), zone)


def _answer(here: Installed, number: int, override: Override, options: argparse.Namespace) -> None:
    if options.json:
        _print({"id": number, **asdict(override)})
        return
    rotation = here.rules.rotations.get(override.rotation)
    print(f"Override {number}: {overridden(override, rotation.zone if rotation else 'UTC', here.now)}")


def _print(value: Mapping[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=datetime.isoformat))


ACTS = {None: show, "override": override, "end": end}
