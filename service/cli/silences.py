"""`tocsin silences`: what shall not ring for a time; shown, made, ended."""

import argparse
import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from service.alerts.silencing import Hidden, Wanted
from service.cli.installed import Installed, installed
from service.cli.person import by
from service.cli.times import length
from service.desk import silences as desk
from service.store import silences
from service.values import Level, Silence

HELP = "Silences that hold. Each has an author, a reason and an end; Extreme always rings, and so does a rise in level."
LEVELS = {level.word.lower(): level for level in Level if level}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="write JSON instead")
    acts = parser.add_subparsers(dest="act", metavar="ACT")
    make = acts.add_parser("make", help="silence alerts of some countries or types for a time")
    make.add_argument("--country", action="append", default=[], metavar="XXX", help="ISO 3166-1 alpha-3; repeatable")
    make.add_argument("--type", action="append", default=[], help="a type of figures, as killed; repeatable")
    make.add_argument("--level", choices=LEVELS, default="moderate", help="up to this level (moderate)")
    make.add_argument("--for", dest="span", type=length, required=True, metavar="TIME", help="how long: 30m, 4h, 2d")
    make.add_argument("--why", required=True, help="the reason, for everyone to read")
    make.add_argument("--preview", action="store_true", help="only say what it would hide")
    end = acts.add_parser("end", help="let a silence end now: what it held back rings")
    end.add_argument("number", type=int, metavar="NUMBER", help="the silence's number")
    for act in (make, end):
        act.add_argument("--by", default=None, help="who decides it (default: the name you are logged in by)")


def run(options: argparse.Namespace) -> int:
    with installed() as here:
        ACTS[options.act](here, options)
    return 0


def show(here: Installed, options: argparse.Namespace) -> None:
    with here.database.reading() as db:
        lasting = silences.lasting(db, here.now)
    if options.json:
        print(json.dumps([_data(one) for one in lasting], ensure_ascii=False, indent=2, default=datetime.isoformat))
    else:
        print("\n".join(map(told, lasting)) or "Nothing is silenced.")


def make(here: Installed, options: argparse.Namespace) -> None:
    end = here.now + options.span
    wanted = Wanted(end, LEVELS[options.level], tuple(options.country), tuple(options.type))
    officer = here.officer(by(options), options.why)
    if options.preview:
        print(hides(desk.preview(here.desk, wanted, officer)))
        return
    made, hidden = desk.make(here.desk, wanted, officer)
    print(f"{told(made)}\n{hides(hidden)}")


def end(here: Installed, options: argparse.Namespace) -> None:
    print(told(desk.end(here.desk, options.number, here.officer(by(options)))))


def told(silence: Silence) -> str:
    """A silence in a line."""
    until = f"{silence.end:%Y-%m-%d %H:%M} UTC"
    return f"Silence {silence.id}: {desk.words(silence)}, until {until}, as {silence.author} decided: {silence.why}"


def hides(hidden: Hidden) -> str:
    """What a silence hides, in words."""
    now = f"alerts {', '.join(str(alert.id) for alert in hidden.now)}" if hidden.now else "no open alert"
    share = f"It hides {now}; of the {hidden.of} alerts of the last 30 days it would have hidden {hidden.past}."
    return f"{share} {hidden.too_broad}".rstrip()


def _data(silence: Silence) -> dict[str, Any]:
    return asdict(silence) | {"level": silence.level.word}


ACTS = {None: show, "make": make, "end": end}
