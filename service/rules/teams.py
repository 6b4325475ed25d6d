"""Reads teams: where they work, and when."""

import re
from collections.abc import Collection, Iterable
from datetime import date, time, timedelta
from itertools import combinations
from typing import Any, Final

from service.errors import RulesError
from service.rules import fields, icalendar
from service.rules.delivery import all_or
from service.rules.duty import Holiday, Hours, Season, TeamRule
from service.rules.files import Neighbours
from service.rules.reader import Reader, SkippedError, noted, read_value, shaped, wrong
from service.rules.shapes import Key, each, entries, items, listing, mapping, named, not_empty
from service.rules.times import CLOCK, weekday, zone
from service.strict_yaml import Mistakes, Node, shown

WEEK: Final = frozenset(range(7))
SPAN: Final = rf"({CLOCK})-({CLOCK}|24:00)"
# Beside alerts.yaml or in a folder beside it; never above.
ICS: Final = r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]*/){0,4}[A-Za-z0-9_][A-Za-z0-9_.-]*\.ics"
LEAP_YEAR: Final = 2024


def teams(countries: Collection[str], files: Neighbours) -> Reader[dict[str, TeamRule]]:
    """Teams by name; `files` holds the calendars they name."""
    every = named(
        TeamRule,
        fields.name,
        countries=Key(all_or(countries), "Countries it works for, or all (as without it)", default=frozenset()),
        zone=Key(zone, "Its time zone, by its IANA name", "Asia/Damascus"),
        hours=Key(hours, "When it is at work: 08:00-18:00; always without it", default=None),
        days=Key(days, "On which days; every day without it", default=WEEK),
        holidays=Key(holidays(files), "Its holidays: an iCalendar file beside this one", default=()),
        seasons=Key(seasons, "Parts of the year with other hours", default=()),
    )

    @shaped(**every.schema)
    def read(node: Node, mistakes: Mistakes) -> dict[str, TeamRule]:
        found = {team.name: team for team in every(node, mistakes)}
        each(lambda name: _refuse_without_hours(found[name], entries(node, mistakes)[name], mistakes), found)
        return found

    return read


def _refuse_without_hours(team: TeamRule, node: Node, mistakes: Mistakes) -> None:
    written = entries(node, mistakes)
    idle = next((written[name] for name in ("days", "holidays", "seasons") if name in written), None)
    if team.hours is None and idle is not None:
        problem = f"{idle.path} changes nothing: {node.path} has no hours, so it is always at work"
        raise noted(idle, mistakes, problem, "Add its hours: 'hours: 08:00-18:00'")


# --- hours and days -----------------------------------------------------------


@shaped(title="hours", type="string", pattern=f"^{SPAN}$")
def hours(node: Node, mistakes: Mistakes) -> Hours:
    """From a time of day to another; past midnight where that is not later."""
    value = read_value(node)
    match = re.fullmatch(SPAN, value, re.ASCII) if isinstance(value, str) else None
    if match is None:
        raise wrong(node, mistakes, "hours of a day", "Write them in 24 hours: 08:00-18:00")
    if match[1] == match[2]:
        problem = f"{node.path} begins and ends at {match[1]}"
        raise noted(node, mistakes, problem, "Write another end, or 00:00-24:00 for the whole day")
    return Hours(time.fromisoformat(match[1]), time.fromisoformat(match[2].replace("24:00", "00:00")))


days: Final[Reader[frozenset[int]]] = not_empty(
    listing(weekday), "names no day, so the team would never be at work", "Name its days: [mon, tue, wed, thu, fri]"
).into(frozenset)


# --- seasons ------------------------------------------------------------------


@shaped(title="day_of_year", type="string", pattern="^[0-9]{2}-[0-9]{2}$")
def day_of_year(node: Node, mistakes: Mistakes) -> tuple[int, int]:
    """A month and a day of it."""
    value = read_value(node)
    try:
        day = date.fromisoformat(f"{LEAP_YEAR}-{value}")
    except ValueError:
        raise wrong(node, mistakes, "a day of the year", "Write month and day: 03-01") from None
    return day.month, day.day


def _season(parts: dict[str, Any]) -> Season:
    return Season(parts["from"], parts["to"], parts["hours"])


season: Final[Reader[Season]] = mapping(
    **{
        "from": Key(day_of_year, "Its first day, month and day", '"03-01"'),
        "to": Key(day_of_year, "Its last day; before the first one, it is in the next year", '"03-30"'),
        "hours": Key(hours, "When the team is at work then", '"09:00-15:00"'),
    }
).into(_season)
every_season: Final = listing(season)


@shaped(**every_season.schema)
def seasons(node: Node, mistakes: Mistakes) -> tuple[Season, ...]:
    """Seasons in the order of the file, no two of which share a day."""
    found = every_season(node, mistakes)
    for one, other in combinations(range(len(found)), 2):
        if shared := _days(found[one]) & _days(found[other]):
            at, (month, day) = items(node, mistakes)[other], min(shared)
            problem = f"{at.path} and {items(node, mistakes)[one].path} both hold for {month:02}-{day:02}"
            raise noted(at, mistakes, problem, "Let one end before the other begins")
    return found


def _days(season: Season) -> set[tuple[int, int]]:
    year = (date(LEAP_YEAR, 1, 1) + timedelta(days=place) for place in range(366))
    return {(day.month, day.day) for day in year if season.covers(day)}


# --- holidays -----------------------------------------------------------------


def holidays(files: Neighbours) -> Reader[tuple[Holiday, ...]]:
    """The holidays in a calendar beside alerts.yaml, by the name of its file."""

    @shaped(type="string", maxLength=200, pattern=f"^{ICS}$")
    def read(node: Node, mistakes: Mistakes) -> tuple[Holiday, ...]:
        name = read_value(node)
        if not isinstance(name, str) or len(name) > 200 or not re.fullmatch(ICS, name, re.ASCII):
            raise wrong(node, mistakes, "the name of an iCalendar file beside this one", "Write holidays.ics")
        found, misread = icalendar.read(_text(name, files, node, mistakes))
        _note(((mistake.line, mistake.problem, mistake.remedy) for mistake in misread), name, node, mistakes)
        if not found:
            problem = f"{node.path} names {shown(name)}, which holds no holiday"
            raise noted(node, mistakes, problem, "Leave it out, or put all-day events into it")
        return tuple(dict.fromkeys(found))

    return read


def _text(name: str, files: Neighbours, node: Node, mistakes: Mistakes) -> str:
    try:
        return files.text(name)
    except OSError as error:
        problem = f"{node.path} names {shown(name)}, which cannot be read: {error.strerror or error}"
        raise noted(node, mistakes, problem, "Put it beside alerts.yaml") from None
    except RulesError as error:
        _note(((one.line, f"is refused: {one.problem}", one.remedy) for one in error.mistakes), name, node, mistakes)
        raise SkippedError from None


def _note(misread: Iterable[tuple[int, str, str]], name: str, node: Node, mistakes: Mistakes) -> None:
    """Notes mistakes in another file where this one names it; raises SkippedError if there are any."""
    at_all = False
    for line, problem, remedy in misread:
        mistakes.add(node.at, f"{node.path} names {shown(name)}, whose line {line} {problem}", remedy)
        at_all = True
    if at_all:
        raise SkippedError
