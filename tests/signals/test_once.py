"""One fact, one signal: titles, vague words, rounded figures; and facts that only look alike."""

import pytest

from tests.signals.english import read


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        # the title says again what the text says
        ("12 killed in Nepal\nTwelve people were killed by the quake in Nepal.", [12]),
        ("Floods kill 12\nFloods killed 12 people in Sumy on Monday.", [12]),
        # a vague word and a figure it may mean
        ("Hundreds displaced in Nepal\nThe flood displaced 340 people in Nepal.", [340]),
        ("Hundreds displaced in Nepal\nThe flood displaced 34,000 people in Nepal.", ["hundreds", 34_000]),
        ("Dozens were killed in the flood. Dozens were killed in the flood, they said.", ["dozens"]),
        # rounded figures
        ("Quake kills over 600 in Nepal\nAt least 622 people were killed by the quake in Nepal.", [622]),
        ("More than 600 people were killed. Exactly 900 people were killed.", [600, 900]),
        ("About 50 people were killed. 52 people were killed.", [50, 52]),
        # two facts of one figure
        ("Shelling in Ukraine\nShelling killed 5 people in Sumy. Shelling killed 5 people in Kherson.", [5, 5]),
        ("340 people were killed in the flood. 340 people were hurt in the flood.", [340, 340]),
        ("The flood displaced 340 people. The flood displaced 340 families.", [340, 340]),
        ("Five soldiers were killed in the flood. Five farmers were killed in the flood.", [5, 5]),
        ("340 people may be killed. 340 people were killed.", [340, 340]),
    ],
)
def test_facts_told_twice(text: str, figures: list[int | str]) -> None:
    assert [one.low if one.low is not None else one.vague for one in read(text).signals] == figures


def test_the_fact_kept_has_what_both_tell() -> None:
    text = "Quake kills over 600 in Nepal\nAt least 622 people were killed by the quake in Nepal, Oxfam said."
    (signal,) = read(text).signals
    assert (signal.low, signal.attributed_to, signal.noun) == (622, "Oxfam", "people")


def test_a_fact_without_a_figure_yields_to_one_with_it() -> None:
    reading = read("Flood closes hospitals in Sumy\nThe flood closed 12 hospitals in Sumy.")
    assert [one.low for one in reading.signals] == [12]
    assert "told with a figure elsewhere in the text" in [one.reason for one in reading.dropped]


def test_what_is_told_again_is_dropped_with_its_reason() -> None:
    reading = read("12 killed in Nepal\nTwelve people were killed by the quake in Nepal.")
    assert [one.reason for one in reading.dropped] == ["the same fact is told with this figure elsewhere in the text"]


def test_a_first_sentence_without_a_title_is_a_fact_of_its_own() -> None:
    found = read("Shelling killed 5 people in Sumy. Shelling killed 5 people in Kherson.").signals
    assert [one.place for one in found] == ["Sumy", "Kherson"]
