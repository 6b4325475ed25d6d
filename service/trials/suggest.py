"""How many alerts other thresholds would have yielded, by type and country: a ladder of bounds is tried (pure)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from service.rules.model import Bounds, Rules, Threshold
from service.trials.compare import highest
from service.trials.replay import replay
from service.values import Figure, Level

# What bounds are multiplied by.
LADDER = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
# What an officer may close an alert with; the first two speak for it, the others against.
WANTED, UNWANTED = ("handled", "too late"), ("misread", "untrue", "not ours", "already known")
ALL = ""  # instead of a country, or of a type


@dataclass(slots=True)
class Yield:
    """Alerts of one country and type: how many reach each level under each step of the ladder.

    `closed` counts the reasons that those were closed with, where officers gave any.
    """

    reached: Counter[tuple[float, Level]] = field(default_factory=Counter)
    closed: Counter[str] = field(default_factory=Counter)

    def at(self, step: float, level: Level) -> int:
        """How many alerts reach a level under a step."""
        return sum(count for (tried, reached), count in self.reached.items() if tried == step and reached >= level)


Yields = dict[tuple[str, str], Yield]


def yields(
    told: Iterable[tuple[int, str, Sequence[Figure]]], rules: Rules, since: datetime, closed: Mapping[int, str]
) -> Yields:
    """What each step would have yielded, by country and type, and of both together.

    `told` holds incidents: number, country, figures; `closed` the reason that an incident's alert was closed with.
    """
    ladder, found = [scaled(rules, step) for step in LADDER], Yields()
    for incident, country, figures in told:
        by_type = {type_: reach(said, ladder, since) for type_, said in types(figures).items()}
        if not by_type:
            continue
        by_type[ALL] = [max(levels) for levels in zip(*by_type.values(), strict=True)]
        for type_, levels in by_type.items():
            for key in {(country, type_), (ALL, type_)}:
                _add(found.setdefault(key, Yield()), levels, closed.get(incident))
    return found


def _add(found: Yield, levels: Sequence[Level], reason: str | None) -> None:
    found.reached.update((step, level) for step, level in zip(LADDER, levels, strict=True) if level)
    if reason and levels[LADDER.index(1.0)]:
        found.closed[reason] += 1


def types(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    """Figures by their type, those types left out of which nothing may ring."""
    groups: dict[str, list[Figure]] = {}
    for figure in figures:
        groups.setdefault(figure.signal.type, []).append(figure)
    return {type_: said for type_, said in groups.items() if any(figure.signal.alertable for figure in said)}


def reach(figures: Sequence[Figure], ladder: Sequence[Rules], since: datetime) -> list[Level]:
    """The highest level that an incident's alert rings at since a moment, under each step."""
    return [highest([one for one in rung if one.at >= since]) for rung in replay(figures, ladder)]


def scaled(rules: Rules, step: float) -> Rules:
    """Rules with every bound multiplied, and nothing that rings whatever the figure."""
    areas = tuple(replace(area, thresholds=_scaled(area.thresholds, step)) for area in rules.areas)
    return replace(rules, thresholds=_scaled(rules.thresholds, step), areas=areas, floors={}, watched={})


def _scaled(thresholds: Mapping[str, Threshold], step: float) -> dict[str, Threshold]:
    return {type_: times(threshold, step) for type_, threshold in thresholds.items()}


def times(threshold: Threshold, step: float) -> Threshold:
    """A threshold with all its bounds multiplied."""
    by_cause = {cause: bounds_times(bounds, step) for cause, bounds in threshold.by_cause.items()}
    by_unit = {unit: bounds_times(bounds, step) for unit, bounds in threshold.by_unit.items()}
    return replace(threshold, by_cause=by_cause, by_unit=by_unit)


def bounds_times(bounds: Bounds, step: float) -> Bounds:
    minor, moderate, severe, extreme = (max(1, round(bound * step)) for bound in bounds)
    return minor, moderate, severe, extreme


def nearest(found: Yield, level: Level, target: float, weeks: float) -> float:
    """The step that comes nearest to so many alerts a week; of equals the one nearest to what is in force."""
    return min(LADDER, key=lambda step: (abs(found.at(step, level) / weeks - target), max(step, 1 / step)))


def reasons(closings: Iterable[tuple[int, str, str]]) -> dict[int, str]:
    """The reason of each closing (incident, actor, detail) that begins with one an officer may give."""
    known = (*WANTED, *UNWANTED)
    told = ((incident, _reason(detail, known)) for incident, _, detail in closings)
    return {incident: reason for incident, reason in told if reason}


def _reason(detail: str, known: Iterable[str]) -> str | None:
    folded = detail.casefold().replace("_", " ").strip()
    return next((reason for reason in known if folded.startswith(reason)), None)


def unwanted(found: Yield) -> tuple[int, int]:
    """Of the alerts closed with a reason: how many nobody wanted, and how many there are."""
    return sum(found.closed[reason] for reason in UNWANTED), found.closed.total()


def in_order(found: Yields) -> Iterator[tuple[str, str, Yield]]:
    """Country, type and yield: all countries first, then those of most alerts; a country's types together first."""
    loudest = {country: found[country, ALL].at(1.0, Level.MINOR) for country, type_ in found if type_ == ALL}
    for country, type_ in sorted(found, key=lambda key: (key[0] != ALL, -loudest[key[0]], key[0], key[1])):
        yield country, type_, found[country, type_]
