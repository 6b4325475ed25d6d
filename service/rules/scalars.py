"""Readers of single values that any schema needs: text, numbers, words with a meaning."""

from collections.abc import Mapping
from typing import TypeVar

from service.rules.reader import MAX_TEXT, Reader, did_you_mean, read_value, shaped, wrong
from service.strict_yaml import Mistakes, Node

T = TypeVar("T")


@shaped(title="text", type="string", minLength=1, maxLength=MAX_TEXT, pattern=r"^\S(.*\S)?$")
def text(node: Node, mistakes: Mistakes) -> str:
    """A line of printable text, not empty."""
    value = read_value(node)
    if isinstance(value, bool | int | float):
        raise wrong(node, mistakes, "text", "Quote it")
    if not isinstance(value, str) or not value.strip():
        raise wrong(node, mistakes, "text", "Write a few words")
    if len(value) > MAX_TEXT or not value.isprintable() or value != value.strip():
        raise wrong(node, mistakes, f"one plain line of up to {MAX_TEXT} characters", "Shorten or tidy it")
    return value


def whole(low: int, high: int) -> Reader[int]:
    """A whole number within bounds, both included."""

    @shaped(type="integer", minimum=low, maximum=high)
    def read(node: Node, mistakes: Mistakes) -> int:
        value = read_value(node)
        what = f"a whole number from {low:,} to {high:,}"
        if isinstance(value, bool) or not isinstance(value, int):
            raise wrong(node, mistakes, what, "Write digits only: 10000")
        if not low <= value <= high:
            raise wrong(node, mistakes, what, "Choose one in that range")
        return value

    return read


def decimal(low: float, high: float) -> Reader[float]:
    """A number within bounds, both included."""

    @shaped(type="number", minimum=low, maximum=high)
    def read(node: Node, mistakes: Mistakes) -> float:
        value = read_value(node)
        what = f"a number from {low:g} to {high:g}"
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise wrong(node, mistakes, what, "Write digits, with a point if need be: 0.5")
        if not low <= value <= high:
            raise wrong(node, mistakes, what, "Choose one in that range")
        return float(value)

    return read


@shaped(type="boolean")
def switch(node: Node, mistakes: Mistakes) -> bool:
    """true or false."""
    value = read_value(node)
    if not isinstance(value, bool):
        raise wrong(node, mistakes, "true or false", "Write true or false")
    return value


def one_of(what: str, values: Mapping[str, T], otherwise: str = "") -> Reader[T]:
    """The value that a known word stands for; `what` names the word ("an alert level")."""

    @shaped(enum=list(values))
    def read(node: Node, mistakes: Mistakes) -> T:
        word = read_value(node)
        if not isinstance(word, str):
            raise wrong(node, mistakes, what, otherwise or f"Choose from {', '.join(sorted(values))}")
        if word not in values:
            raise wrong(node, mistakes, what, did_you_mean(word, values, otherwise))
        return values[word]

    return read
