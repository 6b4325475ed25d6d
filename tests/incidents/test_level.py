"""The alert level: thresholds, conversions, floors and caps, with the arithmetic in words."""

import pytest

from service.incidents.assemble import assemble
from service.incidents.level import assess, people_in
from service.values import Assessment, Figure, Level
from tests.factories import a_figure, a_signal, some_rules


def judged(*figures: Figure, **rules: object) -> Assessment:
    return assess(assemble(figures), some_rules(**rules))


@pytest.mark.parametrize(
    "low, level",
    [(2, Level.NONE), (3, Level.MINOR), (9, Level.MINOR), (10, Level.MODERATE), (30, Level.SEVERE), (99, Level.SEVERE)],
)
def test_a_bound_is_reached_at_its_very_value(low: int, level: Level) -> None:
    assert judged(a_figure(a_signal(low=low))).level == level


def test_households_are_converted_for_the_level_and_the_sum_is_shown() -> None:
    found = judged(a_figure(a_signal("displacement", "displaced", 7000, unit="households")))
    assert found.level == Level.SEVERE
    assert found.crossings[0].words == "displaced about 35,000 ≥ 10,000 → Severe"
    conversion = found.conversions[0]
    assert (conversion.people, conversion.size, conversion.source) == (35000, 5.0, "HNAP 2021")


def test_where_no_household_size_is_known_no_people_are_printed() -> None:
    found = judged(a_figure(a_signal("displacement", "displaced", 7000, unit="households", country="ERI")))
    assert found.level == Level.SEVERE
    assert found.conversions == ()


def test_the_level_is_that_of_the_worst_facet() -> None:
    found = judged(a_figure(), a_figure(a_signal("suspension", "education", None)))
    assert found.level == Level.MODERATE
    assert [crossing.level for crossing in found.crossings] == [Level.MODERATE, Level.MINOR]


def test_no_number_given_has_the_level_set_for_it() -> None:
    found = judged(a_figure(a_signal("suspension", "health", None)))
    assert (found.level, found.crossings[0].words) == (
        Level.MODERATE,
        "health services, no number given → Moderate",
    )


def test_vague_words_have_a_value_for_the_level_only_and_a_cap() -> None:
    assert judged(a_figure(a_signal(low=None, vague="dozens"))).level == Level.MODERATE
    many = a_signal("displacement", "displaced", None, vague="tens of thousands")
    assert judged(a_figure(many)).level == Level.SEVERE


def test_one_origin_alone_is_held_down_and_it_says_what_it_would_be() -> None:
    found = judged(a_figure(a_signal(low=150)))
    assert (found.level, found.corroborated) == (Level.SEVERE, Level.EXTREME)
    assert judged(a_figure(a_signal(low=150), grade="E")).level == Level.MODERATE


def test_a_second_origin_lifts_the_cap() -> None:
    two = a_figure(a_signal(low=150), origin="A"), a_figure(a_signal(low=160), origin="B")
    assert judged(*two).level == Level.EXTREME


def test_a_running_total_does_not_ring() -> None:
    assert judged(a_figure(a_signal(low=5000, scope="total"))).level == Level.NONE


def test_a_floor_lifts_a_small_figure() -> None:
    found = judged(a_figure(a_signal(low=1, tags=("aid_worker",))))
    assert found.level == Level.SEVERE
    assert found.crossings[0].words == "aid worker → at least Severe"


def test_under_reported_countries_ring_earlier() -> None:
    assert judged(a_figure(a_signal(low=5, country="SDN"))).level == Level.MODERATE
    assert judged(a_figure(a_signal(low=5))).level == Level.MINOR


def test_the_cause_chooses_the_bounds() -> None:
    flood = a_signal("displacement", "displaced", 4000, cause="disaster")
    assert judged(a_figure(flood)).level == Level.MINOR
    assert judged(a_figure(a_signal("displacement", "displaced", 4000))).level == Level.MODERATE


