"""The English corpus: every sentence is read as its line in en*.yaml says."""

import re
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from service import languages, places, signals
from service.languages.schema import TELLS
from service.values import Signal

PUBLISHED = date(2024, 11, 28)
FILES = sorted(Path(__file__).parent.glob("en*.yaml"))
LOADED: list[dict[str, Any]] = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in FILES]
CORPUS = {key: [row for data in LOADED for row in data.get(key, [])] for key in ("reads", "quiet", "gaps", "loud")}
WORDS = {
    "total": ("scope", "total"), "historic": ("scope", "historic"), "forecast": ("assertion", "forecast"),
    "negated": ("assertion", "negated"), "combatant": ("victims", "combatant"),
}  # fmt: skip
TYPES = {type_ for types in TELLS.values() for type_ in types}
FIELDS = {field.name for field in fields(Signal)}
WORD = re.compile(r"'[^']+'(?=\s|$)|\S+")  # a vague figure of several words stands in quotes
UNITS = ("people", "households", "dwellings", "facilities")


def read(text: str) -> tuple[Signal, ...]:
    return signals.read(text, languages.lexicon("en"), find_places=places.finder(), published=PUBLISHED).signals


def expected(line: str) -> dict[str, Any]:
    """The fields a line of the corpus asks for."""
    type_, figure, *rest = (word.strip("'") for word in WORD.findall(line))
    assert type_ in TYPES, f"{type_!r} is no type of a signal: {line!r}"
    wanted: dict[str, Any] = {"type": type_, "low": None, "high": None, "vague": None, "unit": None}
    wanted |= {"scope": None, "assertion": "reported"}
    if figure[0].isdigit():
        low, _, high = figure.partition("-")
        wanted |= {"low": int(low), "high": int(high or low)}
    elif figure != "-":
        wanted["vague"] = figure
    for word in rest:
        wanted |= mark(word)
    if wanted["scope"] is None:
        del wanted["scope"]
    return wanted


def mark(word: str) -> dict[str, Any]:
    if word in UNITS:
        return {"unit": word}
    if word in WORDS:
        return dict([WORDS[word]])
    if word.startswith("@"):
        return {"place": word[1:].replace("_", " ")}
    key, _, value = word.partition("=")
    field = {"by": "attributed_to", "on": "event_date"}.get(key, key)
    assert field in FIELDS, f"{word!r} is nothing a line may ask for"
    text = None if value == "-" else value.replace("_", " ")
    return {field: date.fromisoformat(value) if key == "on" else text}


def told(signal: Signal, wanted: dict[str, Any]) -> dict[str, Any]:
    return {field: getattr(signal, field) for field in wanted}


def compared(text: str, lines: list[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What the corpus asks for and what was read, in one order, field by field."""
    wanted = [expected(line) for line in lines]
    left = list(read(text))
    found = []
    for one in wanted:
        best = max(left, key=lambda s: sum(told(s, one)[f] == one[f] for f in one), default=None)
        if best is not None:
            left.remove(best)
            found.append(told(best, one))
    return wanted, found + [{"unexpected": signal} for signal in left]


@pytest.mark.parametrize("row", CORPUS["reads"], ids=lambda row: row[0][:60])
def test_reads(row: list[str]) -> None:
    wanted, found = compared(row[0], row[1:])
    assert found == wanted


@pytest.mark.parametrize("text", CORPUS["quiet"], ids=lambda text: text[:60])
def test_stays_quiet(text: str) -> None:
    assert [signal for signal in read(text) if signal.alertable] == []


@pytest.mark.parametrize("row", CORPUS["gaps"], ids=lambda row: row[0][:60])
def test_known_gap(row: list[str]) -> None:
    wanted, found = compared(row[0], row[1:])
    assert found != wanted, "this is read right now: move it from gaps to reads"


@pytest.mark.parametrize("text", CORPUS["loud"], ids=lambda text: text[:60])
def test_known_false_alarm(text: str) -> None:
    assert any(signal.alertable for signal in read(text)), "this stays quiet now: move it from loud to quiet"


@pytest.mark.parametrize("kind", ["health", "education", "water", "food"])
def test_each_service_is_well_covered(kind: str) -> None:
    assert sum(any(line.startswith(kind) for line in row[1:]) for row in CORPUS["reads"]) >= 60


def test_most_of_the_corpus_is_read_right() -> None:
    known = len(CORPUS["gaps"]) + len(CORPUS["loud"])
    assert known < 0.2 * (len(CORPUS["reads"]) + len(CORPUS["quiet"]))
