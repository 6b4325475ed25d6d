"""When a clock on the wall shows a time: clocks are put forward and back."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def reached(day: date, at: time, zone: str) -> datetime:
    """The first moment (UTC) at which a clock in an IANA zone shows this time of this day, or a later one.

    So a time that is skipped is reached when the clock is put forward, one that comes twice at its first coming.
    """
    wall = datetime.combine(day, at)
    # Where the time is skipped, these are the moments it would be by the offset after the change, and before it.
    early, late = (wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (1, 0))
    if shown(late, zone) == wall:
        return late
    while late - early > timedelta.resolution:
        middle = early + (late - early) / 2
        early, late = (early, middle) if shown(middle, zone) >= wall else (middle, late)
    return late


def shown(moment: datetime, zone: str) -> datetime:
    """What a clock in the zone shows at a moment (without offset)."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
