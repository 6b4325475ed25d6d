"""Holidays from iCalendar files: what is understood, and what is refused by line."""

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import RulesError
from service.rules import Neighbours, Rules, digest, read
from service.rules.duty import Holiday, Hours, RotationRule, Season, TeamRule
from service.rules.icalendar import MAX_CHARACTERS
from service.rules.icalendar import read as read_calendar
from tests.rules.alerts_files import KNOWN, completed

NEW_YEAR = date(2026, 1, 1)
TEAM = "teams:\n  field: {zone: Asia/Damascus, hours: 08:00-18:00, holidays: holidays.ics}\n"


def calendar(*lines: str) -> str:
    """A calendar of one event; its own lines begin with the third."""
    return "\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""])


@pytest.mark.parametrize(
    "lines, expected",
    [
        (["DTSTART;VALUE=DATE:20260101"], Holiday(NEW_YEAR)),
        (["DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:20260104"], Holiday(NEW_YEAR, days=3)),
        (["DTSTART;TZID=Asia/Damascus:20260101T000000", "DTEND:20260102T000000Z"], Holiday(NEW_YEAR)),
        (["dtstart;value=date:20260101"], Holiday(NEW_YEAR)),
        (["DTSTART:20260101", "RRULE:FREQ=YEARLY"], Holiday(NEW_YEAR, yearly=True)),
        (
            ["DTSTART:20260101", "RRULE:FREQ=YEARLY;INTERVAL=1;BYMONTH=1;BYMONTHDAY=1;WKST=SU"],
            Holiday(NEW_YEAR, yearly=True),
        ),
        (["DTSTART:20260101", "RRULE:FREQ=YEARLY;COUNT=3"], Holiday(NEW_YEAR, yearly=True, until=date(2028, 1, 1))),
        (
            ["DTSTART:20260101", "RRULE:FREQ=YEARLY;UNTIL=20301231T235959Z"],
            Holiday(NEW_YEAR, yearly=True, until=date(2030, 12, 31)),
        ),
        # Folded lines, parameters in quotes, an alarm with times of its own.
        (["DTSTART;VALUE=DA", " TE:202601", "\t01"], Holiday(NEW_YEAR)),
        (['DTSTART;X-A="a;b:c",d;VALUE=DATE:20260101'], Holiday(NEW_YEAR)),
        (
            ["DTSTART:20260101", "BEGIN:VALARM", "DTSTART:20250101T120000", "END:VALARM", "SUMMARY;LANGUAGE=ar:عيد"],
            Holiday(NEW_YEAR),
        ),
    ],
)
def test_days_that_are_understood(lines: list[str], expected: Holiday) -> None:
    assert read_calendar(calendar(*lines)) == ([expected], [])


def test_events_that_were_cancelled_and_zones_are_passed_over() -> None:
    text = calendar("DTSTART:20260101", "STATUS:CANCELLED")
    zone = "BEGIN:VTIMEZONE\nBEGIN:STANDARD\nDTSTART:19700101T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU\nEND:STANDARD\n"
    found = read_calendar(text.replace("BEGIN:VEVENT", f"{zone}END:VTIMEZONE\nBEGIN:VEVENT", 1))
    assert found == ([], [])


