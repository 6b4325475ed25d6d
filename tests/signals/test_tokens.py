"""Tokens: words, numbers, signs and known phrases, each with its offsets and its symbol."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.languages.entry import NOTHING
from service.signals.fold import fold
from service.signals.tokens import MOST
from tests.signals.english import EN, cut


def is_a(text: str, name: str) -> bool:
    """Is the last token of a text of this sort?"""
    return cut(text).symbols[-1] in (EN.alphabet.class_of(name) or "")


@pytest.mark.parametrize(
    "words",
    [
        ["the", "death toll", "of", "twenty-one", "women"],
        ["shot dead", "seven", "farmers"],
        ["at least", "12", "people"],
        ["they", "were", "forced from their homes"],
    ],
)
def test_phrases_are_one_token(words: list[str]) -> None:
    assert cut(" ".join(words)).words == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mr. Smith", ["mr", ".", "smith"]),
        ("the U.S. left", ["the", "u.s.", "left"]),
        ("the city's 7,000 homes", ["the", "city", "'s", "7,000", "homes"]),
        ("he didn’t", ["he", "didn't"]),
        ("killed/injured: 3", ["killed", "/", "injured", ":", "3"]),
        ("#Sudan (30%)", ["#", "sudan", "(", "30", "%", ")"]),
        ("1.2m", ["1.2", "m"]),
        ("a 15-year-old", ["a", "15", "-", "year-old"]),
        ("12 500 and 12,50,000", ["12 500", "and", "12,50,000"]),
        ("12, 30", ["12", ",", "30"]),
        ("see https://example.org/12/people?killed=3 now", ["see", "https://example.org/12/people?killed=3", "now"]),
        ("погибли ١٢", ["погибли", "12"]),
    ],
)
def test_words_numbers_and_signs(text: str, words: list[str]) -> None:
    assert cut(text).words == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("evacuatedRESPONSE", ["evacuated", "response"]),
        ("floodingDAMAGE", ["flooding", "damage"]),
        ("IMPACTS14 death120 families", ["impacts", "14", "death", "120", "families"]),
        ("12people", ["12", "people"]),
        ("displaced120", ["displaced", "120"]),
        ("McDonald", ["mcdonald"]),
        ("ReliefWeb", ["reliefweb"]),
        ("co-operation", ["co-operation"]),
        ("F-16", ["f-16"]),
        ("B52", ["b52"]),
    ],
)
def test_words_run_together_come_apart(text: str, words: list[str]) -> None:
    assert cut(text).words == words


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("killed", "done"),
        ("families", "countable"),
        ("the", "the"),
        ("7,000", "digits"),
        ("twenty-one", "digits"),
        ("twelve", "number"),
        ("at least", "hedge"),
        ("in Sumy", "name"),
        ("Sumy", "name"),
        ("rain", "word"),
        ("quickly", "adverb"),
        ("hollowing", "verbish"),
        ("https://example.org", "sign"),
        ("%", "percent"),
        (";", "semicolon"),
        ("the district", "settlement"),
        ("Tolikara District", "name"),
    ],
)
def test_symbols(text: str, name: str) -> None:
    assert is_a(text, name)


def test_a_capital_tells_nothing_where_all_are_capitals() -> None:
    assert is_a("KILLED IN SUMY", "word")
    assert not is_a("KILLED IN SUMY", "name")
    assert cut("12 PEOPLE KILLED").words == ["12", "people", "killed"]


def test_the_ends_of_a_sentence_hold_nothing() -> None:
    words = cut("12people killed")
    assert words.word(-1) == words.word(len(words)) == ""
    assert {words.entry(at) is NOTHING for at in (-3, -2, -1, 3, 4, 5)} == {True}
    assert [words.glued(at) for at in range(4)] == [False, True, False, False]
    assert words.digits(0) and not words.digits(1) and not words.digits(-1)


def test_a_sentence_has_a_last_token() -> None:
    assert len(cut("ab " * 2 * MOST)) == MOST


@given(st.text(max_size=200) | st.lists(st.sampled_from(sorted(EN.entries)), max_size=30).map(" ".join))
def test_tokens_lie_side_by_side_and_leave_out_only_blanks(text: str) -> None:
    words = cut(text)
    assert len(words.words) == len(words.starts) == len(words.ends) == len(words.symbols)
    assert all(start < end for start, end in zip(words.starts, words.ends, strict=True))
    edges = [0, *(edge for span in zip(words.starts, words.ends, strict=True) for edge in span), len(text)]
    gaps = list(pairwise(edges))[::2]
    assert all(start <= end and not fold(text)[start:end].strip() for start, end in gaps)
