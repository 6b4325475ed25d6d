"""Whom a drill tells, and what is read from its log."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from service.alerts import acts, drill
from service.alerts.acts import Officer
from service.alerts.drill import Answer, Reached
from service.alerts.life import passed
from service.alerts.watch import Watch
from service.errors import Refused
from service.rules.model import Contact, RecipientRule, Route, Rules, StepRule
from service.values import Alert, Level, Line, Outcome
from tests.alerts.duty import a_rotation, rules_with, utc

NOW = utc("2026-01-07T10:00")
WAIT = timedelta(minutes=10)
ROUTE = Route("syria", frozenset(), Level.SEVERE, ("duty", "chen"), steps=(StepRule(("bilal",)), StepRule(("duty",))))


def rules() -> Rules:
    found = rules_with(a_rotation(people=("amira", "bilal")))
    chen = RecipientRule("chen", (Contact("mail", "chen@example.org"), Contact("phone", "chen", backup=True)))
    return replace(found, recipients={**found.recipients, "chen": chen})


def begun(route: Route = ROUTE, watch: Watch | None = None, wait: timedelta = WAIT, now: datetime = NOW) -> Outcome:
    return drill.begun(route, watch or Watch(rules()), Line("dana", "", source="console"), wait, now)


def acknowledged(alert: Alert, name: str) -> Outcome:
    return acts.acknowledge(alert, Officer(name, NOW + timedelta(seconds=30), "link"), Watch(rules()))


def test_everyone_named_at_any_step_is_told_by_every_contact_and_of_a_rotation_who_is_on_call() -> None:
    [telling] = begun().tellings
    assert [(one.name, one.channel) for one in telling.to] == [
        ("amira", "mail"),
        ("chen", "mail"),
        ("chen", "phone"),
        ("bilal", "mail"),
    ]
    assert telling.notice.drill is not None and telling.notice.drill.unstaffed == ()
    assert (telling.notice.reason, telling.notice.level) == ("drill", Level.SEVERE)


def test_nobody_on_call_is_noted_and_where_nobody_is_left_refused() -> None:
    empty = replace(rules(), rotations={"duty": a_rotation(people=())})
    [telling] = begun(watch=Watch(empty)).tellings
    assert telling.notice.drill is not None and telling.notice.drill.unstaffed == ("duty",)
    with pytest.raises(Refused, match="reaches nobody"):
        begun(replace(ROUTE, to=("duty",), steps=()), Watch(empty))


@pytest.mark.parametrize("wait", [timedelta(0), timedelta(seconds=59), timedelta(days=2)])
def test_it_waits_for_a_minute_at_least_and_a_day_at_most(wait: timedelta) -> None:
    with pytest.raises(Refused, match="a minute"):
        begun(wait=wait)


def test_it_never_escalates_and_ends_by_itself() -> None:
    alert = begun().alert
    assert alert.due_at == NOW + WAIT
    before = passed(alert, Watch(rules()), NOW + WAIT - timedelta(seconds=1))
    assert (before.alert.state, before.tellings) == ("open", ())
    after = passed(alert, Watch(rules()), NOW + WAIT)
    assert (after.alert.state, after.tellings, after.alert.due_at) == ("closed", (), None)


def test_nobody_is_told_who_answered_and_no_check_ends() -> None:
    first = acknowledged(begun().alert, "amira")
    second = acknowledged(first.alert, "chen")
    assert (first.tellings, second.tellings) == ((), ())
    assert second.alert.due_at == NOW + WAIT
    assert [line.act for line in (*first.log, *second.log)] == ["acknowledged", "acknowledged too"]
    closed = acts.close(second.alert, Officer("amira", NOW, "api"), "handled", Watch(rules()))
    assert closed.tellings == ()
    with pytest.raises(Refused, match="is over"):
        acts.reopen(closed.alert, Officer("amira", NOW, "api"), Watch(rules()))


def test_the_first_answer_of_each_counts_and_strangers_are_told_apart() -> None:
    alert, [telling] = begun().alert, begun().tellings
    assert telling.notice.drill is not None
    later = NOW + timedelta(seconds=42)
    answers = [
        Answer("Chen", later, "email"),
        Answer("chen", later + WAIT, "link"),
        Answer("Eve", later, "api"),
        Answer("bilal", later, "sms"),
    ]
    sent = {"chen": [Reached("mail", "sent"), Reached("phone", "failed", "no such topic")]}
    found = drill.so_far(alert, telling.notice.drill, sent, answers)
    assert [(one.recipient, one.answer.source if one.answer else None) for one in found.people] == [
        ("amira", None),
        ("chen", "email"),
        ("bilal", "sms"),
    ]
    assert found.people[1].messages[1].error == "no such topic"
    assert ([one.officer for one in found.others], found.all_answered) == (["Eve"], False)
    done = drill.so_far(alert, telling.notice.drill, sent, [*answers, Answer("amira", later, "link")])
    assert done.all_answered
    assert [one.officer for one in drill.new_answers(found, done)] == ["amira"]
    unstaffed = replace(telling.notice.drill, unstaffed=("night",))
    assert not drill.so_far(alert, unstaffed, sent, [*answers, Answer("amira", later, "link")]).all_answered
