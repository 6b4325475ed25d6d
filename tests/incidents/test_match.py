"""Which happening a report belongs to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service.incidents.assemble import assemble
from service.incidents.match import match, place
from service.values import Figure, Place
from tests.factories import NOON, a_figure, a_signal

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


def test_another_area_is_another_happening_even_with_an_equal_figure() -> None:
    assert match([a_figure(a_signal(low=10), about=HOMS)], incident_of(a_figure(a_signal(low=10)))) is None


def test_an_equal_figure_ties_a_report_that_does_not_say_where() -> None:
    first = a_figure(a_signal(low=10))
    assert match([a_figure(a_signal(low=10), about=(), minutes=9)], incident_of(first)) == first.id
    assert match([a_figure(a_signal(low=11), about=(), minutes=9)], incident_of(first)) is None


def test_an_equal_figure_ties_nothing_where_no_country_is_known() -> None:
    nowhere = {"about": (), "minutes": 9}
    first = a_figure(a_signal(low=10, country=None), about=())
    assert match([a_figure(a_signal(low=10, country=None), **nowhere)], incident_of(first)) is None


def test_a_title_that_anybody_uses_ties_nothing() -> None:
    first = a_figure(title="Flash update 1")
    assert match([a_figure(a_signal(low=12), about=HOMS, title="Flash update 1")], incident_of(first)) is None


def test_the_same_town_days_later_is_another_happening_where_the_texts_say_when() -> None:
    first = a_figure(a_signal(event_date=NOON.date()))
    next_day = a_figure(a_signal(low=12, event_date=NOON.date() + timedelta(days=1)), minutes=DAY)
    later = a_figure(a_signal(low=12, event_date=NOON.date() + timedelta(days=4)), minutes=4 * DAY)
    assert match([next_day], incident_of(first)) == first.id
    assert match([later], incident_of(first)) is None


def test_copies_about_an_old_event_are_one_happening() -> None:
    long_ago = NOON.date() - timedelta(days=20)
    first = a_figure(a_signal(event_date=long_ago))
    assert match([a_figure(a_signal(event_date=long_ago), minutes=60)], incident_of(first)) == first.id


def test_a_report_that_tells_of_nothing_founds_nothing() -> None:
    history = a_figure(a_signal(scope="historic"), about=HOMS)
    assert place([history], {}) == {None: [history]}


def test_the_same_story_by_another_outlet_is_the_same_whatever_its_place() -> None:
    first = a_figure(title="Shelling goes on in the north")
    copy = replace(a_figure(a_signal(low=12), about=()), title="Shelling goes on in the north")
    assert match([copy], incident_of(first)) == first.id


def test_of_two_that_fit_the_closer_is_chosen() -> None:
    far = a_figure(a_signal(low=99), title="Shelling goes on in the north", about=())
    near = a_figure(a_signal(low=10))
    assert match([a_figure(a_signal(low=12))], incident_of(far) | incident_of(near)) == near.id


def test_new_reports_of_one_pass_meet_each_other() -> None:
    first, second, other = a_figure(), a_figure(minutes=5), a_figure(a_signal(low=77), about=HOMS, minutes=6)
    placed = place([other, second, first], {})
    assert {id: [figure.id for figure in figures] for id, figures in placed.items()} == {
        first.id: [first.id, second.id],
        other.id: [other.id],
    }


def test_a_standing_title_does_not_tie_two_places() -> None:
    live = "Live: what we know about the fighting"
    first = a_figure(title=live)
    assert match([a_figure(a_signal(low=40), about=HOMS, title=live)], incident_of(first)) is None
