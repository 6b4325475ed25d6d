"""The words that values use: kinds, units, scopes, causes, hazards, levels."""

from enum import IntEnum
from typing import Literal

Kind = Literal["displacement", "casualty", "suspension"]
Unit = Literal["people", "households", "dwellings", "facilities"]
Scope = Literal["new", "total", "historic"]
Assertion = Literal["reported", "forecast", "negated"]
Victims = Literal["civilian", "combatant"]
Quantifier = Literal["exact", "at_least", "at_most", "about"]
PlaceFrom = Literal["sentence", "report", "feed"]
Precision = Literal["country", "region", "admin1", "town", "site"]
Cause = Literal["conflict", "disaster", "other", "unknown"]
# What happened, more exactly than its cause.
Hazard = Literal[
    "earthquake", "flood", "storm", "rain", "landslide", "volcano", "wildfire", "fire", "explosion", "collapse",
    "drought", "cold", "heat", "outbreak", "vessel", "crash", "strike", "bombing", "raid", "fighting", "protest",
    "mine",
]  # fmt: skip
# CAP 1.2 has five; a machine never says Observed.
Certainty = Literal["Likely", "Possible", "Unlikely", "Unknown"]
Urgency = Literal["Immediate", "Expected", "Past", "Unknown"]


class Level(IntEnum):
    """Our alert level in CAP's severity words; NONE is below Minor and rings for nothing."""

    NONE = 0
    MINOR = 1
    MODERATE = 2
    SEVERE = 3
    EXTREME = 4

    @property
    def word(self) -> str:
        return self.name.capitalize()


class Classification(IntEnum):
    """How far what is known may travel: to anyone, inside the organisation, to named people."""

    PUBLIC = 0
    INTERNAL = 1
    RESTRICTED = 2

    @property
    def word(self) -> str:
        return self.name.lower()
