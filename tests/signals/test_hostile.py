"""Whatever bytes come in, the reader answers, within bounds and in linear time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service import languages, places, signals
from service.signals.reader import MOST_KEPT
from service.values import Reading

EN = languages.lexicon("en")
WORDS = st.sampled_from(
    [
        "killed",
        "12",
        "7,000",
        "families",
        "displaced",
        "including",
        "(",
        ")",
        ",",
        ".",
        ";",
        ":",
        "and",
        "hospital",
        "closed",
        "were",
        "said",
        "It",
        "Syria",
        "UN",
        "of",
        "them",
        "the",
        "toll",
        "rose",
        "to",
        "from",
        "half",
        "a",
        "million",
        "dozens",
        "without",
        "water",
        "İ",
        "�",
        "\u202e",
        "\n",
        "not",
        "may",
        "since",
        "2011",
        "%",
        "-",
        "'",
        '"',
        "an",
        "another",
        "least",
        "at",
        "between",
    ]
)


def read(text: str) -> Reading:
    return signals.read(text, EN, find_places=places.finder())


def sound(text: str, reading: Reading) -> bool:
    evidence = [one.evidence for one in (*reading.signals, *reading.dropped)]
    exact = all(text[one.start : one.end] == one.text for one in evidence)
    return exact and all(one.low is None or (one.high is not None and one.low <= one.high) for one in reading.signals)


@given(st.text(alphabet=st.characters(), max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_is_answered(text: str) -> None:
    assert sound(text, read(text))


@given(st.lists(WORDS, max_size=80).map(" ".join))
@settings(max_examples=250, deadline=None)
def test_any_mixture_of_our_own_words_is_answered(text: str) -> None:
    assert sound(text, read(text))


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "1,", "(", "a", "killed ", "10 killed ", "\n", ". ", "Syria ", "\ud800", "\0", "10 people and ",
     "million ", "including 5 people ", "A.", "'s", "https://", "It said 5 people were killed in Homs. ", "no ", "UN "],
)  # fmt: skip
def test_a_monotonous_text_stays_cheap_and_bounded(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    started = time.perf_counter()
    reading = read(text)
    assert time.perf_counter() - started < 5
    assert len(reading.signals) <= MOST_KEPT and sound(text, reading)


def test_cost_grows_with_length_only() -> None:
    piece = "Shelling in Homs killed 12 people and wounded 30, the UN said. It added that 400 families had fled.\n"

    def seconds(times: int) -> float:
        started = time.perf_counter()
        read(piece * times)
        return time.perf_counter() - started

    seconds(50)
    assert seconds(800) < 16 * 3 * max(seconds(50), 0.01)


def test_empty_and_binary() -> None:
    assert read("") == Reading()
    assert read(bytes(range(256)).decode("latin-1") * 40).signals == ()
