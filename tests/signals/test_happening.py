"""What tells one happening from another: names, "another one", figures taken back, causes in hashtags."""

from datetime import date

import pytest

from service.values import Reading
from tests.signals.english import read

TUESDAY = date(2024, 11, 26)
TITLE = "Five killed as glide bomb falls on Kupiansk\n"


def told(text: str) -> Reading:
    return read(text, published=TUESDAY)


def test_every_name_of_a_text_goes_with_it_and_no_word_of_the_language() -> None:
    text = (
        TITLE + "Police said five people were killed. The market of Chuhuiv is closed. Olena Kovalenko saw it in May."
    )
    assert told(text).named == ("chuhuiv", "kovalenko", "kupiansk", "olena")


@pytest.mark.parametrize(
    ("text", "anew"),
    [
        ("A second strike killed five people in Kupiansk.", True),
        ("Five people were killed in Kupiansk. It was attacked two nights in a row.", True),
        ("Five people were killed. A bomb fell. A roof burned. People fled. It was hit again.", False),
        ("Five people were killed by a strike in Kupiansk.", False),
    ],
)
def test_another_one_of_its_sort(text: str, anew: bool) -> None:
    assert {signal.anew for signal in told(text).signals} == {anew}


@pytest.mark.parametrize(
    ("text", "corrects"),
    [
        ("The mayor revised the toll of the flood: three people were killed.", True),
        ("Three people were killed in the flood.", False),
    ],
)
def test_a_figure_taken_back(text: str, corrects: bool) -> None:
    assert {signal.corrects for signal in told(text).signals} == {corrects}


def test_the_last_word_of_a_hashtag_tells_a_cause() -> None:
    assert [signal.type for signal in told("Schools close today #abflood").signals] == ["education"]
    assert told("Schools close today #floodgate").signals == ()
