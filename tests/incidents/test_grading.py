"""Agreement, contradiction, correction: what the machine says of how sure a figure is."""

from dataclasses import replace

import pytest

from service.incidents.figures import facet
from service.incidents.grading import contradicts
from service.values import Figure
from tests.factories import a_figure, a_signal


def killed(low: int | None, quantifier: str = "exact", **also: object) -> Figure:
    return a_figure(a_signal(low=low, quantifier=quantifier), **also)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "one, other, expected",
    [
        (killed(19, "at_least"), killed(22), False),
        (killed(22, "at_least"), killed(19), True),
        (killed(19), killed(22), True),
        (killed(100, "about"), killed(115), False),
        (killed(100, "about"), killed(130), True),
        (killed(50, "at_most"), killed(3), False),
        (killed(None), killed(3), False),
        (killed(7), a_figure(a_signal("displacement", "displaced", 9, unit="households")), False),
    ],
)
def test_what_contradicts(one: Figure, other: Figure, expected: bool) -> None:
    assert contradicts(one, other) is expected
    assert contradicts(other, one) is expected


@pytest.mark.parametrize(
    "said, state, information",
    [
        ([killed(19)], "developing", 3),
        ([killed(19, grade="E")], "developing", 6),
        ([killed(19, "at_least", origin="A"), killed(22, origin="B", minutes=5)], "corroborated", 2),
        ([killed(19, origin=name) for name in "ABC"], "corroborated", 1),
        ([killed(19, origin="A", minutes=5), killed(44, origin="B", minutes=5)], "disputed", 4),
        ([killed(44, origin="A"), killed(19, origin="A", minutes=60)], "corrected", 3),
        ([killed(19, origin="A"), killed(44, origin="B", grade="E", minutes=5)], "developing", 3),
        ([killed(44, origin="A"), killed(60, origin="A", minutes=60)], "developing", 3),
    ],
)
def test_states_and_grades(said: list[Figure], state: str, information: int) -> None:
    found = facet(said)
    assert (found.state, found.information) == (state, information)


def test_the_range_across_origins_is_kept() -> None:
    found = facet([killed(19, origin="A"), killed(44, origin="B"), killed(30, origin="C", minutes=3)])
    assert found.spread == (19, 44)


def in_town(low: int, town: str, **also: object) -> Figure:
    signal = a_signal(low=low, place=town, place_id=town, place_from="sentence", precision="town")
    return a_figure(signal, **({"report_id": 1} | also))  # type: ignore[arg-type]


def test_towns_told_apart_in_one_text_are_a_lower_bound_together() -> None:
    found = facet([in_town(14, "Atareb"), in_town(4, "Izza")])
    assert [part.signal.low for part in found.disjoint] == [4, 14]
    assert found.recommended.signal.low == 14  # no sum is ever quoted


@pytest.mark.parametrize(
    "said",
    [
        [in_town(14, "Atareb"), in_town(4, "Izza"), killed(19, report_id=1)],  # the whole is told
        [in_town(14, "Atareb"), in_town(4, "Izza", report_id=2)],  # two texts may count the same people
        [in_town(14, "Atareb"), in_town(14, "Atareb")],
        [
            in_town(14, "Atareb"),
            replace(in_town(4, "Idlib"), signal=a_signal(low=4, place="Idlib", precision="admin1")),
        ],
    ],
)
def test_nothing_else_is_ever_added(said: list[Figure]) -> None:
    assert facet(said).disjoint == ()
