"""Which bounds a figure is held against: by type, unit and cause, for a country or an area with its own."""

from service.countries import population
from service.rules.model import Bounds, Rules, Threshold
from service.values import Figure, Incident, Level

LEVELS = tuple(level for level in Level if level)
DISPLACEMENT = ("displaced", "evacuated")


def thresholds_for(figure: Figure, incident: Incident, rules: Rules) -> list[Threshold]:
    """The thresholds a figure is held against, of which the heaviest crossing counts.

    That of the most exact area it lies in, else the main one.  Where it does not tell its area, and the incident
    lies in several, each of them may be meant.
    """
    type_, own = figure.signal.type, figure.signal.admin1
    areas = {own} if own else {*incident.admin1, None}
    found = [_threshold(type_, incident.country, area, rules) for area in areas]
    return [threshold for threshold in found if threshold is not None]


def _threshold(type_: str, country: str | None, area: str | None, rules: Rules) -> Threshold | None:
    ours = [rule for rule in rules.areas if type_ in rule.thresholds and country in rule.countries]
    exact = [rule for rule in ours if area in rule.admin1] or [rule for rule in ours if not rule.admin1]
    return exact[0].thresholds[type_] if exact else rules.thresholds.get(type_)


def bounds_for(figure: Figure, threshold: Threshold, incident: Incident, rules: Rules) -> tuple[Bounds | None, str]:
    """The bounds for a figure's unit and cause, and in words what has changed them.

    Lowered where the country's reports are few, and where a share of the population is less than they; raised
    for evacuations where these are routine ahead of any storm.
    """
    signal = figure.signal
    by_cause = threshold.by_cause.get(signal.cause, threshold.by_cause.get("unknown"))
    bounds = threshold.by_unit.get(signal.unit, by_cause) if signal.unit else by_cause
    if bounds is None:
        return None, ""
    factor = rules.factors.get(incident.country or "", 1.0)
    if signal.type == "evacuated" and signal.cause == "disaster":
        factor *= rules.evacuation_factors.get(incident.country or "", 1.0)
    scaled = bounds if factor == 1.0 else _scaled(bounds, factor)
    shared = _shared(scaled, figure, incident, rules)
    return shared, "" if shared == scaled else " (a share of the population)"


def _scaled(bounds: Bounds, factor: float) -> Bounds:
    minor, moderate, severe, extreme = (max(1, round(bound * factor)) for bound in bounds)
    return minor, moderate, severe, extreme


def _shared(bounds: Bounds, figure: Figure, incident: Incident, rules: Rules) -> Bounds:
    """Bounds of people displaced, none above its share of the country's population: for small islands."""
    people = population(incident.country) if incident.country else None
    if people is None or figure.signal.type not in DISPLACEMENT or figure.signal.unit not in ("people", "households"):
        return bounds
    shares = [rules.shares.get(level) for level in LEVELS]
    lowered = (
        min(bound, max(1, round(people * share))) if share else bound
        for bound, share in zip(bounds, shares, strict=True)
    )
    minor, moderate, severe, extreme = lowered
    return min(minor, moderate), moderate, severe, extreme


def reached(value: int, bounds: Bounds) -> tuple[Level, int]:
    """The highest level whose bound the value reaches, with that bound; NONE and 0 below all."""
    crossed = [(level, bound) for level, bound in zip(LEVELS, bounds, strict=True) if value >= bound]
    return crossed[-1] if crossed else (Level.NONE, 0)
