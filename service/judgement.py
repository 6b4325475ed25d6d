"""The one judgement: (state, event, rules, now) → (state, decision), a pure fold.

The stages call it with what is stored; trials of new rules call it with history.
It sees no session, no network, no clock: `now` is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from service.alerts.decide import Decision, Ring, decide, heaviest
from service.alerts.escalation import unanswered
from service.incidents.assemble import assemble
from service.incidents.level import assess
from service.rules.model import Rules
from service.values import Alert, Assessment, Crossing, Figure, Incident, Notice


@dataclass(frozen=True, slots=True)
class State:
    """An incident's alert so far, with its last ringing; both None before the first."""

    alert: Alert | None = None
    last: Notice | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided, and the incident and assessment it rests on."""

    decision: Decision
    incident: Incident
    assessment: Assessment


def judge(state: State, figures: Sequence[Figure], rules: Rules, now: datetime) -> tuple[State, Verdict]:
    """Judge an incident, given every figure said of it: the state it is in next, and why.

    `figures` holds at least one that may ring.
    """
    return judge_incident(state, assemble(figures), rules, now)


def judge_incident(state: State, incident: Incident, rules: Rules, now: datetime) -> tuple[State, Verdict]:
    """The same for an incident already assembled."""
    found = assess(incident, rules, now)
    decision = decide(state.alert, state.last, incident, found, rules)
    verdict = Verdict(decision, incident, found)
    return (ring(state, verdict, decision, now) if isinstance(decision, Ring) else state), verdict


def ring(state: State, verdict: Verdict, decision: Ring, now: datetime) -> State:
    """The alert after it rang: open again if it rose, one revision on."""
    alert = _next_alert(state.alert, verdict.incident, decision, now)
    notice = Notice(
        alert_id=alert.id,
        revision=alert.revision,
        reason=decision.reason,
        level=decision.level,
        decided_at=now,
        incident=verdict.incident,
        assessment=verdict.assessment,
        changes=decision.changes,
        previous_level=decision.previous_level,
        rung=told_so_far(state.last, verdict, decision),
    )
    return State(alert, notice)


def told_so_far(last: Notice | None, verdict: Verdict, decision: Ring) -> tuple[Crossing, ...]:
    """The heaviest that people were told, which a correction takes back."""
    before = last.rung if last and decision.reason != "corrected" else ()
    return heaviest(before, verdict.assessment)


def _next_alert(alert: Alert | None, incident: Incident, decision: Ring, now: datetime) -> Alert:
    if alert is None:
        # The store gives it its number.
        return Alert(0, "open", decision.level, revision=1, opened_at=now, incident_id=incident.id)
    revised = replace(alert, level=decision.level, revision=alert.revision + 1)
    if decision.reason == "rise":
        return unanswered(revised)
    return revised
