"""An incident held against the thresholds: its alert level, and the arithmetic in words.

The level of an incident is that of its worst facet.  It says what figures
cross, not how bad a crisis is; urgency and certainty are other axes.
"""

from collections.abc import Sequence

from service.rules.model import Bounds, Rules, Threshold
from service.values import Assessment, Conversion, Crossing, Facet, Figure, Incident, Level

# How the figure of a type is introduced; a type not listed speaks for itself.
WORDS = {"housing": "dwellings", "displaced": "displaced", "health": "health services", "other": "services"}


def assess(incident: Incident, rules: Rules) -> Assessment:
    """Judge an incident by one version of the rules."""
    facets = [(facet, cross(facet, incident, rules)) for facet in incident.facets]
    lowest = floors(incident, rules)
    crossings = sorted([crossing for _, crossing in facets] + lowest, key=lambda crossing: -crossing.level)
    held = [min(crossing.level, allowed(facet, rules)) for facet, crossing in facets]
    return Assessment(
        level=max([*held, *(floor.level for floor in lowest)], default=Level.NONE),
        crossings=tuple(crossings),
        rules=rules.hash,
        corroborated=max((crossing.level for crossing in crossings), default=Level.NONE),
        conversions=tuple(conversions(incident, rules)),
    )


def cross(facet: Facet, incident: Incident, rules: Rules) -> Crossing:
    """One facet's recommended figure against its thresholds."""
    figure = facet.recommended
    threshold = rules.thresholds.get(facet.type)
    name = WORDS.get(facet.type, facet.type)
    if threshold is None:
        return _crossing(facet, Level.NONE, None, None, f"{name}: no threshold is set")
    if figure.signal.scope == "total":
        return _crossing(facet, Level.NONE, None, None, f"{name}: a running total; only its growth rings")
    if figure.signal.low is None and figure.signal.vague not in rules.vague:
        words = f"{name}, no number given → {threshold.unnumbered.word}"
        return _crossing(facet, threshold.unnumbered, None, None, words)
    return _numbered(facet, threshold, incident, rules)


def _numbered(facet: Facet, threshold: Threshold, incident: Incident, rules: Rules) -> Crossing:
    figure = facet.recommended
    name = WORDS.get(facet.type, facet.type)
    value, about = comparable(figure, threshold, rules)
    bounds = bounds_for(figure, threshold, incident, rules)
    if value is None or bounds is None:
        return _crossing(facet, threshold.unnumbered, value, None, f"{name} → {threshold.unnumbered.word}")
    level, bound = reached(value, bounds)
    if figure.signal.low is None and level > rules.vague_cap:
        level, bound = rules.vague_cap, bounds[rules.vague_cap - 1]
    sign = f"≥ {bound:,} → {level.word}" if level else f"< {bounds[0]:,}: below {Level.MINOR.word}"
    return _crossing(facet, level, value, bound if level else None, f"{name} {about}{value:,} {sign}")


def _crossing(facet: Facet, level: Level, value: int | None, threshold: int | None, words: str) -> Crossing:
    return Crossing(facet.kind, facet.type, level, value, threshold, words)


def comparable(figure: Figure, threshold: Threshold, rules: Rules) -> tuple[int | None, str]:
    """A figure in the unit of its thresholds, and "about " where that took a conversion or a vague word."""
    signal = figure.signal
    amount = signal.low if signal.low is not None else rules.vague.get(signal.vague or "")
    vague = "about " if signal.low is None else ""
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
    """Levels that a tag alone gives, whatever the figure: an aid worker killed, a hospital hit."""
    found: dict[str, Crossing] = {}
    for figure in (facet.recommended for facet in incident.facets):
        for tag in figure.signal.tags:
            if tag in rules.floors:
                words = f"{tag.replace('_', ' ')} → at least {rules.floors[tag].word}"
                found[tag] = Crossing(figure.signal.kind, figure.signal.type, rules.floors[tag], None, None, words)
    return list(found.values())


def allowed(facet: Facet, rules: Rules) -> Level:
    """The highest level a facet may give: one origin alone carries no more than its grade does."""
    if facet.origins > 1:
        return Level.EXTREME
    return rules.single_origin.get(facet.recommended.grade, Level.EXTREME)


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
