"""Places: longest match, one settling for a document, and words that are none."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service import places
from service.places.gazetteer import plain
from service.places.handlist import HandList

FIND = places.finder()


def found(text: str, country: str | None = None) -> list[tuple[str, str | None, str]]:
    return [(text[m.start : m.end], m.place.country, m.place.precision) for m in FIND(text, country) if not m.adjective]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shelling near Khan Younis", [("Khan Younis", "PSE", "town")]),
        ("the Rafah crossing", [("Rafah crossing", "PSE", "site")]),
        ("in South Sudan and Sudan", [("South Sudan", "SSD", "country"), ("Sudan", "SDN", "country")]),
        ("S. Sudan’s Jonglei state", [("S. Sudan", "SSD", "country"), ("Jonglei", "SSD", "admin1")]),
        ("Cox’s Bazar", [("Cox’s Bazar", "BGD", "town")]),
        ("in Côte d'Ivoire", [("Côte d'Ivoire", "CIV", "country")]),
        ("IN ALEPPO, SYRIA", [("ALEPPO", "SYR", "town"), ("SYRIA", "SYR", "country")]),
        ("the U.S. and the UK", [("U.S.", "USA", "country"), ("UK", "GBR", "country")]),
        ("Bogota and Bogotá", [("Bogota", "COL", "town"), ("Bogotá", "COL", "town")]),
        ("In this text aleppo is without a capital", []),
        ("shelling kills seven in aleppo", [("aleppo", "SYR", "town")]),
        ("a nice reading", []),
    ],
)
def test_names(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Michael Jordan played.",
        "Jordan Peele directed.",
        "Reading is fun.",
        "Nice work!",
        "NICE TRY",
        "Tyre makers met.",
    ],
)
def test_persons_and_words_are_no_places(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["Floods in Jordan displaced many", "They live in Reading", "Jordan closes its border"]
)
def test_the_same_names_as_places(text: str) -> None:
    assert len(found(text)) == 1


def test_context_settles_a_name_borne_twice() -> None:
    assert found("Storms in Georgia and Alabama, near Atlanta")[0] == ("Georgia", "USA", "admin1")
    assert found("Tbilisi is the capital of Georgia")[1] == ("Georgia", "GEO", "country")
    assert found("a storm in Georgia", "USA")[0][1] == "USA"


def test_peoples_are_marked_as_adjectives() -> None:
    (mention,) = FIND("Syrian warplanes")
    assert mention.adjective and mention.place.country == "SYR"


def test_a_capital_has_its_area_where_the_list_knows_it() -> None:
    (mention,) = FIND("in Khartoum")
    assert (mention.place.country, mention.place.precision) == ("SDN", "town")


def test_the_gazetteer_is_sound() -> None:
    hand = HandList()
    entries = [known for key in hand.keys for known in hand.look_up(key)]
    assert len(entries) > 1200
    for known in entries:
        assert known.place.country and len(known.place.country) == 3 and known.place.id, known
        assert known.place.latitude is None or -90 <= known.place.latitude <= 90
        assert known.place.longitude is None or -180 <= known.place.longitude <= 180


def test_atareb_and_darat_izza_lie_in_aleppo() -> None:
    areas = {mention.place.admin1 for mention in FIND("Atareb and Darat Izza")}
    assert areas == {"Aleppo"}


def test_names_are_compared_without_case_and_accents() -> None:
    assert plain("Bogotá") == plain("BOGOTA") and plain("Nukuʻalofa") == plain("Nuku’alofa")


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text(text: str) -> None:
    mentions = FIND(text)
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(one.end <= other.start for one, other in pairwise(mentions))
