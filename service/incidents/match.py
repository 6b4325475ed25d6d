"""Which incident a report belongs to: a happening is a place and a time, whatever is said of it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import groupby

from service.incidents.assemble import assemble
from service.values import Figure, Incident

# Reports further apart than this are of two happenings, until later ones say otherwise.
WINDOW = timedelta(days=7)


def sort_reports(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Figures by report, the reports in canonical order: when they were said, then by number."""
    ordered = sorted(figures, key=lambda figure: (figure.said_at, figure.report_id, figure.id))
    return [list(group) for _, group in groupby(ordered, key=lambda figure: figure.report_id)]


def place(figures: Sequence[Figure], incidents: Mapping[int, Incident]) -> dict[int, list[Figure]]:
    """New figures of one country by the incident they belong to: one of those given, or a new one.

    A new incident has the number of its oldest figure.
    """
    known, placed = dict(incidents), dict[int, list[Figure]]()
    for report in sort_reports(figures):
        chosen = match(report, known)
        if chosen is None:
            chosen = min(figure.id for figure in report)
        placed.setdefault(chosen, []).extend(report)
        if chosen not in incidents:
            known[chosen] = assemble(placed[chosen])
    return placed


def match(report: Sequence[Figure], incidents: Mapping[int, Incident]) -> int | None:
    """The id of the incident that the report is about, or None where it tells of a new one.

    All figures are of one country. Of several that fit, the one with most in common, then the oldest.
    """
    fitting = {id: closeness(report, incident) for id, incident in incidents.items()}
    best = max(fitting.values(), default=0)
    return min((id for id, near in fitting.items() if near == best), default=None) if best else None


def closeness(report: Sequence[Figure], incident: Incident) -> int:
    """How much a report and an incident of its country have in common; 0 where they are two happenings."""
    if not _same_time(report, incident):
        return 0
    same_words = any(figure.title and figure.title in _titles(incident) for figure in report)
    return 4 * same_words + 2 * _same_area(report, incident) + _same_figure(report, incident)


def _same_time(report: Sequence[Figure], incident: Incident) -> bool:
    day = report[0].said_at.date()
    return incident.started - WINDOW <= day <= incident.ended + WINDOW and day <= incident.started + 2 * WINDOW


def _same_area(report: Sequence[Figure], incident: Incident) -> bool:
    return bool(areas(report) & (set(incident.admin1) | {incident.place}) - {None})


def _same_figure(report: Sequence[Figure], incident: Incident) -> bool:
    known = {_said(facet.recommended) for facet in incident.facets}
    return any(figure.signal.low is not None and _said(figure) in known for figure in report)


def _said(figure: Figure) -> tuple[str, str, int | None, int | None, str | None]:
    signal = figure.signal
    return signal.kind, signal.type, signal.low, signal.high, signal.unit


def _titles(incident: Incident) -> set[str]:
    return {facet.recommended.title for facet in incident.facets}


def areas(figures: Sequence[Figure]) -> set[str]:
    """First-level areas and place names a report is about: its own title and lead before its details."""
    about = {place.admin1 or place.name for figure in figures for place in figure.about if place.precision != "country"}
    own = {name for figure in figures for name in (figure.signal.admin1, figure.signal.place) if name}
    return about | own
