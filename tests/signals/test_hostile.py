"""Whatever text comes in, the reader answers, within bounds, and its work grows with the length only.

Work is counted in calls of functions, never in seconds.
"""

import sys
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.signals.reader import MOST_KEPT
from service.values import Reading
from tests.signals.english import EN, read

MEGABYTE = 1_000_000
FACT = "Shelling in Homs killed 12 people and wounded 30, the UN said. It added that 400 families had fled.\n"
DEED = "12 people were killed "  # without it nothing of a text is looked at closely
STRANGE = ["(", ")", ",", ".", ";", ":", "%", "-", "'", '"', "$", "\n", "\t", "\0", "İ", "�", "\u202e", "\ud800", "١٢"]
COMMON = ["killed", "12", "7,000", "families", "Syria", "UN", "2011", "were", "said", "It", "the", "of", "them", "and"]
WORDS = st.sampled_from([*COMMON, *STRANGE]) | st.sampled_from(sorted(EN.entries))
CHARACTERS = st.characters(exclude_categories=("No",))  # superscript digits have a test of their own
ANY_TEXT = st.text(alphabet=CHARACTERS, max_size=20)
PIECES = st.sampled_from([DEED, "hurt 30 ", "fled ", "(", ") ", ", ", "including ", "of whom ", "not "])


def sound(text: str, reading: Reading) -> bool:
    """Is every evidence the text itself, and every range in order?"""
    evidence = [one.evidence for one in (*reading.signals, *reading.dropped)]
    exact = all(text[one.start : one.end] == one.text and one.text for one in evidence)
    return exact and all(one.low is None or (one.high is not None and one.low <= one.high) for one in reading.signals)


def bounded(reading: Reading) -> bool:
    """Each candidate is kept or dropped once, and what no deed took is dropped besides."""
    return len(reading.signals) <= MOST_KEPT and len(reading.signals) + len(reading.dropped) <= 2 * MOST_KEPT


@given(st.text(alphabet=CHARACTERS, max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_is_answered(text: str) -> None:
    assert sound(text, read(text))


@given(st.lists(WORDS | ANY_TEXT, max_size=80), st.sampled_from([" ", "", ", "]))
@settings(max_examples=300, deadline=None)
def test_any_mixture_with_our_own_words_is_answered(words: list[str], between: str) -> None:
    text = between.join(words)
    reading = read(text)
    assert sound(text, reading) and bounded(reading)


@given(
    st.lists(
        st.sampled_from([DEED, "hurt 30 ", "fled ", "(", ") ", ", ", "including ", "of whom ", "not "]), max_size=60
    )
)
@settings(max_examples=150, deadline=None)
def test_any_chain_of_deeds_is_answered(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert sound(text, read(text))


def test_an_empty_text() -> None:
    assert read("") == read("\n \t") == Reading()


def test_bytes_that_are_no_text() -> None:
    noise = bytes(range(256)).decode("latin-1") * 40
    assert read(noise).signals == ()
    assert [one.low for one in read(f"{noise}\n12 people were killed in the flood.\n{noise}").signals] == [12]


@pytest.mark.parametrize(
    "sign", ["²", "①", "12²", "1.234,56 people killed", "1.234,5", "between 9/11 and Monday", "between 1,2,3 and 4.5,6"]
)
def test_digits_that_are_no_decimals(sign: str) -> None:
    assert sound(f"12 people killed {sign}", read(f"12 people killed {sign}"))


@pytest.mark.parametrize("sign", ["٣", "३", "３", "𝟛", "½", "Ⅷ", "៳"])
def test_digits_of_any_script(sign: str) -> None:
    assert sound(f"12 people killed {sign}", read(f"12 people killed {sign}"))


def test_half_surrogates_and_marks_of_direction_keep_the_offsets() -> None:
    text = "\ud800\u200f\u202e 12 people\udfff were\u200e killed in the flood."
    (signal,) = read(text).signals
    assert signal.evidence.text == "12 people\udfff were\u200e killed" and sound(text, read(text))


def test_ten_megabytes() -> None:
    text = FACT * (10 * MEGABYTE // len(FACT))
    reading = read(text)
    assert {one.low for one in reading.signals} == {12, 30, 400}
    assert sound(text, reading) and bounded(reading)


def test_numbers_in_a_row() -> None:
    text = DEED + " ".join(map(str, range(100_000)))
    assert sound(text, read(text)) and bounded(read(text))


@pytest.mark.parametrize(
    "piece",
    [
        "7", "12 ", "1,", "12-", "(", "()", "[", "a", "A", "ABC ", "Abc ", "a'", "a-", "A.", "-", ";", " ", "\n", ". ",
        "\"'", "'s", "\ud800", "\0", "\u202e\u200f", "https://", "killed", "killed ", "killed. ", "killed (",
        "10 killed ", "12 people ", "12 people killed ", "10 people and ", "million ", "including 5 people ",
        "of whom ", "no ", "said ", "UN ", "Syria ", "not may ", "It said 5 people were killed in Homs. ",
    ],
)  # fmt: skip
@pytest.mark.parametrize("deeds", ["without", "with"])
def test_a_monotonous_megabyte_is_answered_within_bounds(piece: str, deeds: str) -> None:
    run = piece * (400 // len(piece))
    text = run * (MEGABYTE // len(run)) if deeds == "without" else (DEED + run) * 500
    reading = read(text)
    assert sound(text, reading) and bounded(reading)


def calls(text: str) -> int:
    """How many functions are entered and left while a text is read."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        read(text)
    finally:
        sys.setprofile(before)
    return count


def grows(once: str, twice: str) -> float:
    """How much more work the longer text is, when everything is warm."""
    read(once)
    return calls(twice) / calls(once)


@pytest.mark.parametrize(
    "piece",
    [FACT, "12 people killed ", "50 Syrian people displaced near Fooland. ",
     "A flood killed 50 people in Fooland. Aleppo. ", "killed (", "He said 5 died. ",
     "In Syria 12 people were killed. ", "including 5 killed ", "12 people and ", "Some said it killed 3. "],
)  # fmt: skip
def test_twice_the_text_is_twice_the_work(piece: str) -> None:
    assert grows(piece * 200, piece * 400) < 2.2


def test_the_work_on_one_sentence_does_not_grow_with_its_length() -> None:
    """A sentence is cut, and its tokens are counted."""
    assert grows("12 people and " * 400 + "killed", "12 people and " * 800 + "killed") < 2.2


def test_past_the_bounds_only_the_cheap_steps_go_on() -> None:
    assert grows(FACT * 2000, FACT * 4000) < 2.2


def test_twice_as_many_different_facts_are_twice_the_work() -> None:
    facts = [f"Shelling in town {number} killed {number + 21} people. " for number in range(400)]
    assert grows("".join(facts[:200]), "".join(facts)) < 2.2


@pytest.mark.parametrize("sign", [".", "…", "'", ".)", "; -"])
def test_a_row_of_signs_costs_its_length(sign: str) -> None:
    """Counted in steps of the engine there is nothing to count, so a row must be read within the test's own limit."""
    assert [one.low for one in read(f"12 people were killed in the flood. {sign * 200_000}x").signals] == [12]
