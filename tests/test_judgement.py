"""The judgement: what rings, what does not, and that no order of events hides a rise."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from service.alerts.acts import Officer, acknowledge
from service.alerts.decide import Ring, Stay
from service.alerts.watch import Watch
from service.incidents.bounds import reached
from service.judgement import State, judge
from service.values import Figure, Level
from tests.factories import NOON, a_figure, a_signal, some_rules

RULES = some_rules()
AMIRA = Officer("Amira", NOON, "api")
KILLED = RULES.thresholds["killed"].by_cause["unknown"]


def after(*figures: Figure, state: State = State()) -> tuple[State, object]:  # noqa: B008
    next_state, verdict = judge(state, figures, RULES, NOON)
    return next_state, verdict.decision


def test_the_first_crossing_rings_once() -> None:
    figure = a_figure(a_signal(low=12))
    state, decision = after(figure)
    assert decision == Ring("first", Level.MODERATE)
    _, again = after(figure, state=state)
    assert again == Stay("unchanged")


def test_below_the_threshold_nothing_rings() -> None:
    assert after(a_figure(a_signal(low=2))) == (State(), Stay("below_threshold"))


def test_a_rise_rings_and_says_from_where() -> None:
    first = a_figure(a_signal(low=12))
    state, _ = after(first)
    _, decision = after(first, a_figure(a_signal(low=31), minutes=5), state=state)
    assert isinstance(decision, Ring)
    assert (decision.reason, decision.previous_level, decision.level) == ("rise", Level.MODERATE, Level.SEVERE)
    assert [(change.before.signal.low, change.after.signal.low) for change in decision.changes if change.before] == [
        (12, 31)
    ]


def test_a_rise_takes_an_acknowledged_alert_back_to_open() -> None:
    first = a_figure(a_signal(low=12))
    state, _ = after(first)
    assert state.alert is not None
    taken = replace(state, alert=acknowledge(state.alert, AMIRA, Watch(RULES)).alert)
    risen, _ = after(first, a_figure(a_signal(low=31), minutes=5), state=taken)
    assert risen.alert is not None and (risen.alert.state, risen.alert.owner) == ("open", None)


def test_a_figure_that_doubled_is_told_at_the_same_level() -> None:
    first = a_figure(a_signal(low=12))
    state, _ = after(first)
    _, little = after(first, a_figure(a_signal(low=15), minutes=5), state=state)
    assert little == Stay("unchanged")
    _, doubled = after(first, a_figure(a_signal(low=24), minutes=5), state=state)
    assert isinstance(doubled, Ring) and doubled.reason == "revised"


def test_a_new_facet_that_crosses_moderate_is_told() -> None:
    first = a_figure(a_signal(low=31))
    state, _ = after(first)
    _, decision = after(first, a_figure(a_signal("displacement", "displaced", 2000), minutes=5), state=state)
    assert isinstance(decision, Ring) and decision.reason == "revised"


def test_a_correction_lets_the_level_fall_so_that_a_rise_from_there_is_one() -> None:
    state, _ = judge(State(), [a_figure(a_signal(low=31))], RULES, NOON)
    state, verdict = judge(state, [a_figure(a_signal(low=4))], RULES, NOON)
    assert isinstance(verdict.decision, Ring) and state.alert is not None
    assert (verdict.decision.reason, verdict.decision.previous_level) == ("corrected", Level.SEVERE)
    assert state.alert.level == Level.MINOR
    state, verdict = judge(state, [a_figure(a_signal(low=40))], RULES, NOON)
    assert isinstance(verdict.decision, Ring) and verdict.decision.reason == "rise"


def test_another_outlet_with_the_same_figure_rings_for_nothing() -> None:
    first = a_figure(a_signal(low=12), origin="Monitor")
    state, _ = after(first)
    copy = a_figure(a_signal(low=12), origin="Monitor", publisher="other.example", minutes=9)
    assert after(first, copy, state=state)[1] == Stay("unchanged")


def test_growth_told_by_another_source_is_told() -> None:
    first = a_figure(a_signal(low=12), origin="UN")
    second = a_figure(a_signal(low=13), origin="Monitor", grade="C", minutes=5)
    state, _ = after(first, second)
    _, decision = after(first, second, a_figure(a_signal(low=29), origin="Monitor", grade="C", minutes=60), state=state)
    assert isinstance(decision, Ring) and decision.reason == "revised"


def test_a_figure_said_again_after_a_lower_one_is_no_news() -> None:
    said = [a_figure(a_signal(low=26), origin="B")]
    state, _ = after(*said)
    said.append(a_figure(a_signal(low=11), origin="B", minutes=5))
    said.append(a_figure(a_signal("displacement", "displaced", 2000), minutes=6))
    state, _ = after(*said, state=state)
    said.append(a_figure(a_signal(low=26), origin="B", minutes=9))
    assert after(*said, state=state)[1] == Stay("unchanged")


def test_facilities_are_compared_with_facilities_not_with_people() -> None:
    said = [a_figure(a_signal("suspension", "health", 4, unit="facilities"), origin="A")]
    state, _ = after(*said)
    said.append(a_figure(a_signal("suspension", "health", 60_000, unit="people"), origin="B", minutes=5))
    state, first_of_its_unit = after(*said, state=state)
    assert isinstance(first_of_its_unit, Ring)
    assert after(*said, state=state)[1] == Stay("unchanged")
    said.append(a_figure(a_signal("suspension", "health", 9, unit="facilities"), origin="A", minutes=9))
    assert isinstance(after(*said, state=state)[1], Ring)


def test_one_facet_that_grows_under_the_level_of_another_is_told() -> None:
    said = [a_figure(a_signal("displacement", "displaced", 12_000)), a_figure(a_signal(low=4))]
    state, _ = after(*said)
    said.append(a_figure(a_signal(low=12), minutes=5))
    _, decision = after(*said, state=state)
    assert isinstance(decision, Ring) and decision.reason == "revised"


events = st.lists(st.tuples(st.integers(0, 200), st.sampled_from(["A", "B"]), st.booleans()), min_size=1, max_size=12)


@given(events)
def test_no_sequence_of_figures_and_answers_hides_a_rise(sequence: list[tuple[int, str, bool]]) -> None:
    """Held against the raw figures: the moment an origin's own word passes every level told, it rings, and is open."""
    state, figures, revisions = State(), [], set()
    for minute, (low, origin, answered) in enumerate(sequence):
        figures.append(a_figure(a_signal(low=low), minutes=minute, origin=origin))
        told = state.alert.level if state.alert else Level.NONE
        state, verdict = judge(state, figures, RULES, NOON + timedelta(minutes=minute))
        # One origin of grade B carries no further than Severe.
        if min(reached(low, KILLED)[0], Level.SEVERE) > told:
            assert isinstance(verdict.decision, Ring) and verdict.decision.reason in ("first", "rise")
            assert state.alert is not None and state.alert.state == "open"
        if isinstance(verdict.decision, Ring):
            assert state.alert is not None and state.alert.revision not in revisions
            revisions.add(state.alert.revision)
        if answered and state.alert is not None:
            state = replace(state, alert=acknowledge(state.alert, AMIRA, Watch(RULES)).alert)
