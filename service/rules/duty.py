"""Teams with their hours, and who is on call in turns, as Rules hold them."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of work, its end not included; past midnight where that is not after the start."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Season:
    """A part of every year with hours of its own: month and day, both included, over the turn of the year or not."""

    start: tuple[int, int]
    end: tuple[int, int]
    hours: Hours

    def covers(self, day: date) -> bool:
        place = day.month, day.day
        if self.start <= self.end:
            return self.start <= place <= self.end
        return place >= self.start or place <= self.end


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days off from `first` on; `yearly` from the same day of each year, the last time on `until` at the latest."""

    first: date
    days: int = 1
    yearly: bool = False
    until: date | None = None

    def covers(self, day: date) -> bool:
        years = (day.year - 1, day.year) if self.yearly else (self.first.year,)
        return any(self._taken(self.first.replace(year=year), day) for year in years if year > 0)

    def _taken(self, first: date, day: date) -> bool:
        known = first >= self.first and (self.until is None or first <= self.until)
        return known and 0 <= (day - first).days < self.days


@dataclass(frozen=True, slots=True)
class TeamRule:
    """People who work for some countries (none: all), in an IANA zone; without hours they always are at work.

    `days` are days of the week from 0, Monday, on which hours begin.
    """

    name: str
    countries: frozenset[str]
    zone: str
    hours: Hours | None = None
    days: frozenset[int] = frozenset(range(7))
    holidays: tuple[Holiday, ...] = ()
    seasons: tuple[Season, ...] = ()


@dataclass(frozen=True, slots=True)
class RotationRule:
    """Recipients on call in turns of `turn` days, handing over at the clock's `at` in an IANA zone.

    The first turn begins on `since`; before it, and where there are no people, nobody is on call.
    """

    name: str
    people: tuple[str, ...]
    zone: str
    at: time
    since: date
    turn: int
