"""Reads rotations: who is on call in turns, and when one hands over to the next."""

import re
from collections.abc import Collection, Mapping
from datetime import date, time, timedelta
from typing import Any, Final

from service.rules import delivery, fields
from service.rules.duty import RotationRule
from service.rules.reader import Reader, noted, read_value, shaped, wrong
from service.rules.scalars import one_of
from service.rules.shapes import Key, each, entries, listing, mapping, table
from service.rules.times import clock, weekday, zone
from service.strict_yaml import Mistakes, Node, shown

# How long a turn is, in days.
TURNS: Final = {"day": 1, "week": 7, "2 weeks": 14, "3 weeks": 21, "4 weeks": 28}
NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

hand_over: Final = mapping(
    day=Key(weekday, "The day of the week; none where each turn is a day", default=None),
    every=Key(one_of("the length of a turn", TURNS), "How long a turn is; a week without it", default=7),
    at=Key(clock, "The time of day, in the zone", '"08:00"'),
)


def rotations(recipients: Collection[str]) -> Reader[dict[str, RotationRule]]:
    """Rotations by name, of people named among `recipients`."""
    people = listing(fields.reference("a recipient of this file", recipients))
    parts = mapping(
        people=Key(people, "Recipients, in the order of their turns", "[amira, bilal]"),
        zone=Key(zone, "The time zone of its hand-overs, by its IANA name", "Asia/Damascus"),
        hand_over=Key(hand_over, "When one hands over to the next", '{day: monday, at: "08:00"}'),
        since=Key(day, "The day on which the first of them begins; before it nobody is on call", "2026-01-05"),
    )
    every = table(parts, delivery.somebody)

    @shaped(**every.schema)
    def read(node: Node, mistakes: Mistakes) -> dict[str, RotationRule]:
        found, written = every(node, mistakes), entries(node, mistakes)
        return each(lambda name: _rotation(name, found[name], written[name], recipients, mistakes), found)

    return read


def _rotation(
    name: str, parts: Mapping[str, Any], node: Node, recipients: Collection[str], mistakes: Mistakes
) -> RotationRule:
    if name in recipients:
        problem = f"{shown(name)} is both a recipient and a rotation"
        mistakes.add(node.key, problem, "Call one of the two otherwise: routes name both")
    turn, at = _hand_over(parts["hand_over"], parts["since"], node, mistakes)
    return RotationRule(name, parts["people"], parts["zone"], at, parts["since"], turn)


def _hand_over(parts: Mapping[str, Any], since: date, node: Node, mistakes: Mistakes) -> tuple[int, time]:
    """The length of a turn in days, and the time of day at its end."""
    day, turn, written = parts["day"], parts["every"], entries(node, mistakes)
    if turn == 1 and day is not None:
        at = entries(written["hand_over"], mistakes)["day"]
        raise noted(at, mistakes, f"{at.path} stands beside 'every: day'", "Keep one of the two")
    if turn > 1 and day is None:
        at = written["hand_over"]
        raise noted(at, mistakes, f"{at.path} names no day of the week", "Add one: 'day: monday'")
    if day is not None and since.weekday() != day:
        at, begins = written["since"], since + timedelta(days=(day - since.weekday()) % 7)
        problem = f"{at.path} is a {NAMES[since.weekday()]}, but turns begin on a {NAMES[day]}"
        raise noted(at, mistakes, problem, f"Write the day the first of them begins: {begins}")
    return turn, parts["at"]


@shaped(title="date", type="string", pattern="^20[0-9]{2}-[0-9]{2}-[0-9]{2}$")
def day(node: Node, mistakes: Mistakes) -> date:
    """A day of this century."""
    value = read_value(node)
    if isinstance(value, str) and re.fullmatch("20[0-9]{2}-[0-9]{2}-[0-9]{2}", value, re.ASCII):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise wrong(node, mistakes, "a day", "Write year, month and day: 2026-01-05")
