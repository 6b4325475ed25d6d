"""`tocsin check`: is alerts.yaml good? Every mistake with its line, or a summary of what would be in force."""

import argparse
import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from service.alerts.oncall import gaps
from service.cli.layout import aligned
from service.cli.oncall_words import unstaffed
from service.clock import machine_time
from service.errors import Mistake, RulesError
from service.known import known
from service.rules import Neighbours, Rules, read, text_of
from service.rules.duty import TeamRule
from service.rules.fields import ENVIRONMENT_NAME, in_words
from service.rules.schema import schema_text
from service.strict_yaml import LINE_END, printable
from service.values import NOBODY, Gap

HELP: Final = "check alerts.yaml: every mistake with its line and the remedy, or what it says"
GOOD, MISTAKEN, UNREADABLE = 0, 1, 2
WIDTH: Final = 100
WEEK: Final = timedelta(days=7)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    parser.add_argument("file", nargs="?", type=Path, help="the file (default: TOCSIN_RULES, else alerts.yaml)")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead")
    parser.add_argument("--schema", action="store_true", help="print the file's JSON Schema, for editors, and stop")


def run(options: argparse.Namespace) -> int:
    """0: the file is good, 1: it has mistakes, 2: it cannot be read."""
    if options.schema:
        print(schema_text(known()))
        return GOOD
    return _check(options.file or _default(), as_json=options.json)


def _check(path: Path, *, as_json: bool) -> int:
    text = ""
    try:
        text = text_of(path)
        rules = read(text, str(path), known(), Neighbours(path.parent))
    except OSError as error:
        print(f"{path} cannot be read: {error.strerror or error}", file=sys.stderr)
        return UNREADABLE
    except RulesError as error:
        print(_json_of_mistakes(path, error) if as_json else _mistaken(path, text, error))
        return MISTAKEN
    print(_json_of_rules(path, rules) if as_json else "\n".join(_summary(path, rules)))
    return GOOD


def _default() -> Path:
    from service import settings

    return settings.load().rules


# --- mistakes ---------------------------------------------------------------


def _mistaken(path: Path, text: str, error: RulesError) -> str:
    lines = LINE_END.split(text)
    blocks = [f"{mistake}\n{excerpt(lines, mistake)}" for mistake in error.mistakes]
    count = len(error.mistakes)
    return "\n".join([*blocks, f"{count} mistake{'s' if count > 1 else ''} in {path}"])


