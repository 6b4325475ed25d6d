"""Worlds of a few towns in one country, in which anything may be told of: for tests of gathering."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from hypothesis import strategies as st

from service.incidents.profile import Profile
from service.values import Evidence, Figure, Place
from tests.factories import a_figure, a_signal

TOWNS = (
    Place("Aleppo", "SYR", "1", "Aleppo", "town", 36.20, 37.16),
    Place("Manbij", "SYR", "2", "Aleppo", "town", 36.53, 37.95),
    Place("Idlib", "SYR", "3", "Idlib", "town", 35.93, 36.63),
    Place("Homs", "SYR", "4", "Homs", "town", 34.73, 36.71),
    Place("Deir ez-Zor", "SYR", "5", "Deir ez-Zor", "town", 35.34, 40.14),
)
HAZARDS = ("strike", "flood", "vessel", "mine")
TITLES = ("Shelling goes on in the north of the country", "Flash update", "", "Dozens feared dead as waters rise again")
FACTS = ("killed", "injured")

# A figure by what it is told by, whatever its number.
Name = tuple[str, int]


@dataclass(frozen=True)
class Fact:
    """One figure of a report: `town` None where its sentence names none."""

    town: int | None
    hazard: int
    low: int
    type: str = "killed"
    history: bool = False
    anew: bool = False


@dataclass(frozen=True)
class Told:
    """A report, said some hours after noon."""

    hours: int
    title: int
    facts: tuple[Fact, ...]


towns = st.none() | st.integers(0, len(TOWNS) - 1)
facts = st.builds(
    Fact,
    towns,
    st.integers(0, len(HAZARDS) - 1),
    st.sampled_from((3, 19, 40, 41, 400)),
    st.sampled_from(FACTS),
    history=st.sampled_from((False, False, False, True)),
    anew=st.sampled_from((False, False, False, True)),
)
# Some at the very same moment, some beyond the longest an incident can be.
moments = st.sampled_from((0, 1, 1, 2, 20, 24, 30, 72, 170, 400, 700))
worlds = st.lists(
    st.builds(Told, moments, st.integers(0, len(TITLES) - 1), st.lists(facts, min_size=1, max_size=3).map(tuple)),
    min_size=1,
    max_size=14,
)


def a_world(seed: int, reports: int, days: int = 20) -> list[Told]:
    """A large world, the same for the same seed."""
    random = Random(seed)
    return [
        Told(
            random.randrange(days * 4) * 6,
            random.randrange(len(TITLES)),
            tuple(_fact(random) for _ in range(random.choice((1, 1, 2, 3)))),
        )
        for _ in range(reports)
    ]


def _fact(random: Random) -> Fact:
    town = random.choice((None, *range(len(TOWNS))))
    return Fact(
        town,
        random.randrange(len(HAZARDS)),
        random.choice((3, 19, 40, 41, 400)),
        random.choice(FACTS),
        history=random.random() < 0.2,
        anew=random.random() < 0.1,
    )


def figures(told: Told, number: int) -> list[Figure]:
    """The figures of the report of that number in its world; they are not numbered yet."""
    words = {"fingerprint": f"report {number:03}", "title": TITLES[told.title], "report_id": number + 1, "about": ()}
    return [
        a_figure(_signal(fact, place), id=0, minutes=told.hours * 60, sentence=f"{number} {place}", **words)
        for place, fact in enumerate(told.facts)
    ]


def _signal(fact: Fact, at: int) -> Any:
    town = TOWNS[fact.town] if fact.town is not None else None
    where = (
        {
            "place": town.name,
            "place_id": town.id,
            "admin1": town.admin1,
            "latitude": town.latitude,
            "longitude": town.longitude,
            "precision": "town",
            "place_from": "sentence",
        }
        if town
        else {}
    )
    words = f"{fact.low} {fact.type}"
    return a_signal(
        type=fact.type,
        low=fact.low,
        evidence=Evidence(at * 100, at * 100 + len(words), words),
        hazards=(HAZARDS[fact.hazard],),
        scope="historic" if fact.history else "new",
        anew=fact.anew,
        **where,
    )


def name(figure: Figure) -> Name:
    return figure.fingerprint, figure.signal.evidence.start


def partition(homes: Iterable[tuple[Figure, int | None]]) -> set[frozenset[Name]]:
    """Which figures are of one incident, by what they are told by; those that tell of none are left out."""
    groups: dict[int, set[Name]] = {}
    for figure, home in homes:
        if home:
            groups.setdefault(home, set()).add(name(figure))
    return {frozenset(group) for group in groups.values()}


def numbered(reports: Iterable[Sequence[Figure]]) -> list[Figure]:
    """The figures of reports with numbers in the order given."""
    return [replace(figure, id=id) for id, figure in enumerate((f for report in reports for f in report), 1)]


def without_number(profiles: Iterable[Profile]) -> Counter[Profile]:
    """Profiles by what is told of them, whatever their numbers."""
    return Counter(replace(profile, founder=0) for profile in profiles)


def arrivals(world: Sequence[Told], random: Random, most: int = 5) -> Iterator[list[Figure]]:
    """The reports in any order and in batches of any size, their figures numbered as they come."""
    waiting = random.sample(reports(world), len(world))
    arrived = 0
    while waiting:
        size = random.randint(1, most)
        batch, waiting = waiting[:size], waiting[size:]
        flat = [figure for report in batch for figure in report]
        yield [replace(figure, id=id) for id, figure in enumerate(flat, arrived + 1)]
        arrived += len(flat)


def reports(world: Sequence[Told]) -> list[list[Figure]]:
    """The reports of a world, each with its figures, which are not numbered yet."""
    return [figures(told, number) for number, told in enumerate(world)]
