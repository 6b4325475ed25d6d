"""Values for tests: a row of a test names only what differs."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from service.countries import HouseholdSize
from service.rules.model import Retention, Rules, Threshold
from service.values import Evidence, Figure, Level, Place, Signal

NOON = datetime(2024, 11, 28, 12, 0, tzinfo=UTC)
NUMBERS = count(1)


def a_signal(kind: str = "casualty", type: str = "killed", low: int | None = 10, **also: Any) -> Signal:
    words = f"{low} {type}"
    usual: dict[str, Any] = {
        "evidence": Evidence(0, len(words), words),
        "rule": "test",
        "high": low,
        "unit": None if low is None else "people",
        "victims": "civilian" if kind == "casualty" else None,
        "country": "SYR",
        "cause": "conflict",
    }
    return Signal(kind, type, low=low, **(usual | also))  # type: ignore[arg-type]


def a_figure(signal: Signal | None = None, *, minutes: float = 0, **also: Any) -> Figure:
    """A figure said some minutes after noon."""
    number = next(NUMBERS)
    usual: dict[str, Any] = {
        "id": number,
        "report_id": number,
        "origin": "Example Agency",
        "said_at": NOON + timedelta(minutes=minutes),
        "read_at": NOON + timedelta(minutes=minutes + 1),
        "publisher": "news.example",
        "grade": "B",
        "about": (Place("Aleppo", country="SYR", admin1="Aleppo", precision="admin1"),),
    }
    return Figure(signal=signal or a_signal(), **(usual | also))


def some_rules(**also: Any) -> Rules:
    """Rules with the shipped thresholds for what the tests use."""
    people = {"conflict": (200, 1000, 10000, 50000), "disaster": (500, 5000, 50000, 250000)}
    usual: dict[str, Any] = {
        "hash": "test",
        "feeds": (),
        "thresholds": {
            "displaced": Threshold(people | {"unknown": people["conflict"]}, {}),
            "killed": Threshold({"unknown": (3, 10, 30, 100)}, {}),
            "health": Threshold({}, {"facilities": (1, 3, 10, 30)}, Level.MODERATE),
            "education": Threshold({}, {"facilities": (10, 100, 1000, 10000)}, Level.MINOR),
        },
        "floors": {"aid_worker": Level.SEVERE},
        "vague": {"dozens": 24, "tens of thousands": 20000},
        "vague_cap": Level.SEVERE,
        "single_origin": {grade: Level.SEVERE if grade in "ABC" else Level.MODERATE for grade in "ABCDEF"},
        "households": {"SYR": HouseholdSize(5.0, "HNAP 2021")},
        "household_for_level": 4.0,
        "factors": {"SDN": 0.5},
        "update_at": 2.0,
        "first_poll_rings_back": timedelta(hours=72),
        "retention": Retention(timedelta(hours=48), timedelta(days=14)),
        "channels": {},
        "recipients": {},
        "routes": (),
        "operators": (),
        "areas": (),
        "shares": {},
        "origins": {},
        "standing": frozenset(),
        "evacuation_factors": {},
        "watched": {},
    }
    return Rules(**(usual | also))
