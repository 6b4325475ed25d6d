"""A few words → a code and an act; what is not understood is never guessed."""

import pytest

from service.answers.text import Answer, read
from service.answers.words import WORDS


@pytest.mark.parametrize(
    "text",
    [
        *("A7K2", "a7k2", " a7k2 ", "A7K2.", "«A7K2»", "A7 K2", "a 7 k 2", "A-7-K-2", "Ａ７Ｋ２", "a٧k٢"),
        *("ok A7K2", "A7K2 ok", "Yes, a7k2!", "ACK A7K2", "ok a7 k2", "a7 k2 ok"),
        *("I am checking A7K2", "I am checking a7 k2"),
        *("A7K2 A7K2", "نعم A7K2", "так A7K2", "oui a7k2", "Sí, A7K2", "ok\nA7K2"),
    ],
)  # fmt: skip
def test_a_code_alone_or_with_a_yes_acknowledges(text: str) -> None:
    assert read(text) == Answer("A7K2", "acknowledge")


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("not ours A7K2", "not_ours"),
        ("A7K2 not ours", "not_ours"),
        ("a7 k2: misread", "misread"),
        ("A7K2 UNTRUE", "untrue"),
        ("A7K2 too late", "too_late"),
        ("late A7K2", "too_late"),
        ("A7K2 already known", "already_known"),
        ("A7K2 pas à nous", "not_ours"),
        ("A7K2 не наше", "not_ours"),
    ],
)
def test_a_reason_closes_with_it(text: str, act: str) -> None:
    assert read(text) == Answer("A7K2", act)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["A7K2 sorry, on leave", "no A7K2", "A7K2 not ok", "stop A7K2", "A7K2 ok not ours", "A7K2 tomorrow", "A7K2 5000"],
)
def test_other_words_beside_a_code_do_nothing(text: str) -> None:
    assert read(text) == Answer("A7K2", None)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "ok", "hello", "they have been here", "A7K2 or B8M3", "A7K", "A7K22", "0OIL", "A1K2", "2345"),
        *("ABCD", "at 5 am", "12:45 on the road", "be 5 h late there", "\x00", "٧٧٧٧", "x" * 10_000 + " A7K2"),
    ],
)  # fmt: skip
def test_without_one_code_there_is_no_answer(text: str) -> None:
    assert read(text) is None


def test_no_word_stands_for_two_acts() -> None:
    phrases = [phrase for acts in WORDS.values() for several in acts.values() for phrase in several]
    assert len(phrases) == len(set(phrases))
    for acts in WORDS.values():
        for act, several in acts.items():
            assert all(read(f"{phrase} A7K2") == Answer("A7K2", act) for phrase in several)
