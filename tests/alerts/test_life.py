"""The life of an alert: whatever people, rules and the clock do, a rise in level rings, and nothing is told twice."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.alerts import acts
from service.alerts.acts import Officer
from service.alerts.escalation import unanswered
from service.alerts.life import joined, news, passed
from service.alerts.upcoming import upcoming
from service.alerts.watch import Watch
from service.errors import Refused
from service.rules.model import RING, Contact, RecipientRule, RingRule, Route, StepRule
from service.values import Alert, Level, Notice, Outcome, Silence
from tests.factories import NOON, some_rules

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def person(name: str, team: str | None = None) -> RecipientRule:
    return RecipientRule(name, (Contact("mail", f"{name}@example.org"),), team=team)


PEOPLE = {
    one.name: one for one in (person("room"), person("amira", "syria"), person("basil", "syria"), person("chief"))
}
STEPS = (StepRule(("basil",)), StepRule(("chief",), 30 * MINUTE))
ROUTES = (
    Route("syria", frozenset(), Level.MINOR, ("amira",), "syria", STEPS),
    Route("everyone", frozenset(), Level.SEVERE, ("room",)),
)
RULES = some_rules(recipients=PEOPLE, routes=ROUTES, operators=("chief",))
WATCH = Watch(RULES)


@dataclass
class Life:
    """An alert as its stage and desk would keep it: what was told, and to whom."""

    watch: Watch = WATCH
    now: Any = NOON
    alert: Alert | None = None
    told: list[tuple[str, str, str]] = field(default_factory=list)
    rows: set[tuple[str, str, str, int]] = field(default_factory=set)
    log: list[tuple[str, str]] = field(default_factory=list)

    def keep(self, outcome: Outcome) -> None:
        for telling in outcome.tellings:
            notice = telling.notice
            for one in telling.to:
                row = (one.name, one.channel, notice.reason, notice.revision)
                assert row not in self.rows, "one row for each (alert, recipient, channel, reason, revision)"
                self.rows.add(row)
                self.told.append((notice.reason, one.name, notice.note))
        self.log += [(line.act, line.detail) for line in outcome.log]
        self.alert = outcome.alert

    def news(self, level: Level) -> None:
        """What the judgement makes of figures of a level, then the life."""
        before = self.alert
        if before is None:
            fresh = Alert(1, "open", level, revision=1, opened_at=self.now)
            self.keep(news(fresh, self.notice("first", level, 1), self.watch, self.now))
        elif level > before.level:
            risen = replace(unanswered(before), level=level)
            risen = replace(risen, revision=before.revision + 1)
            self.keep(news(risen, self.notice("rise", level, risen.revision), self.watch, self.now))
        else:
            revised = replace(before, revision=before.revision + 1)
            self.keep(news(revised, self.notice("revised", level, revised.revision), self.watch, self.now))

    def notice(self, reason: Any, level: Level, revision: int) -> Notice:
        return Notice(1, revision, reason, level, self.now)

    def do(self, act: Callable[[Alert, Officer, Watch], Outcome], name: str = "amira") -> None:
        assert self.alert is not None
        self.keep(act(self.alert, Officer(name, self.now, "api"), self.watch))

    def acknowledge(self, name: str = "amira") -> None:
        self.do(acts.acknowledge, name)

    def wait(self, span: timedelta) -> list[tuple[str, str]]:
        """Let time pass, the stage doing what falls due at its moment; returns reasons and people."""
        before, until = len(self.told), self.now + span
        while self.alert is not None and (at := self.alert.due_at) is not None and at <= until:
            self.now = max(self.now, at)
            self.keep(passed(self.alert, self.watch, self.now))
            assert self.alert.due_at is None or self.alert.due_at > self.now, "time goes on"  # type: ignore[operator]
        self.now = until
        return [(reason, name) for reason, name, _ in self.told[before:]]


def a_life(level: Level = Level.SEVERE, watch: Watch = WATCH) -> Life:
    life = Life(watch)
    life.news(level)
    return life


def test_it_rings_the_routes_then_step_by_step_then_again() -> None:
    life = a_life()
    assert [(reason, name) for reason, name, _ in life.told] == [("first", "amira"), ("first", "room")]
    assert life.wait(14 * MINUTE) == []
    assert life.wait(2 * MINUTE) == [("step", "basil")]
    assert life.wait(30 * MINUTE) == [("step", "chief")]
    # An hour after the last step of each route everyone is told again.
    assert ("repeat", "amira") in life.wait(60 * MINUTE)


def test_the_log_tells_what_rang_people_from_what_they_were_told() -> None:
    life = a_life()
    life.wait(20 * MINUTE)
    life.acknowledge()
    assert [line for line in life.log if line[0] in ("rang", "told")] == [
        ("rang", "first: Severe; told amira, room"),
        ("rang", "step; told basil"),
        ("told", "taken; told room, basil"),
    ]


def test_it_is_not_repeated_for_ever() -> None:
    life = a_life()
    life.wait(timedelta(days=4))
    assert life.wait(timedelta(days=30)) == []
    assert life.alert is not None and life.alert.state == "open"


def test_an_answer_stops_the_steps_and_everybody_else_hears_of_it() -> None:
    life = a_life()
    life.acknowledge()
    assert [told[:2] for told in life.told[2:]] == [("taken", "room")]
    assert life.told[-1][2] == "amira is checking"
    assert life.wait(3 * HOUR) == []


def test_another_teams_answer_does_not_stop_ours() -> None:
    people = PEOPLE | {"zoe": person("zoe", "water")}
    life = a_life(watch=Watch(replace(RULES, recipients=people)))
    life.acknowledge("zoe")
    assert life.alert is not None and life.alert.state == "acknowledged"
    assert ("step", "basil") in life.wait(20 * MINUTE)
    life.acknowledge("basil")
    assert life.alert.owner == "zoe" and len(life.alert.acknowledgements) == 2
    assert ("step", "chief") not in life.wait(HOUR)


def test_who_is_rung_while_another_team_checks_is_told_who_does() -> None:
    people = PEOPLE | {"zoe": person("zoe", "water")}
    life = a_life(watch=Watch(replace(RULES, recipients=people)))
    life.acknowledge("zoe")
    life.wait(20 * MINUTE)
    assert life.told[-1] == ("step", "basil", "Seen by zoe (water); nobody of syria has answered since 12:00 UTC")
    life.acknowledge("basil")
    life.wait(4 * HOUR - 20 * MINUTE)
    assert not any(reason == "unacknowledged" for reason, _, _ in life.told), "basil still checks, for all routes"
    life.wait(20 * MINUTE)
    notes = {note for reason, _, note in life.told if reason == "unacknowledged"}
    assert notes == {"Nobody is checking any more: the last check ended"}


def test_an_officer_without_a_team_stops_what_a_team_s_answer_left() -> None:
    people = PEOPLE | {"zoe": person("zoe", "water")}
    life = a_life(watch=Watch(replace(RULES, recipients=people)))
    life.acknowledge("zoe")
    life.acknowledge("manager")
    assert life.wait(3 * HOUR) == []


@pytest.mark.parametrize("wait", ["snoozed", "checked", "silenced"])
def test_what_waited_longer_than_repeats_last_is_repeated_all_the_same(wait: str) -> None:
    if wait == "silenced":
        silence = Silence(1, "amira", "known", NOON, NOON + 5 * 24 * HOUR, Level.SEVERE)
        life = a_life(Level.MODERATE, replace(WATCH, silences=(silence,)))
        life.wait(5 * 24 * HOUR)
    elif wait == "snoozed":
        life = a_life(Level.MODERATE)
        life.do(lambda alert, officer, watch: acts.snooze(alert, officer, life.now + 5 * 24 * HOUR, watch))
        life.wait(5 * 24 * HOUR)
    else:
        life = a_life()
        for _ in range(30):
            life.acknowledge()
            life.wait(3 * HOUR)
        life.wait(HOUR)
    assert any(reason in ("step", "repeat") for reason, _ in life.wait(12 * HOUR)), wait


def test_a_silence_lets_the_steps_of_a_rise_go_on() -> None:
    silence = Silence(1, "amira", "known", NOON, NOON + 48 * HOUR, Level.SEVERE)
    life = a_life(Level.MODERATE, replace(WATCH, silences=(silence,)))
    assert life.told == []
    life.news(Level.SEVERE)
    assert [reason for reason, _ in life.wait(50 * MINUTE)] == ["step", "step"]


def test_whom_two_routes_lead_to_is_told_once() -> None:
    both = (Route("a", frozenset(), Level.MINOR, ("amira",)), Route("b", frozenset(), Level.MINOR, ("amira", "room")))
    life = a_life(watch=Watch(replace(RULES, routes=both)))
    again = life.wait(HOUR)
    assert sorted(again) == [("repeat", "amira"), ("repeat", "room")]


def test_the_same_said_twice_tells_nobody_twice() -> None:
    life = a_life()
    until = life.now + 2 * HOUR
    for _ in range(2):
        life.do(lambda alert, officer, watch: acts.snooze(alert, officer, until, watch))
        life.do(lambda alert, officer, watch: acts.assign(alert, officer, "basil", watch))
    assert [reason for reason, _, _ in life.told[2:]] == ["snoozed", "assigned"]


def test_a_ring_nobody_is_on_call_for_says_so() -> None:
    nobody = (Route("a", frozenset(), Level.MINOR, ("nobody here",)),)
    outcome = news(
        Alert(1, "open", Level.SEVERE, 1, NOON),
        Notice(1, 1, "first", Level.SEVERE, NOON),
        Watch(replace(RULES, routes=nobody)),
        NOON,
    )
    assert [line.detail for line in outcome.log if line.act == "kept quiet"] == ["first: nobody is on call"]


def test_a_second_answer_of_the_team_changes_nothing() -> None:
    life = a_life()
    life.acknowledge()
    before = life.alert
    life.acknowledge("basil")
    assert life.alert == before


def test_an_acknowledgement_warns_then_ends_and_rings_again() -> None:
    life = a_life()
    life.acknowledge()
    assert life.wait(3 * HOUR + 46 * MINUTE) == [("ending", "amira")]
    assert ("unacknowledged", "amira") in life.wait(15 * MINUTE)
    assert life.alert is not None and (life.alert.state, life.alert.owner) == ("open", None)


def test_said_again_it_holds_longer() -> None:
    life = a_life()
    life.acknowledge()
    life.wait(3 * HOUR)
    life.acknowledge()
    assert life.wait(3 * HOUR) == []


def test_the_next_automatic_action_is_said() -> None:
    life = a_life()
    found = upcoming(life.alert, WATCH) if life.alert else None
    assert found is not None and (found.at, found.words) == (NOON + 15 * MINUTE, "rings basil if nobody answers")


@pytest.mark.parametrize("hide", ["acknowledge", "snooze", "silence", "close"])
def test_a_rise_rings_whatever_was_done(hide: str) -> None:
    life = a_life()
    match hide:
        case "acknowledge":
            life.acknowledge()
        case "snooze":
            life.do(lambda alert, officer, watch: acts.snooze(alert, officer, life.now + HOUR, watch))
        case "silence":
            life.watch = replace(WATCH, silences=(silence(Level.EXTREME),))
        case "close":
            life.do(lambda alert, officer, watch: acts.close(alert, officer, "handled", watch))
    before = len(life.told)
    life.news(Level.EXTREME)
    assert {told[:2] for told in life.told[before:]} == {("rise", "amira"), ("rise", "room")}
    assert life.alert is not None and life.alert.state == "open"


def silence(level: Level, hours: float = 5) -> Silence:
    return Silence(7, "amira", "a drill", NOON - HOUR, NOON + hours * HOUR, level)


def test_a_silence_holds_the_first_ring_until_it_ends() -> None:
    life = a_life(watch=replace(WATCH, silences=(silence(Level.SEVERE),)))
    assert life.told == [] and life.alert is not None and ("kept quiet", "first: silence 7 holds") in life.log
    assert life.wait(4 * HOUR) == []
    life.watch = WATCH
    assert ("first", "amira") in life.wait(HOUR)


def test_more_of_the_same_level_rings_nobody_who_closed_or_put_it_off() -> None:
    life = a_life()
    life.do(lambda alert, officer, watch: acts.close(alert, officer, "not_ours", watch))
    before = len(life.told)
    life.news(Level.SEVERE)
    assert len(life.told) == before
    assert life.wait(timedelta(days=1)) == []


def test_put_off_it_rings_at_its_time() -> None:
    life = a_life()
    life.do(lambda alert, officer, watch: acts.snooze(alert, officer, life.now + 2 * HOUR, watch))
    assert life.wait(HOUR) == []
    assert ("woken", "amira") in life.wait(HOUR)


def test_put_off_for_too_long_is_refused() -> None:
    life = a_life(Level.EXTREME)
    with pytest.raises(Refused, match="5 minutes to 4 hours"):
        life.do(lambda alert, officer, watch: acts.snooze(alert, officer, life.now + timedelta(days=1), watch))


def test_opened_again_it_rings_from_the_start() -> None:
    life = a_life()
    life.do(lambda alert, officer, watch: acts.close(alert, officer, "handled", watch))
    life.do(acts.reopen)
    assert ("reopened", "amira") in life.wait(MINUTE)


def test_minor_is_left_to_the_brief() -> None:
    life = a_life(Level.MINOR)
    assert life.told == [] and life.alert is not None and life.alert.state == "open"
    assert life.wait(timedelta(days=1)) == []


def test_a_step_nobody_is_on_call_for_is_passed_over() -> None:
    routes = (replace(ROUTES[0], steps=(StepRule(("nobody",)), StepRule(("chief",)))),)
    life = a_life(watch=Watch(replace(RULES, routes=routes)))
    assert life.wait(16 * MINUTE) == [("step", "chief")]


def test_rules_that_change_do_not_derail_an_escalation() -> None:
    life = a_life()
    life.watch = Watch(replace(RULES, routes=(), ring=RING | {Level.SEVERE: RingRule()}))
    assert life.wait(16 * MINUTE) == [("step", "basil")]


def test_what_is_assigned_is_told_to_whom_it_is_given() -> None:
    life = a_life()
    life.do(lambda alert, officer, watch: acts.assign(alert, officer, "chief", watch))
    assert life.told[-1][:2] == ("assigned", "chief")
    with pytest.raises(Refused):
        life.do(lambda alert, officer, watch: acts.assign(alert, officer, "nobody", watch))


# --- whatever the order -------------------------------------------------------

LEVELS = st.sampled_from([level for level in Level if level])
EVENTS = st.one_of(
    st.tuples(st.just("news"), LEVELS),
    st.tuples(st.just("wait"), st.integers(1, 60 * 40)),
    st.tuples(st.sampled_from(("acknowledge", "close", "reopen", "comment")), st.sampled_from(sorted(PEOPLE))),
    st.tuples(st.just("snooze"), st.integers(5, 60 * 12)),
    st.tuples(st.just("silence"), LEVELS),
    st.tuples(st.just("rules"), st.sampled_from((ROUTES, ROUTES[:1], ()))),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(EVENTS, max_size=30))
def test_nothing_hides_a_rise_and_nothing_is_told_twice(events: Iterable[tuple[str, Any]]) -> None:
    """`Life.keep` asserts the second of the two at every telling, `wait` that time always goes on."""
    life = Life()
    for event, of in events:
        if event == "news":
            before, told = life.alert, len(life.told)
            life.news(of)
            rose = before is not None and of > before.level
            if rose and of > Level.MINOR and life.watch.rules.routes:
                assert ("rise", "amira") in {one[:2] for one in life.told[told:]}
        elif event == "wait":
            life.wait(of * MINUTE)
        elif event == "rules":
            life.watch = replace(life.watch, rules=replace(RULES, routes=of))
        elif event == "silence":
            life.watch = replace(life.watch, silences=(Silence(1, "a", "b", life.now, life.now + 9 * HOUR, of),))
        elif life.alert is not None:
            tried(life, event, of)


def tried(life: Life, act: str, of: Any) -> None:
    """An act of an officer, which may be refused."""
    ways: dict[str, Callable[[Alert, Officer, Watch], Outcome]] = {
        "acknowledge": acts.acknowledge,
        "reopen": acts.reopen,
        "comment": acts.comment,
        "close": lambda alert, officer, watch: acts.close(alert, officer, "handled", watch),
        "snooze": lambda alert, officer, watch: acts.snooze(alert, officer, life.now + of * MINUTE, watch),
    }
    try:
        life.do(ways[act], of if isinstance(of, str) else "amira")
    except Refused:
        return


def test_what_nobody_answered_rings_on_in_the_closed_alert_it_became_part_of() -> None:
    closed, unanswered = a_life(), a_life()
    closed.do(lambda alert, officer, watch: acts.close(alert, officer, "not_ours", watch))
    assert closed.alert is not None and unanswered.alert is not None
    before = len(closed.told)
    closed.alert = joined(closed.alert, replace(unanswered.alert, told=("zoe",)), closed.now)
    assert closed.alert.state == "open" and "zoe" in closed.alert.told
    closed.wait(MINUTE)
    assert {reason for reason, _, _ in closed.told[before:]} == {"reopened"}
    answered = a_life()
    answered.acknowledge()
    assert answered.alert is not None
    assert joined(answered.alert, unanswered.alert, NOON).state == "acknowledged"
    put_off = replace(unanswered.alert, snoozed_until=NOON + HOUR)
    ended = replace(closed.alert, state="closed")
    assert joined(ended, put_off, NOON).state == "closed"
