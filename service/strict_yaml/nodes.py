"""Values with their places, and the mistakes noted on the way."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from service.errors import Mistake, RulesError

MAX_MISTAKES = 100
LINE_END: Final = re.compile("\r\n|\r|\n")


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file; line and column count from 1."""

    line: int = 1
    column: int = 1


class Refused(Enum):
    """The value of a node whose mistake has been noted: nobody need complain of it again."""

    VALUE = "refused"


REFUSED: Final = Refused.VALUE

Scalar = None | bool | int | float | str
Value = Scalar | Refused | tuple["Node", ...] | dict[str, "Node"]


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it stands.

    `path` names it from the top ("feeds.bbc.url"; list items count from 1: "to[2]").
    `key` is where its key stands in a mapping, elsewhere the same as `at`.
    """

    value: Value
    at: Position
    key: Position
    path: str = ""

    @property
    def line(self) -> int:
        return self.at.line

    @property
    def column(self) -> int:
        return self.at.column

    def plain(self) -> object:
        """The value without places: None, bool, int, float, str, list or dict."""
        if isinstance(self.value, tuple):
            return [item.plain() for item in self.value]
        if isinstance(self.value, dict):
            return {name: item.plain() for name, item in self.value.items()}
        return self.value


class UnreadableError(Exception):
    """Reading cannot go on; the mistake is noted."""


class Mistakes:
    """Collects the mistakes of one file, MAX_MISTAKES at most: a hostile file could make millions."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[Mistake] = []

    def add(self, at: Position, problem: str, remedy: str) -> None:
        """Notes a mistake; raises UnreadableError once there are enough to stop."""
        self._found.append(Mistake(self.file, at.line, at.column, printable(problem), printable(remedy)))
        if len(self._found) >= MAX_MISTAKES:
            raise UnreadableError

    def found(self) -> tuple[Mistake, ...]:
        """Every mistake, in file order."""
        found = sorted(self._found, key=lambda mistake: (mistake.line, mistake.column))
        if len(found) >= MAX_MISTAKES:
            last = found[-1]
            problem = f"These are {MAX_MISTAKES} mistakes, and reading stopped there"
            found.append(Mistake(self.file, last.line, last.column, problem, "Mend them, then check again"))
        return tuple(found)

    def refuse(self) -> None:
        """Raises RulesError if there is any mistake."""
        if self._found:
            raise RulesError(self.found())


def printable(text: str) -> str:
    """Text from a file made safe for a terminal and a log."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def shown(text: str, limit: int = 60) -> str:
    """Text from a file as a message quotes it: on one line, short, safe to print."""
    return repr(text if len(text) <= limit else f"{text[: limit - 1]}…")


def position_of(text: str, offset: int) -> Position:
    """Line and column of an offset, counting lines as an editor does."""
    before = LINE_END.split(text[:offset])
    return Position(len(before), len(before[-1]) + 1)
