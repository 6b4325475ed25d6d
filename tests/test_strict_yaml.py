"""YAML read strictly: what values mean, where they stand, and what is refused."""

import pytest

from service.errors import Mistake, RulesError
from service.strict_yaml import MAX_CHARACTERS, MAX_DEPTH, MAX_KEY, REFUSED, Mistakes, Node, compose, load


def mistakes_in(text: str) -> tuple[Mistake, ...]:
    with pytest.raises(RulesError) as caught:
        load(text, "words.yaml")
    return caught.value.mistakes


def the_mistake_in(text: str) -> Mistake:
    (mistake,) = mistakes_in(text)
    return mistake


def child(node: Node, *path: str | int) -> Node:
    for step in path:
        assert isinstance(node.value, dict | tuple)
        node = node.value[step]  # type: ignore[index]
    return node


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("word", "word"),
        ("two words", "two words"),
        ('"quoted"', "quoted"),
        ("'no'", "no"),
        ("y", "y"),
        ("12", 12),
        ("-12", -12),
        ("+12", 12),
        ("0", 0),
        ("0.5", 0.5),
        ("5.", 5.0),
        (".5", 0.5),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("2024-11-28", "2024-11-28"),
        ("5m", "5m"),
        ("1.2.3", "1.2.3"),
        ("[1, [two], {three: 3}]", [1, ["two"], {"three": 3}]),
        ("|\n  first\n  second\n", "first\nsecond\n"),
        ('"tab\\tand é \\u00e9"', "tab\tand é é"),
    ],
)
def test_values(written: str, value: object) -> None:
    assert load(f"key: {written}", "words.yaml").plain() == {"key": value}


@pytest.mark.parametrize("written", ["no", "Yes", "ON", "off"])
def test_switches_of_old_yaml(written: str) -> None:
    mistake = the_mistake_in(f"key: {written}")
    assert f'Quote it if it is text: "{written}"' in mistake.remedy
    assert (mistake.line, mistake.column) == (1, 6)


AMBIGUOUS = ["010", "0o17", "0x1F", "0b11", "00", "1:30", "12:30:45", "1_000", "1e3", ".inf", "-.INF", ".nan"]


@pytest.mark.parametrize("written", [*AMBIGUOUS, "9" * 19, "0." + "1" * 30])
def test_numbers_that_readers_take_differently(written: str) -> None:
    assert the_mistake_in(f"key: {written}").column == 6


def test_places_count_from_one_and_paths_from_the_top() -> None:
    root = load("# a remark\nfeeds:\n  wire:\n    tags: [one, { two: 2 }]\n", "words.yaml")
    two = child(root, "feeds", "wire", "tags", 1, "two")
    assert (two.line, two.column, two.key.column, two.path) == (4, 24, 19, "feeds.wire.tags[2].two")
    wire = child(root, "feeds", "wire")
    assert (wire.line, wire.column, wire.key.line, wire.key.column) == (4, 5, 3, 3)


def test_lines_are_counted_as_editors_count_them() -> None:
    for end in ("\n", "\r\n", "\r"):
        root = load(f"one: 1{end}{end}two: 2{end}", "words.yaml")
        assert child(root, "two").line == 3


@pytest.mark.parametrize("odd", ["\x85", "\u2028", "\u2029"])
def test_line_ends_that_editors_do_not_count_are_refused(odd: str) -> None:
    mistake = the_mistake_in(f"one: 1\ntwo: a{odd}b\n")
    assert (mistake.line, mistake.column) == (2, 7)


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("one: 1\none: 2\n", 2, 1, "written twice, first on line 1"),
        ("one: {a: 1, b: 2, a: 3}\n", 1, 19, "'a' is written twice"),
        ("one: &here 1\n", 1, 6, "&here"),
        ("one: *there\n", 1, 6, "*there"),
        ("<<: {a: 1}\n", 1, 1, "<<"),
        ("one: !!str 1\n", 1, 6, "The tag"),
        ("one: ! 1\n", 1, 6, "The tag"),
        ("one: 1\n---\ntwo: 2\n", 2, 1, "second document"),
        ("%YAML 1.1\n---\none: 1\n", 1, 1, "directive"),
        ("7: days\n", 1, 1, "A key must be text"),
        ("null: nothing\n", 1, 1, "A key must be text"),
        ("[a, b]: pair\n", 1, 1, "A key must be text"),
        (f"? {'k' * (MAX_KEY + 1)}\n: 1\n", 1, 3, "longer than"),
        ('one: "\\0"\n', 1, 6, "U+0000"),
        ('one: "\\ud800"\n', 1, 6, "U+D800"),
        ('one: "\\UFFFFFFFF"\n', 1, 9, "impossible"),
        ("one: \x07\n", 1, 6, "no text should hold"),
        ("\tone: 1\n", 1, 1, "tab"),
        ("one: two: 3\n", 1, 9, "colon"),
        ("one: 'two\n", 1, 6, "quotation mark"),
        ("one: [1, 2\ntwo: 2\n", 2, 4, "began on line 1"),
        ("one: @here\n", 1, 6, "start with this character"),
        ("", 1, 1, "empty"),
        ("# a remark\n", 1, 1, "empty"),
        ("---\n...\n", 1, 1, "empty"),
    ],
)
def test_refused(text: str, line: int, column: int, words: str) -> None:
    mistake = the_mistake_in(text)
    assert (mistake.line, mistake.column) == (line, column)
    assert words in mistake.problem and mistake.remedy


def test_mistakes_are_collected() -> None:
    found = mistakes_in("a: no\nb: [010, *x]\na: 1\n2: {c: 1:30}\n")
    assert [(mistake.line, mistake.column) for mistake in found] == [(1, 4), (2, 5), (2, 10), (3, 1), (4, 1), (4, 8)]


def test_what_is_refused_is_marked_so_that_nobody_complains_again() -> None:
    mistakes = Mistakes("words.yaml")
    root = compose("a: no\nb: 1\nc: {2: d}\ne: !x []\n", mistakes)
    assert root is not None and len(mistakes.found()) == 3
    assert {name: node.value for name, node in root.value.items()} == {  # type: ignore[union-attr]
        "a": REFUSED, "b": 1, "c": REFUSED, "e": REFUSED,
    }  # fmt: skip


def test_nesting_ends() -> None:
    fits, too_deep = ("[" * depth + "]" * depth for depth in (MAX_DEPTH, MAX_DEPTH + 2))
    assert load(fits, "words.yaml")
    assert "nested" in the_mistake_in(too_deep).problem
    for opening in ("[", "{a: ", "- ", "? "):
        assert "nested" in mistakes_in(opening * 50_000)[-1].problem


def test_size_ends() -> None:
    assert "characters" in the_mistake_in("a" * (MAX_CHARACTERS + 1)).problem


def test_what_is_quoted_is_short_and_printable() -> None:
    mistake = the_mistake_in(f"{'é' * 150}: 1\n{'é' * 150}: 2\n")
    assert len(mistake.problem) < 120 and str(mistake).isprintable()


def test_thousand_laughs_stay_a_line() -> None:
    names = zip("abcdefghi", "bcdefghij", strict=True)
    laughs = "a: &a [x, x]\n" + "".join(f"{name}: &{name} [*{last}, *{last}]\n" for last, name in names)
    assert {mistake.line for mistake in mistakes_in(laughs)} == set(range(1, 11))
