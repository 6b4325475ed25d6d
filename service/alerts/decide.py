"""What an incident's figures do to its alert: one pure function, always with a named reason.

A rise in level rings whatever happened before, and takes an acknowledged alert
back to open.  At the same level a figure rings when it has grown enough, or when
a facet not known before crosses Moderate.  Nothing else does, a duplicate least of all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from service.rules.model import Rules
from service.values import Alert, Assessment, Change, Crossing, Facet, Incident, Level, Notice, Reason, Signal

WhyQuiet = Literal["below_threshold", "unchanged"]


@dataclass(frozen=True, slots=True)
class Ring:
    """Tell people, for this reason."""

    reason: Reason
    level: Level
    changes: tuple[Change, ...] = ()
    previous_level: Level | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """Tell nobody, for this reason."""

    reason: WhyQuiet


Decision = Ring | Stay


def decide(alert: Alert | None, last: Notice | None, incident: Incident, found: Assessment, rules: Rules) -> Decision:
    """Judge an incident beside the alert it may have and that alert's last ringing."""
    if alert is None or last is None:
        return Ring("first", found.level) if found.level > Level.NONE else Stay("below_threshold")
    since = tuple(changes(last.incident, incident))
    if found.level > alert.level:
        return Ring("rise", found.level, since, alert.level)
    news = {(change.kind, change.type) for change in since} & set(grown(last.assessment, found, rules.update_at))
    return Ring("revised", alert.level, since, alert.level) if news else Stay("unchanged")


def changes(before: Incident | None, after: Incident) -> Iterator[Change]:
    """The facets whose recommended figure says something else than it did."""
    known = {_key(facet): facet.recommended for facet in before.facets} if before else {}
    for facet in after.facets:
        was = known.get(_key(facet))
        if was is None or _said(was.signal) != _said(facet.recommended.signal):
            yield Change(facet.kind, facet.type, was, facet.recommended)


def grown(before: Assessment | None, after: Assessment, factor: float) -> Iterator[tuple[str, str]]:
    """Kind and type of the figures that have grown `factor` times or more, or newly cross Moderate."""
    known = _by_facet(before) if before else {}
    for key, crossing in _by_facet(after).items():
        was = known.get(key)
        if was is None or was.value is None or crossing.value is None:
            is_news = crossing.level >= Level.MODERATE and (was is None or crossing.level > was.level)
        else:
            is_news = crossing.level > Level.NONE and crossing.value >= was.value * factor > 0
        if is_news:
            yield key


def _by_facet(found: Assessment) -> dict[tuple[str, str], Crossing]:
    weightiest_last = sorted(found.crossings, key=lambda crossing: (crossing.value is not None, crossing.level))
    return {(crossing.kind, crossing.type): crossing for crossing in weightiest_last}


def _key(facet: Facet) -> tuple[str, str]:
    return facet.kind, facet.type


def _said(signal: Signal) -> tuple[object, ...]:
    return signal.low, signal.high, signal.vague, signal.unit, signal.quantifier
