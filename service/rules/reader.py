"""Readers turn nodes into values and note every mistake: what one is, and the words for mistakes.

A reader takes a node and the mistakes noted so far.  It returns the value, or
notes what is wrong and raises SkippedError, so that whoever reads the
surrounding mapping or list can go on with the next entry.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Generic, TypeVar

from service.strict_yaml import REFUSED, Mistakes, Node, shown

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
U = TypeVar("U")
# A JSON Schema, draft 2020-12.
Schema = Mapping[str, Any]

MAX_TEXT = 200
MAX_CHOICES = 20


class SkippedError(Exception):
    """A value that could not be read; its mistake is noted."""


@dataclass(frozen=True, slots=True)
class Reader(Generic[T_co]):
    """How a value is read, and its shape as editors check it.

    The shape is the looser of the two: it refuses nothing that is read.  One with
    a `title` is written once, and referred to by that title.
    """

    read: Callable[[Node, Mistakes], T_co]
    schema: Schema

    def __call__(self, node: Node, mistakes: Mistakes) -> T_co:
        return self.read(node, mistakes)

    def into(self, make: Callable[[T_co], U]) -> "Reader[U]":
        """The same, its value handed to `make`."""
        return Reader(lambda node, mistakes: make(self.read(node, mistakes)), self.schema)

    def shaped(self, **schema: Any) -> "Reader[T_co]":
        """The same, with more said of its shape."""
        return Reader(self.read, {**self.schema, **schema})


def shaped(**schema: Any) -> Callable[[Callable[[Node, Mistakes], T]], Reader[T]]:
    """Makes a reader of the function below it: `@shaped(type="string")`."""
    return lambda read: Reader(read, schema)


def wrong(node: Node, mistakes: Mistakes, what: str, remedy: str) -> SkippedError:
    """Notes that a value is not `what` ("a duration"); to be raised."""
    return noted(node, mistakes, f"{node.path or 'The file'} is {described(node)}, not {what}", remedy)


def noted(node: Node, mistakes: Mistakes, problem: str, remedy: str) -> SkippedError:
    """Notes a mistake at a node, whose value is given up; to be raised."""
    mistakes.add(node.at, problem, remedy)
    return SkippedError()


def described(node: Node) -> str:
    """A value as a message names it."""
    value = node.value
    if isinstance(value, tuple):
        return f"a list of {len(value)}" if value else "an empty list"
    if isinstance(value, dict):
        return "a mapping" if value else "an empty mapping"
    if value is None:
        return "empty"
    return shown(value) if isinstance(value, str) else str(value).lower()


def did_you_mean(word: str, known: Collection[str], otherwise: str = "") -> str:
    """A remedy for a word that is none of the known ones."""
    if close := close_to(word, known):
        return f"Did you mean {close!r}?"
    first = sorted(known)[:MAX_CHOICES]
    return otherwise or f"Choose from {', '.join(first) or 'none: there is none'}{' …' * (len(known) > len(first))}"


def close_to(word: str, known: Collection[str]) -> str | None:
    """The known word most like this one, in any case; None where none is like it."""
    by_fold = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold()[:MAX_TEXT], by_fold, n=1, cutoff=0.6)
    return by_fold[close[0]] if close else None


def read_value(node: Node) -> object:
    """A node's value; raises SkippedError where it was refused already."""
    if node.value is REFUSED:
        raise SkippedError
    return node.value
