"""An incident held against the thresholds: its alert level, and the arithmetic in words.

The level of an incident is that of its worst facet.  It says what figures
cross, not how bad a crisis is; urgency and certainty are other axes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.incidents.figures import series
from service.rules.model import Bounds, Rules, Threshold
from service.values import Assessment, Conversion, Crossing, Facet, Figure, Incident, Level

# How the figure of a type is introduced; a type not listed speaks for itself.
WORDS = {"housing": "dwellings", "displaced": "displaced", "health": "health services", "other": "services"}


def assess(incident: Incident, rules: Rules) -> Assessment:
    """Judge an incident by one version of the rules."""
    judged = [judge(facet, incident, rules) for facet in incident.facets]
    lowest = floors(incident, rules)
    said = [crossing for one in judged for crossing in one.crossings]
    crossings = sorted([*said, *lowest], key=lambda crossing: -crossing.level)
    floor = max((crossing.level for crossing in lowest), default=Level.NONE)
    return Assessment(
        level=max([floor, *(one.held for one in judged)]),
        crossings=tuple(crossings),
        rules=rules.hash,
        corroborated=max([floor, *(one.highest for one in judged)]),
        conversions=tuple(conversions(incident, rules)),
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """A facet's level as `held`, its heaviest crossing in each unit, and the highest that any one origin says."""

    crossings: tuple[Crossing, ...]
    held: Level
    highest: Level


def judge(facet: Facet, incident: Incident, rules: Rules) -> Judged:
    """The figure of a facet that weighs most against its thresholds, and the level the facet is held to.

    Every origin's last word counts, not only the one we would quote: a better source that has not yet
    heard of a rise must not hide it.  What one origin says alone carries no further than its grade
    does; what a second one reaches too, does.
    """
    said = [facet.recommended, *(figure for figure in facet.voices if figure != facet.recommended)]
    found = [(figure, cross(facet, figure, incident, rules)) for figure in said]
    alone = [(min(crossing.level, allowed(figure, rules)), crossing) for figure, crossing in found]
    best = {figure.origin: crossing for figure, crossing in sorted(found, key=lambda pair: weight(pair[1]))}
    shared = [(crossing.level, crossing) for crossing in sorted(best.values(), key=weight, reverse=True)[1:2]]
    lightest_first = sorted([*alone, *shared], key=lambda one: (one[0], weight(one[1])))
    heaviest = {crossing.unit: crossing for _, crossing in lightest_first}
    return Judged(tuple(heaviest.values()), lightest_first[-1][0], max(crossing.level for _, crossing in found))


def weight(crossing: Crossing) -> tuple[Level, int]:
    return crossing.level, crossing.value or 0


def cross(facet: Facet, figure: Figure, incident: Incident, rules: Rules) -> Crossing:
    """One figure of a facet against its thresholds."""
    threshold = rules.thresholds.get(facet.type)
    name = WORDS.get(facet.type, facet.type)
    if figure.origin != facet.recommended.origin:
        name += f" ({figure.origin})"
    if threshold is None:
        return _crossing(facet, Level.NONE, None, None, f"{name}: no threshold is set")
    if figure.signal.scope == "total":
        return _total(facet, figure, threshold, incident, rules)
    if figure.signal.low is None and figure.signal.vague not in rules.vague:
        words = f"{name}, no number given → {threshold.unnumbered.word}"
        return _crossing(facet, threshold.unnumbered, None, None, words)
    value, about = comparable(figure, figure.signal.low, threshold, rules)
    return _numbered(facet, figure, threshold, incident, rules, value, f"{name} {about}")


def _total(facet: Facet, figure: Figure, threshold: Threshold, incident: Incident, rules: Rules) -> Crossing:
    """A running total rings for nothing by itself; what it has grown by since the first rings as new."""
    name = WORDS.get(facet.type, facet.type)
    first = next((since for since in facet.since if series(since) == series(figure)), None)
    now = figure.signal.low
    if first is None or first.signal.low is None or now is None:
        return _crossing(facet, Level.NONE, None, None, f"{name}: a running total, which rings when it grows")
    value, about = comparable(figure, max(0, now - first.signal.low), threshold, rules)
    words = f"{name}: a running total, grown by {about}"
    return _numbered(facet, figure, threshold, incident, rules, value, words)


