"""A time on the wall clock as a moment, on days when clocks are put forward or back."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given

from service.alerts.wall_clock import reached, shown
from tests.alerts.duty import clocks, days, utc, zones


@pytest.mark.parametrize(
    "zone, day, at, expected",
    [
        ("Europe/Kyiv", "2026-03-28", "08:00", "2026-03-28T06:00"),
        # Put forward from 03:00 to 04:00: what is skipped is reached when it is.
        ("Europe/Kyiv", "2026-03-29", "03:30", "2026-03-29T01:00"),
        ("Europe/Kyiv", "2026-03-29", "04:00", "2026-03-29T01:00"),
        ("Europe/Kyiv", "2026-03-29", "08:00", "2026-03-29T05:00"),
        # Put back from 04:00 to 03:00: what comes twice is reached the first time.
        ("Europe/Kyiv", "2026-10-25", "03:30", "2026-10-25T00:30"),
        ("Europe/Kyiv", "2026-10-25", "04:00", "2026-10-25T02:00"),
        # By half an hour.
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30"),
        # At midnight, there is no 00:00 in Beirut.
        ("Asia/Beirut", "2026-03-29", "00:00", "2026-03-28T22:00"),
        # A day that never was.
        ("Pacific/Apia", "2011-12-30", "08:00", "2011-12-30T10:00"),
        ("Pacific/Apia", "2011-12-31", "00:00", "2011-12-30T10:00"),
    ],
)
def test_a_time_is_reached_once(zone: str, day: str, at: str, expected: str) -> None:
    assert reached(date.fromisoformat(day), time.fromisoformat(at), zone) == utc(expected)


@given(days, clocks, zones)
def test_it_is_the_first_moment_that_shows_it_or_later(day: date, at: time, zone: str) -> None:
    wall, moment = datetime.combine(day, at), reached(day, at, zone)
    assert shown(moment, zone) >= wall
    before = [moment - timedelta.resolution, *(moment - timedelta(minutes=15 * quarter) for quarter in range(1, 12))]
    assert all(shown(earlier, zone) < wall for earlier in before)


@given(days, clocks, clocks, zones)
def test_a_later_time_is_never_reached_before_an_earlier_one(day: date, one: time, other: time, zone: str) -> None:
    early, late = sorted([one, other])
    assert reached(day, early, zone) <= reached(day, late, zone) <= reached(day + timedelta(days=1), early, zone)
