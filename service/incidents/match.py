"""Which incident a report belongs to: a happening is a place and a time, whatever is said of it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import groupby

from service.incidents.assemble import assemble
from service.values import Figure, Incident

# Reports further apart than this are of two happenings, until later ones say otherwise.
WINDOW = timedelta(days=7)
# Nothing goes on for longer than this as one happening, so that no chain of reports swallows a war.
LONGEST = timedelta(days=14)
# Where both give the day it happened, more days without anything between them part two happenings.
LULL = timedelta(days=2)
# A title this long is a story's own; shorter ones ("Flash update 1") are anybody's (characters).
TELLING_TITLE = 25


def sort_reports(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Figures by report, the reports in canonical order: when they were said, then by number."""
    ordered = sorted(figures, key=lambda figure: (figure.said_at, figure.report_id, figure.id))
    return [list(group) for _, group in groupby(ordered, key=lambda figure: figure.report_id)]


def place(figures: Sequence[Figure], incidents: Mapping[int, Incident]) -> dict[int | None, list[Figure]]:
    """New figures of one country by the incident they belong to: one of those given, or a new one.

    A new incident has the number of its oldest figure.  Under None are reports that fit no incident and
    hold nothing that may ring: alone they tell of nothing.
    """
    known, placed = dict(incidents), dict[int | None, list[Figure]]()
    for report in sort_reports(figures):
        chosen = match(report, known)
        if chosen is None and any(figure.signal.alertable for figure in report):
            chosen = min(figure.id for figure in report)
        placed.setdefault(chosen, []).extend(report)
        if chosen is not None and chosen not in incidents:
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
    """How much a report and an incident of its country have in common; 0 where they are two happenings.

    An equal figure ties them only where one of them does not say where: twelve killed in each of two
    towns are two happenings.
    """
    if not _same_time(report, incident):
        return 0
    here, there = areas(report), _areas_of(incident)
    somewhere = bool(here and there)
    same_figure = incident.country is not None and not somewhere and _same_figure(report, incident)
    same_story = (not somewhere or bool(here & there)) and _same_story(report, incident)
    return 4 * same_story + 2 * bool(here & there) + same_figure


def _same_time(report: Sequence[Figure], incident: Incident) -> bool:
    said = report[0].said_at.date()
    first = max(incident.first_said - WINDOW, incident.last_said - LONGEST)
    if not first <= said <= min(incident.last_said + WINDOW, incident.first_said + LONGEST):
        return False
    days = [day for figure in report if figure.signal.alertable and (day := figure.signal.event_date)]
    return not days or incident.started - LULL <= min(days) <= incident.ended + LULL


def _same_story(report: Sequence[Figure], incident: Incident) -> bool:
    title = report[0].title
    return len(title) >= TELLING_TITLE and title in {facet.recommended.title for facet in incident.facets}


def _same_figure(report: Sequence[Figure], incident: Incident) -> bool:
    known = {_said(facet.recommended) for facet in incident.facets}
    return any(figure.signal.low is not None and _said(figure) in known for figure in report)


def _said(figure: Figure) -> tuple[str, str, int | None, int | None, str | None]:
    signal = figure.signal
    return signal.kind, signal.type, signal.low, signal.high, signal.unit


def _areas_of(incident: Incident) -> set[str]:
    return set(incident.admin1) | ({incident.place} if incident.place else set())


def areas(figures: Sequence[Figure]) -> set[str]:
    """First-level areas and places a report is about: its own title and lead before its details."""
    about = {place.admin1 or place.name for figure in figures for place in figure.about if place.precision != "country"}
    ringing = [figure.signal for figure in figures if figure.signal.alertable]
    own = {signal.admin1 for signal in ringing if signal.admin1}
    towns = {signal.place for signal in ringing if signal.place and signal.place_from == "sentence"}
    return about | own | towns
