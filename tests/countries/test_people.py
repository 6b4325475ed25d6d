"""People: how many live in a country, and in a household; every number with its source."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from service import countries
from service.countries import HouseholdSize

CRISES = [line for line in (Path(__file__).parent / "crises.txt").read_text().splitlines() if not line.startswith("#")]
# Known gaps: no figure with a source was found.
UNKNOWN = {"ERI"}
UNINHABITED = {"ATA", "BVT", "HMD", "UMI"}


def codes(file: str) -> list[str]:
    lines = (files(countries) / file).read_text(encoding="utf-8").splitlines()
    return [line.split("|")[0] for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("file", ["population.txt", "households.txt"])
def test_every_code_is_known_and_once(file: str) -> None:
    found = codes(file)
    assert found == sorted(set(found)) and set(found) <= set(countries.all_countries())


def test_everybody_is_counted() -> None:
    people = {code: countries.population(code) for code in countries.all_countries()}
    assert {code for code, number in people.items() if number is None} == UNINHABITED
    known = [number for number in people.values() if number is not None]
    # The world of World Population Prospects 2024 in mid-2026, Kosovo (1.7 million) left out: it is not in ISO 3166-1.
    assert min(known) > 0 and sum(known) == pytest.approx(8_300_678_000 - 1_667_000, rel=1e-4)


def test_sizes_are_such_as_households_have_and_name_their_source() -> None:
    for code in codes("households.txt"):
        found = countries.household_size(code)
        assert found is not None and 1.5 <= found.size <= 12, code
        assert re.fullmatch(r"[A-Za-z]+ (19|20)\d\d", found.source), code


@pytest.mark.parametrize("code", CRISES)
def test_crises_have_a_size_or_are_a_known_gap(code: str) -> None:
    assert (countries.household_size(code) is None) == (code in UNKNOWN)


def test_look_ups() -> None:
    assert countries.household_size("syr") == HouseholdSize(5.0, "HNAP 2021")
    assert countries.household_size("AFG") == HouseholdSize(8.26, "MICS 2023")
    assert countries.population("sdn") == 53_282_718
    assert countries.population("XXX") is None and countries.household_size("XXX") is None
