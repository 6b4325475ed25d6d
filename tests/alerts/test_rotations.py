"""Who is on call: turns, hand-overs at the clock's hour whatever clocks do, overrides, and gaps."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from service.alerts.oncall import duties, gaps, hand_overs, on_call
from service.rules.duty import RotationRule
from service.values import Gap, HandOver, Override
from tests.alerts.duty import (
    MONDAY,
    PEOPLE,
    a_rotation,
    an_override,
    clocks,
    local,
    moments,
    rules_with,
    spans,
    utc,
    zones,
)

WEEK = timedelta(days=7)
NOW = local("2026-01-07T12:00")


def test_a_recipient_stands_for_themselves_and_a_strange_name_for_no_one() -> None:
    rules = rules_with(a_rotation())
    assert on_call(rules, (), "bilal", NOW) == ("bilal",)
    assert on_call(rules, (), "gone", NOW) == ()


@pytest.mark.parametrize(
    "at, person",
    [
        ("2026-01-05T07:59", None),
        ("2026-01-05T08:00", "amira"),
        ("2026-01-12T07:59", "amira"),
        ("2026-01-12T08:00", "bilal"),
        ("2026-01-26T08:00", "amira"),
        # Clocks were put forward on the Sunday before: 08:00 is an hour earlier in UTC.
        ("2026-03-30T07:59", "chen"),
        ("2026-03-30T08:00", "amira"),
    ],
)
def test_turns_change_on_the_day_at_the_clocks_hour(at: str, person: str | None) -> None:
    assert on_call(rules_with(a_rotation()), (), "duty", local(at)) == ((person,) if person else ())


def test_turns_may_be_days_or_weeks() -> None:
    daily, fortnightly = rules_with(a_rotation(turn=1)), rules_with(a_rotation(turn=14))
    seen = [on_call(daily, (), "duty", NOW + timedelta(days=day))[0] for day in range(4)]
    assert seen == ["chen", "amira", "bilal", "chen"]
    seen = [on_call(fortnightly, (), "duty", NOW + week * WEEK)[0] for week in range(5)]
    assert seen == ["amira", "amira", "bilal", "bilal", "chen"]


def test_hand_overs_of_a_week_the_end_included() -> None:
    rules, at = rules_with(a_rotation()), local("2026-01-12T08:00")
    expected = [HandOver(at, "duty", incoming="bilal", outgoing="amira")]
    assert hand_overs(rules, (), NOW, NOW + WEEK) == expected
    assert hand_overs(rules, (), NOW, at) == expected and hand_overs(rules, (), at, at + timedelta(days=6)) == []


def test_one_who_takes_turns_alone_goes_on() -> None:
    rules = rules_with(a_rotation(people=("amira",), turn=1))
    assert hand_overs(rules, (), NOW, NOW + timedelta(days=1)) == [
        HandOver(local("2026-01-08T08:00"), "duty", incoming="amira", outgoing="amira")
    ]


def test_a_skipped_hour_hands_over_when_clocks_are_put_forward_and_a_double_one_once() -> None:
    rules = rules_with(a_rotation(turn=1, at=time(3, 30)))
    spring = hand_overs(rules, (), utc("2026-03-28T12:00"), utc("2026-03-29T12:00"))
    assert [one.at for one in spring] == [utc("2026-03-29T01:00")]
    autumn = hand_overs(rules, (), utc("2026-10-24T12:00"), utc("2026-10-25T12:00"))
    assert [one.at for one in autumn] == [utc("2026-10-25T00:30")]
    [first] = on_call(rules, (), "duty", local("2026-10-25T03:45"))
    assert on_call(rules, (), "duty", local("2026-10-25T03:10", fold=1)) == (first,), "not back for the second 03:10"


# --- overrides ----------------------------------------------------------------


def test_an_override_goes_first_from_its_start_until_before_its_end() -> None:
    rules, start, end = rules_with(a_rotation()), NOW + timedelta(hours=1), NOW + timedelta(hours=3)
    held = [an_override("chen", start, end)]
    seen = [on_call(rules, held, "duty", at)[0] for at in (start - timedelta(seconds=1), start, end)]
    assert seen == ["amira", "chen", "amira"]
    assert [(one.at, one.incoming) for one in hand_overs(rules, held, NOW, end)] == [(start, "chen"), (end, "amira")]


def test_of_two_overrides_the_one_made_last_counts() -> None:
    rules, end = rules_with(a_rotation()), NOW + timedelta(hours=3)
    held = [an_override("chen", NOW, end), an_override("bilal", NOW, end - timedelta(hours=1))]
    seen = [on_call(rules, held, "duty", NOW + timedelta(hours=hour))[0] for hour in (0, 1, 2, 3)]
    assert seen == ["bilal", "bilal", "chen", "amira"]


def test_an_override_of_another_rotation_or_by_someone_gone_does_not_count() -> None:
    rules, end = rules_with(a_rotation()), NOW + timedelta(hours=3)
    held = [an_override("chen", NOW, end, rotation="other"), an_override("gone", NOW, end)]
    assert on_call(rules, held, "duty", NOW) == ("amira",)
    assert gaps(rules, held, NOW, end) == []


def test_a_turn_that_begins_inside_an_override_goes_on_with_who_is_there() -> None:
    rules, hour = rules_with(a_rotation()), local("2026-01-12T08:00")
    held = [an_override("chen", hour - timedelta(hours=1), hour + timedelta(hours=1))]
    found = hand_overs(rules, held, NOW, NOW + WEEK)
    assert [(one.outgoing, one.incoming) for one in found] == [("amira", "chen"), ("chen", "chen"), ("chen", "bilal")]


# --- gaps ---------------------------------------------------------------------


def test_nobody_is_on_call_while_an_override_says_so() -> None:
    rules, start, end = rules_with(a_rotation()), NOW + timedelta(hours=1), NOW + timedelta(hours=3)
    held = [an_override(None, start, end)]
    assert on_call(rules, held, "duty", start) == ()
    assert gaps(rules, held, NOW, NOW + WEEK) == [Gap("duty", start, end)]
    first, second = hand_overs(rules, held, NOW, end)
    assert (first.outgoing, first.incoming, second.outgoing, second.incoming) == ("amira", None, None, "amira")


def test_a_rotation_of_nobody_is_unstaffed_and_one_to_come_until_it_begins() -> None:
    assert gaps(rules_with(a_rotation(people=())), (), NOW, NOW + WEEK) == [Gap("duty", NOW, NOW + WEEK)]
    coming = rules_with(a_rotation(since=MONDAY + WEEK))
    assert gaps(coming, (), NOW, NOW + WEEK) == [Gap("duty", NOW, local("2026-01-12T08:00"))]
    assert hand_overs(coming, (), NOW, NOW + WEEK)[0].outgoing is None


def test_a_gap_that_one_override_fills_in_part_is_two() -> None:
    rules = rules_with(a_rotation(people=()))
    start, end = NOW + timedelta(hours=1), NOW + timedelta(hours=3)
    found = gaps(rules, [an_override("chen", start, end)], NOW, NOW + WEEK)
    assert [(gap.start, gap.end) for gap in found] == [(NOW, start), (end, NOW + WEEK)]
    assert gaps(rules, (), NOW, NOW) == []


def test_every_rotation_is_told_with_its_week() -> None:
    [duty] = duties(rules_with(a_rotation()), (), NOW, WEEK)
    assert (duty.rotation, duty.zone, duty.on_call, duty.gaps) == ("duty", "Europe/Kyiv", "amira", ())
    assert [one.incoming for one in duty.hand_overs] == ["bilal"]


# --- what always holds --------------------------------------------------------


@st.composite
def rotations(draw: st.DrawFn) -> RotationRule:
    since = draw(st.dates(date(2009, 1, 1), date(2009, 12, 31)))
    turn = draw(st.sampled_from([1, 7, 14, 28]))
    return a_rotation(zone=draw(zones), at=draw(clocks), since=since, turn=turn)


overriding = st.lists(
    st.builds(
        lambda person, start, length: an_override(person, start, start + length),
        st.sampled_from([*PEOPLE, None]),
        st.datetimes(datetime(2026, 3, 20), datetime(2026, 4, 5)).map(lambda at: at.replace(tzinfo=UTC)),
        spans,
    ),
    max_size=4,
)


@given(rotations(), moments)
def test_at_any_moment_exactly_one_person_is_on_call(rotation: RotationRule, now: datetime) -> None:
    assert len(on_call(rules_with(rotation), (), "duty", now)) == 1


@given(rotations(), moments, spans)
def test_it_changes_at_hand_overs_only_and_each_is_at_the_clocks_hour(
    rotation: RotationRule, now: datetime, length: timedelta
) -> None:
    # Turns of midnight: the one of the day that Apia lost has no time at all.
    assume(rotation.zone != "Pacific/Apia" or rotation.at > time(0))
    rules = rules_with(rotation)
    person = on_call(rules, (), "duty", now)[0]
    for one in hand_overs(rules, (), now, now + length):
        assert (one.outgoing, on_call(rules, (), "duty", one.at)) == (person, (one.incoming,))
        assert PEOPLE[(PEOPLE.index(person) + 1) % 3] == one.incoming
        person = str(one.incoming)
    assert on_call(rules, (), "duty", now + length) == (person,)


@given(rotations(), overriding, st.integers(0, 14 * 24 * 4))
def test_with_overrides_too_hand_overs_and_gaps_tell_all(
    rotation: RotationRule, held: list[Override], quarters: int
) -> None:
    rules, since = rules_with(rotation), utc("2026-03-20T00:00")
    at = since + timedelta(minutes=15 * quarters)
    changes = hand_overs(rules, held, since, at)
    expected = changes[-1].incoming if changes else next(iter(on_call(rules, held, "duty", since)), None)
    assert on_call(rules, held, "duty", at) == ((expected,) if expected else ())
    within = [gap for gap in gaps(rules, held, since, since + 3 * WEEK) if gap.start <= at < gap.end]
    assert bool(within) == (expected is None)


@given(rotations(), moments, st.lists(spans, min_size=1, max_size=5))
def test_calls_that_follow_one_another_tell_each_hand_over_once(
    rotation: RotationRule, now: datetime, lengths: list[timedelta]
) -> None:
    rules, told, at = rules_with(rotation), [], now
    for length in lengths:
        told += hand_overs(rules, (), at, at + length)
        at += length
    assert told == hand_overs(rules, (), now, at)
