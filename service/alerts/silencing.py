"""Silences that are asked for: what each would hide, and whether that is too much (pure)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from service.alerts.acts import Officer
from service.alerts.watch import covers
from service.errors import Refused
from service.rules.model import Rules
from service.values import Alert, Level, Silence

SHORTEST = timedelta(minutes=5)
LONGEST: Final[Mapping[Level, timedelta]] = {Level.SEVERE: timedelta(days=3)}
LONGEST_OTHERWISE = timedelta(days=30)
MOST_COUNTRIES = 5
# What would have hidden more than this share of all alerts of the last 30 days is no silence but a switch.
MOST_HIDDEN = 0.5
# With fewer alerts than these a share says nothing.
FEWEST = 4
PAST = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A silence as it is asked for: from now, up to a level, of these countries and types."""

    end: datetime
    level: Level
    countries: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a silence hides: alerts that are open, and how many of all those of the last 30 days it would have.

    `too_broad` says why it is refused; empty where it is not.
    """

    now: tuple[Alert, ...]
    past: int
    of: int
    too_broad: str = ""


def silence(wanted: Wanted, rules: Rules, countries: Collection[str], officer: Officer) -> Silence:
    """What is asked for, if it can be. Raises Refused (422), naming what is wrong."""
    if problem := _unknown(wanted, rules, countries) or _impossible(wanted, officer.at):
        raise Refused(problem, status=422)
    if not officer.why:
        raise Refused("Say why: whoever finds this silence must understand it.", status=422)
    named = tuple(dict.fromkeys(wanted.countries)), tuple(dict.fromkeys(wanted.types))
    return Silence(0, officer.name, officer.why, officer.at, wanted.end, wanted.level, *named)


def _unknown(wanted: Wanted, rules: Rules, countries: Collection[str]) -> str:
    if strange := [country for country in wanted.countries if country not in countries]:
        return f"There is no country {strange[0]!r} (ISO 3166-1 alpha-3)."
    if strange := [type for type in wanted.types if type not in rules.thresholds]:
        return f"There is no type {strange[0]!r}. Choose from {', '.join(sorted(rules.thresholds))}."
    return ""


def _impossible(wanted: Wanted, now: datetime) -> str:
    if wanted.level > Level.SEVERE:
        return "Extreme always rings: silence what is Severe or below."
    longest = LONGEST.get(wanted.level, LONGEST_OTHERWISE)
    if not SHORTEST <= wanted.end - now <= longest:
        return f"A silence up to {wanted.level.word} lasts 5 minutes to {longest.days} days."
    if not wanted.countries and not wanted.types:
        return "That would silence everything: name countries, or types."
    if len(wanted.countries) > MOST_COUNTRIES:
        return f"Name at most {MOST_COUNTRIES} countries, or put off single alerts."
    return ""


def hidden(silence: Silence, alerts: Iterable[Alert]) -> Hidden:
    """What a silence hides of alerts of the last 30 days."""
    every = [alert for alert in alerts if alert.kind == "incident"]
    held = [alert for alert in every if covers(silence, alert)]
    return Hidden(
        tuple(alert for alert in held if alert.state != "closed"), len(held), len(every), _broad(len(held), len(every))
    )


def _broad(count: int, of: int) -> str:
    if of < FEWEST or count <= MOST_HIDDEN * of:
        return ""
    return f"That is too broad: it would have hidden {count} of the {of} alerts of the last 30 days."
