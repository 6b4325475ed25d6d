"""What one report says of one happening: mostly all of it, but a round-up tells of several."""

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import groupby

from service.countries import country as country_of
from service.incidents.ground import Ground, apart, ground_at, ground_of
from service.incidents.hazards import instant, related, wide
from service.incidents.spelling import longest, sounds
from service.values import Cause, Figure, Hazard, Place

# Sudden things of one report farther apart than this are two happenings (km).
TWO_PLACES = 120.0
# Days between two dates in one report that part two happenings: sudden ones, and those that last.
TWO_DAYS, MANY_DAYS = 2, 5
MOST_ABOUT = 3
# A report that tells of more is a list; what is beyond goes with the last.
MOST_HAPPENINGS = 40
NAME = re.compile(r"[\w'’-]+")
Value = tuple[str, str, int, str | None]


@dataclass(frozen=True, slots=True)
class Account:
    """Figures of one report about one happening, with what tells it from others.

    `values` are its numbers by kind, type and unit; `marks` its sentences and its text as hashes;
    `mentioned` every town it names.  `own` are the names of its facts, places included, and `told`
    every name in it, each by its sound.  `alone`: the report tells of nothing else; `ruled`: an officer
    said something of a figure of it.
    """

    figures: tuple[Figure, ...]
    ground: Ground
    said_at: datetime
    days: tuple[date, ...]
    hazards: frozenset[Hazard]
    causes: frozenset[Cause]
    values: frozenset[Value]
    marks: frozenset[str]
    names: frozenset[str]
    mentioned: frozenset[str]
    sources: frozenset[str]
    anew: bool
    corrects: bool
    title: str
    alone: bool
    publisher: str = ""
    own: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    ruled: bool = False

    @property
    def alertable(self) -> bool:
        return any(figure.signal.alertable for figure in self.figures)

    @property
    def founding(self) -> bool:
        """May it found an incident? Not what is only remembered beside a report's own news."""
        return self.alertable and (self.alone or not all(figure.signal.recalled for figure in self.figures))


def canonical(figure: Figure) -> tuple[datetime, str, str, str]:
    """The order in which reports count: when they were said, then by their words. No number of ours is in it."""
    return figure.said_at, figure.fingerprint, figure.publisher or "", figure.link or figure.title


def in_order(figure: Figure) -> tuple[object, ...]:
    """The order of figures: that of their reports, then of the text. Numbers part only what says the very same."""
    signal = figure.signal
    return (*canonical(figure), signal.evidence.start, signal.type, signal.low or 0, figure.origin, figure.id)


def by_report(figures: Iterable[Figure]) -> list[list[Figure]]:
    """Figures by report, reports in canonical order, a report's figures in the order of its text."""
    ordered = sorted(figures, key=lambda figure: (canonical(figure), figure.report_id, figure.signal.evidence.start))
    return [list(group) for _, group in groupby(ordered, key=lambda figure: figure.report_id)]


def accounts(report: Sequence[Figure], by_area: bool = False) -> list[Account]:
    """The happenings a report tells of, in the order of its text; `by_area`: each first-level area is one."""
    groups: list[_Group] = []
    for figure in report:
        if figure.signal.alertable:
            fitting = (group for group in groups if group.holds(figure, by_area))
            group = next(fitting, None) or (groups[-1] if len(groups) == MOST_HAPPENINGS else None)
            if group is None:
                groups.append(group := _Group())
            group.add(figure)
    if len(groups) < 2:
        return [account(report, alone=True)]
    for figure in report:
        if not figure.signal.alertable:
            min(groups, key=lambda group: group.gap(figure)).figures.append(figure)
    return [account(group.figures, alone=False) for group in groups]


