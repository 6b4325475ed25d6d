"""When teams are at work: hours of the clock, days, seasons and holidays."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.alerts.hours import in_hours, next_hours
from service.rules.duty import Holiday, Hours, Season, TeamRule
from tests.alerts.duty import a_team, clocks, local, moments, rules_with, zones

WORKDAYS = frozenset(range(5))
DAY, NIGHT = Hours(time(8), time(18)), Hours(time(22), time(6))
NEW_YEAR = Holiday(date(2020, 1, 1), yearly=True)
CHRISTMAS = Holiday(date(2026, 12, 24), days=3)
MARCH = Season((3, 1), (3, 30), Hours(time(9), time(15)))
WINTER = Season((12, 15), (1, 10), Hours(time(10), time(14)))


@pytest.mark.parametrize(
    "team, at, expected",
    [
        (a_team(), "2026-01-07T07:59", False),
        (a_team(), "2026-01-07T08:00", True),
        (a_team(), "2026-01-07T17:59", True),
        (a_team(), "2026-01-07T18:00", False),
        (a_team(days=WORKDAYS), "2026-01-10T12:00", False),
        (a_team(holidays=(NEW_YEAR,)), "2026-01-01T12:00", False),
        (a_team(holidays=(NEW_YEAR,)), "2019-01-01T12:00", True),
        (a_team(holidays=(CHRISTMAS,)), "2026-12-26T12:00", False),
        (a_team(holidays=(CHRISTMAS,)), "2026-12-27T12:00", True),
        (a_team(holidays=(Holiday(date(2020, 1, 1), yearly=True, until=date(2025, 6, 1)),)), "2026-01-01T12:00", True),
        # Over the turn of the year.
        (a_team(holidays=(Holiday(date(2020, 12, 31), days=2, yearly=True),)), "2026-01-01T12:00", False),
        (a_team(seasons=(MARCH,)), "2026-03-30T15:00", False),
        (a_team(seasons=(MARCH,)), "2026-03-31T15:00", True),
        (a_team(seasons=(WINTER,)), "2026-12-15T09:59", False),
        (a_team(seasons=(WINTER,)), "2027-01-10T14:00", False),
        (a_team(seasons=(WINTER,)), "2027-01-11T14:00", True),
        # Past midnight: the night of Friday is at work on Saturday morning, that of Sunday is not.
        (a_team(hours=NIGHT, days=WORKDAYS), "2026-01-10T05:59", True),
        (a_team(hours=NIGHT, days=WORKDAYS), "2026-01-10T06:00", False),
        (a_team(hours=NIGHT, days=WORKDAYS), "2026-01-12T05:59", False),
        (a_team(hours=Hours(time(0), time(0))), "2026-01-07T00:00", True),
        # Clocks were put forward that night.
        (a_team(), "2026-03-29T08:00", True),
        (a_team(), "2026-03-29T07:59", False),
        (a_team(hours=None), "2026-01-01T03:00", True),
    ],
)
def test_who_is_at_work(team: TeamRule, at: str, expected: bool) -> None:
    assert in_hours(rules_with(team=team), "field", local(at)) is expected


def test_a_team_that_is_gone_from_the_rules_is_told_at_any_hour() -> None:
    night = local("2026-01-07T03:00")
    assert in_hours(rules_with(), "gone", night) and next_hours(rules_with(), "gone", night) == night


@pytest.mark.parametrize(
    "team, at, expected",
    [
        (a_team(), "2026-01-07T12:00", "2026-01-07T12:00"),
        (a_team(), "2026-01-07T18:00", "2026-01-08T08:00"),
        (a_team(), "2026-01-07T03:00", "2026-01-07T08:00"),
        (a_team(days=WORKDAYS), "2026-01-09T18:00", "2026-01-12T08:00"),
        (a_team(days=WORKDAYS, holidays=(Holiday(date(2026, 1, 12), days=2),)), "2026-01-09T18:00", "2026-01-14T08:00"),
        (a_team(), "2026-03-28T18:00", "2026-03-29T08:00"),
        (a_team(seasons=(MARCH,)), "2026-02-28T18:00", "2026-03-01T09:00"),
    ],
)
def test_when_it_is_at_work_next(team: TeamRule, at: str, expected: str) -> None:
    assert next_hours(rules_with(team=team), "field", local(at)) == local(expected)


def test_a_team_that_never_is_at_work_is_told_at_once() -> None:
    never = a_team(holidays=tuple(Holiday(date(2020, month, 1), days=31, yearly=True) for month in range(1, 13)))
    now = local("2026-01-07T12:00")
    assert not in_hours(rules_with(team=never), "field", now)
    assert next_hours(rules_with(team=never), "field", now) == now


teams = st.builds(
    lambda zone, start, end, days: a_team(zone=zone, hours=Hours(start, end), days=frozenset(days)),
    zones,
    clocks,
    clocks,
    st.sets(st.integers(0, 6), min_size=1),
)


@given(teams, moments)
def test_the_next_hours_are_at_work_and_none_before_them(team: TeamRule, now: datetime) -> None:
    rules = rules_with(team=team)
    begins = next_hours(rules, "field", now)
    assert begins >= now
    if begins == now:
        return
    assert in_hours(rules, "field", begins) and not in_hours(rules, "field", begins - timedelta.resolution)
    between = (now + (begins - now) * share / 20 for share in range(20))
    assert not any(in_hours(rules, "field", at) for at in between)
