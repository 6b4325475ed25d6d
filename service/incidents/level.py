"""An incident held against the thresholds: its alert level, and the arithmetic in words.

The level of an incident is that of its worst facet.  It says what figures
cross, not how bad a crisis is; urgency and certainty are other axes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from service.countries import HouseholdSize
from service.countries import household_size as published_size
from service.incidents.axes import certainty, incident_state, urgency
from service.incidents.bounds import bounds_for, reached, thresholds_for
from service.incidents.figures import series
from service.rules.model import Rules, Threshold
from service.values import Assessment, Conversion, Crossing, Facet, Figure, Incident, Level

# How the figure of a type is introduced; a type not listed speaks for itself.
WORDS = {"housing": "dwellings", "displaced": "displaced", "health": "health services", "other": "services"}


def assess(incident: Incident, rules: Rules, now: datetime | None = None) -> Assessment:
    """Judge an incident by one version of the rules; its urgency and whether it is over need `now`."""
    judged = [judge(facet, incident, rules) for facet in incident.facets]
    lowest = [*floors(incident, rules), *watched(incident, rules)]
    said = [crossing for one in judged for crossing in one.crossings]
    crossings = sorted([*said, *lowest], key=lambda crossing: -crossing.level)
    floor = max((crossing.level for crossing in lowest), default=Level.NONE)
    return Assessment(
        level=max([floor, *(one.held for one in judged)]),
        crossings=tuple(crossings),
        rules=rules.hash,
        corroborated=max([floor, *(one.highest for one in judged)]),
        conversions=tuple(conversions(incident, rules)),
        urgency=urgency(incident, now),
        certainty=certainty(incident),
        state=incident_state(incident, now),
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """A facet's level as `held`, its heaviest crossing in each unit, and the highest that any one origin says."""

    crossings: tuple[Crossing, ...]
    held: Level
    highest: Level


def judge(facet: Facet, incident: Incident, rules: Rules) -> Judged:
    """The figure of a facet that weighs most against its thresholds, and the level the facet is held to.

    A part counts by itself: its area may have lower bounds.  Every origin's last word counts, not only the
    one we would quote: a better source that has not yet heard of a rise must not hide it.  What one origin
    says alone carries no further than its grade does; what a second one reaches too, does.
    """
    said = [facet.recommended, *(figure for figure in facet.voices if figure != facet.recommended), *facet.parts]
    found = [(figure, cross(facet, figure, incident, rules)) for figure in said]
    alone = [(min(crossing.level, allowed(figure, rules)), crossing) for figure, crossing in found]
    best = {figure.origin: crossing for figure, crossing in sorted(found, key=lambda pair: weight(pair[1]))}
    shared = [(crossing.level, crossing) for crossing in sorted(best.values(), key=weight, reverse=True)[1:2]]
    lightest_first = sorted([*alone, *shared], key=lambda one: (one[0], weight(one[1])))
    if together := bound_of_parts(facet, incident, rules):
        lightest_first.append((min(together.level, allowed(facet.disjoint[0], rules)), together))
        lightest_first.sort(key=lambda one: (one[0], weight(one[1])))
    heaviest = {crossing.unit: crossing for _, crossing in lightest_first}
    highest = max(crossing.level for _, crossing in lightest_first)
    return Judged(tuple(heaviest.values()), lightest_first[-1][0], max(highest, *(c.level for _, c in found)))


def bound_of_parts(facet: Facet, incident: Incident, rules: Rules) -> Crossing | None:
    """What one text tells of different towns, taken together: a lower bound that no one printed, and labelled so."""
    if not facet.disjoint:
        return None
    first, low = facet.disjoint[0], sum(part.signal.low or 0 for part in facet.disjoint)
    told = " + ".join(f"{part.signal.place} {part.signal.low:,}" for part in facet.disjoint)
    words = f"{WORDS.get(facet.type, facet.type)}, towns told apart in one text ({told}), at least "
    crossings = (
        _numbered(facet, first, threshold, incident, rules, comparable(first, low, threshold, rules)[0], words)
        for threshold in thresholds_for(first, incident, rules)
    )
    return max(crossings, key=weight, default=None)


def weight(crossing: Crossing) -> tuple[Level, int]:
    return crossing.level, crossing.value or 0


