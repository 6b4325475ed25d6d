"""Language files: refused with the place of the mistake, compiled as they say; languages told apart."""

import copy
from importlib.resources import files
from typing import Any

import pytest

from service import languages, places, signals
from service.errors import SettingsError
from service.languages import sorts
from service.languages.compiler import compile_lexicon
from service.languages.entry import ALWAYS, LIVES, MOVER, NEEDED, NOTHING, ORDER, THING, ZERO
from service.languages.lexicon import Lexicon
from service.languages.source import parse

CONTENT = (files("service.languages") / "en.yaml").read_bytes()


@pytest.fixture
def data() -> dict[str, Any]:
    return copy.deepcopy(parse(CONTENT, "en.yaml"))


def compiled(data: dict[str, Any]) -> Lexicon:
    return compile_lexicon(data, CONTENT)


def killed_or_moved(text: str, given: Lexicon) -> list[tuple[str, int | None]]:
    found = signals.read(text, given, find_places=places.finder()).signals
    return [(one.type, one.low) for one in found]


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
        (("grammar", "constructions", "flying"), {}, "grammar.constructions.flying: unknown"),
        (("grammar", "constructions", "done", "active"), {"words": "DEED"}, "the section 'examples' is missing"),
        (("grammar", "weights", "led"), "far", "grammar.weights.led: a number"),
        (("grammar", "shapes", "joint"), "zebra", r"en.yaml.grammar.joint: nothing is called 'zebra'"),
        (("grammar", "passes", "age"), "name zebra", r"en.yaml.grammar.passes.age: nothing is called 'zebra'"),
        (("grammar", "passes", "age"), "(name", r"en.yaml.grammar.passes.age: '\(' is not closed"),
        (
            ("grammar", "constructions", "done", "active", "words"),
            "subjects be",
            "grammar.constructions.done.active: a construction names DEED once",
        ),
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


@pytest.mark.parametrize(
    ("phrase", "spelled"),
    [
        ("(fled|left) home", {"fled home", "left home"}),
        ("(was|were) (snuffed|blown) out", {"was snuffed out", "were snuffed out", "was blown out", "were blown out"}),
        ("struck (by|) lightning", {"struck by lightning", "struck lightning"}),
        ("bowled over", {"bowled over"}),
    ],
)
def test_choices_are_spelled_out(data: dict[str, Any], phrase: str, spelled: set[str]) -> None:
    before = set(languages.lexicon("en").entries)
    data["frames"]["kill"]["state"].append(phrase)
    made = compiled(data)
    assert set(made.entries) - before == spelled - before
    assert all("state" in {deed.form for deed in made.entries[one].deeds} for one in spelled)
    assert not any("(" in one or "|" in one for one in made.entries if len(one) > 1)


def test_a_phrase_with_a_choice_is_read(data: dict[str, Any]) -> None:
    data["frames"]["kill"]["state"].append("(were|was) bowled over")
    text = "12 people were bowled over in the flood."
    assert killed_or_moved(text, compiled(data)) == [("killed", 12)]
    assert killed_or_moved(text, languages.lexicon("en")) == []


def test_an_ending_tells_what_an_unknown_word_is(data: dict[str, Any]) -> None:
    data["endings"] = {"zig": "adverb"}
    made = compiled(data)
    assert made.shape("brambzig") in (made.alphabet.class_of("adverb") or "")
    assert made.shape("bramble") == made.alphabet.shapes["word"]
    assert made.symbols["killed"] == languages.lexicon("en").symbols["killed"]


def test_what_words_are_is_kept_within_bounds(data: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorts, "MOST_KEPT", 3)
    kept = compiled(data).sorts
    for word in ("bramble", "killed", "x" * 500, "bramble", "sumy", "homs", "aleppo"):
        assert kept[word] is kept[word] or len(word) > sorts.LONGEST_KEPT
        assert len(kept) <= 3 and all(len(one) <= sorts.LONGEST_KEPT for one in kept)
    assert kept["sumy"] is kept["goma"]  # nothing tells two unknown words from each other


def test_an_idiom_means_nothing_of_what_its_words_mean(data: dict[str, Any]) -> None:
    data["idioms"].append("killed by the music")
    made = compiled(data)
    assert made.entries["killed by the music"] == NOTHING
    assert killed_or_moved("12 people were killed by the music.", made) == []
    assert killed_or_moved("12 people were killed by the flood.", made) == [("killed", 12)]


@pytest.mark.parametrize(
    ("frame", "flag", "text", "with_", "without"),
    [
        ("attack", "physical", "Gunmen attacked 12 lessons.", [], [("education", 12)]),
        ("kill", "unknown", "12 grocers were killed.", [("killed", 12)], []),
        ("stop", "self", "12 schools close.", [("education", 12)], []),
        ("stop", "doubtful", "The hospital was closed.", [], [("health", None)]),
        ("stop", "certain", "The school was closed.", [("education", None)], []),
    ],
)
def test_what_is_said_of_a_frame(
    data: dict[str, Any],
    frame: str,
    flag: str,
    text: str,
    with_: list[tuple[str, int | None]],
    without: list[tuple[str, int | None]],
) -> None:
    for value, expected in ((True, with_), (False, without)):
        data["frames"][frame][flag] = value
        assert killed_or_moved(text, compiled(data)) == expected


@pytest.mark.parametrize(
    ("word", "needs", "is_"),
    [
        ("killed", ALWAYS, 0),
        ("destroyed", THING, 0),
        ("claimed", LIVES, 0),
        ("hosts", MOVER, 0),
        ("to leave", ORDER, 0),
        ("functioning", ZERO, 0),
        ("hospital", 0, THING),
        ("village", 0, THING),
        ("refugees", 0, MOVER),
        ("idps", ALWAYS, MOVER),
        ("no", 0, ZERO),
    ],
)
def test_what_the_gate_knows_of_a_word(word: str, needs: int, is_: int) -> None:
    bits = languages.lexicon("en").gate_bits[word]
    assert (bits >> NEEDED) & needs == needs
    assert bits & is_ == is_


def test_most_words_are_nothing_to_the_gate() -> None:
    bits = languages.lexicon("en").gate_bits
    assert not {"the", "people", "three", "said", "services"} & set(bits)


def test_a_missing_weight_is_named(data: dict[str, Any]) -> None:
    del data["grammar"]["weights"]["clause"]
    with pytest.raises(SettingsError, match=r"weights: the section .clause."):
        compiled(data)


def test_a_missing_pass_is_named(data: dict[str, Any]) -> None:
    del data["grammar"]["passes"]["comment"]
    with pytest.raises(SettingsError, match="comment"):
        compiled(data)


def test_a_sequence_that_is_none_of_these_is_named(data: dict[str, Any]) -> None:
    data["grammar"]["passes"]["comment"] = "comma ^(pronoun saying) comma"
    with pytest.raises(SettingsError, match="only names"):
        compiled(data)


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


@pytest.mark.parametrize("wrong", ["casulty/killed", "casualty/kilt", "killed", "suspension/watr"])
def test_what_a_frame_tells_is_checked(data: dict[str, Any], wrong: str) -> None:
    data["frames"]["kill"]["reads"]["people"] = wrong
    with pytest.raises(SettingsError, match=r"frames\.kill\.reads\.people: .* is none of casualty/injured"):
        compiled(data)


def test_a_word_that_stands_twice_is_named(data: dict[str, Any]) -> None:
    data["frames"]["kill"]["acts"].append(data["frames"]["kill"]["acts"][0])
    with pytest.raises(SettingsError, match=r"frames\.kill\.acts: .* stands twice"):
        compiled(data)