@pytest.mark.parametrize("households, size, people", [(7000, 5.0, 35000), (1, 4.0, 4), (123, 4.7, 580), (33, 3.0, 99)])
def test_conversions_are_rounded_to_two_figures(households: int, size: float, people: int) -> None:
    assert people_in(households, size) == people


def test_a_floor_holds_beside_a_larger_figure() -> None:
    larger = a_figure(a_signal(low=12), report_id=1)
    aid_workers = a_figure(a_signal(low=2, tags=("aid_worker",)), report_id=1)
    assert judged(larger, aid_workers).level == Level.SEVERE


def test_a_better_source_that_has_not_heard_of_a_rise_does_not_hide_it() -> None:
    early = a_figure(a_signal(low=12), origin="Best", grade="A")
    later = a_figure(a_signal(low=90), origin="Good", grade="C", minutes=180)
    found = judged(early, later)
    assert found.level == Level.SEVERE
    assert found.crossings[0].words == "killed (Good) 90 ≥ 30 → Severe"


def test_a_second_origin_lifts_the_cap_only_as_far_as_it_says_itself() -> None:
    much, little = a_signal(low=150), a_signal(low=3)
    assert judged(a_figure(much, origin="A"), a_figure(little, origin="B")).level == Level.SEVERE
    low_grade = judged(a_figure(much, origin="A", grade="E"), a_figure(a_signal(low=40), origin="B", grade="E"))
    assert low_grade.level == Level.SEVERE


def test_what_an_origin_corrected_counts_no_more() -> None:
    assert judged(a_figure(a_signal(low=90)), a_figure(a_signal(low=9), minutes=60)).level == Level.MINOR


def test_copies_of_one_text_without_a_source_are_one_origin() -> None:
    first = a_figure(a_signal(low=150), origin="a.example", fingerprint="same")
    copy = a_figure(a_signal(low=151), origin="b.example", fingerprint="same", minutes=5)
    same_number = a_figure(a_signal(low=150), origin="c.example", fingerprint="own", minutes=9)
    named = a_figure(a_signal(low=150, attributed_to="A ministry"), origin="A ministry", minutes=9)
    assert judged(first, copy, same_number).level == Level.SEVERE
    assert judged(first, named).level == Level.EXTREME


def total(low: int, minutes: float, **also: str) -> Figure:
    return a_figure(a_signal("displacement", "displaced", low, scope="total"), minutes=minutes, **also)


def test_a_running_total_grows_beside_what_is_new_and_beside_a_better_source() -> None:
    news = a_figure(a_signal("displacement", "displaced", 300), minutes=30)
    assert judged(total(455_000, 0), news, total(467_500, 60)).level == Level.SEVERE
    better = total(455_001, 30, origin="Better", grade="A")
    assert judged(total(455_000, 0, grade="C"), better, total(467_500, 60, grade="C")).level == Level.SEVERE


def test_a_level_that_two_low_grades_carry_is_explained_by_them() -> None:
    said = ((35, "X", "C"), (120, "Y", "D"), (130, "Z", "D"))
    found = judged(*(a_figure(a_signal(low=low), origin=origin, grade=grade) for low, origin, grade in said))
    assert (found.level, found.corroborated) == (Level.EXTREME, Level.EXTREME)
    assert found.crossings[0].words == "killed (Y) 120 ≥ 100 → Extreme"


def test_what_a_low_grade_says_alone_is_what_it_would_be_if_another_said_so() -> None:
    found = judged(a_figure(a_signal(low=35), origin="X"), a_figure(a_signal(low=120), origin="Y", grade="D"))
    assert (found.level, found.corroborated) == (Level.SEVERE, Level.EXTREME)


def test_a_running_total_rings_when_it_grows() -> None:
    assert judged(total(455_000, 0)).level == Level.NONE
    found = judged(total(455_000, 0), total(467_500, 60))
    assert found.level == Level.SEVERE
    assert found.crossings[0].words == "displaced: a running total, grown by 12,500 ≥ 10,000 → Severe"
