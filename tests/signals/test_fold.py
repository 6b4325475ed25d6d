"""Folding: lower case and plain signs, every character at its own offset."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.signals.fold import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("“Ten’s” – ١٢\u00a0K", '"ten\'s" - 12 k'),
        ("İstanbul", "istanbul"),
        ("KILLED", "killed"),
        ("a\tb\r\nc", "a b \nc"),
        ("x\u200fy\ufeffz", "x y z"),
        ("١٬٠٠٠ و ٣٫٥ ۱۲ १२", "1,000 و 3.5 12 12"),
        ("ẞ", "ß"),
        ("\ud83d\ud800 killed", "   killed"),
        ("", ""),
    ],
)
def test_signs_become_plain(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_only_signs_with_a_plain_one_change() -> None:
    assert fold("naïve żółć 12,000 – €5") == "naïve żółć 12,000 - €5"


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_every_offset_stays_and_it_can_be_written(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert folded.encode().decode() == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
