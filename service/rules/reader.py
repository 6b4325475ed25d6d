"""Readers turn nodes into values and note every mistake: what one is, and the words for mistakes.

A reader takes a node and the mistakes noted so far.  It returns the value, or
notes what is wrong and raises SkippedError, so that whoever reads the
surrounding mapping or list can go on with the next entry.
"""

from collections.abc import Callable, Collection
from difflib import get_close_matches
from typing import TypeVar

from service.strict_yaml import REFUSED, Mistakes, Node, shown

T = TypeVar("T")
Reader = Callable[[Node, Mistakes], T]

MAX_TEXT = 200
MAX_CHOICES = 20


class SkippedError(Exception):
    """A value that could not be read; its mistake is noted."""


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
