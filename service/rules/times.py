"""Readers of times as people write them: hours of the clock, time zones."""

import re
from datetime import time
from functools import cache
from typing import Final
from zoneinfo import available_timezones

from service.rules.reader import did_you_mean, noted, read_value, shaped, wrong
from service.rules.shapes import Key, mapping
from service.strict_yaml import Mistakes, Node

CLOCK: Final = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
# A name without a place in it ("EST", "localtime") means something else from machine to machine.
ZONE: Final = r"(?:UTC|[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)+)"


@shaped(title="clock", type="string", pattern=f"^{CLOCK}$")
def clock(node: Node, mistakes: Mistakes) -> time:
    """A time of day in 24 hours."""
    value = read_value(node)
    if not isinstance(value, str) or not re.fullmatch(CLOCK, value, re.ASCII):
        raise wrong(node, mistakes, "a time of day", 'Write it in 24 hours, in quotes: "08:00"')
    return time.fromisoformat(value)


@shaped(title="zone", type="string", pattern=f"^{ZONE}$")
def zone(node: Node, mistakes: Mistakes) -> str:
    """A time zone by its IANA name."""
    value = read_value(node)
    if not isinstance(value, str) or value not in zones():
        remedy = did_you_mean(str(value), zones(), "Write the region and its city: Asia/Damascus, Africa/Nairobi")
        raise wrong(node, mistakes, "a time zone", remedy)
    return value


@cache
def zones() -> frozenset[str]:
    """The names that serve on every machine."""
    return frozenset(name for name in available_timezones() if re.fullmatch(ZONE, name))


both: Final = mapping(
    **{"from": Key(clock, "When it is quiet from", '"22:00"'), "to": Key(clock, "Until when, the next day", '"07:00"')}
)


@shaped(**both.schema)
def quiet(node: Node, mistakes: Mistakes) -> tuple[time, time]:
    """Quiet hours, from and to; they may go over midnight."""
    parts = both(node, mistakes)
    if parts["from"] == parts["to"]:
        problem = f"{node.path} begins and ends at {parts['from']:%H:%M}"
        raise noted(node, mistakes, problem, 'Let it end at another time: {from: "22:00", to: "07:00"}')
    return parts["from"], parts["to"]
