"""How close an incident that does not ring has come: the figure, the number it was held against, and why."""

from datetime import timedelta

import pytest

from service.incidents.assemble import assemble
from service.incidents.near import near
from service.values import Figure, Level, Near
from tests.factories import a_figure, a_signal, some_rules

RINGING = [Level.MODERATE, Level.SEVERE, Level.EXTREME]


def found(*figures: Figure, levels: list[Level] = RINGING) -> Near | None:
    return near(assemble(figures), levels, some_rules())


def displaced(low: int | None, **also: object) -> Figure:
    grade = str(also.pop("grade", "B"))
    return a_figure(a_signal("displacement", "displaced", low, **also), grade=grade)


@pytest.mark.parametrize("people, share", [(499, None), (500, 0.5), (999, 0.999), (1000, None), (20000, None)])
def test_it_is_near_from_half_of_the_lowest_bound_that_rings(people: int, share: float | None) -> None:
    one = found(displaced(people))
    assert (one.share if one else None) == share


def test_it_names_the_number_it_was_held_against() -> None:
    one = found(displaced(800))
    assert one is not None and (one.level, one.value, one.bound) == (Level.MODERATE, 800, 1000)
    assert one.words == "displaced 800, 80 % of the bound (≥ 1,000 → Moderate)"


def test_the_closest_of_several_figures_counts() -> None:
    one = found(displaced(500), a_figure(a_signal(low=9)))
    assert one is not None and one.words.startswith("killed 9, 90 % of the bound")


def test_where_only_the_worst_rings_it_is_near_to_that() -> None:
    one = found(displaced(9000), levels=[Level.SEVERE])
    assert one is not None and (one.level, one.bound) == (Level.SEVERE, 10_000)


def test_where_nothing_rings_nothing_is_near() -> None:
    assert found(displaced(900), levels=[]) is None


def test_what_one_weak_origin_says_is_near_though_it_reaches_the_bound() -> None:
    one = found(displaced(20_000, grade="E"), levels=[Level.SEVERE])
    assert one is not None and one.share == 2.0
    assert "held lower until a second origin says so: the only one has grade E" in one.words


def test_a_running_total_is_near_by_what_it_has_grown() -> None:
    first = displaced(100_000, scope="total")
    later = a_figure(a_signal("displacement", "displaced", 100_700, scope="total"), minutes=90)
    assert found(first) is None
    one = found(first, later)
    assert one is not None and one.value == 700
    assert later.said_at - first.said_at == timedelta(minutes=90)
