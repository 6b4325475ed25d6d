"""The dates feeds really write, read without ever inventing one."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from service.feeds.calendar import MONTH_NUMBERS, TWO_WORDS, WEEKDAY_NUMBERS, ZONES, folded

LONGEST = 120
YEARS = range(1970, 2100)  # "0001-01-01" and "1900-01-00" stand for no date at all

ORDINAL = r"(?:st|nd|rd|th|er|eme|[.ºª°])?"
WORD = r"([^\W\d]{2,})"
EPOCH = re.compile(r"\d{10}(?:\d{3})?")
YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?([-/.年년])\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})[日일]?(?!\d)")
COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(\d{2})?)?(?!\d)")
DAY_MONTH_YEAR = re.compile(
    rf"(?<!\d)(\d{{1,2}}){ORDINAL}[\s,./-]*(?:de |of )?\s*{WORD}[\s,./-]*(?:del? )?\s*(\d{{4}}|\d\d)(?![\d:])"
)
MONTH_DAY_YEAR = re.compile(
    rf"{WORD}[\s,./-]+(\d{{1,2}}){ORDINAL}(?![\d:])[\s,]+((?:\d{{1,2}}:[\d:.]+\s+)?(?:[a-z]{{1,5}}\s+)?)(\d{{4}})(?!\d)"
)
NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)(?!\d)")
TIME = re.compile(
    r"(?<!\d)(\d{1,2})\s?[:h.]\s?(\d\d)(?:\s?[:.]\s?(\d\d)(?:[.,]\d+)?)?(?!\d)\s*(?:([ap])\.?m\b|(ص|م)(?!\w))?"
)
HOUR = re.compile(r"(?<!\d)(\d{1,2})()()\s?([ap])\.?m\b()")
OFFSET = re.compile(r"([+-])\s?(\d{1,2}):?(\d\d)?(?!\d)")
REGION = re.compile(r"[a-z]+/[a-z_]+(?:/[a-z_]+)?")
ZONE_NAME = re.compile(r"(?<![a-z])[a-z]{1,5}(?![a-z])")

# A day found in the text, and the text without it.
Found = tuple[date, str]


def parse(written: str) -> datetime | None:
    """The moment a date stands for, in UTC, or None: never the present for want of a better.

    Reads RFC 822 and ISO 8601, and what is met in their place: names of months in nine
    languages, other orders, ordinals, epoch seconds. A day without time is its first
    minute; a time without zone, or with one we do not know, is taken for UTC. A numeric
    day such as 03/04/2024 is None unless its weekday settles which number is the month.
    """
    text = _tidy(written[:LONGEST])
    if EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    for found in _days(text):
        try:
            day, rest = found
            return _moment(day, rest)
        except (ValueError, OverflowError):
            continue
    return None


def _tidy(written: str) -> str:
    text = folded(written).replace("\u2212", "-").strip()
    for two, one in TWO_WORDS.items():
        text = text.replace(two, one)
    return text


def _days(text: str) -> Iterator[Found]:
    """Every day the text could name, the surest way of writing first."""
    for reader in (_year_first, _compact, _day_month_year, _month_day_year, _numeric):
        try:
            found = reader(text)
        except ValueError:  # 31 February
            continue
        if found is not None and found[0].year in YEARS:
            yield found


def _year_first(text: str) -> Found | None:
    found = YEAR_FIRST.search(text)
    return (date(int(found[1]), int(found[3]), int(found[4])), _around(found)) if found else None


def _compact(text: str) -> Found | None:
    found = COMPACT.search(text)
    if found is None:
        return None
    clock = f" {found[4]}:{found[5]}:{found[6] or '00'} " if found[4] else " "
    return date(int(found[1]), int(found[2]), int(found[3])), clock + _around(found)


def _day_month_year(text: str) -> Found | None:
    for found in DAY_MONTH_YEAR.finditer(text):
        if month := MONTH_NUMBERS.get(found[2]):
            return date(_year(found[3]), month, int(found[1])), _around(found)
    return None


def _month_day_year(text: str) -> Found | None:
    for found in MONTH_DAY_YEAR.finditer(text):
        if month := MONTH_NUMBERS.get(found[1]):
            return date(int(found[4]), month, int(found[2])), f"{found[3]} {_around(found)}"
    return None


def _numeric(text: str) -> Found | None:
    found = NUMERIC.search(text)
    if found is None:
        return None
    first, second, year = int(found[1]), int(found[3]), _year(found[4])
    day_first = [(first, second)] if second <= 12 else []
    month_first = [(second, first)] if first <= 12 and found[2] != "." else []
    days = {date(year, month, day) for day, month in day_first + month_first}
    if len(days) > 1:
        weekdays = {WEEKDAY_NUMBERS.get(word[:3]) for word in re.findall(r"[a-z]{3,9}", text)}
        days = {day for day in days if day.weekday() in weekdays}
    return (days.pop(), _around(found)) if len(days) == 1 else None


def _around(found: re.Match[str]) -> str:
    return f"{found.string[: found.start()]} {found.string[found.end() :]}"


def _year(written: str) -> int:
    year = int(written)
    return year if len(written) == 4 else year + (2000 if year < 70 else 1900)


def _moment(day: date, rest: str) -> datetime:
    """The day at the time and in the zone that stand in the rest of the text."""
    found = TIME.search(rest) or HOUR.search(rest)
    if found is None:
        return datetime.combine(day, time(), UTC)
    hour, minute, second = int(found[1]), int(found[2] or 0), min(int(found[3] or 0), 59)
    half = found[4] or {"ص": "a", "م": "p"}.get(found[5])
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    midnight = timedelta(days=1) if (hour, minute) == (24, 0) else timedelta(0)
    local = datetime.combine(day, time(hour % 24 if midnight else hour, minute, second))
    return (local + midnight).replace(tzinfo=_zone(rest[found.end() :])).astimezone(UTC)


def _zone(text: str) -> timezone | ZoneInfo:
    if found := OFFSET.search(text):
        hours, minutes = int(found[2]), int(found[3] or 0)
        if hours <= 14 and minutes < 60:
            return timezone((1 if found[1] == "+" else -1) * timedelta(hours=hours, minutes=minutes))
    if found := REGION.search(text):
        try:
            return ZoneInfo(found[0].title())
        except (ValueError, KeyError, OSError):
            return UTC
    names = (ZONES.get(name) for name in ZONE_NAME.findall(text))
    return timezone(timedelta(hours=next((hours for hours in names if hours is not None), 0)))
