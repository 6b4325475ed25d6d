"""Two outcomes of the same history, under old and under new rules: what appears, vanishes, rises or falls (pure)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from service.trials.replay import Ringing
from service.values import Level

Kind = Literal["appears", "vanishes", "rises", "falls", "rerouted"]
KINDS: tuple[Kind, ...] = ("appears", "vanishes", "rises", "falls", "rerouted")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one incident: its ringings under the old and the new rules, each in order of time."""

    incident: int
    old: tuple[Ringing, ...]
    new: tuple[Ringing, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """An alert that the new rules change; `shown` is the ringing that tells best what it rests on.

    `before` and `after` are the highest levels it reaches, NONE where it does not ring; `gained` and
    `lost` are names of routes.
    """

    kind: Kind
    incident: int
    day: date
    before: Level
    after: Level
    shown: Ringing
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(slots=True)
class Count:
    """How many alerts there are of something, under the old and the new rules."""

    old: int = 0
    new: int = 0
    changes: Counter[Kind] = field(default_factory=Counter)


@dataclass(slots=True)
class Comparison:
    """All changes with the day they begin on, and counts of all alerts: together, by route, by first day.

    `rings` counts every telling of them, revisions included.
    """

    changes: list[Change] = field(default_factory=list)
    alerts: Count = field(default_factory=Count)
    rings: Count = field(default_factory=Count)
    routes: dict[str, Count] = field(default_factory=dict)
    days: dict[date, Count] = field(default_factory=dict)


def compare(outcomes: Iterable[Outcome], since: date = date.min) -> Comparison:
    """Compare outcomes; alerts that did not ring since a day do not count."""
    found = Comparison()
    for outcome in outcomes:
        if any(ringing.at.date() >= since for ringing in (*outcome.old, *outcome.new)):
            _count(found, outcome)
    found.changes.sort(key=lambda change: (KINDS.index(change.kind), change.day, change.incident))
    return found


def _count(found: Comparison, outcome: Outcome) -> None:
    found.rings.old += len(outcome.old)
    found.rings.new += len(outcome.new)
    for count in _counts(found, outcome.old):
        count.old += 1
    for count in _counts(found, outcome.new):
        count.new += 1
    change = change_of(outcome)
    if change:
        found.changes.append(change)
        found.alerts.changes[change.kind] += 1
        found.days.setdefault(change.day, Count()).changes[change.kind] += 1


def _counts(found: Comparison, ringings: Sequence[Ringing]) -> list[Count]:
    """Everything that an alert counts in, by what rang of it."""
    if not ringings:
        return []
    day = found.days.setdefault(ringings[0].at.date(), Count())
    return [found.alerts, day, *(found.routes.setdefault(route, Count()) for route in routes_of(ringings))]


def change_of(outcome: Outcome) -> Change | None:
    """What the new rules change of an incident's alert, or None."""
    before, after = highest(outcome.old), highest(outcome.new)
    was, goes = routes_of(outcome.old), routes_of(outcome.new)
    kind = _kind(before, after, rerouted=set(was) != set(goes))
    if kind is None:
        return None
    shown = _first_of(outcome.new, after) if after >= before else _first_of(outcome.old, before)
    return Change(
        kind=kind,
        incident=outcome.incident,
        day=shown.at.date(),
        before=before,
        after=after,
        shown=shown,
        gained=tuple(route for route in goes if route not in was),
        lost=tuple(route for route in was if route not in goes),
    )


def _kind(before: Level, after: Level, *, rerouted: bool) -> Kind | None:
    if before == after:
        return "rerouted" if rerouted else None
    if not before or not after:
        return "appears" if after else "vanishes"
    return "rises" if after > before else "falls"


def highest(ringings: Sequence[Ringing]) -> Level:
    """The highest level an alert reaches; NONE where it never rings."""
    return max((ringing.level for ringing in ringings), default=Level.NONE)


def routes_of(ringings: Iterable[Ringing]) -> tuple[str, ...]:
    """The routes an alert goes by, in the order it comes to them."""
    return tuple(dict.fromkeys(route for ringing in ringings for route in ringing.routes))


def _first_of(ringings: Iterable[Ringing], level: Level) -> Ringing:
    return next(ringing for ringing in ringings if ringing.level == level)


def by_kind(changes: Iterable[Change]) -> Iterator[tuple[Kind, list[Change]]]:
    """Changes by what they are, those that there are none of left out."""
    groups: dict[Kind, list[Change]] = {kind: [] for kind in KINDS}
    for change in changes:
        groups[change.kind].append(change)
    yield from ((kind, group) for kind, group in groups.items() if group)
