"""The steps one by one: folding, sentences, figures, sources, dates, repeats."""

from datetime import date
from itertools import pairwise

import pytest

from service import languages, places, signals
from service.signals.amounts import Amount, amount_at, number
from service.signals.dates import event_date
from service.signals.fold import fold
from service.signals.sentences import LONGEST, sentences, worth_reading
from service.signals.terms import terms
from service.values import Reading

EN = languages.lexicon("en")


def read(text: str, **given: object) -> Reading:
    return signals.read(text, EN, find_places=places.finder(), **given)  # type: ignore[arg-type]


def amount(text: str) -> Amount | None:
    """The first figure of a text."""
    found = terms(text, fold(text), 0, len(text), EN)
    return next((a[0] for at in range(len(found)) if (a := amount_at(found, at, EN))), None)


@pytest.mark.parametrize("text", ["İstanbul’da “12” — ١٢", "A\u00a0B\u202fC", "\ud800x", "ẞß", ""])
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_folding_makes_plain_signs() -> None:
    assert fold("“Ten’s” – ١٢\u00a0K") == '"ten\'s" - 12 k'


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("7,000 people", 7000, 7000),
        ("7 000 people", 7000, 7000),
        ("12.500 people", 12500, 12500),
        ("1.2 million people", 1_200_000, 1_200_000),
        ("1.2m people", 1_200_000, 1_200_000),
        ("half a million people", 500_000, 500_000),
        ("a quarter of a million people", 250_000, 250_000),
        ("two dozen people", 24, 24),
        ("a dozen people", 12, 12),
        ("nine hundred and twenty-one people", 921, 921),
        ("three thousand four hundred people", 3400, 3400),
        ("a hundred people", 100, 100),
        ("1.5 lakh people", 150_000, 150_000),
        ("3 crore people", 30_000_000, 30_000_000),
        ("20 to 30 people", 20, 30),
        ("20-30 people", 20, 30),
        ("between 47 and 52 people", 47, 52),
        ("2 to 3 million people", 2_000_000, 3_000_000),
        ("2,024 people", 2024, 2024),
        ("12,50,000 people", 1_250_000, 1_250_000),
    ],
)
def test_figures(text: str, low: int, high: int) -> None:
    found = amount(text)
    assert found is not None
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "quantifier", "hedge"),
    [
        ("at least 19 people", "at_least", "at least"),
        ("more than 180 people", "at_least", "more than"),
        ("almost 7,000 people", "about", "almost"),
        ("some 400 people", "about", "some"),
        ("up to 50 people", "at_most", "up to"),
        ("300 or more people", "at_least", "or more"),
        ("an estimated 18,000 people", "about", "an estimated"),
        ("19 people", "exact", None),
    ],
)
def test_quantifiers(text: str, quantifier: str, hedge: str | None) -> None:
    found = amount(text)
    assert found is not None
    assert (found.quantifier, found.hedge) == (quantifier, hedge)


@pytest.mark.parametrize("word", ["dozens", "tens of thousands", "several", "a number", "scores"])
def test_vague_words_stay_words(word: str) -> None:
    found = amount(f"{word} of people")
    assert found is not None
    assert (found.low, found.vague) == (None, word)


@pytest.mark.parametrize(
    "text",
    ["in 2020 people", "$40 people", "12 km", "30%", "at 12:40", "a 15-year-old girl", "the 46th regiment",
     "28 November",     "November 28", "aged 54", "Highway 400", "9" * 30, "magnitude 6", "12/7/2024"],
)  # fmt: skip
def test_no_figures(text: str) -> None:
    assert amount(text) is None


def test_digits_are_grouped_or_decimal() -> None:
    assert number("1,234,567", ".") == 1_234_567
    assert number("3.5", ".", scaled=True) == 3.5
    assert number("12,34", ".") is None


def test_sentences_end_where_they_end() -> None:
    text = "Mr. Smith left at 5 p.m. on Monday. He took 1.5 million. Dr. Who?\nNew line"
    found = [text[start:end].strip() for start, end in sentences(text, fold(text), EN)]
    assert found == ["Mr. Smith left at 5 p.m. on Monday.", "He took 1.5 million.", "Dr. Who?", "New line"]


def test_a_sentence_without_end_is_cut() -> None:
    spans = sentences("word " * 2000, "word " * 2000, EN)
    assert max(end - start for start, end in spans) <= LONGEST
    assert spans[0][0] == 0 and all(one[1] == next_[0] for one, next_ in pairwise(spans))


def test_only_sentences_with_a_deed_are_read() -> None:
    text = "The sun rose. Ten people were killed. He closed his eyes. They closed the hospital."
    spans = sentences(text, fold(text), EN)
    assert worth_reading(fold(text), spans, EN) == [1, 3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Wednesday", date(2024, 11, 27)),
        ("on Thursday", date(2024, 11, 28)),
        ("yesterday", date(2024, 11, 27)),
        ("on 5 November", date(2024, 11, 5)),
        ("on Dec 30", date(2023, 12, 30)),
        ("March 3, 2022", date(2022, 3, 3)),
        ("on 31 February", None),
        ("at noon", None),
    ],
)
def test_dates(text: str, expected: date | None) -> None:
    assert event_date(fold(text), date(2024, 11, 28), EN) == expected


def test_a_date_without_a_year_needs_the_publication_date() -> None:
    assert event_date("on 5 november", None, EN) is None
    assert event_date("on 5 november 2023", None, EN) == date(2023, 11, 5)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("UNICEF said 12 people were killed.", "UN Children's Fund"),
        ("Save the Children, which runs clinics there, said 12 people were killed.", "Save the Children"),
        ("Twelve people were killed, according to Oxfam.", "Oxfam"),
        ("The UN said so. Oxfam disagreed and reported 12 people killed. It added that 15 were hurt.", "Oxfam"),
        ("The Afghan Health Ministry said 12 people were killed.", "Afghan Health Ministry"),
        ("Officials said 12 people were killed.", None),
        ("OCHA said it was worried. The rebels said 12 people were killed.", None),
        ("An aid group said 12 people were killed. Oxfam and Mercy Corps work there.", None),
        ("An aid group said 12 people were killed. Oxfam works there.", "Oxfam"),
        ("Fund managers said 12 people were killed.", None),
    ],
)
def test_sources(text: str, source: str | None) -> None:
    found = [signal for signal in read(text).signals if signal.low == 12]
    assert [signal.attributed_to for signal in found] == [source]


def test_a_fact_told_twice_is_one_with_what_both_tell() -> None:
    found = read(
        "Quake kills over 600 in Nepal\nAt least 622 people were killed by the quake in Nepal, Oxfam said."
    ).signals
    assert [(signal.low, signal.attributed_to) for signal in found] == [(622, "Oxfam")]


def test_places_with_their_own_figures_are_two_facts() -> None:
    found = read("Shelling killed 5 people in Sumy. Shelling killed 5 people in Kherson.").signals
    assert [signal.place for signal in found] == ["Sumy", "Kherson"]


def test_the_feed_is_the_last_resort_for_a_country() -> None:
    (signal,) = read("Twelve people were killed by floods.", country="NPL").signals
    assert (signal.country, signal.place, signal.place_from) == ("NPL", None, "feed")


def test_years_count_against_the_publication_date() -> None:
    text = "Floods killed 80 people in the valley in August 2023."
    assert read(text, published=date(2023, 9, 2)).signals[0].scope == "new"
    assert read(text, published=date(2024, 11, 28)).signals[0].scope == "historic"
