"""Countries: complete, and every code and zone real."""

from zoneinfo import ZoneInfo

import pytest

from service import countries


def test_all_of_iso_3166_are_there() -> None:
    every = countries.all_countries()
    assert len(every) == 249
    assert all(len(code) == 3 and code.isupper() and len(one.alpha2) == 2 for code, one in every.items())
    assert len({one.alpha2 for one in every.values()}) == len({one.name for one in every.values()}) == 249


def test_every_zone_exists() -> None:
    for one in countries.all_countries().values():
        assert one.zone is None or ZoneInfo(one.zone).key == one.zone


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ivory Coast", "CIV"),
        ("DR Congo", "COD"),
        ("türkiye", "TUR"),
        (" Turkey ", "TUR"),
        ("Palestine", "PSE"),
        ("U.S.", "USA"),
        ("Atlantis", None),
    ],
)
def test_names(name: str, code: str | None) -> None:
    assert countries.by_name(name) == code


def test_look_ups() -> None:
    assert countries.zone("SYR") == ("Asia/Damascus", "Damascus")
    assert countries.zone("hkg") == ("Asia/Hong_Kong", "Hong Kong")
    assert countries.zone("BVT") is None and countries.zone("XXX") is None
    assert countries.by_alpha2("sy") == "SYR"
    syria = countries.country("syr")
    assert syria is not None and syria.capital == "Damascus" and "Syrian Arab Republic" in syria.other_names


def test_peoples() -> None:
    assert countries.demonyms()["Syrians"] == countries.demonyms()["Syrian"] == "SYR"
    assert "chineses" not in countries.peoples("en") and "iraqis" in countries.peoples("en")
    assert countries.peoples("xx") == ()
