"""Sentences, and the gate: what is cut where, and which sentences are worth reading."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.signals.fold import fold
from service.signals.gate import LONGEST, gate_words, sentences
from tests.signals.english import EN, cut_sentences, worth

LINE = "The storm flooded the whole of the northern valley on Monday morning, and"


@pytest.mark.parametrize(
    "parts",
    [
        ["Mr. Smith left at 5 p.m. on Monday.", "He took 1.5 million.", "Dr. Who?"],
        ["U.S. troops left.", "The U.S. Army came."],
        ["It came in Jan. 2020 and left.", "J. Smith died."],
        ["The govt. said so.", "No. 5 fell."],
        ["What?!", "No...", "Yes…", "Then it ended."],
        ['"Stop."', "He left.", "(Really.)", "Yes."],
        ["Twelve died; thirty were hurt.", "No more."],
        ["Go to www.example.org or read p.12 of it.", "Done."],
        ["12 killed;", "- 30 hurt;", "- 5 missing"],
        ["12 killed ·", "30 hurt"],
    ],
)
def test_sentences_end_where_they_end(parts: list[str]) -> None:
    assert cut_sentences(" ".join(parts)) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Flood in Sindh\nTwelve died.", ["Flood in Sindh", "Twelve died."]),
        ("• 12 killed\n• 30 hurt", ["•", "12 killed", "•", "30 hurt"]),
        (f"{LINE}\nTwelve people were killed.", None),
        (f"It rained. {LINE}\nTwelve people were killed.", ["It rained.", f"{LINE}\nTwelve people were killed."]),
        ("It rained. The storm killed\ntwelve people.", ["It rained.", "The storm killed\ntwelve people."]),
        ("It rained. The storm went.\ntwelve people", ["It rained.", "The storm went.", "twelve people"]),
        ("It rained. Killed:\nTwelve people.", ["It rained.", "Killed:", "Twelve people."]),
    ],
)
def test_a_line_ends_a_sentence_unless_it_is_wrapped(text: str, parts: list[str] | None) -> None:
    """The first line is a title, however long it is."""
    assert [part for part in cut_sentences(text) if part] == (parts or text.split("\n"))


def test_a_sentence_without_end_is_cut_at_a_blank() -> None:
    text = "words " * 2000
    spans = sentences(text, text, EN)
    assert all(text[end - 1 : end + 1].isspace() or text[end : end + 1] in (" ", "") for _, end in spans)
    assert len(spans) > 1


@given(st.lists(st.sampled_from([*"aZ1 .!?\n·•;:'\")-…", "mr.", "word " * 100, "x" * 400]), max_size=80).map("".join))
def test_sentences_follow_each_other_and_leave_out_only_blanks(text: str) -> None:
    spans = sentences(text, fold(text), EN)
    assert all(0 < end - start <= LONGEST for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    left = "".join(text[one[1] : other[0]] for one, other in pairwise([(0, 0), *spans, (len(text), 0)]))
    assert not left.strip()


@pytest.mark.parametrize(
    "sentence",
    [
        "Ten people were killed.",  # a strong deed needs nobody beside it
        "Many were wounded.",
        "A blackout came.",
        "They closed the hospital.",
        "The attack hit a school.",
        "It claimed 12 lives.",
        "The army hosts refugees.",
        "They ordered them to leave.",
        "No trains are working.",
        "23,400 IDPs live here.",
    ],
)
def test_a_sentence_with_a_deed_and_what_it_needs_is_read(sentence: str) -> None:
    assert worth(f"The sun rose. {sentence} He slept.") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "The sun rose.",
        "He closed his eyes.",
        "The attack was bad.",
        "The army hosts a dinner.",
        "It claimed the prize.",
        "They want to leave.",
        "The trains are working.",
        "The hospital is large.",
    ],
)
def test_a_weak_deed_without_its_partner_is_not_read(sentence: str) -> None:
    assert worth(f"Ten people died. {sentence} He slept.") == ["Ten people died."]


def test_the_partner_stands_in_the_sentence_of_the_deed() -> None:
    assert worth("He closed his eyes. The hospital is large.") == []


def test_only_whole_words_are_gate_words() -> None:
    assert gate_words("overskilled workers unclosed the inhospitable", EN) == []


@pytest.mark.parametrize(
    ("text", "any_"),
    [
        ("", False),
        ("The sun rose. He slept.", False),
        ("He closed his eyes. He slept.", False),
        ("He closed his eyes. " + "The sun rose. " * 200 + "The hospital is large.", False),
        ("He closed his eyes. The hospital is large.", True),
        ("The sun rose. Ten people were killed.", True),
    ],
)
def test_a_text_without_a_deed_near_its_partner_is_not_cut_at_all(text: str, any_: bool) -> None:
    assert bool(gate_words(fold(text), EN)) is any_
