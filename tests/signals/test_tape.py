"""The passes that gather tokens into things: what each makes of a sentence, and what it would be without it.

A tape is written as its words, with a thing in `<>` by group and quantity, and `*` before a word
that has become another sort of word.
"""

import copy
from functools import cache
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.languages.compiler import compile_lexicon
from service.languages.lexicon import Lexicon
from service.languages.source import parse
from service.signals.fold import fold
from service.signals.passes import PASSES, tape_of
from service.signals.tape import Tape
from service.signals.tokens import tokens
from tests.signals.english import EN, said, tape

CONTENT = (files("service.languages") / "en.yaml").read_bytes()
DATA = parse(CONTENT, "en.yaml")


@cache
def without(name: str) -> Lexicon:
    """English with a pass that finds nothing."""
    data = copy.deepcopy(DATA)
    data["grammar"]["passes"][name] = "exact"  # a word for constructions, which no chunk of a tape is
    return compile_lexicon(data, CONTENT)


def written(made: Tape) -> str:
    alphabet = made.lexicon.alphabet

    def one(symbol: str, item: object) -> str:
        if symbol in alphabet.things:
            return f"<{':'.join(alphabet.things[symbol])}>"
        if symbol == alphabet.part:
            return "<part>"
        if not isinstance(item, int):
            return "<amount>"
        return made.words.words[item] if symbol == made.words.symbols[item] else f"*{made.words.words[item]}"

    return " ".join(map(one, made.text, made.items))


def left_out(made: Tape) -> list[tuple[str, str]]:
    return [(said(made.words, thing), thing.why_not) for thing in made.things if thing.why_not]


BY_PASS: list[tuple[str, str, str]] = [
    ("restated", "Three (3) people died", "<people:figure> died"),
    ("group", "12 people died", "<people:figure> died"),
    ("alone", "12 died", "<figure:figure> died"),
    ("share", "20 percent of homes burned", "<dwellings:none> burned"),
    ("labelled", "Schools closed: 12", "<education:figure> closed :"),
    ("exact", "half of the schools (12 of 30) closed", "<education:figure> closed"),
    ("among", "two of the wounded died", "<figure:figure> died"),
    ("nominalised", "the injured were moved", "the *injured were moved"),
    ("age", "Olena Kovalenko, 62, was killed", "olena <people:one> was killed"),
    ("person", "John Smith was killed", "john <people:one> was killed"),
    ("person", "Aleppo was evacuated", "<settlements:none> was evacuated"),
    ("apposed", "Ali Hassan, who sang, was killed", "ali <people:one> , who sang , was killed"),
    ("victim", "the blast killed Amjad Sabri", "the blast killed <people:one>"),
    ("clause", "40 people, of whom 12 died", "<people:figure> , <part> died"),
    ("tallied", "the number of schools closed rose to 12", "the <education:figure> closed rose to"),
    ("number", "brings to 45 the number of children killed", "brings <people:figure> killed"),
    ("another", "another was injured", "<figure:figure> was injured"),
    ("others", "others were wounded", "<figure:vague> were wounded"),
    ("emptied", "the evacuation of Edgecumbe", "the evacuation of <settlements:none>"),
    ("inclusive", "12 buildings, including three schools, burned", "<education:figure> , burned"),
    ("namely", "services such as water and power were cut", "<water:none> and <power:none> were cut"),
    ("nominal", "an attack on a hospital", "an *attack on a <health:none>"),
    ("resident", "a city home to 15 million people", "a <settlements:none> home to <part>"),
    ("partitive", "200 members of pro-government forces died", "<people:figure> died"),
    ("conversion", "32 households (144 people) fled", "<people:figure> fled"),
    ("alternative", "7,328 people or 1,748 families fled", "<people:figure> fled"),
    ("recounted", "32 households or 144 people fled", "<people:figure> fled"),
    ("reckoned", "hundreds of people, or 3,000 people, fled", "<people:figure> , fled"),
    ("individuals", "a priest and his father were killed", "<people:one> were killed"),
    ("bracket", "12 people (mostly women) died", "<people:figure> died"),
    ("part", "12 people, including four children, died", "<people:figure> died"),
    ("part_of_them", "12 people, four of them children, died", "<people:figure> died"),
    ("part_apposed", "12 people, both women, died", "<people:figure> died"),
    ("comment", "12 people, the UN said, were killed", "<people:figure> were killed"),
]


