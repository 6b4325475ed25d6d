"""How close an incident that does not ring has come to ringing (pure)."""

from collections.abc import Collection, Iterator

from service.incidents.bounds import bounds_for, thresholds_for
from service.incidents.level import WORDS, allowed, assess, comparable, growth
from service.rules.model import Rules
from service.values import Facet, Figure, Incident, Level, Near

# An incident is near where a figure reaches this share of the lowest bound that would ring.
SHARE = 0.5


def near(incident: Incident, ringing: Collection[Level], rules: Rules) -> Near | None:
    """The figure that comes closest to a level that rings, if one comes near; None where the incident rings.

    `ringing` are the levels at which an alert of this incident would ring somebody.
    """
    if not ringing or assess(incident, rules).level >= min(ringing):
        return None
    found = (
        one
        for facet in incident.facets
        for figure in dict.fromkeys((facet.recommended, *facet.voices, *facet.parts))
        for one in _held_against(facet, figure, incident, min(ringing), rules)
    )
    return max(found, key=lambda one: one.share, default=None)


def _held_against(facet: Facet, figure: Figure, incident: Incident, level: Level, rules: Rules) -> Iterator[Near]:
    low = growth(facet, figure) if figure.signal.scope == "total" else figure.signal.low
    for threshold in thresholds_for(figure, incident, rules):
        value, about = comparable(figure, low, threshold, rules)
        bounds, of = bounds_for(figure, threshold, incident, rules)
        if value is not None and bounds is not None and value >= SHARE * bounds[level - 1]:
            bound = bounds[level - 1]
            told = f"{WORDS.get(facet.type, facet.type)} {about}{value:,}"
            words = f"{told}, {_how_far(value, bound, figure, level, rules)} (≥ {bound:,}{of} → {level.word})"
            yield Near(incident.id, _place(incident), incident.country, level, value, bound, words)


def _how_far(value: int, bound: int, figure: Figure, level: Level, rules: Rules) -> str:
    if value < bound:
        return f"{100 * value // bound} % of the bound"
    if allowed(figure, rules) < level:
        return f"held lower until a second origin says so: the only one has grade {figure.grade}"
    return "held lower, as no exact number is given"


def _place(incident: Incident) -> str:
    return incident.area or incident.place or incident.country or ""
