"""Readers of mappings and lists, put together from readers of what they hold."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, Final, TypeVar

from service.rules.reader import Reader, Schema, SkippedError, close_to, did_you_mean, noted, read_value, shaped, wrong
from service.rules.scalars import text
from service.strict_yaml import Mistakes, Node, shown

T = TypeVar("T")
K = TypeVar("K")
ABSENT: Final = object()


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of a record: how it is read, what it means, and an example, or its default if it may be left out."""

    read: Reader[Any]
    about: str
    example: str = ""
    default: object = ABSENT


def entries(node: Node, mistakes: Mistakes) -> dict[str, Node]:
    """A mapping's entries by key."""
    value = read_value(node)
    if not isinstance(value, dict):
        raise wrong(node, mistakes, "a mapping", "Write 'key: value' lines, indented, below it")
    return value


def items(node: Node, mistakes: Mistakes) -> tuple[Node, ...]:
    """A list's items."""
    value = read_value(node)
    if not isinstance(value, tuple):
        raise wrong(node, mistakes, "a list", "Write it in brackets: [one, another]")
    return value


def record(make: Callable[..., T], **keys: Key) -> Reader[T]:
    """A mapping with these keys and no others, handed to `make` by name."""

    @shaped(**_shape(keys))
    def read(node: Node, mistakes: Mistakes) -> T:
        found = entries(node, mistakes)
        known = {name: entry for name, entry in found.items() if name in keys}
        complete = _complete(node, found, keys, mistakes)
        values = each(lambda name: keys[name].read(known[name], mistakes), known)
        if not complete:
            raise SkippedError
        return make(**{name: values.get(name, key.default) for name, key in keys.items()})

    return read


def _shape(keys: Mapping[str, Key]) -> Schema:
    return {
        "type": "object",
        "properties": {name: {**key.read.schema, "description": key.about} for name, key in keys.items()},
        "required": [name for name, key in keys.items() if key.default is ABSENT],
        "additionalProperties": False,
    }


def mapping(**keys: Key) -> Reader[dict[str, Any]]:
    """A mapping with these keys and no others, as it is."""
    return record(_as_given, **keys)


def _as_given(**values: Any) -> dict[str, Any]:
    return values


def _complete(node: Node, found: Mapping[str, Node], keys: Mapping[str, Key], mistakes: Mistakes) -> bool:
    """Notes keys that are unknown, and keys that are missing (unless an unknown one is that one misspelt)."""
    unknown = [name for name in found if name not in keys]
    for name in unknown:
        remedy = did_you_mean(name, keys, f"Known here: {', '.join(keys)}")
        if ":" in name:
            remedy = "Put a space after the colon"
        mistakes.add(found[name].key, f"{node.path or 'The file'} knows no key {shown(name)}", remedy)
    meant = {close_to(name, keys) for name in unknown}
    missing = {name: key for name, key in keys.items() if key.default is ABSENT and name not in found}
    absent = [name for name in missing if name not in meant]
    if absent:
        problem = f"{node.path or 'The file'} has no {', no '.join(map(shown, absent))}"
        examples = "; ".join(f"{name}: {missing[name].example}" for name in absent[:3])
        mistakes.add(node.key, problem, f"Add, for example, {examples}{' ...' * (len(absent) > 3)}")
    return not unknown and not missing


def table(read_entry: Reader[T], read_name: Reader[str] = text) -> Reader[dict[str, T]]:
    """A mapping from names to like values, in the file's order."""

    @shaped(type="object", propertyNames=read_name.schema, additionalProperties=read_entry.schema)
    def read(node: Node, mistakes: Mistakes) -> dict[str, T]:
        found = entries(node, mistakes)

        def part(of: tuple[str, str]) -> Any:
            name, which = of
            if which == "name":
                return read_name(_name_node(name, found[name], node), mistakes)
            return read_entry(found[name], mistakes)

        parts = each(part, product(found, ("name", "value")))
        pairs = {name: (parts[name, "name"], parts[name, "value"]) for name in found}
        return _by_name(pairs, found, mistakes)

    return read


def _by_name(pairs: Mapping[str, tuple[str, T]], found: Mapping[str, Node], mistakes: Mistakes) -> dict[str, T]:
    """Values by name as read; names written differently may be the same."""
    values: dict[str, T] = {}
    for written, (name, value) in pairs.items():
        if name in values:
            mistakes.add(found[written].key, f"{shown(written)} stands here twice", "Keep one of the two")
        values[name] = value
    return values


def named(make: Callable[..., T], read_name: Reader[str] = text, **keys: Key) -> Reader[tuple[T, ...]]:
    """A mapping from names to records, each made with its name, in the file's order."""
    fields = table(mapping(**keys), read_name)
    return fields.into(lambda found: tuple(make(name=name, **values) for name, values in found.items()))


def listing(read_item: Reader[T]) -> Reader[tuple[T, ...]]:
    """A list of like values, none of them twice."""

    @shaped(type="array", items=read_item.schema, uniqueItems=True)
    def read(node: Node, mistakes: Mistakes) -> tuple[T, ...]:
        found = items(node, mistakes)
        values = each(lambda place: read_item(found[place], mistakes), range(len(found)))
        return _distinct(values, found, mistakes)

    return read


def _distinct(values: Mapping[int, T], found: tuple[Node, ...], mistakes: Mistakes) -> tuple[T, ...]:
    seen: dict[T, None] = {}
    for place, value in values.items():
        if value in seen:
            mistakes.add(found[place].at, f"{found[place].path} repeats an earlier item", "Keep one of the two")
        else:
            seen[value] = None
    return tuple(seen)


def not_empty(read_all: Reader[T], problem: str, remedy: str) -> Reader[T]:
    """As `read_all`, but nothing in it is a mistake, worded as its path and `problem`."""
    least = {"array": "minItems", "object": "minProperties"}[read_all.schema["type"]]

    @shaped(**{**read_all.schema, least: 1})
    def read(node: Node, mistakes: Mistakes) -> T:
        if read_value(node) in ({}, (), None):
            raise noted(node, mistakes, f"{node.path} {problem}", remedy)
        return read_all(node, mistakes)

    return read


def peek(node: Node, name: str) -> Mapping[str, Node]:
    """The entries of a section, ahead of its check; none where it has none."""
    section = node.value.get(name) if isinstance(node.value, dict) else None
    return section.value if section is not None and isinstance(section.value, dict) else {}


def peek_text(node: Node, name: str) -> str:
    """The text of an entry, ahead of its check; empty where it has none."""
    entry = node.value.get(name) if isinstance(node.value, dict) else None
    return entry.value if entry is not None and isinstance(entry.value, str) else ""


def _name_node(name: str, entry: Node, table: Node) -> Node:
    """A key as a node of its own, so that a reader can judge it."""
    return Node(name, entry.key, entry.key, f"A name in {table.path}")


def each(read_one: Callable[[K], T], keys: Iterable[K]) -> dict[K, T]:
    """Every value, by key; goes on past those that noted, and raises SkippedError at the end if any did."""
    values: dict[K, T] = {}
    failed = False
    for key in keys:
        try:
            values[key] = read_one(key)
        except SkippedError:
            failed = True
    if failed:
        raise SkippedError
    return values
