"""The figure we quote: revised, never added."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from service.incidents.figures import facet, facets
from service.values import Figure
from tests.factories import a_figure, a_signal


def killed(low: int | None, *, place: str | None = None, scope: str = "new", **also: object) -> Figure:
    signal = a_signal(low=low, place=place, place_from="sentence" if place else "report", scope=scope)
    return a_figure(signal, **also)  # type: ignore[arg-type]


def test_nineteen_beside_fourteen_and_four_is_nineteen() -> None:
    monitor = killed(19, origin="Monitor", report_id=1)
    towns = [killed(14, place="Atareb", origin="Rescuers", report_id=1), killed(4, place="Izza", report_id=1)]
    found = facet([*towns, monitor])
    assert found.recommended == monitor
    assert [part.signal.low for part in found.parts] == [14, 4]
    assert found.others == ()


def test_two_towns_without_a_total_are_not_added() -> None:
    found = facet([killed(14, place="A", report_id=1), killed(4, place="B", report_id=1)])
    assert found.recommended.signal.low == 14
    assert [part.signal.low for part in found.parts] == [4]


def test_the_newer_figure_is_quoted_even_when_it_is_lower() -> None:
    assert facet([killed(30), killed(22, minutes=60)]).recommended.signal.low == 22


def test_a_later_figure_for_one_town_does_not_lower_the_whole() -> None:
    found = facet([killed(19), killed(3, place="Izza", minutes=60)])
    assert found.recommended.signal.low == 19


def test_a_better_source_is_quoted_before_a_newer_one() -> None:
    found = facet([killed(19, grade="B", origin="A"), killed(40, minutes=60, grade="D", origin="B")])
    assert found.recommended.signal.low == 19
    assert [other.signal.low for other in found.others] == [40]


def test_a_number_is_quoted_before_a_vague_word() -> None:
    assert facet([killed(None), killed(19)]).recommended.signal.low == 19


def test_people_are_quoted_before_households() -> None:
    households = a_figure(a_signal("displacement", "displaced", 7000, unit="households"))
    people = a_figure(a_signal("displacement", "displaced", 5000))
    assert facet([households, people]).recommended == people


def test_a_running_total_does_not_hide_what_is_new() -> None:
    assert facet([killed(4500, scope="total", minutes=9), killed(19)]).recommended.signal.low == 19


def test_one_origin_through_two_outlets_is_one() -> None:
    first = killed(19, origin="Monitor", publisher="a.example")
    again = killed(19, origin="Monitor", publisher="b.example", minutes=5)
    assert facet([first, again]).origins == 1
    assert facet([first, replace(again, origin="Other")]).origins == 2


def test_each_kind_and_type_is_a_facet() -> None:
    figures = [killed(3), a_figure(a_signal("suspension", "health", None)), a_figure(a_signal(type="injured"))]
    assert [(found.kind, found.type) for found in facets(figures)] == [
        ("casualty", "injured"),
        ("casualty", "killed"),
        ("suspension", "health"),
    ]


@given(st.lists(st.tuples(st.integers(0, 500), st.sampled_from([None, "A", "B", "C"]), st.integers(0, 99)), min_size=1))
def test_the_quoted_figure_was_said_by_somebody_and_order_does_not_matter(
    said: list[tuple[int, str | None, int]],
) -> None:
    figures = [killed(low, place=place, minutes=minutes) for low, place, minutes in said]
    found = facet(figures)
    assert found == facet(figures[::-1])
    assert found.recommended in figures
    assert found.recommended not in found.parts
