"""What an incident's figures do to its alert: one pure function, always with a named reason.

A rise in level rings whatever happened before, and takes an acknowledged alert
back to open.  At the same level a figure rings when it has grown enough, or when
a facet not known before crosses Moderate, and those who were told are told when one has shrunk as much.
Nothing else does, a duplicate least of all.
"""

from collections.abc import Iterable, Iterator
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
    if any(grown(last.rung, found, rules.update_at)):
        return Ring("revised", alert.level, since, alert.level)
    if any(shrunk(last.rung, found, rules.update_at)):
        # What was told too high is taken back, so that a rise from here is one.
        return Ring("corrected", min(alert.level, max(found.level, Level.MINOR)), since, alert.level)
    return Stay("unchanged")


def changes(before: Incident | None, after: Incident) -> Iterator[Change]:
    """The facets whose recommended figure says something else than it did."""
    known = {_key(facet): facet.recommended for facet in before.facets} if before else {}
    for facet in after.facets:
        was = known.get(_key(facet))
        if was is None or _said(was.signal) != _said(facet.recommended.signal):
            yield Change(facet.kind, facet.type, was, facet.recommended)


def grown(rung: Iterable[Crossing], found: Assessment, factor: float) -> Iterator[Crossing]:
    """The figures that newly cross Moderate, or are `factor` times what was told of that kind, type and unit."""
    told = {_counted(crossing): crossing for crossing in rung}
    for crossing in found.crossings:
        was = told.get(_counted(crossing))
        newly = crossing.level >= Level.MODERATE and (was is None or was.level < Level.MODERATE)
        more = was is not None and bool(was.value) and (crossing.value or 0) >= (was.value or 0) * factor
        if newly or (more and crossing.level > Level.NONE):
            yield crossing


def shrunk(rung: Iterable[Crossing], found: Assessment, factor: float) -> Iterator[Crossing]:
    """The figures told of at Moderate or above that are no more than a `factor`th of what was told."""
    told = {_counted(crossing): crossing for crossing in rung if crossing.level >= Level.MODERATE}
    for crossing in found.crossings:
        was = told.get(_counted(crossing))
        if was is not None and was.value and crossing.value and crossing.value * factor <= was.value:
            yield crossing


def heaviest(rung: Iterable[Crossing], found: Assessment) -> tuple[Crossing, ...]:
    """What has been told so far, with what is told now: the heaviest of each kind, type and unit."""
    ordered = sorted([*rung, *found.crossings], key=lambda crossing: (crossing.level, crossing.value or 0))
    return tuple({_counted(crossing): crossing for crossing in ordered}.values())


def _counted(crossing: Crossing) -> tuple[str, str, str | None]:
    return crossing.kind, crossing.type, crossing.unit


def _key(facet: Facet) -> tuple[str, str]:
    return facet.kind, facet.type


def _said(signal: Signal) -> tuple[object, ...]:
    return signal.low, signal.high, signal.vague, signal.unit, signal.quantifier
