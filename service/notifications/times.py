"""Days and hours as people read them: local to the place, and UTC."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Not the locale's: a worker's environment must not change a message.
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

Zone = tuple[str, str]

# Older than this when we first read it: it may be news no more.
LATE = timedelta(days=1)


def days(started: date, ended: date, this_year: int) -> str:
    """ "28 Nov", "27–28 Nov", "30 Nov–2 Dec", with the year where it is not this one."""
    if ended < started:
        started, ended = ended, started
    year = "" if started.year == ended.year == this_year else f" {ended.year}"
    if started == ended:
        return f"{_day(ended)}{year}"
    if (started.year, started.month) == (ended.year, ended.month):
        return f"{started.day}–{_day(ended)}{year}"
    first_year = f" {started.year}" if started.year != ended.year else ""
    return f"{_day(started)}{first_year}–{_day(ended)}{year}"


def moment(at: datetime, zone: Zone | None, this_year: int) -> str:
    """ "28 Nov 21:30 Damascus (18:30 UTC)"; the day again where it is another one in UTC."""
    utc = at.astimezone(UTC)
    local = _local(utc, zone)
    if zone is None or local is None:
        return f"{_day_in(utc, this_year)} {utc:%H:%M} UTC"
    utc_day = "" if utc.date() == local.date() else f"{_day(utc)} "
    return f"{_day_in(local, this_year)} {local:%H:%M} {zone[1]} ({utc_day}{utc:%H:%M} UTC)"


def hour(at: datetime, zone: Zone | None, this_year: int) -> str:
    """ "28 Nov 21:30", where there is no room for more; "28 Nov 18:30 UTC" where no zone is given."""
    local = _local(at, zone)
    return f"{_day_in(local, this_year)} {local:%H:%M}" if local else moment(at, None, this_year)


def span(length: timedelta) -> str:
    """ "1 min", "3 h", "2 days": whole units, rounded down, never less than a minute."""
    minutes = max(1, int(length.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} days"


def is_late(said_at: datetime, read_at: datetime) -> bool:
    return read_at - said_at > LATE


def _local(utc: datetime, zone: Zone | None) -> datetime | None:
    try:
        return utc.astimezone(ZoneInfo(zone[0])) if zone else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def _day_in(day: date, this_year: int) -> str:
    return _day(day) if day.year == this_year else f"{_day(day)} {day.year}"