def cross(facet: Facet, figure: Figure, incident: Incident, rules: Rules) -> Crossing:
    """One figure of a facet against its thresholds: the heaviest of those that may be meant."""
    name = WORDS.get(facet.type, facet.type)
    if figure in facet.parts:
        name += f" in {figure.signal.place}"
    if figure.origin != facet.recommended.origin:
        name += f" ({figure.origin})"
    found = (
        _against(facet, figure, threshold, incident, rules, name)
        for threshold in thresholds_for(figure, incident, rules)
    )
    return max(found, key=weight, default=_crossing(facet, Level.NONE, None, None, f"{name}: no threshold is set"))


def _against(
    facet: Facet, figure: Figure, threshold: Threshold, incident: Incident, rules: Rules, name: str
) -> Crossing:
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
    grown = growth(facet, figure)
    if grown is None:
        return _crossing(facet, Level.NONE, None, None, f"{name}: a running total, which rings when it grows")
    value, about = comparable(figure, grown, threshold, rules)
    words = f"{name}: a running total, grown by {about}"
    return _numbered(facet, figure, threshold, incident, rules, value, words)


def growth(facet: Facet, figure: Figure) -> int | None:
    """By how much a running total has grown since the first of its series; None where that cannot be told."""
    first = next((since for since in facet.since if series(since) == series(figure)), None)
    now = figure.signal.low
    if first is None or first.signal.low is None or now is None:
        return None
    return max(0, now - first.signal.low)


def _numbered(
    facet: Facet, figure: Figure, threshold: Threshold, incident: Incident, rules: Rules, value: int | None, words: str
) -> Crossing:
    bounds, of = bounds_for(figure, threshold, incident, rules)
    if value is None or bounds is None:
        name = WORDS.get(facet.type, facet.type)
        return _crossing(facet, threshold.unnumbered, value, None, f"{name} → {threshold.unnumbered.word}")
    level, bound = reached(value, bounds)
    if figure.signal.low is None and level > rules.vague_cap:
        level, bound = rules.vague_cap, bounds[rules.vague_cap - 1]
    sign = f"≥ {bound:,}{of} → {level.word}" if level else f"< {bounds[0]:,}{of}: below {Level.MINOR.word}"
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


def floors(incident: Incident, rules: Rules) -> list[Crossing]:
    """Levels that a tag alone gives, whatever the figure it stands with: an aid worker killed, a hospital hit."""
    found: dict[str, Crossing] = {}
    for facet in incident.facets:
        for tag in facet.tags:
            if tag in rules.floors:
                words = f"{tag.replace('_', ' ')} → at least {rules.floors[tag].word}"
                found[tag] = _crossing(facet, rules.floors[tag], None, None, words)
    return list(found.values())


def watched(incident: Incident, rules: Rules) -> list[Crossing]:
    """Crossings, ports and airstrips that one's supply uses, named where transport stopped."""
    found = []
    for facet in incident.facets:
        words = " \0 ".join(facet.wordings).casefold()
        for name, level in rules.watched.items():
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words):
                found.append(_crossing(facet, level, None, None, f"{name} is watched → at least {level.word}"))
    return found


def allowed(figure: Figure, rules: Rules) -> Level:
    """The highest level one origin alone may give: it carries no more than its grade does."""
    return rules.single_origin.get(figure.grade, Level.EXTREME)


def household_size(country: str | None, rules: Rules) -> float:
    known = size_of(country, rules)
    return known.size if known else rules.household_for_level


def size_of(country: str | None, rules: Rules) -> HouseholdSize | None:
    """The household size of a country: that of alerts.yaml, else the published one; None where there is none."""
    return rules.households.get(country or "") or published_size(country or "")


def people_in(households: int, size: float) -> int:
    """Households as people, rounded to two figures: a conversion is no count."""
    people = households * size
    step = int(10 ** max(0, len(str(int(people))) - 2))
    return round(people / step) * step


def conversions(incident: Incident, rules: Rules) -> Sequence[Conversion]:
    """What we may print as people: households of countries whose size has a source."""
    quoted = [facet.recommended for facet in incident.facets if facet.recommended.signal.unit == "households"]
    known = [(f, size) for f in quoted if (size := size_of(f.signal.country, rules))]
    return [
        Conversion(figure.id, people_in(figure.signal.low, size.size), size.size, size.source)
        for figure, size in known
        if figure.signal.low is not None
    ]
