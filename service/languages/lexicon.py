"""What the reader knows of one language: entries, frames and look-ups, made by compiler.py."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from service.values import Quantifier, Unit, Victims

UNITS: dict[str, Unit] = {
    "people": "people",
    "households": "households",
    "dwellings": "dwellings",
    "facilities": "facilities",
}
STRONG, WEAK, PARTNER = 1, 2, 4  # what a word that the gate finds is
# A label a spot carries: ("cause", "conflict"), ("topic", "sport"), ("tag", "children").
Label = tuple[Literal["cause", "topic", "tag"], str]


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted thing: `group` is people, households, dwellings or facilities."""

    group: str
    sector: str | None = None
    victims: Victims | None = None
    mover: str | None = None
    counted: bool = True

    @property
    def unit(self) -> Unit | None:
        return UNITS[self.group] if self.counted else None


@dataclass(frozen=True, slots=True)
class Frame:
    """A deed. `reads`: group of the thing it is done to → (kind, type); the type `*` is the thing's sector."""

    name: str
    reads: Mapping[str, tuple[str, str]]
    strong: bool = False
    bare: frozenset[str] = frozenset()
    self: bool = False
    only: frozenset[str] = frozenset()
    only_sectors: frozenset[str] = frozenset()


class Deed(NamedTuple):
    """One form of a frame; `sector` is set where the form tells everything by itself."""

    frame: Frame
    form: str
    sector: str | None = None


@dataclass(slots=True)
class Entry:
    """Everything one word or phrase can be."""

    noun: Noun | None = None
    deeds: tuple[Deed, ...] = ()
    marks: frozenset[str] = frozenset()
    hedge: Quantifier | None = None
    number: int | None = None
    scale: int | None = None
    half: float | None = None
    vague: bool = False


# Phrases by their first two words: the words after those, and the entry; the longest first.
Phrases = dict[str, dict[str, list[tuple[tuple[str, ...], Entry]]]]


class Organisation(NamedTuple):
    """Someone texts quote: the full name, and what they are."""

    name: str
    sort: str


@dataclass(frozen=True)
class Lexicon:
    """One language, compiled. `version` changes with the content of its file."""

    code: str
    version: str
    function_words: frozenset[str]
    abbreviations: frozenset[str]
    entries: dict[str, Entry]
    phrases: Phrases
    stems: dict[str, Entry]
    after_hedges: dict[tuple[str, ...], Quantifier]
    numbers: dict[str, Any]
    not_before: frozenset[str]
    not_after: frozenset[str]
    months: frozenset[str]
    gate: Any
    gate_bits: list[int]
    spots: dict[str, list[tuple[tuple[str, ...], Label]]]
    topic_kinds: dict[str, frozenset[str]]
    organisations: list[tuple[str, Organisation]]
    organisation_names: Any
    classes: dict[str, str]
    class_pattern: re.Pattern[str]
    words: dict[str, frozenset[str]]
    directions: dict[str, str]
    dates: dict[str, Any]

    @property
    def reader(self) -> str:
        """What a signal names as its reader."""
        return f"{self.code}-{self.version}"
