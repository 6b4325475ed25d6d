"""Figures: digits, number words, ranges, hedges, vague words, and numbers that count nobody."""

import pytest

from service.signals.figures import Amount, number
from tests.signals.english import amounts


def only(text: str) -> Amount:
    (found,) = amounts(text)
    return found


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("7,000 people", 7000, 7000),
        ("7 000 people", 7000, 7000),
        ("1'200 people", 1200, 1200),
        ("12.500 people", 12500, 12500),
        ("2,024 people", 2024, 2024),
        ("12,50,000 people", 1_250_000, 1_250_000),
        ("٢٠ people", 20, 20),
        ("1.2 million people", 1_200_000, 1_200_000),
        ("1,5 million people", 1_500_000, 1_500_000),
        ("1.2m people", 1_200_000, 1_200_000),
        ("12k people", 12_000, 12_000),
        ("1.5 lakh people", 150_000, 150_000),
        ("3 crore people", 30_000_000, 30_000_000),
        ("half a million people", 500_000, 500_000),
        ("a quarter of a million people", 250_000, 250_000),
        ("two and a half million people", 2_500_000, 2_500_000),
        ("one and a half million people", 1_500_000, 1_500_000),
        ("two dozen people", 24, 24),
        ("a dozen people", 12, 12),
        ("a couple of people", 2, 2),
        ("a pair of people", 2, 2),
        ("a hundred people", 100, 100),
        ("twenty-one people", 21, 21),
        ("two hundred fifty people", 250, 250),
        ("nine hundred and twenty-one people", 921, 921),
        ("three thousand four hundred people", 3400, 3400),
        ("one million two hundred thousand people", 1_200_000, 1_200_000),
        ("0 people", 0, 0),
    ],
)
def test_figures(text: str, low: int, high: int) -> None:
    assert (only(text).low, only(text).high) == (low, high)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("20 to 30 people", 20, 30),
        ("20-30 people", 20, 30),
        ("20 – 30 people", 20, 30),
        ("10 or 12 people", 10, 12),
        ("between 47 and 52 people", 47, 52),
        ("from 8,000 to 10,000 people", 8000, 10_000),
        ("2 to 3 million people", 2_000_000, 3_000_000),
        ("1.5 to 2 million people", 1_500_000, 2_000_000),
        ("between 1.5 and 2 million people", 1_500_000, 2_000_000),
        ("two to three thousand people", 2000, 3000),
    ],
)
def test_ranges(text: str, low: int, high: int) -> None:
    assert (only(text).low, only(text).high) == (low, high)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("rose from 19 to 37", [19, 37]),
        ("increased from 1,000 to 2,000", [1000, 2000]),
        ("rose to 37 from 19", [37, 19]),
        ("30 to 20 people", [30, 20]),
        ("5 men and 3 women", [5, 3]),
    ],
)
def test_two_figures_are_no_range(text: str, values: list[int]) -> None:
    assert [(one.low, one.high) for one in amounts(text)] == [(value, value) for value in values]


@pytest.mark.parametrize(
    ("text", "quantifier", "hedge"),
    [
        ("at least 19 people", "at_least", "at least"),
        ("more than 180 people", "at_least", "more than"),
        ("more than half a million people", "at_least", "more than"),
        ("no fewer than twelve people", "at_least", "no fewer than"),
        ("almost 7,000 people", "about", "almost"),
        ("some 400 people", "about", "some"),
        ("up to 50 people", "at_most", "up to"),
        ("fewer than 10 people", "at_most", "fewer than"),
        ("300 or more people", "at_least", "or more"),
        ("300 or so people", "about", "or so"),
        ("an estimated 18,000 people", "about", "an estimated"),
        ("19 people", "exact", None),
    ],
)
def test_hedges(text: str, quantifier: str, hedge: str | None) -> None:
    assert (only(text).quantifier, only(text).hedge) == (quantifier, hedge)


@pytest.mark.parametrize(
    "word", ["dozens", "tens of thousands", "hundreds of thousands", "several", "several hundred", "a number", "scores"]
)
def test_vague_words_stay_words(word: str) -> None:
    assert (only(f"{word} of people").low, only(f"{word} of people").vague) == (None, word)


def test_a_word_between_hedge_and_vague_word_is_taken_as_what_it_is() -> None:
    assert only("some people").vague == "some"
    assert only("some 40 people").vague is None


@pytest.mark.parametrize(
    "text",
    [
        "in 2020 people", "of 2019", "since 2011", "(2020)", "the 1990s", "28 November", "November 28", "12/7/2024",
        "at 12:40", "15.30 local time", "5pm", "$40 people", "€5 million", "12 km", "2.5 tonnes", "30%", "12 percent",
        "a 15-year-old girl", "9 years old", "aged 54", "the 46th regiment", "a 5-storey building", "F-16 jets",
        "COVID-19 patients", "Highway 400", "Room 12", "No. 5", "#5 people", "@12 people", "magnitude 6", "B52",
        "9" * 30, "9 billion people", "1.5 people", "20,30 people",
    ],
)  # fmt: skip
def test_no_figures(text: str) -> None:
    assert amounts(text) == []


def test_dots_may_group_more_than_once() -> None:
    assert only("3.456.789 people").low == 3_456_789


@pytest.mark.xfail(strict=True, reason="'another' between a hedge and its figure takes the hedge away")
def test_a_hedge_before_another() -> None:
    assert only("at least another 12 people").quantifier == "at_least"


@pytest.mark.parametrize(
    ("word", "scaled", "value"),
    [
        ("1,234,567", False, 1_234_567),
        ("3.5", True, 3.5),
        ("3.500", False, 3500),
        ("3.500", True, 3.5),
        ("0.500", False, 0.5),
        ("12,34", False, None),
    ],
)
def test_digits_are_grouped_or_decimal(word: str, scaled: bool, value: float | None) -> None:
    assert number(word, ".", scaled=scaled) == value
