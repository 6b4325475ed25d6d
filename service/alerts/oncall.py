"""Who is on call, when one hands over to the next, and when nobody is.

A turn begins when the clock in the rotation's zone shows its hour; an override goes before it,
and of two that hold at once the one made last.  Overrides are given in the order they were made.
One that names someone who is not in the rules any more does not count.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import count, pairwise

from service.alerts.wall_clock import reached, shown
from service.rules.duty import RotationRule
from service.rules.model import Rules
from service.values import Duty, Gap, HandOver, Override

DAY = timedelta(days=1)


def on_call(rules: Rules, overrides: Sequence[Override], name: str, now: datetime) -> tuple[str, ...]:
    """Whom a name of a route or step stands for: a recipient for themselves, a rotation for who is on call.

    Empty where nobody is, or the name is not in the rules any more.
    """
    if name in rules.recipients:
        return (name,)
    rotation = rules.rotations.get(name)
    person = _person(rotation, _of(rules, overrides, name), now) if rotation else None
    return (person,) if person else ()


def hand_overs(rules: Rules, overrides: Sequence[Override], since: datetime, until: datetime) -> list[HandOver]:
    """Those after `since`, up to and with `until`: calls that follow one another see each once."""
    found = [
        hand_over
        for rotation in rules.rotations.values()
        for hand_over in _hand_overs(rotation, _of(rules, overrides, rotation.name), since, until)
    ]
    return sorted(found, key=lambda one: (one.at, one.rotation))


def gaps(rules: Rules, overrides: Sequence[Override], start: datetime, end: datetime) -> list[Gap]:
    """When nobody is on call in a rotation, from `start` until before `end`."""
    found = [
        gap
        for rotation in rules.rotations.values()
        for gap in _gaps(rotation, _of(rules, overrides, rotation.name), start, end)
    ]
    return sorted(found, key=lambda one: (one.start, one.rotation))


def duties(rules: Rules, overrides: Sequence[Override], now: datetime, ahead: timedelta) -> tuple[Duty, ...]:
    """Every rotation now, with what comes in the time ahead; in the order of the rules."""
    return tuple(
        _duty(rotation, _of(rules, overrides, rotation.name), now, ahead) for rotation in rules.rotations.values()
    )


# --- one rotation, with its own overrides -------------------------------------


def _of(rules: Rules, overrides: Sequence[Override], rotation: str) -> list[Override]:
    return [
        one for one in overrides if one.rotation == rotation and (one.person is None or one.person in rules.recipients)
    ]


def _duty(rotation: RotationRule, overrides: Sequence[Override], now: datetime, ahead: timedelta) -> Duty:
    return Duty(
        rotation.name,
        rotation.zone,
        _person(rotation, overrides, now),
        tuple(_hand_overs(rotation, overrides, now, now + ahead)),
        tuple(_gaps(rotation, overrides, now, now + ahead)),
    )


def _person(rotation: RotationRule, overrides: Sequence[Override], now: datetime) -> str | None:
    for override in reversed(overrides):
        if override.start <= now < override.end:
            return override.person
    turn = _turn(rotation, now)
    return rotation.people[turn % len(rotation.people)] if rotation.people and turn >= 0 else None


def _hand_overs(
    rotation: RotationRule, overrides: Sequence[Override], since: datetime, until: datetime
) -> Iterator[HandOver]:
    turns = set(_turns(rotation, since, until))
    edges = {at for one in overrides for at in (one.start, one.end) if since < at <= until}
    for at in sorted(turns | edges):
        incoming, outgoing = (_person(rotation, overrides, when) for when in (at, at - timedelta.resolution))
        if incoming != outgoing or (incoming and at in turns):
            yield HandOver(at, rotation.name, incoming, outgoing)


def _gaps(rotation: RotationRule, overrides: Sequence[Override], start: datetime, end: datetime) -> Iterator[Gap]:
    changes = [at for at in _changes(rotation, overrides, start, end) if at < end]
    for begins, ends in pairwise([start, *changes, end]):
        if begins < ends and _person(rotation, overrides, begins) is None:
            yield Gap(rotation.name, begins, ends)


def _changes(
    rotation: RotationRule, overrides: Sequence[Override], since: datetime, until: datetime
) -> Iterator[datetime]:
    """When another person is on call than before."""
    found = _hand_overs(rotation, overrides, since, until)
    return (one.at for one in found if one.incoming != one.outgoing)


# --- turns --------------------------------------------------------------------


def _turn(rotation: RotationRule, now: datetime) -> int:
    """The number of a moment's turn; the first is 0, those before it are negative."""
    # Beginning with tomorrow: a clock put back over midnight shows yesterday once more.
    day = shown(now, rotation.zone).date() + DAY
    while reached(day, rotation.at, rotation.zone) > now:
        day -= DAY
    return (day - rotation.since).days // rotation.turn


def _turns(rotation: RotationRule, since: datetime, until: datetime) -> Iterator[datetime]:
    """When turns begin, after `since` and up to `until`."""
    for turn in count(max(0, _turn(rotation, since) + 1)):
        begins = reached(_day(rotation, turn), rotation.at, rotation.zone)
        if begins > until:
            return
        if begins > since:
            yield begins


def _day(rotation: RotationRule, turn: int) -> date:
    return rotation.since + turn * rotation.turn * DAY
