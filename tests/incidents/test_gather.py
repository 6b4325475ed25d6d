"""Incidents are a function of the set of figures and of the pins: no order, no batches, no numbers count."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.incidents.gather import Gathering, gather, standing
from service.incidents.pins import Rulings, rulings
from service.incidents.profile import as_data, from_data, whole
from service.values import Figure, Pin
from tests.factories import NOON
from tests.incidents.worlds import (
    Fact,
    Name,
    Told,
    a_world,
    arrivals,
    name,
    numbered,
    partition,
    reports,
    without_number,
    worlds,
)

# A pin by what its figures are told by.
Worded = tuple[Name, str, Name]
randoms = st.randoms(use_true_random=False)


@dataclass
class Memory:
    """What a database would hold: the figures that came, and where each is. It gathers as the stage does."""

    by_day: bool = False
    words: Sequence[Worded] = ()
    figures: dict[int, Figure] = field(default_factory=dict)
    homes: dict[int, int | None] = field(default_factory=dict)
    last: Gathering = field(default_factory=Gathering)

    def arrive(self, new: Sequence[Figure]) -> None:
        """Figures come; what an officer says of them, once all it is said of are there, has its figures gathered."""
        before = self.rulings()
        self.figures |= {figure.id: figure for figure in new}
        concerned = self.rulings().concerned(before) | {figure.id for figure in new}
        self.gather(min(self.figures[id].said_at for id in concerned))

    def rulings(self) -> Rulings:
        return rulings(pins(self.words, self.figures.values()))

    def gather(self, at: datetime) -> None:
        found = self.rulings()
        said_at = {id: figure.said_at for id, figure in self.figures.items()}
        known = self.last.profiles
        while (begins := whole(found.begin(at, said_at), known.values())) < at:
            at = begins
        old = [figure for figure in self.figures.values() if figure.said_at < at]
        self.last = Gathering(self.by_day, found, homes={figure.id: self.homes[figure.id] for figure in old})
        two = {founder: profile.two_before(at) for founder, profile in known.items()}
        self.last.profiles |= dict(standing(old, self.homes, self.last, two))
        gather((figure for figure in self.figures.values() if figure.said_at >= at), self.last)
        self.homes |= self.last.homes

    def parts(self) -> set[frozenset[Name]]:
        return partition((figure, self.homes[id]) for id, figure in self.figures.items())


def pins(words: Iterable[Worded], told: Iterable[Figure]) -> list[Pin]:
    """Pins on the figures that are there: an officer cannot have pinned others."""
    ids = {name(figure): figure.id for figure in told}
    return [
        Pin(ids[one], to, ids[other], "Amira", NOON)  # type: ignore[arg-type]
        for one, to, other in words
        if one in ids and other in ids and one != other
    ]


def in_one_go(world: Sequence[Told], by_day: bool = False, words: Sequence[Worded] = ()) -> Memory:
    memory = Memory(by_day, words)
    memory.arrive(numbered(reports(world)))
    return memory


def bit_by_bit(world: Sequence[Told], random: Random, by_day: bool = False, words: Sequence[Worded] = ()) -> Memory:
    memory = Memory(by_day, words)
    for batch in arrivals(world, random):
        memory.arrive(batch)
    return memory


@st.composite
def pinned_worlds(draw: Callable[..., object]) -> tuple[list[Told], list[Worded]]:
    world: list[Told] = draw(worlds)  # type: ignore[assignment]
    names = st.sampled_from([name(figure) for report in reports(world) for figure in report])
    words: list[Worded] = draw(st.lists(st.tuples(names, st.sampled_from(("with", "apart")), names), max_size=6))  # type: ignore[assignment]
    return world, words


@settings(max_examples=150, deadline=None)
@given(worlds, randoms, st.booleans())
def test_any_order_in_any_batches_makes_the_same_incidents(world: list[Told], random: Random, by_day: bool) -> None:
    whole, parts = in_one_go(world, by_day), bit_by_bit(world, random, by_day)
    assert parts.parts() == whole.parts()
    assert without_number(parts.last.profiles.values()) <= without_number(whole.last.profiles.values())


@settings(max_examples=150, deadline=None)
@given(pinned_worlds(), randoms, st.booleans())
def test_so_it_does_with_pins(pinned: tuple[list[Told], list[Worded]], random: Random, by_day: bool) -> None:
    world, words = pinned
    assert bit_by_bit(world, random, by_day, words).parts() == in_one_go(world, by_day, words).parts()


@pytest.mark.parametrize("seed", range(3))
def test_a_large_world_is_the_same_whatever_the_order(seed: int) -> None:
    world = a_world(seed, 150)
    assert bit_by_bit(world, Random(seed)).parts() == in_one_go(world).parts()


@settings(max_examples=50, deadline=None)
@given(worlds)
def test_every_figure_that_may_ring_has_an_incident_and_a_reason(world: list[Told]) -> None:
    memory = in_one_go(world)
    assert all(memory.homes[id] for id, figure in memory.figures.items() if figure.signal.alertable)
    assert all(memory.last.why[id] for id in memory.figures)


@settings(max_examples=50, deadline=None)
@given(worlds)
def test_an_incident_is_numbered_by_a_figure_of_it_that_may_ring(world: list[Told]) -> None:
    memory = in_one_go(world)
    assert all(memory.homes[home] == home for home in memory.last.profiles)
    assert all(memory.figures[home].signal.alertable for home in memory.last.profiles)


@settings(max_examples=50, deadline=None)
@given(worlds)
def test_a_profile_survives_being_kept_as_data(world: list[Told]) -> None:
    for profile in in_one_go(world).last.profiles.values():
        assert from_data(as_data(profile)) == profile


def groups(homes: Mapping[int, int | None], figures: Mapping[int, Figure]) -> list[list[int]]:
    """The figures of each incident, by number."""
    found: dict[int, list[int]] = {}
    for id in figures:
        if home := homes[id]:
            found.setdefault(home, []).append(id)
    return list(found.values())


def together(homes: Mapping[int, int | None], ids: Iterable[int]) -> bool:
    return len({homes[id] for id in ids}) == 1


@pytest.mark.parametrize("seed", range(6))
def test_incidents_merged_stay_so_when_later_and_earlier_reports_arrive(seed: int) -> None:
    memory, late = half_a_world(seed)
    one, other, *_ = sorted(groups(memory.homes, memory.figures), key=len, reverse=True)
    lead = memory.homes[other[0]]
    assert lead is not None
    memory.words = [(name_of(memory, id), "with", name_of(memory, lead)) for id in (*one, *other) if id != lead]
    memory.gather(min(figure.said_at for figure in memory.figures.values()))
    assert together(memory.homes, one + other)
    for batch in late:
        memory.arrive(batch)
        assert together(memory.homes, one + other)


@pytest.mark.parametrize("seed", range(6))
def test_incidents_split_stay_so(seed: int) -> None:
    memory, late = half_a_world(seed)
    whole = max(groups(memory.homes, memory.figures), key=len)
    ringing = [id for id in whole if memory.figures[id].signal.alertable and id != memory.homes[id]]
    lead, parted = memory.homes[whole[0]], ringing[::2]
    assert lead is not None
    stay = [id for id in whole if id not in parted and id != lead]
    memory.words = [
        *[(name_of(memory, id), "with", name_of(memory, lead)) for id in stay],
        (name_of(memory, parted[0]), "apart", name_of(memory, lead)),
        *[(name_of(memory, id), "with", name_of(memory, parted[0])) for id in parted[1:]],
    ]
    memory.gather(min(figure.said_at for figure in memory.figures.values()))
    for batch in ([], *late):
        if batch:
            memory.arrive(batch)
        assert together(memory.homes, parted) and together(memory.homes, [lead, *stay])
        assert memory.homes[lead] != memory.homes[parted[0]]


def half_a_world(seed: int) -> tuple[Memory, list[list[Figure]]]:
    """A world of which half has been gathered, and what is yet to arrive, of before and after."""
    batches = list(arrivals(a_world(seed, 80, days=12), Random(seed), most=10))
    memory = Memory()
    memory.arrive([figure for batch in batches[::2] for figure in batch])
    return memory, batches[1::2]


def name_of(memory: Memory, id: int) -> Name:
    return name(memory.figures[id])


FLOODED = Told(0, 0, (Fact(0, 1, 41),))
FLOODED_ELSEWHERE = Told(24, 3, (Fact(4, 1, 19),))
BOTH = Told(48, 1, (Fact(0, 1, 41), Fact(4, 1, 19)))


def test_two_incidents_are_one_when_a_report_fits_both_very_well() -> None:
    apart, one = in_one_go([FLOODED, FLOODED_ELSEWHERE]), in_one_go([FLOODED, FLOODED_ELSEWHERE, BOTH])
    assert len(apart.parts()) == 2 and len(one.parts()) == 1
    assert "part of this since “Flash update”" in one.last.why[2]
    assert in_one_go([FLOODED, FLOODED_ELSEWHERE, BOTH], by_day=True).parts() == apart.parts() | {
        frozenset(name(figure) for figure in reports([FLOODED, FLOODED_ELSEWHERE, BOTH])[2])
    }


def test_they_stay_two_where_an_officer_said_so() -> None:
    world = [FLOODED, FLOODED_ELSEWHERE, BOTH]
    [[first], [second], _] = reports(world)
    memory = in_one_go(world, words=[(name(second), "apart", name(first))])
    assert memory.homes[1] != memory.homes[2]


def test_what_arrives_late_from_when_they_were_two_finds_them_two() -> None:
    world = [FLOODED, FLOODED_ELSEWHERE, BOTH, Told(30, 2, (Fact(4, 1, 19), Fact(None, 3, 3)))]
    memory = in_one_go(world[:3])
    memory.arrive([replace(figure, id=9 + at) for at, figure in enumerate(reports(world)[3])])
    assert memory.parts() == in_one_go(world).parts()


def test_of_two_incidents_as_near_the_one_founded_first_is_joined_whatever_their_numbers() -> None:
    """Three equal reports of one moment and no place: numbers may run either way."""
    for world in combinations(a_world(5, 12, days=1), 4):
        same = [Told(0, one.title, one.facts) for one in world]
        assert bit_by_bit(same, Random(1)).parts() == in_one_go(same).parts()
