"""Bounds by country and area, a share of the population, routine evacuation, watched crossings, CAP's axes."""

from datetime import timedelta

import pytest

from service.incidents.assemble import assemble
from service.incidents.level import assess
from service.rules.model import AreaRule, Threshold
from service.values import Assessment, Figure, Level, Place
from tests.factories import NOON, a_figure, a_signal, some_rules

IDLIB = AreaRule(
    "idlib", frozenset(["SYR"]), frozenset(["Idlib"]), {"displaced": Threshold({"unknown": (10, 20, 30, 40)}, {})}
)
SYRIA = AreaRule(
    "syria", frozenset(["SYR"]), frozenset(), {"displaced": Threshold({"unknown": (100, 150, 170, 180)}, {})}
)


def displaced(low: int, **also: object) -> Figure:
    return a_figure(a_signal("displacement", "displaced", low, **also))  # type: ignore[arg-type]


def judged(*figures: Figure, **rules: object) -> Assessment:
    return assess(assemble(figures), some_rules(**rules), NOON)


@pytest.mark.parametrize("admin1, level", [("Idlib", Level.SEVERE), ("Homs", Level.NONE), (None, Level.NONE)])
def test_an_area_has_bounds_of_its_own(admin1: str | None, level: Level) -> None:
    assert judged(displaced(35, admin1=admin1), areas=(IDLIB,)).level == level


def test_the_most_exact_area_counts() -> None:
    assert judged(displaced(35, admin1="Idlib"), areas=(SYRIA, IDLIB)).level == Level.SEVERE
    assert judged(displaced(160, admin1="Homs"), areas=(SYRIA, IDLIB)).level == Level.MODERATE


def test_on_a_small_island_a_share_of_the_people_is_enough() -> None:
    shares = {Level.MODERATE: 0.001, Level.SEVERE: 0.01, Level.EXTREME: 0.05}
    found = judged(displaced(150, country="TUV", cause="disaster"), shares=shares)
    assert found.level == Level.SEVERE
    assert "a share of the population" in found.crossings[0].words
    assert judged(displaced(150, cause="disaster"), shares=shares).level == Level.NONE


def test_routine_evacuations_take_more() -> None:
    people = {"disaster": (5000, 25000, 100000, 500000), "unknown": (1000, 5000, 25000, 100000)}
    rules = {"thresholds": {"evacuated": Threshold(people, {})}, "evacuation_factors": {"PHL": 4.0}}
    moved = a_figure(a_signal("displacement", "evacuated", 30_000, country="PHL", cause="disaster"))
    assert judged(moved, **rules).level == Level.MINOR
    fled = a_figure(a_signal("displacement", "evacuated", 30_000, country="PHL", cause="conflict"))
    assert judged(fled, **rules).level == Level.SEVERE


def test_a_watched_crossing_that_closes_rings() -> None:
    closed = a_figure(a_signal("suspension", "transport", None, place="Bab al-Hawa"))
    rules = {"thresholds": {"transport": Threshold({}, {}, Level.MINOR)}, "watched": {"bab al-hawa": Level.SEVERE}}
    assert judged(closed, **rules).level == Level.SEVERE
    assert judged(closed, thresholds=rules["thresholds"]).level == Level.MINOR


def test_towns_told_apart_raise_the_lower_bound() -> None:
    def in_town(low: int, town: str) -> Figure:
        signal = a_signal(low=low, place=town, place_id=town, place_from="sentence", precision="town")
        return a_figure(signal, report_id=1)

    found = judged(in_town(6, "Atareb"), in_town(5, "Izza"))
    assert found.level == Level.MODERATE
    assert found.crossings[0].words == (
        "killed, towns told apart in one text (Izza 5 + Atareb 6), at least 11 ≥ 10 → Moderate"
    )


@pytest.mark.parametrize(
    "days, urgency, state", [(0, "Immediate", "developing"), (5, "Expected", "developing"), (9, "Past", "over")]
)
def test_urgency_and_state_hang_on_the_time_and_the_level_does_not(days: int, urgency: str, state: str) -> None:
    found = assess(assemble([a_figure()]), some_rules(), NOON + timedelta(days=days))
    assert found.urgency is not None and found.urgency.value == urgency
    assert (found.state, found.level) == (state, Level.MODERATE)


def test_certainty_is_at_most_likely() -> None:
    alone = judged(a_figure())
    assert alone.certainty is not None and alone.certainty.value == "Possible"
    three = judged(*(a_figure(a_signal(attributed_to=name), origin=name) for name in "ABC"))
    assert three.certainty is not None and three.certainty.value == "Likely"


def named(low: int, unit: str, place: str, **also: object) -> Figure:
    of = {"place": place, "place_id": place, "place_from": "sentence"}
    return a_figure(a_signal("suspension", "health", low, unit=unit, **of, **also), report_id=1)  # type: ignore[arg-type]


def test_what_counts_otherwise_is_no_part() -> None:
    people = a_figure(a_signal("suspension", "health", 5000, unit="people"), report_id=1)
    assert judged(named(12, "facilities", "Aleppo"), people).level == Level.SEVERE


def test_a_part_rings_by_the_bounds_of_its_own_area() -> None:
    low = AreaRule(
        "x", frozenset(["SYR"]), frozenset(["Idlib"]), {"displaced": Threshold({"unknown": (10, 20, 500, 5000)}, {})}
    )
    here = displaced(600, admin1="Idlib", place="Idlib", place_id="i", place_from="sentence")
    there = displaced(900, admin1="Homs", place="Homs", place_id="h", place_from="sentence")
    assert judged(here, areas=(low,)).level == judged(here, there, areas=(low,)).level == Level.SEVERE


def test_where_the_area_is_not_told_the_lower_bounds_count_in_any_order_of_the_file() -> None:
    low = AreaRule(
        "low", frozenset(["SYR"]), frozenset(["Aleppo"]), {"displaced": Threshold({"unknown": (10, 100, 500, 900)}, {})}
    )
    high = AreaRule(
        "high",
        frozenset(["SYR"]),
        frozenset(["Homs"]),
        {"displaced": Threshold({"unknown": (999, 9999, 99999, 999999)}, {})},
    )
    about = (
        Place("Aleppo", "SYR", admin1="Aleppo", precision="admin1"),
        Place("Homs", "SYR", admin1="Homs", precision="admin1"),
    )
    figure = a_figure(a_signal("displacement", "displaced", 150), about=about)
    assert {judged(figure, areas=order).level for order in ((low, high), (high, low))} == {Level.MODERATE}


def test_a_watched_crossing_rings_whatever_else_is_closed() -> None:
    closed = a_figure(a_signal("suspension", "transport", None, place="Bab al-Hawa"))
    roads = a_figure(a_signal("suspension", "transport", 3, unit="facilities", place="Aleppo"), minutes=60)
    rules = {"thresholds": {"transport": Threshold({}, {}, Level.MINOR)}, "watched": {"bab al-hawa": Level.SEVERE}}
    assert judged(closed, roads, **rules).level == Level.SEVERE
    assert judged(roads, **rules | {"watched": {"alep": Level.SEVERE}}).level < Level.SEVERE
