"""Whether a message may go now, or waits to be told together with others: one pure function, with a named reason.

What is Severe or Extreme never waits, nor does a rise in level, nor what is not about
an incident's figures: a drill, a brief, a trouble of Tocsin itself.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from service.alerts.wall_clock import reached, shown
from service.rules.model import RecipientRule
from service.values import Level, Notice

WhyHeld = Literal["quiet hours", "digest", "hourly cap"]

# As many lines fit into one message on every channel.
MOST_TOGETHER = 20
NEVER_WAIT = frozenset({"rise", "drill", "brief", "problem"})


@dataclass(frozen=True, slots=True)
class Hold:
    """Not before then, for this reason."""

    until: datetime
    why: WhyHeld


def hold(rule: RecipientRule, notice: Notice, now: datetime, sent: int) -> Hold | None:
    """What a message waits for, if anything; `sent`: what the recipient got on this channel since `hour_of(now)`."""
    if bypasses(notice):
        return None
    if quiet := quiet_until(rule, now):
        return Hold(quiet, "quiet hours")
    if rule.digest:
        end = now + rule.digest
        return Hold(quiet_until(rule, end) or end, "digest")
    if sent >= rule.hourly:
        return Hold(hour_of(now) + timedelta(hours=1), "hourly cap")
    return None


def bypasses(notice: Notice) -> bool:
    """Does this message never wait?"""
    return max(notice.level, notice.previous_level or Level.NONE) >= Level.SEVERE or notice.reason in NEVER_WAIT


def hour_of(now: datetime) -> datetime:
    """When the hour began that a recipient's messages are counted in."""
    return now.replace(minute=0, second=0, microsecond=0)


def quiet_until(rule: RecipientRule, now: datetime) -> datetime | None:
    """The end of the recipient's quiet hours where it is one of them; later than now."""
    if rule.quiet is None:
        return None
    start, end = rule.quiet
    zone = rule.zone or "UTC"
    local = shown(now, zone)
    until = reached(local.date() + timedelta(days=end <= local.time()), end, zone)
    return until if _within(local.time(), start, end) and until > now else None


def _within(at: time, start: time, end: time) -> bool:
    return start <= at < end if start < end else at >= start or at < end
