"""Reads holidays in an iCalendar file (RFC 5545): its all-day events, once or every year.

What it does not understand is refused by line, not passed over: a holiday unread is a team
taken for being at work.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from service.rules.duty import Holiday

MAX_CHARACTERS: Final = 500_000
MAX_DAYS: Final = 31
VALUE: Final = r"""(?:"[^"]*"|[^";:,]*)"""
CONTENT: Final = re.compile(rf"""([A-Za-z0-9-]+)(?:;[^=;:"]+={VALUE}(?:,{VALUE})*)*:(.*)""", re.ASCII)
# A day, which some programs write as its midnight.
DAY: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T000000Z?)?", re.ASCII)
COUNT: Final = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)
# Ways to tell days that holidays can be written without.
REFUSED: Final = frozenset({"DURATION", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"})
ONE_BY_ONE: Final = "Write each of its days as an event of its own"
ANEW: Final = "Export the calendar anew, as .ics"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was before it was folded; `number` is that of its first part."""

    number: int
    name: str
    value: str


class Mistaken(Exception):
    """A line that is not understood; `problem` goes on from its number ("line 12 …")."""

    def __init__(self, line: int, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.line, self.problem, self.remedy = line, problem, remedy


def read(text: str) -> tuple[list[Holiday], list[Mistaken]]:
    """The holidays of a calendar, in the order of its text, and every mistake."""
    holidays: list[Holiday] = []
    mistakes: list[Mistaken] = []
    try:
        for event in _events(text):
            try:
                holidays += _holidays(event)
            except Mistaken as mistake:
                mistakes.append(mistake)
    except Mistaken as mistake:
        mistakes.append(mistake)
    return holidays, mistakes


# --- lines and events ---------------------------------------------------------


def _events(text: str) -> Iterator[list[Line]]:
    """The lines of each event, without those of what is inside it (alarms)."""
    if len(text) > MAX_CHARACTERS:
        raise Mistaken(1, f"begins more than {MAX_CHARACTERS:,} characters", "Keep the holidays of a few years")
    inside: list[str] = []
    event: list[Line] = []
    last = 0
    for line in map(_parsed, _unfolded(text)):
        last, part = line.number, line.value.upper()
        if line.name == "BEGIN":
            inside.append(part)
            event = [line] if inside == ["VCALENDAR", "VEVENT"] else event
        if inside[:1] != ["VCALENDAR"]:
            raise Mistaken(last, "is not of a calendar", ANEW)
        if line.name == "END":
            if inside == ["VCALENDAR", "VEVENT"]:
                yield event
            if inside.pop() != part:
                raise Mistaken(last, f"ends {part[:40]}, which was not begun last", ANEW)
        elif inside == ["VCALENDAR", "VEVENT"]:
            event.append(line)
    if inside or not last:
        raise Mistaken(max(1, last), "is where the calendar is cut off", ANEW)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Each whole line with its number; one that begins with a space goes on with the one before."""
    parts: list[str] = []
    start = 1
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if parts and line.startswith((" ", "\t")):
            parts.append(line[1:])
            continue
        if parts:
            yield start, "".join(parts)
        start, parts = number, [line] if line.strip() else []
    if parts:
        yield start, "".join(parts)


def _parsed(numbered: tuple[int, str]) -> Line:
    number, text = numbered
    match = CONTENT.fullmatch(text)
    if match is None:
        raise Mistaken(number, "is no line of an iCalendar file", ANEW)
    return Line(number, match[1].upper(), match[2].strip())


# --- what an event says -------------------------------------------------------


def _holidays(event: list[Line]) -> list[Holiday]:
    """The days an event takes; none where it was cancelled."""
    said = {line.name: line for line in event}
    if strange := next((line for line in event if line.name in REFUSED), None):
        raise Mistaken(strange.number, f"has {strange.name}, which is not understood", ONE_BY_ONE)
    if "STATUS" in said and said["STATUS"].value.upper() == "CANCELLED":
        return []
    if "DTSTART" not in said:
        raise Mistaken(event[0].number, "begins an event without DTSTART", "Give it a day")
    first = _day(said["DTSTART"])
    days = _length(first, said["DTEND"]) if "DTEND" in said else 1
    return [_repeated(first, days, said["RRULE"]) if "RRULE" in said else Holiday(first, days)]


def _day(line: Line) -> date:
    if match := DAY.fullmatch(line.value):
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            pass
    raise Mistaken(line.number, f"has {line.name}:{line.value[:40]}, which is no whole day", "Make it an all-day event")


def _length(first: date, end: Line) -> int:
    days = (_day(end) - first).days
    if not 1 <= days <= MAX_DAYS:
        raise Mistaken(end.number, f"makes an event of {days} days", f"Let it have 1 to {MAX_DAYS}")
    return days


def _repeated(first: date, days: int, line: Line) -> Holiday:
    """A holiday of every year, until the end its rule gives."""
    rule = dict(part.upper().partition("=")[::2] for part in line.value.split(";"))
    ends: dict[str, str] = {name: rule.pop(name) for name in ("COUNT", "UNTIL") if name in rule}
    rule.pop("WKST", None)
    plain = {"FREQ": "YEARLY", "INTERVAL": "1", "BYMONTH": str(first.month), "BYMONTHDAY": str(first.day)}
    leap_day = (first.month, first.day) == (2, 29)
    if "FREQ" not in rule or not rule.items() <= plain.items() or len(ends) > 1 or leap_day:
        raise Mistaken(line.number, f"has RRULE:{line.value[:60]}, which is not understood", ONE_BY_ONE)
    return Holiday(first, days, yearly=True, until=_until(first, ends, line))


def _until(first: date, ends: dict[str, str], line: Line) -> date | None:
    """The last day on which it may begin."""
    if "UNTIL" in ends:
        return _day(Line(line.number, "UNTIL", ends["UNTIL"][:8]))
    if "COUNT" not in ends:
        return None
    if not COUNT.fullmatch(ends["COUNT"]):
        raise Mistaken(line.number, f"has COUNT={ends['COUNT'][:20]}, which is not understood", ONE_BY_ONE)
    return first.replace(year=min(9999, first.year + int(ends["COUNT"]) - 1))
