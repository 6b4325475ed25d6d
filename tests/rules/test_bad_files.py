"""Every mistake an admin can make: one small file each, which says itself where the mistake is."""

from pathlib import Path

import pytest

from service.errors import RulesError
from service.rules import Neighbours, read
from tests.rules.alerts_files import HERE, KNOWN, bad, completed

FILES = sorted((HERE / "bad").glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_names_exactly_the_mistakes(path: Path) -> None:
    file = bad(path)
    assert file.expected, "the first line says where the mistake is"
    with pytest.raises(RulesError) as caught:
        read(file.text, path.name, KNOWN, Neighbours(path.parent))
    found = caught.value.mistakes
    assert [(mistake.line, mistake.column) for mistake in found] == [(line, at) for line, at, _ in file.expected]
    for mistake, (_, _, words) in zip(found, file.expected, strict=True):
        assert words in mistake.problem
        assert mistake.remedy and mistake.file == path.name


@pytest.mark.parametrize("path", sorted((HERE / "bad").glob("*secret*.yaml")), ids=lambda path: path.stem)
def test_never_repeats_a_secret(path: Path) -> None:
    with pytest.raises(RulesError) as caught:
        read(bad(path).text, path.name, KNOWN)
    assert "hush" not in str(caught.value) and "T024" not in str(caught.value)


@pytest.mark.parametrize("address", ["https://me:hush@example.org/rss", "https://me:h/hush@example.org/rss"])
def test_an_address_with_a_password_is_not_repeated(address: str) -> None:
    text = (HERE / "bad" / "feed_url_with_password.yaml").read_text(encoding="utf-8")
    with pytest.raises(RulesError, match="user name or a password") as caught:
        read(completed(text.replace("https://me:hush@example.org/rss", address), []), "alerts.yaml", KNOWN)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize(
    ("file", "remedy"),
    [
        ("feed_misspelt_key", "Did you mean 'url'?"),
        ("route_unknown_level", "Did you mean 'severe'?"),
        ("feed_country_by_name", "Did you mean 'SYR'?"),
        ("feed_country_two_letters", "Did you mean 'UKR'?"),
        ("route_unknown_recipient", "Did you mean 'officer'?"),
        ("floor_unknown_tag", "Did you mean 'aid_worker'?"),
        ("feed_language_no", 'Quote it if it is text: "no"'),
        ("feed_grade_small", "Did you mean 'B'?"),
    ],
)
def test_says_how_to_mend_it(file: str, remedy: str) -> None:
    with pytest.raises(RulesError) as caught:
        read(bad(HERE / "bad" / f"{file}.yaml").text, "alerts.yaml", KNOWN)
    assert remedy in caught.value.mistakes[0].remedy


def test_a_country_is_never_guessed_by_likeness() -> None:
    with pytest.raises(RulesError) as caught:
        read(bad(HERE / "bad" / "feed_country_transposed.yaml").text, "alerts.yaml", KNOWN)
    assert "URY" not in str(caught.value)