def _numbered(
    facet: Facet, figure: Figure, threshold: Threshold, incident: Incident, rules: Rules, value: int | None, words: str
) -> Crossing:
    bounds = bounds_for(figure, threshold, incident, rules)
    if value is None or bounds is None:
        name = WORDS.get(facet.type, facet.type)
        return _crossing(facet, threshold.unnumbered, value, None, f"{name} → {threshold.unnumbered.word}")
    level, bound = reached(value, bounds)
    if figure.signal.low is None and level > rules.vague_cap:
        level, bound = rules.vague_cap, bounds[rules.vague_cap - 1]
    sign = f"≥ {bound:,} → {level.word}" if level else f"< {bounds[0]:,}: below {Level.MINOR.word}"
    crossing = _crossing(facet, level, value, bound if level else None, f"{words}{value:,} {sign}")
    return replace(crossing, unit=counted_in(figure, threshold))


def counted_in(figure: Figure, threshold: Threshold) -> str | None:
    """What a figure is compared in: households are people to thresholds that know none."""
    unit = figure.signal.unit
    return "people" if unit == "households" and "households" not in threshold.by_unit else unit


def _crossing(facet: Facet, level: Level, value: int | None, threshold: int | None, words: str) -> Crossing:
    return Crossing(facet.kind, facet.type, level, value, threshold, words)


def comparable(figure: Figure, low: int | None, threshold: Threshold, rules: Rules) -> tuple[int | None, str]:
    """An amount in the unit of the thresholds, and "about " where that took a conversion or a vague word."""
    signal = figure.signal
    amount = low if low is not None else rules.vague.get(signal.vague or "")
    vague = "about " if low is None else ""
    if amount is None or signal.unit != "households" or "households" in threshold.by_unit:
        return amount, vague
    return people_in(amount, household_size(signal.country, rules)), "about "


def bounds_for(figure: Figure, threshold: Threshold, incident: Incident, rules: Rules) -> Bounds | None:
    """The bounds for a figure's unit and cause, lowered where the country's reports are few."""
    signal = figure.signal
    by_cause = threshold.by_cause.get(signal.cause, threshold.by_cause.get("unknown"))
    bounds = threshold.by_unit.get(signal.unit, by_cause) if signal.unit else by_cause
    factor = rules.factors.get(incident.country or "", 1.0)
    if bounds is None or factor == 1.0:
        return bounds
    minor, moderate, severe, extreme = (max(1, round(bound * factor)) for bound in bounds)
    return minor, moderate, severe, extreme


def reached(value: int, bounds: Bounds) -> tuple[Level, int]:
    """The highest level whose bound the value reaches, with that bound; NONE and 0 below all."""
    crossed = [(level, bound) for level, bound in zip(list(Level)[1:], bounds, strict=True) if value >= bound]
    return crossed[-1] if crossed else (Level.NONE, 0)


def floors(incident: Incident, rules: Rules) -> list[Crossing]:
    """Levels that a tag alone gives, whatever the figure it stands with: an aid worker killed, a hospital hit."""
    found: dict[str, Crossing] = {}
    for facet in incident.facets:
        for tag in facet.tags:
            if tag in rules.floors:
                words = f"{tag.replace('_', ' ')} → at least {rules.floors[tag].word}"
                found[tag] = _crossing(facet, rules.floors[tag], None, None, words)
    return list(found.values())


def allowed(figure: Figure, rules: Rules) -> Level:
    """The highest level one origin alone may give: it carries no more than its grade does."""
    return rules.single_origin.get(figure.grade, Level.EXTREME)


def household_size(country: str | None, rules: Rules) -> float:
    known = rules.households.get(country or "")
    return known.size if known else rules.household_for_level


def people_in(households: int, size: float) -> int:
    """Households as people, rounded to two figures: a conversion is no count."""
    people = households * size
    step = int(10 ** max(0, len(str(int(people))) - 2))
    return round(people / step) * step


def conversions(incident: Incident, rules: Rules) -> Sequence[Conversion]:
    """What we may print as people: households of countries whose size has a source."""
    quoted = [facet.recommended for facet in incident.facets if facet.recommended.signal.unit == "households"]
    known = [(f, size) for f in quoted if (size := rules.households.get(f.signal.country or ""))]
    return [
        Conversion(figure.id, people_in(figure.signal.low, size.size), size.size, size.source)
        for figure, size in known
        if figure.signal.low is not None
    ]
