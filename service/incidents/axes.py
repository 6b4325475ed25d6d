"""CAP's other axes, each a pure function that gives its value and why: urgency and certainty, never the level."""

from datetime import date, datetime, timedelta

from service.incidents.grading import state_of_all
from service.values import Axis, Certainty, Incident, IncidentState, Urgency

# Somebody may still be helped at once; and what is told later than this is past.
IMMEDIATE, PAST = timedelta(days=2), timedelta(days=7)
# Nothing new for so long, and a happening is over.
OVER = timedelta(days=7)


def urgency(incident: Incident, now: datetime | None) -> Axis[Urgency]:
    """CAP's urgency by the last day it is told of: immediate for two days, past after a week."""
    if now is None:
        return Axis("Unknown", "judged without a clock")
    ago = now.date() - incident.ended
    told = f"last told of {_days(ago)} ago" if ago > timedelta(0) else "told of today"
    if ago <= IMMEDIATE:
        return Axis("Immediate", told)
    return Axis("Past", told) if ago > PAST else Axis("Expected", told)


def _days(span: timedelta) -> str:
    return "1 day" if span.days == 1 else f"{span.days} days"


def certainty(incident: Incident) -> Axis[Certainty]:
    """CAP's certainty, at most Likely until a person verifies: by how many origins agree on its best facet."""
    if not incident.facets:
        return Axis("Unknown", "nothing that may ring is told")
    best = min(incident.facets, key=lambda facet: (facet.information, facet.kind, facet.type))
    words = f"{best.type}: information {best.information} of the Admiralty's scale"
    if best.agreeing > 1:
        return Axis("Likely", f"{words}, {best.agreeing} origins agree")
    if best.information == 4:
        return Axis("Possible", f"{words}, origins contradict each other")
    value: Certainty = "Possible" if best.information == 3 else "Unknown"
    return Axis(value, f"{words}, one origin of grade {best.recommended.grade}")


def incident_state(incident: Incident, now: datetime | None) -> IncidentState:
    """Over when nothing new was told for a week, else that of its facets."""
    if now is not None and incident.last_said > date.min and now.date() - incident.last_said > OVER:
        return "over"
    return state_of_all(incident.facets)
