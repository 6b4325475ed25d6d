"""Which happening a report belongs to."""

from dataclasses import replace

import pytest

from service.incidents.assemble import assemble
from service.incidents.match import match, place
from service.values import Figure, Place
from tests.factories import a_figure, a_signal

DAY = 24 * 60
HOMS = (Place("Homs", country="SYR", admin1="Homs", precision="admin1"),)


def incident_of(*figures: Figure) -> dict:  # type: ignore[type-arg]
    return {figures[0].id: assemble(figures)}


def test_the_same_area_on_the_same_day_is_one_happening() -> None:
    first = a_figure()
    assert match([a_figure(a_signal(low=12), minutes=60)], incident_of(first)) == first.id


@pytest.mark.parametrize("minutes, one", [(0, True), (6 * DAY, True), (15 * DAY, False), (-8 * DAY, False)])
def test_time_tells_happenings_apart(minutes: float, one: bool) -> None:
    first = a_figure()
    assert (match([a_figure(minutes=minutes)], incident_of(first)) == first.id) is one


def test_another_area_is_another_happening() -> None:
    assert match([a_figure(a_signal(low=12), about=HOMS)], incident_of(a_figure())) is None


def test_the_same_story_by_another_outlet_is_the_same_whatever_its_place() -> None:
    first = a_figure(title="Shelling in the north")
    copy = replace(a_figure(a_signal(low=12), about=()), title="Shelling in the north")
    assert match([copy], incident_of(first)) == first.id


def test_of_two_that_fit_the_closer_is_chosen() -> None:
    far, near = a_figure(a_signal(low=99), about=HOMS), a_figure(a_signal(low=10))
    assert match([a_figure(a_signal(low=10))], incident_of(far) | incident_of(near)) == near.id


def test_new_reports_of_one_pass_meet_each_other() -> None:
    first, second, other = a_figure(), a_figure(minutes=5), a_figure(a_signal(low=77), about=HOMS, minutes=6)
    placed = place([other, second, first], {})
    assert {id: [figure.id for figure in figures] for id, figures in placed.items()} == {
        first.id: [first.id, second.id],
        other.id: [other.id],
    }
