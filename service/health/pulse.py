"""How a feed brings news, kept as it brings them: so that what is unusual for this feed can be told (pure)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from service.values import Pulse, Report

# A long silence in the past counts for half after so long: feeds change their habits.
HALF_LIFE = timedelta(days=60).total_seconds()


def brought(pulse: Pulse, now: datetime) -> Pulse:
    """The pulse after something new came."""
    if pulse.new_at is None:
        return replace(pulse, new_at=now, first_at=now)
    gap = max(0.0, (now - pulse.new_at).total_seconds())
    faded = (pulse.longest or 0.0) * 0.5 ** (gap / HALF_LIFE)
    return replace(pulse, new_at=now, longest=max(gap, faded))


def changed(pulse: Pulse, found: Sequence[Report]) -> Pulse:
    """The pulse after a body that differs from the last, with these items in it (none says nothing)."""
    if not found:
        return pulse
    dated = any(report.published is not None for report in found)
    told = any(report.text.partition("\n")[2].strip() for report in found)
    return replace(pulse, undated=_run(pulse.undated, dated), textless=_run(pulse.textless, told))


def _run(before: int | None, good: bool) -> int | None:
    """Changes in a row without; None as long as there never was one with."""
    return 0 if good else None if before is None else before + 1