@pytest.mark.parametrize(
    "text, line, words",
    [
        (calendar("DTSTART:20260101T090000"), 3, "no whole day"),
        (calendar("DTSTART:20260230"), 3, "no whole day"),
        (calendar("DTSTART:20260101", "DTEND:20260101"), 4, "0 days"),
        (calendar("DTSTART:20260101", "DTEND:20270101"), 4, "365 days"),
        (calendar("DTSTART:20260101", "DURATION:P1D"), 4, "has DURATION"),
        (calendar("DTSTART:20260101", "RDATE:20260102"), 4, "has RDATE"),
        (calendar("DTSTART:20260101", "RRULE:FREQ=MONTHLY"), 4, "FREQ=MONTHLY"),
        (calendar("DTSTART:20261126", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"), 4, "BYDAY=4TH"),
        (calendar("DTSTART:20260101", "RRULE:FREQ=YEARLY;BYMONTHDAY=2"), 4, "BYMONTHDAY=2"),
        (calendar("DTSTART:20260101", "RRULE:FREQ=YEARLY;COUNT=0"), 4, "COUNT=0"),
        (calendar("DTSTART:20260101", "RRULE:FREQ=YEARLY;UNTIL=soon"), 4, "UNTIL:SOON"),
        (calendar("DTSTART:20280229", "RRULE:FREQ=YEARLY"), 4, "not understood"),
        (calendar("SUMMARY:no day"), 2, "without DTSTART"),
        (calendar("a line without a colon"), 3, "no line of an iCalendar file"),
        (calendar("DTSTART:20260101", "END:VALARM"), 4, "not begun last"),
        ("", 1, "cut off"),
        ("BEGIN:VCALENDAR\nVERSION:2.0\n", 2, "cut off"),
        ("BEGIN:VCARD\nEND:VCARD\n", 1, "not of a calendar"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\nDTSTART:20260101\n", 3, "not of a calendar"),
        ("<!doctype html>\n", 1, "no line of an iCalendar file"),
        ("x" * (MAX_CHARACTERS + 1), 1, "more than 500,000 characters"),
    ],
)
def test_what_is_not_understood_is_refused_by_line(text: str, line: int, words: str) -> None:
    _, [mistake] = read_calendar(text)
    assert mistake.line == line and words in mistake.problem and mistake.remedy


def test_every_event_that_is_wrong_is_told() -> None:
    events = "".join(f"BEGIN:VEVENT\nDTSTART:{day}\nEND:VEVENT\n" for day in ("20260101", "soon", "20260105", "late"))
    found, mistakes = read_calendar(f"BEGIN:VCALENDAR\n{events}END:VCALENDAR")
    assert (len(found), [mistake.line for mistake in mistakes]) == (2, [6, 12])


@given(
    st.lists(
        st.sampled_from(
            ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR", "DTSTART:20260101", "RRULE:"]
        )
        | st.text(max_size=20)
    ).map("\n".join)
)
def test_nothing_hostile_breaks_it(text: str) -> None:
    _, mistakes = read_calendar(text)
    assert all(1 <= mistake.line <= text.count("\n") + 1 for mistake in mistakes)


@pytest.mark.parametrize("part", [';A="', ";A=b", ",", '"', ";", ":", "A-"])
def test_long_lines_are_read_in_time(part: str) -> None:
    read_calendar("A" + part * (400_000 // len(part)))


# --- in alerts.yaml -----------------------------------------------------------


def rules(text: str, files: Neighbours | None = None) -> Rules:
    return read(completed(text, []), "alerts.yaml", KNOWN, files)


def test_a_team_and_a_rotation_as_they_are_written() -> None:
    found = rules(
        "teams:\n  field:\n    countries: [SYR]\n    zone: Asia/Damascus\n    hours: 08:00-24:00\n"
        "    days: [sun, mon]\n"
        '    seasons: [{from: "12-15", to: "01-10", hours: 09:00-15:00}]\n    holidays: feasts/2026.ics\n'
        "rotations:\n  duty:\n    people: [officer, room]\n    zone: Asia/Damascus\n    since: 2026-01-04\n"
        '    hand_over: {day: sunday, every: 2 weeks, at: "08:00"}\n'
        "recipients:\n  room: {contacts: [{channel: phone}]}\n  officer: {contacts: [{channel: slack}], team: field}\n",
        Neighbours(texts={"feasts/2026.ics": calendar("DTSTART:20260101")}),
    )
    expected = TeamRule(
        "field",
        frozenset({"SYR"}),
        "Asia/Damascus",
        Hours(time(8), time(0)),
        frozenset({6, 0}),
        (Holiday(NEW_YEAR),),
        (Season((12, 15), (1, 10), Hours(time(9), time(15))),),
    )
    assert found.teams == {"field": expected}
    people = ("officer", "room")
    assert found.rotations == {"duty": RotationRule("duty", people, "Asia/Damascus", time(8), date(2026, 1, 4), 14)}
    assert found.recipients["officer"].team == "field"


def test_a_version_is_named_by_its_text_and_the_files_it_names(tmp_path: Path) -> None:
    (tmp_path / "holidays.ics").write_bytes(calendar("DTSTART:20260101").replace("\n", "\r\n").encode())
    files = Neighbours(tmp_path)
    found = rules(TEAM, files)
    assert files.texts == {"holidays.ics": calendar("DTSTART:20260101")}
    assert found.hash == digest(completed(TEAM, []), files.texts) != digest(completed(TEAM, []))
    assert rules(TEAM, Neighbours(texts=files.texts)) == found
    assert rules("update_at: 2\n").hash == digest(completed("update_at: 2\n", []))


def test_a_calendar_that_cannot_be_read_is_a_mistake_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "holidays.ics").mkdir()
    with pytest.raises(RulesError, match=r"alerts.yaml:2:62: .*'holidays.ics', which cannot be read: there is no such"):
        rules(TEAM, Neighbours(tmp_path))
    (tmp_path / "holidays.ics").rmdir()
    (tmp_path / "holidays.ics").write_bytes(b"BEGIN:VCALENDAR\nSUMMARY:f\xeate\n")
    with pytest.raises(RulesError, match=r"alerts.yaml:2:62: .*whose line 2 is refused: This is not UTF-8"):
        rules(TEAM, Neighbours(tmp_path))
