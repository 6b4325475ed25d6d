"""What a brief holds, and what it leaves out."""

from dataclasses import replace
from datetime import timedelta

from service.alerts.brief import MOST_LISTED, Happened, brief, languages, ringing
from service.alerts.watch import Watch
from service.rules.model import Route
from service.values import Acknowledgement, Alert, Level, Near, Problem, Silence, Step, Track, Unread
from tests.factories import NOON, some_rules

HOUR = timedelta(hours=1)
SINCE = NOON - 12 * HOUR
WATCH = Watch(some_rules(recipients={}))


def an_alert(id: int = 1, level: Level = Level.SEVERE, **also: object) -> Alert:
    usual: dict[str, object] = {"told": ("amira",), "country": "SYR", "types": ("killed",), "incident_id": id}
    return Alert(id, "open", level, 1, NOON - HOUR, **{**usual, **also})  # type: ignore[arg-type]


def happened(*alerts: Alert, **also: object) -> Happened:
    return Happened(SINCE, NOON, alerts, **also)  # type: ignore[arg-type]


def test_of_nothing_it_says_that_nothing_rang() -> None:
    found = brief(happened(), WATCH, "amira", "Asia/Damascus")
    assert (found.rang, found.open.total, found.near.total, found.silent.total) == (0, 0, 0, 0)
    assert (found.since, found.until, found.to, found.zone) == (SINCE, NOON, "amira", "Asia/Damascus")


def test_open_alerts_come_heaviest_first_with_what_is_next() -> None:
    track = Track("syria", (Step(("amira",), HOUR),), due_at=NOON + HOUR)
    open_ = [
        an_alert(1, Level.MODERATE),
        an_alert(2, tracks=(track,)),
        an_alert(3, Level.MODERATE, acknowledgements=(Acknowledgement("bilal", NOON),)),
    ]
    found = brief(happened(*open_, rang={2}, words={2: ("Homs", "31 killed")}), WATCH)
    assert [one.id for one in found.open.listed] == [2, 3, 1]
    assert (found.open.listed[0].next_at, found.open.listed[1].owner) == (NOON + HOUR, "bilal")
    assert (found.open.listed[0].place, found.open.listed[0].said, found.rang) == ("Homs", "31 killed", 1)


def test_minor_ones_that_rang_nobody_are_told_once() -> None:
    minor = [an_alert(n, Level.MINOR, told=()) for n in (1, 2)]
    quiet = [replace(one, opened_at=NOON - one.id * 8 * HOUR) for one in minor]
    found = brief(happened(*quiet), WATCH)
    assert ([one.id for one in found.quiet.listed], found.open.total, found.rang) == ([1], 0, 0)


def test_what_is_put_off_or_silenced_says_until_when() -> None:
    silence = Silence(5, "amira", "known", NOON - HOUR, NOON + 2 * HOUR, Level.MODERATE, ("SYR",))
    alerts = [an_alert(1, Level.MODERATE), an_alert(2, Level.MODERATE, snoozed_until=NOON + HOUR)]
    found = brief(happened(*alerts), replace(WATCH, silences=(silence,)))
    assert [(one.waits, one.waits_until) for one in found.open.listed] == [
        ("put off", NOON + HOUR),
        ("silenced", NOON + 2 * HOUR),
    ]
    assert [(one.silence, one.until, one.by) for one in found.held.listed] == [(5, NOON + 2 * HOUR, "amira")]


def test_what_rang_and_was_closed_is_told_with_the_reason() -> None:
    closed = replace(an_alert(4, closed="misread"), state="closed")
    found = brief(happened(closed=[closed], rang={4}), WATCH)
    assert ([one.closed for one in found.closed.listed], found.rang) == (["misread by us"], 1)


def test_silent_feeds_are_told_apart_from_other_problems() -> None:
    problems = {1: Problem("feed:wire", "The feed 'wire' …", "503"), 2: Problem("delivery:mail:bilal", "Not sent", "x")}
    alerts = [an_alert(n, Level.MODERATE, kind="problem", incident_id=None) for n in problems]
    found = brief(happened(*alerts, problems=problems, answered={"wire": SINCE}), WATCH)
    assert [(one.name, one.since, one.answered_at) for one in found.silent.listed] == [("wire", NOON - HOUR, SINCE)]
    assert [one.title for one in found.troubles.listed] == ["Not sent"]
    assert (found.open.total, found.rang) == (0, 0)


def test_lists_are_bounded_and_say_how_many_more() -> None:
    found = brief(happened(*(an_alert(n) for n in range(1, 36))), WATCH)
    assert (len(found.open.listed), found.open.more, found.open.total) == (MOST_LISTED, 25, 35)
    near = [Near(n, "Homs", "SYR", Level.MODERATE, 500 + n, 1000, "") for n in range(40)]
    assert brief(happened(near=near), WATCH).near.listed[0].value == 539


def test_languages_beyond_the_first_are_counted_together() -> None:
    counted = languages({"ar": 30, "": 2, **{f"x{n}": 1 for n in range(12)}})
    assert counted[:2] == (Unread("ar", 30), Unread("", 2))
    assert counted[-1] == Unread("others", 4) and sum(one.texts for one in counted) == 44


def test_a_level_rings_where_it_is_not_for_the_brief_and_a_route_covers_it() -> None:
    routes = (Route("worst", frozenset({"SYR"}), Level.SEVERE, ("amira",)),)
    rules = some_rules(routes=routes)
    assert ringing(rules, "SYR") == [Level.SEVERE, Level.EXTREME]
    assert ringing(rules, "UKR") == []
    every = (Route("all", frozenset(), Level.MINOR, ("amira",)),)
    assert ringing(some_rules(routes=every), "UKR") == [Level.MODERATE, Level.SEVERE, Level.EXTREME]
