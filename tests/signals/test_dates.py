"""Dates: days and weekdays against the publication date, and the years a text names."""

from datetime import date

import pytest

from service.signals.dates import event_date, years
from service.signals.fold import fold
from tests.signals.english import EN, read

THURSDAY = date(2024, 11, 28)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Wednesday", date(2024, 11, 27)),
        ("ten died, the mayor said on Wednesday", None),
        ("ten died on Tuesday, officials told reporters on Wednesday", date(2024, 11, 26)),
        ("the mayor said Monday's blast killed ten", date(2024, 11, 25)),
        ("schools stay closed until Monday", None),
        ("the study, released in Goma, DR Congo, on Tuesday, counts ten dead", None),
        ("nine days ago", date(2024, 11, 19)),
        ("A week after the flood", date(2024, 11, 21)),
        ("on Thursday", THURSDAY),
        ("on Friday", date(2024, 11, 22)),
        ("yesterday", date(2024, 11, 27)),
        ("on 5 November", date(2024, 11, 5)),
        ("on the 5th of November", date(2024, 11, 5)),
        ("on Dec 30", date(2023, 12, 30)),
        ("on Dec. 30", date(2023, 12, 30)),
        ("March 3, 2022", date(2022, 3, 3)),
        ("3 March 2022", date(2022, 3, 3)),
        ("on Monday, 5 November", date(2024, 11, 5)),
        ("on 5 December 2024", None),  # after publication
        ("on 15 December", None),  # to come
        ("on 31 February", None),
        ("29 February", date(2024, 2, 29)),
        ("November 2022", None),
        ("the mondayish mood", None),
        ("at noon", None),
    ],
)
def test_dates(text: str, expected: date | None) -> None:
    assert event_date(fold(text), THURSDAY, EN) == expected


def test_a_date_without_a_year_needs_the_publication_date() -> None:
    assert event_date("on 5 november", None, EN) is None
    assert event_date("on monday", None, EN) is None
    assert event_date("on 5 november 2023", None, EN) == date(2023, 11, 5)


def test_a_leap_day_is_no_day_of_another_year() -> None:
    assert event_date("on 29 february", date(2023, 3, 5), EN) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in 2019, and again in 2021.", [2019, 2021]),
        ("2024", [2024]),
        ("1899 or 2100", []),
        ("12,024 and 2024.5 and 2019,500 and 20191", []),
        ("the 2020s, b2019, 2019%", []),
    ],
)
def test_years(text: str, expected: list[int]) -> None:
    assert years(text) == expected


def test_the_date_of_a_fact_is_that_of_its_sentence_else_of_the_lead() -> None:
    text = (
        "Twelve people were killed on Tuesday. 30 were hurt in the flood. It rained on. A clinic was destroyed by fire."
    )
    found = [(one.type, one.event_date) for one in read(text, published=THURSDAY).signals]
    assert found == [("killed", date(2024, 11, 26)), ("injured", date(2024, 11, 26)), ("health", None)]


@pytest.mark.parametrize("text", ["on 28 November", "yesterday", "on Friday"])
def test_the_first_days_of_the_calendar_have_nothing_before_them(text: str) -> None:
    assert event_date(fold(text), date(1, 1, 1), EN) is None