@dataclass(slots=True)
class _Group:
    """Figures of a report that are of one happening, with what tells whether the next one is.

    `wholes` holds the largest figure of each kind and type that is told for the whole of it.
    """

    figures: list[Figure] = field(default_factory=list)
    ground: Ground = field(default_factory=Ground)
    hazards: frozenset[Hazard] = frozenset()
    days: set[date] = field(default_factory=set)
    wholes: dict[tuple[str, str], int] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)

    def add(self, figure: Figure) -> None:
        signal = figure.signal
        self.figures.append(figure)
        self.ground |= ground_of(figure)
        self.hazards |= frozenset(signal.hazards)
        self.days |= {signal.event_date} if signal.event_date else set()
        insort(self.starts, signal.evidence.start)
        if signal.place_from != "sentence" or signal.precision in ("country", "region"):
            counted = signal.kind, signal.type
            self.wholes[counted] = max(signal.low or 0, self.wholes.get(counted, 0))

    def gap(self, figure: Figure) -> int:
        """Characters between a figure and the nearest of the group."""
        at = figure.signal.evidence.start
        after = bisect_left(self.starts, at)
        return min(abs(at - start) for start in self.starts[max(0, after - 1) : after + 1])

    def holds(self, figure: Figure, by_area: bool) -> bool:
        """Does a figure belong here? What is only remembered stands by itself."""
        hazards = frozenset(figure.signal.hazards)
        alike = not (hazards and self.hazards) or bool(hazards & self.hazards) or related(hazards, self.hazards)
        remembered = figure.signal.recalled is not self.figures[0].signal.recalled
        if not alike or remembered or self._of_other_day(figure, hazards):
            return False
        return not self._elsewhere(figure, by_area, hazards)

    def _of_other_day(self, figure: Figure, hazards: frozenset[Hazard]) -> bool:
        """Is it told of a day of its own, with what happened before only remembered?"""
        day, apart = figure.signal.event_date, TWO_DAYS if instant(hazards | self.hazards) else MANY_DAYS
        return bool(self.days) and day is not None and min(abs((day - one).days) for one in self.days) >= apart

    def _elsewhere(self, figure: Figure, by_area: bool, hazards: frozenset[Hazard]) -> bool:
        """Does it play in a place of its own, too far off for one happening?"""
        here, there = ground_of(figure), self.ground
        if figure.signal.place_from != "sentence" or not here or not there:
            return False
        if by_area:
            return bool(here.areas and there.areas) and not here.areas & there.areas
        if wide(hazards | self.hazards) or here.areas & there.areas or self._covers(figure):
            return False
        far = apart(here, there)
        return far is not None and far >= TWO_PLACES

    def _covers(self, figure: Figure) -> bool:
        """Does a larger figure, told for the whole, hold this one?"""
        signal = figure.signal
        return self.wholes.get((signal.kind, signal.type), 0) > (signal.low or 0)


def _grounds(figures: Iterable[Figure]) -> Ground:
    whole = Ground()
    for figure in figures:
        whole |= ground_of(figure)
    return whole


def _about(places: Sequence[Place], country: str | None) -> Ground:
    whole = Ground()
    for place in places:
        whole |= ground_at(place) if place.country == country else Ground()
    return whole


def _own_ground(figures: Iterable[Figure]) -> Ground:
    """Where the sentences themselves play: a report names other places too, of what was before."""
    return _grounds(figure for figure in figures if figure.signal.place_from == "sentence")


def _hazards(figures: Iterable[Figure]) -> frozenset[Hazard]:
    return frozenset(hazard for figure in figures for hazard in figure.signal.hazards)


def account(figures: Sequence[Figure], alone: bool) -> Account:
    """What figures of one report tell; `alone`: the whole report is about it, its title included."""
    first = figures[0]
    told = [figure for figure in figures if figure.signal.alertable] or list(figures)
    country = next((figure.signal.country for figure in told if figure.signal.country), None)
    about = _about(first.about, country) if alone else Ground()
    ground = _own_ground(told) or _grounds(told)
    if alone and not ground:
        ground = _about(first.about[:MOST_ABOUT], country)
    names = _names(told, about, country)
    own = sounds((*map(longest, ground.towns), *names)) - _country_sounds(country)
    return Account(
        figures=tuple(figures),
        ground=ground,
        said_at=first.said_at,
        days=tuple(sorted({figure.signal.event_date for figure in told if figure.signal.event_date})),
        hazards=_hazards(told),
        causes=frozenset(f.signal.cause for f in told if f.signal.cause in ("conflict", "disaster")),
        values=frozenset(value for figure in told if (value := value_of(figure)) is not None),
        marks=frozenset(mark for figure in told for mark in (figure.sentence, figure.fingerprint) if mark),
        names=names,
        mentioned=about.towns | ground.towns,
        sources=frozenset(f.signal.attributed_to for f in told if f.signal.attributed_to),
        anew=any(figure.signal.anew for figure in told),
        corrects=any(figure.signal.corrects for figure in told),
        title=first.title if alone else "",
        alone=alone,
        publisher=first.publisher or "",
        own=own,
        told=own
        | (sounds((*first.named, *map(longest, about.towns))) - _country_sounds(country) if alone else frozenset()),
    )


def _names(figures: Sequence[Figure], about: Ground, iso3: str | None) -> frozenset[str]:
    """Names told, without those of places, sources and the country: compared by themselves, or telling nothing."""
    sources = (part for f in figures for part in (f.signal.attributed_to, f.publisher))
    places = about.names | _grounds(figures).names
    known = [name.casefold() for name in (*sources, *places, *_country_names(iso3)) if name]
    words = {word for name in known for word in NAME.findall(name)}
    return frozenset(name for f in figures for name in f.signal.names) - words - set(known)


@cache
def _country_sounds(iso3: str | None) -> frozenset[str]:
    return sounds(_country_names(iso3))


@cache
def _country_names(iso3: str | None) -> tuple[str, ...]:
    home = country_of(iso3) if iso3 else None
    return (home.name, *home.other_names, *home.demonyms, home.capital or "") if home else ()


def value_of(figure: Figure) -> Value | None:
    """A figure's number with what it counts, or None where it has none."""
    signal = figure.signal
    return None if signal.low is None else (signal.kind, signal.type, signal.low, signal.unit)
