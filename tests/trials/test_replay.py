"""Replaying: the same ringings as judging anew at every report, whatever the figures; and what is kept of them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from service.alerts.decide import Ring
from service.incidents.accounts import by_report
from service.judgement import State, judge
from service.rules.model import Route, Rules, Threshold
from service.trials.replay import replay
from service.values import Figure, Level
from tests.factories import a_figure, a_signal, some_rules

ROUTES = (
    Route("all", frozenset(), Level.MODERATE, ("crisis-room",)),
    Route("syria", frozenset({"SYR"}), Level.MINOR, ("syria-team", "crisis-room")),
)
RULES = some_rules(routes=ROUTES)


def folded(figures: Iterable[Figure], rules: Rules) -> list[tuple[datetime, str, Level]]:
    """The plain way: everything said so far, judged at every report."""
    state, said, rung = State(), [], []
    for report in by_report(figures):
        said += report
        state, verdict = judge(state, said, rules, report[0].said_at)
        if isinstance(verdict.decision, Ring):
            rung.append((report[0].said_at, verdict.decision.reason, verdict.decision.level))
    return rung


def rung(figures: Iterable[Figure], rules: Rules) -> list[tuple[datetime, str, Level]]:
    [ringings] = replay(figures, [rules])
    return [(one.at, one.reason, one.level) for one in ringings]


# Kind, type, unit, and how large a figure of it may be beside the number drawn.
KINDS = (
    ("casualty", "killed", "people", 1),
    ("displacement", "displaced", "people", 50),
    ("displacement", "displaced", "households", 20),
    ("suspension", "health", "facilities", 1),
)
told = st.tuples(
    st.sampled_from(KINDS),
    st.integers(1, 400),
    st.sampled_from(["new", "new", "total"]),
    st.sampled_from([None, "Aleppo", "Idlib"]),
    st.sampled_from(["A", "B", "C"]),
    st.sampled_from("BBE"),
    st.sampled_from([(), (), (), ("aid_worker",)]),
)
reports = st.lists(st.lists(told, min_size=1, max_size=3), min_size=1, max_size=40)


def figures_of(story: list[list[tuple]]) -> list[Figure]:  # type: ignore[type-arg]
    found = []
    for number, report in enumerate(story):
        for (kind, type_, unit, times), low, scope, place, origin, grade, tags in report:
            signal = a_signal(kind, type_, low * times, unit=unit, scope=scope, place=place, tags=tags)
            signal = replace(signal, place_from="sentence" if place else "report")
            found.append(a_figure(signal, minutes=number, report_id=number, origin=origin, grade=grade))
    return found


@given(reports)
@settings(max_examples=200, deadline=None)
def test_it_rings_first_and_rises_as_judging_at_every_report_would(story: list[list[tuple]]) -> None:  # type: ignore[type-arg]
    figures = figures_of(story)
    plain = folded(figures, RULES)
    assert without_revisions(rung(figures, RULES)) == without_revisions(plain)


def without_revisions(rung: list[tuple[datetime, str, Level]]) -> list[tuple[datetime, str, Level]]:
    return [one for one in rung if one[1] not in ("revised", "corrected")]


def test_a_figure_that_doubles_late_in_a_long_incident_is_told_at_once() -> None:
    said = [a_figure(a_signal(low=12), minutes=minute) for minute in range(100)]
    said.append(a_figure(a_signal(low=25), minutes=200))
    said += [a_figure(a_signal(low=25), minutes=300 + minute) for minute in range(10)]
    assert rung(said, RULES) == folded(said, RULES)
    assert [reason for _, reason, _ in rung(said, RULES)] == ["first", "revised"]


def test_a_running_total_rings_for_what_it_grew_by() -> None:
    total = {"kind": "displacement", "type": "displaced", "scope": "total"}
    said = [a_figure(a_signal(**total, low=500_000 + 60 * day), origin="UN", minutes=day) for day in range(40)]
    assert rung(said, RULES) == folded(said, RULES) != []


def test_an_older_figure_counts_otherwise_once_the_area_is_known() -> None:
    """A country named late lowers the bounds of what was said before."""
    nowhere = [a_figure(a_signal(low=2, country=None), minutes=minute) for minute in range(9)]
    said = [*nowhere, a_figure(a_signal(low=1, country="SDN"), minutes=60, origin="Monitor")]
    assert rung(said, RULES) == folded(said, RULES) != []


def test_what_cannot_ring_yet_waits_for_what_can() -> None:
    said = [a_figure(a_signal(low=90, scope="historic")), a_figure(a_signal(low=12), minutes=5)]
    [[ringing]] = replay(said, [RULES])
    assert (ringing.reason, ringing.at) == ("first", said[1].said_at)


def test_each_version_is_judged_by_itself() -> None:
    strict = replace(RULES, thresholds=RULES.thresholds | {"killed": Threshold({"unknown": (20, 40, 80, 160)}, {})})
    lenient_rung, strict_rung = replay(
        [a_figure(a_signal(low=12)), a_figure(a_signal(low=45), minutes=9)], [RULES, strict]
    )
    assert [one.level for one in lenient_rung] == [Level.MODERATE, Level.SEVERE]
    assert [one.level for one in strict_rung] == [Level.MODERATE]


def test_a_ringing_keeps_the_words_it_rests_on_and_whom_it_reaches() -> None:
    [[one]] = replay([a_figure(a_signal(low=12), origin="Monitor", link="https://news.example/1")], [RULES])
    [evidence] = one.evidence
    assert (evidence.text, evidence.origin, evidence.link) == ("12 killed", "Monitor", "https://news.example/1")
    assert evidence.words == "killed 12 ≥ 10 → Moderate"
    assert (one.routes, one.to) == (("all", "syria"), ("crisis-room", "syria-team"))