def excerpt(lines: list[str], mistake: Mistake) -> str:
    """The line a mistake is in, with a caret under its column; empty where there is no such line."""
    if mistake.line > len(lines) or not lines[mistake.line - 1].strip():
        return ""
    line = printable(concealed(lines[mistake.line - 1]).replace("\t", " "))
    start = max(0, mistake.column - WIDTH // 2) if len(line) > WIDTH else 0
    before, shown = line[start : mistake.column - 1], line[start : start + WIDTH]
    margin = f"{mistake.line:>6} | "
    return f"{margin}{shown}\n{' ' * (len(margin) + sum(map(_columns, before)))}^\n"


def _columns(character: str) -> int:
    """How many columns of a terminal a character takes (Unicode Standard Annex 11)."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


CONCEALED: Final = (
    # What is written where the name of an environment variable should be.
    re.compile(rf"""(?<=secret)(["']?+\s*+:\s*+)(?!["']?{ENVIRONMENT_NAME.pattern}["']?\s*([,}}#]|$)).*"""),
    # A user name and password inside an address; then addresses that are credentials as a whole.
    re.compile(r"(://)[^\s\"']*@"),
    re.compile(r"(\b(?!https?:)[a-z]+://|hooks\.slack\.com/)\S+"),
)


def concealed(line: str) -> str:
    """A line of the file as a log may keep it: what looks like a secret is left out."""
    for pattern in CONCEALED:
        line = pattern.sub(r"\1…", line)
    return line


def _json_of_mistakes(path: Path, error: RulesError) -> str:
    return _json({"file": str(path), "good": False, "mistakes": [asdict(mistake) for mistake in error.mistakes]})


# --- a good file ------------------------------------------------------------


def _summary(path: Path, rules: Rules) -> Iterator[str]:
    yield f"{path} is good: rules {rules.hash}"
    yield f"\nFeeds ({len(rules.feeds)})"
    yield from aligned(
        (feed.name, f"every {in_words(feed.every)}", f"grade {feed.grade}", feed.url) for feed in rules.feeds
    )
    yield from _areas(rules)
    yield "\nRoutes"
    yield from aligned(
        (
            route.name,
            ", ".join(sorted(route.countries)) or "all countries",
            f"from {route.level.word}",
            ", ".join(route.to),
        )
        for route in rules.routes
    )
    yield from _working(rules)
    yield from ("", *remarks) if (remarks := list(notes(rules))) else ()


def _working(rules: Rules) -> Iterator[str]:
    """Teams with their hours, and who takes turns."""
    if rules.teams:
        yield f"\nTeams ({len(rules.teams)})"
        yield from aligned((team.name, team.zone, _hours(team)) for team in rules.teams.values())
    if rules.rotations:
        yield f"\nRotations ({len(rules.rotations)})"
        yield from aligned(
            (rotation.name, f"{rotation.at:%H:%M} {rotation.zone}", ", ".join(rotation.people) or NOBODY)
            for rotation in rules.rotations.values()
        )


def _hours(team: TeamRule) -> str:
    if team.hours is None:
        return "always at work"
    hours, count = f"{team.hours.start:%H:%M}-{team.hours.end:%H:%M}", len(team.holidays)
    return f"{hours}, {count} holiday{'s' * (count > 1)}" if count else hours


def _areas(rules: Rules) -> Iterator[str]:
    """What is judged apart from the rest of the world."""
    if rules.areas:
        yield f"\nAreas ({len(rules.areas)})"
        yield from aligned(
            (area.name, ", ".join(sorted(area.admin1 or area.countries)), f"own {', '.join(area.thresholds)}")
            for area in rules.areas
        )
    if rules.standing:
        yield f"\nStanding crises: {', '.join(sorted(rules.standing))}"


def notes(rules: Rules) -> Iterator[str]:
    """What is no mistake, but good to know."""
    unset = unset_secrets(rules)
    for channel in rules.channels.values():
        if channel.secret in unset:
            yield f"Note: {channel.secret} is not set here; messages for the channel {channel.name} wait until it is"
    for gap in coming_gaps(rules):
        rotation = rules.rotations[gap.rotation]
        yield f"Note: {rotation.name}: {unstaffed(gap, rotation.zone, machine_time())}"
    told = {name for route in rules.routes for name in route.names} | set(rules.operators)
    told |= {name for rotation in rules.rotations.values() for name in rotation.people}
    for name in sorted(rules.recipients.keys() - told):
        yield f"Note: no route leads to the recipient {name}"


def coming_gaps(rules: Rules) -> list[Gap]:
    """When nobody is on call in the week ahead, by the rules alone: overrides are in the database."""
    now = machine_time()
    return gaps(rules, (), now, now + WEEK)


def unset_secrets(rules: Rules) -> list[str]:
    """The variables named as secrets that are not set in this process's environment."""
    names = dict.fromkeys(channel.secret for channel in rules.channels.values())
    return [name for name in names if not os.environ.get(name)]


def _json_of_rules(path: Path, rules: Rules) -> str:
    return _json(
        {
            "file": str(path),
            "good": True,
            "mistakes": [],
            "hash": rules.hash,
            "feeds": [
                {"name": feed.name, "url": feed.url, "kind": feed.kind, "every": feed.every.total_seconds()}
                for feed in rules.feeds
            ],
            "routes": [
                {
                    "name": route.name,
                    "countries": sorted(route.countries),
                    "level": route.level.word,
                    "to": route.to,
                }
                for route in rules.routes
            ],
            "areas": [
                {
                    "name": area.name,
                    "countries": sorted(area.countries),
                    "admin1": sorted(area.admin1),
                    "thresholds": list(area.thresholds),
                }
                for area in rules.areas
            ],
            "standing_crises": sorted(rules.standing),
            "rotations": [
                {"name": rotation.name, "zone": rotation.zone, "people": rotation.people}
                for rotation in rules.rotations.values()
            ],
            "unstaffed": [
                {"rotation": gap.rotation, "start": gap.start.isoformat(), "end": gap.end.isoformat()}
                for gap in coming_gaps(rules)
            ],
            "unset_secrets": unset_secrets(rules),
        }
    )


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
