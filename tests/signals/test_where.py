"""Places: which name of a text a fact belongs to, and the feed's country as the last resort."""

import pytest

from tests.signals.english import read


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Shelling killed 5 people in Sumy. Shelling killed 6 people in Kherson.", ["Sumy", "Kherson"]),
        ("12 people were killed in Idlib and 30 wounded in Homs.", ["Idlib", "Homs"]),
        ("12 people were killed in Vrbozemlje.", ["Vrbozemlje"]),
        ("Shelling killed 12 people in north-western Syria.", ["north-western Syria"]),
    ],
)
def test_a_fact_has_the_place_of_its_sentence(text: str, places: list[str]) -> None:
    found = [(one.place and one.place.casefold(), one.place_from) for one in read(text).signals]
    assert found == [(place.casefold(), "sentence") for place in places]


def test_without_one_it_has_that_of_the_report() -> None:
    (signal,) = read("Fighting in Sumy\nTwelve people were killed.").signals
    assert (signal.place, signal.place_from, signal.country) == ("Sumy", "report", "UKR")


def test_the_feed_is_the_last_resort_for_a_country() -> None:
    (signal,) = read("Twelve people were killed by floods.", country="NPL").signals
    assert (signal.country, signal.place, signal.place_from) == ("NPL", None, "feed")


def test_no_place_is_made_up() -> None:
    (signal,) = read("Twelve people were killed by floods.").signals
    assert (signal.country, signal.place, signal.place_from) == (None, None, None)
