"""The notation of patterns over words: what each element matches, which way, and how mistakes are named.

The words of these patterns are a, b, c and d; `vowel` is what a and e are, `nothing` is a name no word has.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import SettingsError
from service.languages.alphabet import Alphabet
from service.languages.patterns import Patterns

ALPHABET = Alphabet()
SYMBOLS = {name: ALPHABET.symbol({name, "vowel"} if name in "ae" else {name}) for name in "abcde"}
ALPHABET.declare(["nothing"])
SHAPES = {"pair": "a b", "either": "b|c", "pairs": "pair*+"}
PATTERNS = Patterns(SHAPES, ALPHABET.class_of, "xx.yaml.grammar")


def text(words: str) -> str:
    return "".join(SYMBOLS[word] for word in words)


def letters(symbols: str) -> str:
    return "".join(next(name for name, symbol in SYMBOLS.items() if symbol == one) for one in symbols)


def whole(words: str) -> re.Pattern[str]:
    return PATTERNS.whole(words, "here").regex


@pytest.mark.parametrize(
    ("pattern", "is_", "is_not"),
    [
        ("a", ["a"], ["b", "", "aa"]),
        ("vowel", ["a", "e"], ["b"]),
        ("nothing", [], ["", "a"]),
        ("a b", ["ab"], ["ba", "a"]),
        ("a|b", ["a", "b"], ["c", "ab"]),
        ("a b|c", ["ab", "c"], ["ac"]),
        ("a (b|c)", ["ab", "ac"], ["a", "abc"]),
        ("(a b|c) d", ["abd", "cd"], ["ad", "abcd"]),
        ("a (b|)", ["a", "ab"], ["b"]),
        ("a*", ["", "a", "aaa"], ["b"]),
        ("a+", ["a", "aaa"], [""]),
        ("a?", ["", "a"], ["aa"]),
        ("a{1,2}", ["a", "aa"], ["", "aaa"]),
        ("a{2,}", ["aa", "aaaa"], ["a"]),
        ("(a b)+ c", ["abc", "ababc"], ["aabbc", "c"]),
        ("^(a|b)", ["c", "d", "e"], ["a", "b", "", "cc"]),
        ("^(vowel|b)*", ["cdcd", ""], ["cda"]),
        ("^(nothing)", ["a", "b"], [""]),
        ("!a vowel", ["e"], ["a"]),
        ("a !(b c) b", ["ab"], ["abc"]),
        ("(!a vowel)+", ["ee"], ["ea"]),
        ("a !b", ["a"], ["ab"]),
        ("pair c", ["abc"], ["ac"]),
        ("pair+", ["abab"], ["abb"]),
        ("either", ["b", "c"], ["a"]),
        ("^(either)", ["a", "d"], ["b", "c"]),
        ("pairs d", ["d", "ababd"], ["abad"]),
        ("", [""], ["a"]),
    ],
)
def test_what_a_pattern_is_the_whole_of(pattern: str, is_: list[str], is_not: list[str]) -> None:
    regex = whole(pattern)
    assert [one for one in is_ if not regex.fullmatch(text(one))] == []
    assert [one for one in is_not if regex.fullmatch(text(one))] == []


@pytest.mark.parametrize(
    ("pattern", "words", "taken"),
    [
        ("a*", "aaa", ""),
        ("a+", "aaa", "a"),
        ("a?", "aaa", ""),
        ("a{1,3}", "aaa", "a"),
        ("a*+", "aaa", "aaa"),
        ("a++", "aaa", "aaa"),
        ("a?+", "aaa", "a"),
        ("a{1,2}+", "aaa", "aa"),
        ("(a b)*+", "ababa", "abab"),
        ("a (b c{0,2}+ d)?+ b", "abcb", "ab"),  # what was begun and not ended is given back
        ("vowel* e", "aeaee", "ae"),
        ("vowel*+ e", "aeaee", None),  # for good: it gives nothing back
        ("vowel*+ b", "aeab", "aeab"),
        ("b|a b", "ab", "ab"),
    ],
)
def test_the_shortest_stretch_is_taken_first_and_with_a_plus_the_longest(
    pattern: str, words: str, taken: str | None
) -> None:
    found = whole(pattern).match(text(words))
    assert (found and letters(found.group())) == taken


@pytest.mark.parametrize(
    ("pattern", "words", "captured"),
    [
        ("a things=[b c]", "abc", {"things": "bc"}),
        ("a things=[b*+] c", "abbc", {"things": "bb"}),
        ("one=[a] (b|two=[c])", "ac", {"one": "a", "two": "c"}),
        ("one=[a] (b|two=[c])", "ab", {"one": "a", "two": None}),
        ("(a things=[b])?+ c", "c", {"things": None}),
        ("outer=[a inner=[b]]", "ab", {"outer": "ab", "inner": "b"}),
    ],
)
def test_what_is_handed_on(pattern: str, words: str, captured: dict[str, str | None]) -> None:
    found = whole(pattern).fullmatch(text(words))
    assert found is not None
    assert {name: value and letters(value) for name, value in found.groupdict().items()} == captured


@pytest.mark.parametrize(
    ("pattern", "left", "right", "holds"),
    [
        ("a b DEED", "cab", "", True),
        ("a b DEED", "ba", "", False),
        ("a b DEED", "abc", "", False),
        ("DEED a b", "", "abc", True),
        ("DEED a b", "", "cab", False),
        ("a DEED b", "ca", "bc", True),
        ("a DEED b", "ca", "cb", False),
        ("DEED", "abc", "abc", True),
        ("a ^(b){0,2} DEED", "bacc", "", True),
        ("a ^(b){0,2} DEED", "accc", "", False),
        ("pair DEED pair", "cab", "abc", True),
        ("(a b|c d)+ DEED", "eabcd", "", True),
        ("!e a DEED", "ea", "", False),  # read backwards, what comes next stands before
        ("!e a DEED", "ca", "", True),
        ("!e a DEED", "a", "", True),
        ("!(d e) a DEED", "dea", "", False),
        ("!(d e) a DEED", "eda", "", True),
        ("DEED a !e", "", "ae", False),
        ("DEED a !e", "", "ac", True),
    ],
)
def test_a_pattern_with_a_deed_is_read_both_ways_from_it(pattern: str, left: str, right: str, holds: bool) -> None:
    halves = PATTERNS.halves("name", pattern, "here")
    before = halves.before is None or halves.before.match(text(left)[::-1])
    after = halves.after is None or halves.after.match(text(right))
    assert bool(before and after) is holds


def test_reading_backwards_the_shortest_stretch_is_the_nearest() -> None:
    halves = PATTERNS.halves("name", "things=[a b] ^(d)* DEED", "here")
    assert halves.before is not None
    found = halves.before.match(text("abcabc")[::-1])
    assert found is not None and found.span("things") == (1, 3)


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("a", ["a"]),
        ("a b", ["a", "b"]),
        ("vowel", ["ae"]),
        ("a|b", ["ab"]),
        ("a|b*", []),
        ("(a b)|c", ["ac"]),
        ("a* b+ c?", ["b"]),
        ("a{0,3} b{1,3}+", ["b"]),
        ("^(a) !b", []),
        ("x=[a b]", ["a", "b"]),
        ("pair", ["a", "b"]),
    ],
)
def test_needs(pattern: str, needs: list[str]) -> None:
    assert [frozenset(text(one)) for one in needs] == list(PATTERNS.whole(pattern, "here").needs)


NAMES = st.sampled_from(["a", "b", "c", "vowel", "nothing", "pair", "either"])
PLAIN_NAMES = st.sampled_from(["a", "b", "c", "vowel", "nothing"])


def grown(inner: st.SearchStrategy[str], repeats: list[str], ahead: bool) -> st.SearchStrategy[str]:
    kinds = [
        st.lists(inner, min_size=1, max_size=3).map(" ".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda options: f"({'|'.join(options)})"),
        st.builds("({}){}".format, inner, st.sampled_from(repeats)),
        st.lists(PLAIN_NAMES, min_size=1, max_size=2).map(lambda names: f"^({'|'.join(names)})"),
    ]
    return st.one_of(*kinds, inner.map("!({})".format)) if ahead else st.one_of(*kinds)


LAZY = ["*", "+", "?", "{0,2}", "{1,2}"]
ANY_PATTERN = st.recursive(NAMES, lambda inner: grown(inner, [*LAZY, *(f"{one}+" for one in LAZY)], True), max_leaves=8)
EVEN_PATTERN = st.recursive(NAMES, lambda inner: grown(inner, LAZY, False), max_leaves=8)
TEXTS = st.text(alphabet=st.sampled_from(list(SYMBOLS.values())), max_size=8)


@given(ANY_PATTERN, TEXTS)
def test_needs_exclude_no_text_that_matches(pattern: str, symbols: str) -> None:
    made = PATTERNS.whole(pattern, "here")
    if made.regex.search(symbols):
        assert all(not need.isdisjoint(symbols) for need in made.needs)


@given(ANY_PATTERN, ANY_PATTERN, TEXTS, TEXTS)
def test_needs_of_both_halves_exclude_no_text_that_matches(left: str, right: str, before: str, after: str) -> None:
    made = PATTERNS.halves("name", f"{left} DEED {right}", "here")
    assert made.before is not None and made.after is not None
    if made.before.match(before[::-1]) and made.after.match(after):
        assert all(not need.isdisjoint(before + after) for need in made.needs)


@given(EVEN_PATTERN, TEXTS)
def test_a_pattern_is_the_same_from_either_end(pattern: str, symbols: str) -> None:
    halves = PATTERNS.halves("name", f"{pattern} DEED", "here")
    assert halves.before is not None
    assert bool(halves.before.fullmatch(symbols[::-1])) is bool(whole(pattern).fullmatch(symbols))


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("a zebra", "nothing is called 'zebra'"),
        ("(a b", r"'\(' is not closed"),
        ("x=[a b", r"'x=\[' is not closed"),
        ("^(a|b", r"'\^\(' is not closed"),
        ("x=[a b)", r"'x=\[' is not closed"),
        ("a b)", r"'\)' closes nothing"),
        ("* a", r"'\*' repeats nothing"),
        ("a | +", r"'\+' repeats nothing"),
        ("a**", r"'\*' repeats nothing"),
        ("{0,3}", "repeats nothing"),
        ("a & b", "is no pattern"),
        ("[a b]", "is no pattern"),
        ("a{x}", "is no pattern"),
        ("^(a b)", r"only names may stand in \^\( \)"),
        ("^(a*)", r"only names may stand in \^\( \)"),
    ],
)
def test_mistakes_are_named_with_their_place(pattern: str, problem: str) -> None:
    with pytest.raises(SettingsError, match=f"^here: .*{problem}"):
        PATTERNS.whole(pattern, "here")


@pytest.mark.parametrize("pattern", ["a b", "", "DEED a DEED"])
def test_a_construction_names_its_deed_once(pattern: str) -> None:
    with pytest.raises(SettingsError, match=r"^here: a construction names DEED once"):
        PATTERNS.checked(pattern, "here", ALPHABET.class_of)


def test_a_construction_is_checked_on_both_sides() -> None:
    PATTERNS.checked("a DEED b", "here", ALPHABET.class_of)
    with pytest.raises(SettingsError, match="zebra"):
        PATTERNS.checked("a DEED zebra", "here", ALPHABET.class_of)


def test_a_wrong_shape_is_named() -> None:
    with pytest.raises(SettingsError, match=r"xx\.yaml\.grammar\.stripes: nothing is called 'zebra'"):
        Patterns({"stripes": "a zebra"}, ALPHABET.class_of, "xx.yaml.grammar")


@pytest.mark.parametrize("pattern", ["a !", "x=[a] x=[b]", "a{3,1}"])
def test_more_mistakes_that_should_be_named(pattern: str) -> None:
    with pytest.raises(SettingsError, match=r"^here: "):
        PATTERNS.whole(pattern, "here")