@pytest.mark.parametrize(("name", "text", "expected"), BY_PASS, ids=[f"{name}-{text}" for name, text, _ in BY_PASS])
def test_each_pass_does_its_work(name: str, text: str, expected: str) -> None:
    assert written(tape(text)) == expected
    assert written(tape_of(tokens(text, fold(text), 0, len(text), without(name)))) != expected


def test_every_pass_has_its_row() -> None:
    assert {name for name, _, _ in BY_PASS} == set(PASSES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a hospital", "a <health:none>"),
        ("no schools", "<education:zero>"),
        ("0 schools", "<education:zero>"),
        ("not a single person", "<people:zero>"),
        ("nobody was killed", "<people:zero> was killed"),
        ("no one was hurt", "<people:zero> was hurt"),
        ("one of the schools", "<education:one>"),
        ("a teacher", "<people:one>"),
        ("some clinics and schools", "<health:vague> and <education:none>"),
        ("500 displaced families", "<households:figure>"),
        ("the 12 camps", "the <settlements:figure>"),
        ("12 trees", "<things:figure>"),
        ("63 drinking water systems were hit", "<water:figure> systems were hit"),
        ("security forces personnel", "<people:none>"),
        ("12 grocers", "<other:figure>"),
        ("another person was injured", "<people:one> was injured"),
        ("ten others were wounded", "<figure:figure> others were wounded"),
        ("they attack a hospital", "they attack a <health:none>"),
        ("the injured Amjad Sabri spoke", "the injured amjad sabri spoke"),
        ("a soldier and a teacher were killed", "<people:one> and <people:one> were killed"),
        ("12 people (5 killed) were hit", "<people:figure> ( <figure:figure> killed ) were hit"),
        ("one of 15 people killed", "<people:figure> killed"),
    ],
)
def test_things(text: str, expected: str) -> None:
    assert written(tape(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 people, including four children, died", [("four children", "part of a larger figure")]),
        ("12 people, of whom 4 died, fled", [("4", "part of a larger figure")]),
        ("a city home to 15 million people", [("15 million people", "population figure")]),
        ("12 died (of 40 people)", [("40 people", "a comment in brackets")]),
        ("32 households (144 people) fled", [("32 households", "the same in another unit")]),
        ("Olena Kovalenko, 62, was killed", [("62", "an age")]),
        ("the number of schools closed rose to 12", [("12", "counted with its noun")]),
        ("a priest and his father were killed", [("his father", "counted with the one before")]),
        ("12 people died and 30 were hurt", []),
    ],
)
def test_what_is_set_aside_says_why(text: str, expected: list[tuple[str, str]]) -> None:
    assert left_out(tape(text)) == expected


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("a priest and his father", [2]),
        ("a priest, a nun and a teacher", [3]),
        ("schools closed: 12", [12]),
        ("the number of families displaced rose to 300", [300]),
        ("one of 15 people killed", [15]),
        ("John Smith was killed", [1]),
    ],
)
def test_what_a_thing_counts(text: str, figures: list[int]) -> None:
    things = [thing for thing in tape(text).things if not thing.why_not]
    assert [thing.amount and thing.amount.low for thing in things] == figures


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("200 members of pro-government forces", "combatant"),
        ("three security forces personnel", "combatant"),
        ("The blast killed Colonel Amjad Sabri", "combatant"),
        ("The blast killed Amjad Sabri", "civilian"),
        ("three farmers", "civilian"),
    ],
)
def test_who_the_people_are(text: str, victims: str) -> None:
    counted = [thing for thing in tape(text).things if thing.amount]
    assert [thing.noun and thing.noun.victims for thing in counted] == [victims]


def test_a_comment_of_the_army() -> None:
    assert written(tape("12 people, the army said, were killed")) == "<people:figure> were killed"


def test_none_of_those_counted() -> None:
    assert written(tape("none of the 12 people were killed")) == "<people:zero> were killed"


@pytest.mark.xfail(strict=True, reason="once the age is taken out, the name has no comma left to stand before")
def test_a_person_with_age_and_home() -> None:
    assert "<people:one>" in written(tape("Olena Kovalenko, 62, from Sumy, was killed"))


PIECES = st.sampled_from([*sorted(EN.entries), *",;:.()-", "Sumy", "rain", "12", "7,000"])


@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_each_symbol_keeps_what_it_stands_for(text: str) -> None:
    made = tape(text)
    assert len(made.text) == len(made.items)
    first = [made.token(at) for at in range(len(made.items))]
    assert all(0 <= at < len(made.words) for at in first)
    assert all(0 <= thing.first < thing.stop <= len(made.words) for thing in made.things)
