"""What is wrong, by the state alone: each problem at its limit, and not before."""

import math
from dataclasses import replace
from datetime import timedelta

import pytest

from service.health.problems import DAY, KINDS, LIMITS, problems, span, usual
from service.health.pulse import brought, changed
from service.health.state import FeedState, Room, State
from service.health.steadiness import LASTS, STAYS_AWAY, Steadiness
from service.values import Journey, Look, Pulse, Report
from tests.factories import NOON

WELL = State(NOON, NOON, waited={"feed": 0.0}, undelivered=0.0, feeds=(), rules="3f9c")
KNOWN = Pulse(NOON - timedelta(days=3), longest=DAY, first_at=NOON - timedelta(days=60))


def ago(seconds: float, **also: object) -> Journey:
    at = NOON - timedelta(seconds=seconds)
    return replace(Journey(1, None, at, None, at, 2.0), **also)  # type: ignore[arg-type]


def of(pulse: Pulse, failures: int = 0) -> State:
    return replace(WELL, feeds=(FeedState(1, "wire", failures, "404" if failures else None, NOON, pulse),))


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (WELL, []),
        (replace(WELL, rules=None), ["rules-missing"]),
        (replace(WELL, waited={"feed": 120.0, "outbox": 121.0}), ["stage:outbox"]),
        (replace(WELL, undelivered=900.0), []),
        (replace(WELL, undelivered=901.0), ["undelivered"]),
        (replace(WELL, skew=-5.0), []),
        (replace(WELL, skew=-5.1), ["clock:skew"]),
        (replace(WELL, room=Room(free=512 * 2**20, total=2**40)), []),
        (replace(WELL, room=Room(free=511 * 2**20, total=2**40)), ["disk"]),
        (replace(WELL, look=Look(NOON - timedelta(seconds=120))), []),
        (replace(WELL, look=Look(NOON - timedelta(seconds=121))), ["beat"]),
        (replace(WELL, look=Look(NOON, jumped_at=NOON - timedelta(minutes=9), jumped_by=-60.0)), ["clock:jump"]),
        (replace(WELL, look=Look(NOON, jumped_at=NOON - timedelta(minutes=10), jumped_by=-60.0)), []),
        (replace(WELL, journey=ago(420)), []),
        (replace(WELL, journey=ago(421)), ["synthetic"]),
        (replace(WELL, journey=ago(10, waiting_since=NOON - timedelta(seconds=120))), []),
        (replace(WELL, journey=ago(10, waiting_since=NOON - timedelta(seconds=121))), ["synthetic"]),
        (of(Pulse(), failures=4), []),
        (of(Pulse(), failures=5), ["feed:wire"]),
        (of(KNOWN), ["quiet:wire"]),
        (of(KNOWN, failures=5), ["feed:wire"]),
        (of(replace(KNOWN, longest=1.6 * DAY)), []),
        (of(replace(KNOWN, first_at=NOON - timedelta(days=4))), []),
        (of(Pulse(undated=2, textless=3)), ["yield:wire"]),
        (of(Pulse(undated=2)), []),
        (of(Pulse()), []),
    ],
)
def test_each_is_a_problem_from_its_limit_on(state: State, expected: list[str]) -> None:
    found = problems(state)
    assert [problem.key for problem in found] == expected
    assert all(problem.key.partition(":")[0] in KINDS and problem.title and problem.detail for problem in found)


def test_what_a_feed_never_did_is_not_missed() -> None:
    assert usual(Pulse(), LIMITS) == usual(Pulse(NOON, first_at=NOON), LIMITS) == math.inf


def test_a_feed_is_known_by_the_longest_it_went_without_which_fades() -> None:
    pulse = brought(Pulse(), NOON)
    assert (pulse.new_at, pulse.first_at, pulse.longest) == (NOON, NOON, None)
    pulse = brought(pulse, NOON + timedelta(hours=5))
    pulse = brought(pulse, NOON + timedelta(hours=6))
    assert pulse.longest == pytest.approx(5 * 3600, rel=0.01) and pulse.first_at == NOON
    for hours in range(7, 24 * 60):
        pulse = brought(pulse, NOON + timedelta(hours=hours))
    assert pulse.longest == pytest.approx(2.5 * 3600, rel=0.02)


def test_the_yield_counts_only_what_a_feed_had() -> None:
    dated, bare = Report("Title\nText", "f", published=NOON), Report("Title", "f")
    assert changed(Pulse(), [bare]) == changed(Pulse(), []) == Pulse()
    pulse = changed(Pulse(), [bare, dated])
    assert (pulse.undated, pulse.textless) == (0, 0)
    pulse = changed(changed(pulse, [bare]), [bare])
    assert (pulse.undated, pulse.textless) == (2, 2)
    assert changed(pulse, []) == pulse
    assert changed(pulse, [dated]).undated == 0


def test_a_problem_must_last_and_must_stay_away() -> None:
    steadiness = Steadiness()
    for look in range(1, LASTS + 1):
        steadiness = steadiness.after({"disk"}, set())
        assert steadiness.begun == ({"disk"} if look == LASTS else set())
    assert steadiness.after({"disk"}, set()).begun == set(), "somebody closed it: it is not told anew"
    for look in range(1, STAYS_AWAY + 1):
        steadiness = steadiness.after(set(), {"disk"})
        assert steadiness.over == ({"disk"} if look == STAYS_AWAY else set())
    assert Steadiness({"disk": -2}).after({"disk"}, {"disk"}).looks == {"disk": 1}
    assert Steadiness({"disk": 2}).after(set(), set()).looks == {}


def test_spans_are_in_words() -> None:
    assert [span(s) for s in (0, 119, 120, 7200, 2 * DAY)] == ["0 s", "119 s", "2 min", "2 h", "2 d"]
