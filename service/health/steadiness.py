"""A problem is told when it lasts, and over when it stays away: what comes and goes does not ring anew (pure)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

# Looks in a row with a problem before it is told, and without it before it is over.
LASTS, STAYS_AWAY = 3, 4


@dataclass(frozen=True, slots=True)
class Steadiness:
    """For each key the looks in a row it was there for (positive), or not any more (negative)."""

    looks: Mapping[str, int] = field(default_factory=dict)

    def after(self, present: Collection[str], told: Collection[str]) -> "Steadiness":
        """What it is after one more look; `told` are keys told as problems by now, perhaps by another process."""
        there = {key: max(0, self.looks.get(key, 0)) + 1 for key in present}
        gone = {key: min(0, self.looks.get(key, 0)) - 1 for key in told if key not in there}
        return Steadiness(there | gone)

    @property
    def begun(self) -> set[str]:
        """What is to be told now; once, or an alert that somebody closed would open again at the next look."""
        return {key for key, looks in self.looks.items() if looks == LASTS}

    @property
    def over(self) -> set[str]:
        """What has stayed away for long enough."""
        return {key for key, looks in self.looks.items() if -looks >= STAYS_AWAY}
