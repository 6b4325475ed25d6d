"""Who is on call: shown with the week ahead, and changed for a time by overrides."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from service.alerts.oncall import duties
from service.desk.keys import COMMAND_LINE
from service.errors import Refused
from service.rules.built_in import people
from service.rules.model import Rules
from service.store import admin_log, overrides
from service.store.admin_log import Entry
from service.store.database import Database
from service.values import NOBODY, Duty, Override

WEEK = timedelta(days=7)
LONGEST = timedelta(days=60)
AHEAD = timedelta(days=366)
WORDS = 2000


@dataclass(frozen=True, slots=True)
class Roster:
    """Every rotation at a moment with the week ahead, and the overrides that hold then or later, by number."""

    at: datetime
    duties: tuple[Duty, ...]
    overrides: Mapping[int, Override]


@dataclass(frozen=True, slots=True)
class Wanted:
    """An override as it is asked for: from now where `start` is None; `person` may be "nobody"."""

    rotation: str
    person: str
    start: datetime | None
    end: datetime
    why: str


def roster(database: Database, rules: Rules, now: datetime) -> Roster:
    """Who is on call, and what the coming week brings."""
    with database.reading() as db:
        held = overrides.since(db, now)
    return Roster(now, duties(rules, list(held.values()), now, WEEK), held)


def override(
    database: Database, rules: Rules, wanted: Wanted, by: str, now: datetime, source: str = COMMAND_LINE
) -> tuple[int, Override]:
    """Put somebody, or nobody, on call for a time; returns it with its number. The one made last counts.

    Raises Refused (422) where that cannot be.
    """
    made = overriding(wanted, rules, by, now)
    with database.writing() as db:
        number = overrides.add(db, made, now)
        detail = f"{made.person or NOBODY} in {made.rotation} until {made.end:%Y-%m-%d %H:%M} UTC"
        admin_log.add(db, Entry(now, by, "put on call", f"override {number}", source, made.why, detail))
        return number, made


def end(database: Database, number: int, by: str, now: datetime, source: str = COMMAND_LINE) -> Override:
    """Let an override hold no longer; returns it as it ended.

    Raises Refused: 404 where there is none of that number, 409 where it is over.
    """
    with database.writing() as db:
        held = overrides.find(db, number)
        if held is None:
            raise Refused(f"There is no override {number}.", status=404)
        if not overrides.end(db, number, now, by):
            raise Refused(f"Override {number} is over since {held.end:%Y-%m-%d %H:%M} UTC.", status=409)
        admin_log.add(db, Entry(now, by, "override ended", f"override {number}", source))
        return replace(held, start=min(held.start, now), end=now)


def overriding(wanted: Wanted, rules: Rules, by: str, now: datetime) -> Override:
    """What is asked for, if it can be (pure). Raises Refused (422)."""
    start = now if wanted.start is None else wanted.start
    if problem := _unknown(wanted, rules) or _impossible(start, wanted.end, now):
        raise Refused(problem, status=422)
    why = wanted.why.strip()
    if not why or len(why) > WORDS:
        raise Refused(f"Say why, in up to {WORDS:,} characters.", status=422)
    nobody = wanted.person.casefold() == NOBODY
    return Override(wanted.rotation, None if nobody else wanted.person, start, wanted.end, by, why)


def _unknown(wanted: Wanted, rules: Rules) -> str:
    """What is named and not there, in words; empty where all is."""
    if wanted.rotation not in rules.rotations:
        return f"There is no rotation {wanted.rotation!r}. {_choice(rules.rotations)}"
    if wanted.person not in people(rules) and wanted.person.casefold() != NOBODY:
        return f"There is no recipient {wanted.person!r}. {_choice(people(rules))}"
    return ""


def _choice(names: Mapping[str, object]) -> str:
    return f"Choose from {', '.join(sorted(names)[:20])}." if names else "alerts.yaml has none."


def _impossible(start: datetime, end: datetime, now: datetime) -> str:
    """Why this time cannot be, in words; empty where it can."""
    if start < now:
        return "It would begin in the past: leave its beginning out to begin now."
    if end <= start:
        return "It would end before it begins."
    if end - start > LONGEST:
        return f"It would last longer than {LONGEST.days} days: change alerts.yaml instead."
    if start - now > AHEAD:
        return "It would begin more than a year from now."
    return ""
