"""What one word or phrase of a language can be."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from service.values import Quantifier, Unit, Victims

UNITS: dict[str, Unit] = {
    "people": "people",
    "lives": "people",
    "households": "households",
    "dwellings": "dwellings",
    "facilities": "facilities",
}
# A label a word carries: ("cause", "conflict"), ("topic", "sport"), ("tag", "children").
Label = tuple[Literal["cause", "hazard", "context", "topic", "tag"], str]


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted thing: `group` is people, lives, households, dwellings, settlements or facilities."""

    group: str
    sector: str | None = None
    victims: Victims | None = None
    mover: str | None = None
    counted: bool = True
    one: bool = False
    material: bool = True

    @property
    def unit(self) -> Unit | None:
        return UNITS.get(self.group) if self.counted else None


@dataclass(frozen=True, eq=False)
class Frame:
    """A deed. `reads`: group of the thing it is done to → (kind, type); the type `*` is the thing's sector."""

    name: str
    reads: Mapping[str, tuple[str, str]]
    sectors: frozenset[str] = frozenset()
    strong: bool = False
    unknown: bool = False
    physical: bool = False
    doubtful: bool = False
    certain: bool = False
    counted: bool = False
    self: bool = False

    @cached_property
    def suspends(self) -> bool:
        """Is it a deed that stops services?"""
        return self.reads.get("facilities", ("", ""))[0] == "suspension"

    @cached_property
    def groups(self) -> frozenset[str]:
        """The groups of things its deeds can be done to; a facility's group is its sector."""
        groups = set(self.reads) - {"facilities"}
        if "facilities" in self.reads:
            groups |= self.sectors - {"general"}
        if "people" in groups or "dwellings" in groups:
            groups.add("figure")
        if self.unknown:
            groups.add("other")
        return frozenset(groups)


class Deed(NamedTuple):
    """One form of a frame; `sector` is set where the form tells everything by itself."""

    frame: Frame
    form: str
    sector: str | None = None


class Organisation(NamedTuple):
    """Someone texts quote: the full name, and what they are; a class of them has no name."""

    name: str | None
    sort: str


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
    organisation: Organisation | None = None

    def is_(self, mark: str) -> bool:
        return mark in self.marks


NOTHING = Entry()
# What the gate knows of a word: which partner it is to a deed, and, NEEDED bits higher, which it needs itself.
ALWAYS, THING, LIVES, MOVER, ORDER, ZERO = 1, 2, 4, 8, 16, 32
NEEDED = 8
