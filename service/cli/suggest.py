"""`tocsin suggest`: how many alerts a week other thresholds would have yielded. It changes nothing."""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from service.cli.installed import Installed, installed
from service.cli.keys import duration
from service.cli.layout import Bar, aligned
from service.countries import country
from service.rules import Rules
from service.rules.model import Bounds, Threshold
from service.store import history
from service.trials import suggest
from service.trials.suggest import ALL, LADDER, Yield, Yields
from service.values import Figure, Level

HELP = (
    "Judge what was said again with every bound multiplied, and say how many alerts a week that would have yielded"
    " for each country and type. With --target it names the bounds that come nearest to so many a week. It changes"
    " nothing: bounds are set in alerts.yaml, for an area under `areas`."
)
USUAL = timedelta(days=90)
LEVELS = {level.word.lower(): level for level in Level if level}


@dataclass(frozen=True, slots=True)
class Trial:
    """What was tried: rules, weeks, the level that counts, the target; and the yields."""

    rules: Rules
    weeks: float
    level: Level
    target: float | None
    found: Yields


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--since", type=duration, default=USUAL, metavar="TIME", help="how far back (90d)")
    parser.add_argument("--target", type=_positive, metavar="N", help="about so many alerts a week are wanted")
    parser.add_argument("--level", choices=LEVELS, default="minor", help="count alerts from this level up (minor)")
    parser.add_argument("--country", metavar="XXX", help="this country only (ISO 3166-1 alpha-3)")
    parser.add_argument("--json", action="store_true", help="write one JSON object instead, with every level")


def _positive(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = 0.0
    if not 0 < number < 1e6:
        raise argparse.ArgumentTypeError(f"{value!r} is no number of alerts a week")
    return number


def run(options: argparse.Namespace) -> int:
    with installed() as here:
        found = tried(here, options.since, (options.country or ALL).upper())
        trial = Trial(here.rules, options.since / timedelta(weeks=1), LEVELS[options.level], options.target, found)
    print(json.dumps(as_json(trial), ensure_ascii=False, indent=2) if options.json else "\n".join(lines_of(trial)))
    return 0


def tried(here: Installed, back: timedelta, only: str) -> Yields:
    """The yields of every incident told of in the time back from now."""
    since = here.now - back
    with here.database.reading() as db:
        ids, total = history.incident_ids(db, since), history.figures_since(db, since)
        closed = suggest.reasons(history.closings(db, since))
    with Bar("figures", total) as bar:
        told = _told(here, ids, only, bar)
        return suggest.yields(told, here.rules, since, closed)


def _told(here: Installed, ids: Sequence[int], only: str, bar: Bar) -> Iterator[tuple[int, str, Sequence[Figure]]]:
    for told in history.incidents(here.database, ids):
        if only in (ALL, told.country):
            yield told.id, told.country, told.figures
        bar(len(told.figures))


# --- in words ---------------------------------------------------------------


def lines_of(trial: Trial) -> Iterator[str]:
    """A table for all countries, then one a country; with a target, the bounds that come nearest."""
    rows = list(suggest.in_order(trial.found))
    if not rows:
        yield "Nothing that may ring was said in that time."
        return
    yield f"Alerts a week, {trial.level.word} and above, over {trial.weeks:.1f} weeks, with all bounds multiplied by:"
    for name in dict.fromkeys(name for name, _, _ in rows):
        yield f"\n{_name(name)}"
        yield from aligned(_table(trial, [(type_, one) for where, type_, one in rows if where == name]), right=True)
    yield ""
    yield from _remarks(trial)


def _name(iso3: str) -> str:
    known = country(iso3) if iso3 else None
    return known.name if known else iso3 or "All countries"


def _table(trial: Trial, rows: Sequence[tuple[str, Yield]]) -> Iterator[tuple[str, ...]]:
    target = ("about " + f"{trial.target:g} a week",) if trial.target else ()
    yield ("", *(f"×{step:g}" for step in LADDER), "unwanted", *target)
    for type_, found in rows:
        counts = (f"{found.at(step, trial.level) / trial.weeks:.1f}" for step in LADDER)
        against, closed = suggest.unwanted(found)
        told = (f"{against} of {closed}" if closed else "·",)
        yield (type_ or "all types", *counts, *told, *(_choice(trial, type_, found) if target else ()))


def _choice(trial: Trial, type_: str, found: Yield) -> tuple[str]:
    """The step nearest to the target, with the bounds it makes of the main ones."""
    assert trial.target is not None
    step = suggest.nearest(found, trial.level, trial.target, trial.weeks)
    threshold = trial.rules.thresholds.get(type_)
    return (f"×{step:g}" + (f": {_bounds(suggest.times(threshold, step))}" if threshold else ""),)


def _bounds(threshold: Threshold) -> str:
    """Bounds as alerts.yaml writes them, each list once."""
    once: dict[Bounds, str] = {}
    for name, bounds in _named(threshold).items():
        once.setdefault(bounds, name)
    return ", ".join(f"{name} {list(bounds)}" for bounds, name in once.items())


def _named(threshold: Threshold) -> dict[str, Bounds]:
    """Bounds by the cause or unit they hold for."""
    by_cause = {str(cause): bounds for cause, bounds in threshold.by_cause.items()}
    return by_cause | {str(unit): bounds for unit, bounds in threshold.by_unit.items()}


def _remarks(trial: Trial) -> Iterator[str]:
    """What the table does not say."""
    if not any(found.closed for found in trial.found.values()):
        yield "No reasons for closing alerts are noted: every alert counts as wanted."
    else:
        yield "Unwanted: of the alerts closed with a reason, those misread, untrue, not ours or already known."
    yield "An alert counts once, at the highest level it rings at; levels that a tag gives are left out."
    yield "Figures without a number ring as `unnumbered` says: no bound changes them."
    yield "A life counts the same everywhere: bounds of killed, injured and missing are not raised for one country."


# --- as data ----------------------------------------------------------------


def as_json(trial: Trial) -> dict[str, Any]:
    """Everything as plain data: alerts a week by level and step."""
    return {
        "rules": trial.rules.hash,
        "weeks": round(trial.weeks, 2),
        "ladder": list(LADDER),
        "level": trial.level.word,
        "target": trial.target,
        "yields": [_row(trial, *row) for row in suggest.in_order(trial.found)],
    }


def _row(trial: Trial, iso3: str, type_: str, found: Yield) -> dict[str, Any]:
    step = suggest.nearest(found, trial.level, trial.target, trial.weeks) if trial.target else None
    threshold = trial.rules.thresholds.get(type_)
    bounds = suggest.times(threshold, step) if threshold and step else None
    return {
        "country": iso3 or None,
        "type": type_ or None,
        "a_week": {
            level.word: [round(found.at(step, level) / trial.weeks, 2) for step in LADDER] for level in LEVELS.values()
        },
        "closed": dict(found.closed),
        "nearest": step,
        "bounds": {name: list(each) for name, each in _named(bounds).items()} if bounds else None,
    }
