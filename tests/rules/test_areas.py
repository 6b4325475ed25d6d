"""Areas of interest, and the other sections that tell places and sources apart."""

from typing import Any

import pytest

from service.errors import RulesError
from service.rules import Known, Rules, read
from service.rules.model import AreaRule, Threshold
from service.values import Level
from tests.rules.alerts_files import KNOWN, SMALL, completed


def rules(text: str, known: Known = KNOWN) -> Rules:
    """The rules of the small file with the sections of `text` added."""
    return read(completed(text, []), "alerts.yaml", known)


def test_they_are_left_out_unless_written() -> None:
    found = read(SMALL, "alerts.yaml", KNOWN)
    assert (found.areas, found.standing) == ((), frozenset())
    assert (found.shares, found.origins, found.evacuation_factors, found.watched) == ({}, {}, {}, {})


OWN = (100, 500, 5000, 20000)


def test_an_area_has_thresholds_of_its_own() -> None:
    (area,) = rules(
        "areas:\n  north:\n    countries: [SYR]\n    admin1: [Idlib, Aleppo]\n"
        "    thresholds: {displaced: [100, 500, 5000, 20000], water: {unnumbered: severe}}\n"
    ).areas
    own = Threshold(dict.fromkeys(("conflict", "disaster", "other", "unknown"), OWN), {})
    thresholds = {"displaced": own, "water": Threshold({}, {}, Level.SEVERE)}
    assert area == AreaRule("north", frozenset({"SYR"}), frozenset({"Idlib", "Aleppo"}), thresholds)


def test_an_area_may_be_whole_countries_and_areas_keep_their_order() -> None:
    found = rules(
        "areas:\n  z: {countries: [SYR, LBN], thresholds: {power: {unnumbered: none}}}\n"
        "  a: {countries: [UKR], admin1: [], thresholds: {power: {unnumbered: none}}}\n"
    ).areas
    assert [(area.name, area.countries, area.admin1) for area in found] == [
        ("z", {"SYR", "LBN"}, frozenset()),
        ("a", {"UKR"}, frozenset()),
    ]


def area(name: str, countries: str, admin1: str = "", thresholds: str = "{displaced: [1, 2, 3, 4]}") -> str:
    return f"  {name}: {{countries: [{countries}], admin1: [{admin1}], thresholds: {thresholds}}}\n"


@pytest.mark.parametrize(
    "other",
    [
        area("other", "LBN"),
        area("other", "SYR", "Idlib"),  # the more exact holds
        area("other", "SYR", thresholds="{killed: [1, 2, 3, 4]}"),
    ],
)
def test_areas_that_do_not_clash(other: str) -> None:
    assert len(rules(f"areas:\n{area('one', 'SYR')}{other}").areas) == 2


def test_one_admin1_beside_another_is_no_clash() -> None:
    written = area("one", "SYR", "Idlib") + area("other", "SYR", "Aleppo") + area("third", "SYR")
    assert len(rules(f"areas:\n{written}").areas) == 3


@pytest.mark.parametrize(
    ("main", "own"),
    [
        ("[3, 10, 30, 100]", "[1, 10, 30, 99]"),
        ("[3, 10, 30, 100]", "{conflict: [1, 2, 3, 4], disaster: [3, 10, 30, 100], unnumbered: severe}"),
        ("{unnumbered: minor}", "{people: [3, 10, 30, 100], unnumbered: minor}"),
        ("{conflict: [3, 10, 30, 100], disaster: [5, 20, 50, 200]}", "[3, 10, 30, 100]"),
        ("{people: [3, 10, 30, 100], households: [3, 10, 30, 100]}", "[1, 2, 3, 4]"),
    ],
)
def test_casualties_may_count_for_more_in_an_area(main: str, own: str) -> None:
    killed = area("north", "SYR", thresholds=f"{{killed: {own}}}")
    assert rules(f"areas:\n{killed}thresholds:\n  killed: {main}\n").areas


def test_other_types_may_be_raised() -> None:
    assert rules(f"areas:\n{area('north', 'SYR', thresholds='{displaced: [5000, 10000, 50000, 99999]}')}").areas


def test_any_name_may_be_written_where_we_know_none() -> None:
    (found,) = rules(f"areas:\n{area('east', 'UKR', 'Donetsk')}").areas
    assert found.admin1 == {"Donetsk"}


def test_both_numbers_of_a_raised_threshold_are_named() -> None:
    with pytest.raises(RulesError) as caught:
        rules(f"areas:\n{area('north', 'SYR', thresholds='{killed: [3, 10, 1000, 5000]}')}")
    (mistake,) = caught.value.mistakes
    assert "1,000" in mistake.problem and "30" in mistake.problem and "counts the same" in mistake.remedy


def test_mistakes_in_two_areas_are_both_found() -> None:
    with pytest.raises(RulesError) as caught:
        rules(f"areas:\n{area('one', 'SYR', 'Idleb')}{area('two', 'SYR, LBN', 'Beirut')}")
    assert [mistake.line for mistake in caught.value.mistakes] == [2, 3]


# --- the other sections ---------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "name", "expected"),
    [
        (
            "share_of_population: {extreme: 1, moderate: 0.001}",
            "shares",
            {Level.MODERATE: 0.001, Level.EXTREME: 1.0},
        ),
        ("share_of_population: {}", "shares", {}),
        ("origins: {UN OCHA: A, unhcr: B}", "origins", {"un ocha": "A", "unhcr": "B"}),
        ("standing_crises: [UKR, PSE]", "standing", {"UKR", "PSE"}),
        ("standing_crises: []", "standing", set()),
        (
            "routine_evacuation: {factor: 4, countries: [PHL, JPN]}",
            "evacuation_factors",
            {"PHL": 4.0, "JPN": 4.0},
        ),
        ("watched: {Bab al-Hawa: severe}", "watched", {"bab al-hawa": Level.SEVERE}),
        ("watched: {}", "watched", {}),
    ],
)
def test_sections_become_rules(written: str, name: str, expected: Any) -> None:
    assert getattr(rules(f"{written}\n"), name) == expected
