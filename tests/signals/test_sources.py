"""Sources: who says so, through pronouns, classes of organisations, offices."""

import pytest

from tests.signals.english import read


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("UNICEF said 12 people were killed.", "UN Children's Fund"),
        ("12 people were killed, UNICEF said.", "UN Children's Fund"),
        ("12 people were killed, said Oxfam.", "Oxfam"),
        ("Save the Children, which runs clinics there, said 12 people were killed.", "Save the Children"),
        ("Twelve people were killed, according to Oxfam.", "Oxfam"),
        ("The UN said so. Oxfam disagreed and reported 12 people killed. It added that 15 were hurt.", "Oxfam"),
        ("The Afghan Health Ministry said 12 people were killed.", "Afghan Health Ministry"),
        ("Oxfam said it was worried. It added that 12 people were killed.", "Oxfam"),
        ("An aid group said 12 people were killed. Oxfam works there.", "Oxfam"),
        ("An aid group said 12 people were killed. Oxfam and Mercy Corps work there.", None),
        ("Officials said 12 people were killed.", "Officials"),
        ("OCHA said it was worried. The rebels said 12 people were killed.", None),
        ("Two local officials told reporters that 12 people were killed.", "Two local officials"),
        ("A UN clinic was hit and 12 people were killed, the regional governor said.", "regional governor"),
        ("UNICEF officials said 12 people were killed.", "UN Children's Fund"),
        ("Fund managers said 12 people were killed.", None),
        ("12 people were killed.", None),
    ],
)
def test_sources(text: str, source: str | None) -> None:
    found = [signal for signal in read(text).signals if signal.low == 12]
    assert [signal.attributed_to for signal in found] == [source]


def test_a_pronoun_is_not_followed_for_ever() -> None:
    pronouns = "It said it rained. " * 8
    (signal,) = read(f"Oxfam spoke. {pronouns}It said 12 people were killed.").signals
    assert signal.attributed_to is None


def test_an_abbreviation_is_one_only_in_capitals() -> None:
    (signal,) = read("Who said 12 people were killed?").signals
    assert signal.attributed_to is None
