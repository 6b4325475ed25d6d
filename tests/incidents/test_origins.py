"""Who is the origin of a figure: one owner is one, and a copy is its agency's."""

import pytest

from service.incidents.origins import grade_of, host, origin_of, owner
from tests.factories import some_rules


@pytest.mark.parametrize(
    "publisher, expected",
    [
        ("bbc.co.uk", "BBC"),
        ("feeds.bbc.com", "BBC"),
        ("BBC News", "BBC"),
        ("reliefweb.int", "reliefweb.int"),  # a library of others' reports is no source of them
        ("OCHA", "UN Office for the Coordination of Humanitarian Affairs"),
        ("notbbc.com", "notbbc.com"),
        ("Somebody", "Somebody"),
    ],
)
def test_outlets_of_one_owner_are_one(publisher: str, expected: str) -> None:
    assert owner(publisher) == expected


@pytest.mark.parametrize(
    "attributed, text, expected",
    [
        ("White Helmets", "", "Syria Civil Defence"),
        ("the governor", "", "the governor"),
        (None, "Title\nGOMA (Reuters) - Ten people died.", "Reuters"),
        (None, "Title\nTen people died in Goma.\n(AFP)", "AFP"),
        (None, "Title\nTen people (mostly women) died in Goma.", "Gulf Mirror"),
        ("UNHCR", "Title\nGOMA (Reuters) - UNHCR said ten people died.", "UN High Commissioner for Refugees"),
    ],
)
def test_the_source_named_counts_before_the_agency_and_this_before_the_outlet(
    attributed: str | None, text: str, expected: str
) -> None:
    assert origin_of(attributed, "Gulf Mirror", text) == expected


@pytest.mark.parametrize(
    "link, expected", [("https://www.dw.com/en/x", "dw.com"), ("http://[", None), (None, None), ("x", None)]
)
def test_host(link: str | None, expected: str | None) -> None:
    assert host(link) == expected


def test_an_origin_keeps_its_own_grade() -> None:
    rules = some_rules(origins={"world health organization": "A"})
    assert (grade_of("World Health Organization", "D", rules), grade_of("Somebody", "D", rules)) == ("A", "D")
