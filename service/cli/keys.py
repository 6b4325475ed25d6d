"""`tocsin keys`: API keys made, listed, removed."""

import argparse
import json
import re
import sys
from datetime import datetime, timedelta

from service import settings as environment
from service.cli.person import person
from service.clock import Clock, FileClock, spec_of
from service.desk import keys
from service.errors import SettingsError
from service.settings import Settings
from service.store.database import Database
from service.store.migrate import upgrade

HELP = "API keys: each has a holder, a role and an end, and is shown once, when it is made."
DURATION = re.compile(r"^(\d+)([hdw])$")
SHOWN = ("id", "name", "role", "created_at", "expires_at", "last_used_at", "last_used_from")
HOURS = {"h": 1, "d": 24, "w": 168}


def arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    create = acts.add_parser("create", help="make a key and show it, this once")
    create.add_argument("--name", required=True, help="who holds it: alerts are acknowledged in this name")
    create.add_argument("--role", required=True, choices=keys.ROLES)
    create.add_argument("--expires", required=True, type=duration, metavar="TIME", help="when it ends: 12h, 90d, 52w")
    create.add_argument("--json", action="store_true")
    acts.add_parser("list", help="show every key, without the key").add_argument("--json", action="store_true")
    acts.add_parser("remove", help="take a key away").add_argument("id", type=int)


def duration(text: str) -> timedelta:
    match = DURATION.match(text)
    if match is None or not 0 < (hours := int(match[1]) * HOURS[match[2]]) <= 24 * 366 * 5:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time like 12h, 90d or 52w, at most five years")
    return timedelta(hours=hours)


def run(options: argparse.Namespace) -> int:
    settings = environment.load()
    if options.act == "create" and settings.embedded_database:
        settings.data.mkdir(parents=True, exist_ok=True)
    elif settings.embedded_database and not (settings.data / "tocsin.db").exists():
        raise SettingsError(f"There is no database in {settings.data.resolve()}: TOCSIN_DATA names its folder")
    database = Database(settings.database)
    try:
        ACTS[options.act](database, clock_of(settings), options)
    finally:
        database.close()
    return 0


def clock_of(settings: Settings) -> Clock:
    """The clock of the installation in the data folder, which may be a moved one, where none is named."""
    kept = settings.kept_clock
    moved = not settings.clock_spec and settings.embedded_database and spec_of(kept) is not None
    return FileClock(kept) if moved else settings.clock


def create(database: Database, clock: Clock, options: argparse.Namespace) -> None:
    """Alone among the acts it migrates: a first key may be made before anything runs."""
    upgrade(database)
    now = clock.now()
    ends = now + options.expires
    key = keys.create(database, options.name, options.role, now, ends, person())
    if options.json:
        print(json.dumps({"key": key, "name": options.name, "role": options.role, "expires_at": ends.isoformat()}))
        return
    print(f"Shown this once; it ends on {ends:%Y-%m-%d %H:%M} UTC:", file=sys.stderr)
    print(key)


def list_all(database: Database, clock: Clock, options: argparse.Namespace) -> None:
    rows = keys.listed(database)
    if options.json:
        print(json.dumps([_shown(row) for row in rows]))
        return
    for row in rows:
        over = " (over)" if row.expires_at <= clock.now() else ""
        used = (
            f"{row.last_used_at:%Y-%m-%d %H:%M} from {row.last_used_from or 'somewhere'}"
            if row.last_used_at
            else "never"
        )
        print(f"{row.id:4}  {row.role:8} {row.name:30} ends {row.expires_at:%Y-%m-%d}{over}  last used {used}")


def remove(database: Database, clock: Clock, options: argparse.Namespace) -> None:
    keys.remove(database, options.id, clock.now(), person())
    print(f"Key {options.id} opens nothing any more.")


def _shown(row: object) -> dict[str, object]:
    found = {name: getattr(row, name) for name in SHOWN}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in found.items()}


ACTS = {"create": create, "list": list_all, "remove": remove}
