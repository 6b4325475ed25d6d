"""Language files: refused with the place of the mistake; languages told apart."""

import copy
from importlib.resources import files
from typing import Any

import pytest

from service import languages
from service.errors import SettingsError
from service.languages.compiler import compile_lexicon
from service.languages.source import parse

CONTENT = (files("service.languages") / "en.yaml").read_bytes()


@pytest.fixture
def data() -> dict[str, Any]:
    return copy.deepcopy(parse(CONTENT, "en.yaml"))


def test_a_repeated_key_is_refused() -> None:
    with pytest.raises(SettingsError, match="'a' stands twice"):
        parse(b"a: 1\na: 2\n", "xx.yaml")


def test_broken_yaml_is_refused_with_its_line() -> None:
    with pytest.raises(SettingsError, match="line 1"):
        parse(b"a: [1, 2", "xx.yaml")
    with pytest.raises(SettingsError, match="mapping"):
        parse(b"- 1", "xx.yaml")


def test_little_words_are_words() -> None:
    assert parse(b"words: [on, off, no, yes]", "xx.yaml") == {"words": ["on", "off", "no", "yes"]}


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (("colour",), [], "en.yaml.colour: unknown section"),
        (("frames", "kill", "actz"), [], "frames.kill.actz: unknown section"),
        (("numbers", "words", "one"), "1", "numbers.words.one: a number"),
        (("marks", "not"), ["not", 5], r"marks.not\[2\]: a word"),
        (("frames", "kill", "strong"), "yes", "frames.kill.strong: true or false"),
        (("nouns", "facilities", "zoo"), [], "nouns.facilities.zoo: unknown"),
        (("organisations",), [["Oxfam"]], r"organisations\[1\]: a row of three"),
        (("directions",), [], "directions: a mapping"),
        (("causes", "conflict"), "war", "causes.conflict: a list"),
    ],
)
def test_mistakes_are_named(data: dict[str, Any], path: tuple[str, ...], value: object, problem: str) -> None:
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises(SettingsError, match=problem):
        compile_lexicon(data, CONTENT)


def test_a_missing_section_is_named(data: dict[str, Any]) -> None:
    del data["dates"]
    with pytest.raises(SettingsError, match="'dates' is missing"):
        compile_lexicon(data, CONTENT)


def test_the_version_follows_the_content(data: dict[str, Any]) -> None:
    assert compile_lexicon(data, CONTENT).version == languages.lexicon("en").version
    assert compile_lexicon(data, CONTENT + b"#").version != languages.lexicon("en").version


def test_unknown_languages() -> None:
    assert "en" in languages.available()
    with pytest.raises(LookupError, match="'xx'"):
        languages.lexicon("xx")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("At least 19 civilians were killed in the strikes, and more were hurt.", "en"),
        ("Flood leaves 3,000 homeless", "en"),
        ("AT LEAST 19 CIVILIANS WERE KILLED", "en"),
        ("Au moins dix-neuf civils ont été tués dans les frappes de mercredi sur la ville et ses environs.", None),
        ("Al menos 19 civiles murieron en los ataques contra la ciudad durante la noche del miércoles.", None),
        ("Щонайменше 19 цивільних загинули", None),
        ("قتل ما لا يقل عن 19 مدنيا", None),
        ("", None),
        ("12345 !!", None),
    ],
)
def test_identify(text: str, code: str | None) -> None:
    assert languages.identify(text) == code
