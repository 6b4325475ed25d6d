"""Whatever stands in the file: rules, or a RulesError that says where. Nothing else is ever raised."""

import re
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.errors import RulesError
from service.rules import read
from service.strict_yaml import load
from tests.rules.alerts_files import KNOWN, SHIPPED, SMALL

EXAMPLES = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SMALL_LINES = SMALL.splitlines(keepends=True)
TOKENS = st.sampled_from(
    [
        *"abc:-[]{}#&*!|>'\"%@`?,~\\ \n\t",
        "\n  ",
        ": ",
        "- ",
        "---\n",
        "<<: ",
        "feeds:\n",
        "no",
        "0x1f",
        "\u2028",
        "\x00",
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
SHAPE: dict[str, Any] = yaml.safe_load(SMALL)


def refused_or_read(text: str) -> None:
    """The text is read, or every complaint points into it and says what to do."""
    try:
        read(text, "alerts.yaml", KNOWN)
    except RulesError as error:
        lines = len(re.split("\r\n|\r|\n", text))
        assert error.mistakes == tuple(sorted(error.mistakes, key=lambda mistake: (mistake.line, mistake.column)))
        for mistake in error.mistakes:
            assert 1 <= mistake.line <= lines + 1 and mistake.column >= 1
            assert mistake.problem and mistake.remedy and str(mistake).isprintable()


@EXAMPLES
@given(st.binary(max_size=300))
def test_bytes(data: bytes) -> None:
    refused_or_read(data.decode(errors="surrogateescape"))


@EXAMPLES
@given(st.lists(TOKENS, max_size=60).map("".join))
def test_yaml_s_own_tokens(text: str) -> None:
    refused_or_read(text)


@EXAMPLES
@given(st.sampled_from(sorted(SHAPE)), TREES)
def test_a_section_replaced_by_anything(section: str, tree: object) -> None:
    refused_or_read(yaml.safe_dump({**SHAPE, section: tree}, allow_unicode=True))


@EXAMPLES
@given(st.data(), TREES)
def test_a_value_replaced_by_anything(data: st.DataObject, tree: object) -> None:
    document: Any = yaml.safe_load(SMALL)
    place = document
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            break
        place = inner
    place[key] = tree
    refused_or_read(yaml.safe_dump(document, allow_unicode=True))


@EXAMPLES
@given(st.integers(0, len(SMALL) - 1), st.integers(0, 30), TOKENS)
def test_the_small_file_damaged(start: int, length: int, token: str) -> None:
    refused_or_read(SMALL[:start] + token + SMALL[start + length :])


@EXAMPLES
@given(st.integers(0, len(SMALL_LINES) - 1), st.integers(0, len(SMALL_LINES) - 1))
def test_the_small_file_with_lines_exchanged(one: int, other: int) -> None:
    lines = list(SMALL_LINES)
    lines[one], lines[other] = lines[other], lines[one]
    refused_or_read("".join(lines))


@EXAMPLES
@given(TREES)
def test_what_is_read_is_what_yaml_says(tree: object) -> None:
    """Where we read a text at all, we read the same as everyone else."""
    text = yaml.safe_dump({"root": tree}, allow_unicode=True)
    try:
        found = load(text, "any.yaml").plain()
    except RulesError:
        return
    assert found == yaml.safe_load(text)


def test_the_shipped_file_reads_as_yaml_says() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert load(text, "alerts.yaml").plain() == yaml.safe_load(text)
