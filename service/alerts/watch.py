"""The watch that is kept: the rules in force, who took whose turn, and what shall not ring (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from service.alerts.hours import in_hours, next_hours
from service.alerts.oncall import on_call
from service.rules.model import RingRule, Rules
from service.values import Alert, Level, Override, Silence


@dataclass(frozen=True, slots=True)
class Watch:
    """What deciding on an alert's life looks up."""

    rules: Rules
    overrides: tuple[Override, ...] = ()
    silences: tuple[Silence, ...] = ()

    def people(self, names: Iterable[str], now: datetime) -> tuple[str, ...]:
        """The recipients that names stand for at a moment, each once; none for a rotation nobody is in."""
        found = (person for name in names for person in on_call(self.rules, self.overrides, name, now))
        return tuple(dict.fromkeys(found))

    def team_of(self, officer: str) -> str | None:
        """The team an officer is in; None where the rules know neither."""
        known = self.rules.recipients.get(officer)
        return known.team if known else None

    def ring(self, level: Level) -> RingRule:
        return self.rules.ring[level]

    def starts(self, rule: RingRule, team: str | None, now: datetime) -> datetime:
        """When a team may first be rung: at once, or when its hours begin."""
        if not rule.team_hours or team is None or in_hours(self.rules, team, now):
            return now
        return next_hours(self.rules, team, now)

    def silence(self, alert: Alert, now: datetime) -> Silence | None:
        """The silence that covers an alert the longest; None where none does."""
        holding = (one for one in self.silences if one.start <= now < one.end and covers(one, alert))
        return max(holding, key=lambda one: one.end, default=None)


def covers(silence: Silence, alert: Alert) -> bool:
    """Is this alert meant, by its level, country and types? One that tells of another type as well is not."""
    if alert.level > silence.level or (silence.countries and alert.country not in silence.countries):
        return False
    return not silence.types or (bool(alert.types) and set(alert.types) <= set(silence.types))
