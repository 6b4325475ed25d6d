"""Who is on call, and when a team is at work (pure)."""

from collections.abc import Sequence
from datetime import datetime

from service.rules.model import Rules


def on_call(rules: Rules, overrides: Sequence[object], name: str, now: datetime) -> tuple[str, ...]:
    """Who a name stands for: a recipient for itself, a rotation for whoever is on call; none where nobody is."""
    return (name,) if name in rules.recipients else ()


def in_hours(rules: Rules, team: str, now: datetime) -> bool:
    """Is it within the team's hours?"""
    return True


def next_hours(rules: Rules, team: str, now: datetime) -> datetime:
    """When the team's hours begin next; now, where they have begun."""
    return now
