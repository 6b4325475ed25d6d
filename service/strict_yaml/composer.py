"""From the parser's events to nodes, noting what is refused on the way."""

import re
from typing import Final

import yaml

from service.strict_yaml import scalars
from service.strict_yaml.nodes import (
    REFUSED,
    Mistakes,
    Node,
    Position,
    Scalar,
    UnreadableError,
    Value,
    position_of,
    shown,
)
from service.strict_yaml.nodes import Refused as RefusedValue
from service.strict_yaml.syntax import Event, events, start_of

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 20
MAX_KEY = 200

# YAML 1.1 ends a line at these, editors do not: line numbers would disagree.
ODD_LINE_END: Final = re.compile("[\x85\u2028\u2029]")


def compose(text: str, mistakes: Mistakes) -> Node | None:
    """The tree of a YAML text, its mistakes noted rather than raised, so that a schema can add its own.

    Returns None, with a mistake noted, where there is no tree to go on with.
    """
    try:
        _refuse_odd(text, mistakes)
        return _Composer(text, mistakes).document()
    except UnreadableError:
        return None


def _refuse_odd(text: str, mistakes: Mistakes) -> None:
    if len(text) > MAX_CHARACTERS:
        problem = f"The file has {len(text):,} characters"
        mistakes.add(Position(), problem, f"Keep it under {MAX_CHARACTERS:,}")
        raise UnreadableError
    if odd := ODD_LINE_END.search(text):
        at = position_of(text, odd.start())
        mistakes.add(at, "There is an invisible line separator here", "Delete it, or end the line with Enter")
        raise UnreadableError


class _Composer:
    """Reads one document. Aliases are never followed, so the tree is no larger than the text."""

    def __init__(self, text: str, mistakes: Mistakes) -> None:
        self._note = mistakes.add
        self._events = events(text, mistakes)

    def document(self) -> Node | None:
        next(self._events)  # the stream's start
        start = next(self._events)
        if not isinstance(start, yaml.DocumentStartEvent):
            self._empty()
            return None
        if start.version or start.tags:
            self._note(start_of(start), "The file starts with a YAML directive", "Remove the line with the %")
        root = self._node(next(self._events), "", 0)
        next(self._events)  # the document's end
        after = next(self._events)
        if isinstance(after, yaml.DocumentStartEvent):
            self._note(start_of(after), "A second document starts here", "Remove this, and what follows it")
        if root.value is None:
            self._empty()
            return None
        return root

    def _empty(self) -> None:
        self._note(Position(), "The file is empty", "Start from the one shipped with Tocsin")

    def _node(self, event: Event, path: str, depth: int, key: Position | None = None) -> Node:
        at = start_of(event)
        return Node(self._value(event, at, path, depth), at, key or at, path)

    def _value(self, event: Event, at: Position, path: str, depth: int) -> Value:
        if depth > MAX_DEPTH:
            self._note(at, f"This is nested more than {MAX_DEPTH} levels deep", "Write it flatter")
            raise UnreadableError
        if isinstance(event, yaml.AliasEvent):
            self._note(at, f"*{str(event.anchor)[:40]} stands for a value set elsewhere", "Write the value out here")
            return REFUSED
        value = self._content(event, at, path, depth)
        return value if self._unmarked(event, at) else REFUSED

    def _content(self, event: Event, at: Position, path: str, depth: int) -> Value:
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, depth)
        return self._scalar(event, at)

    def _unmarked(self, event: Event, at: Position) -> bool:
        """Has the value no anchor and no tag?"""
        if event.anchor:
            self._note(at, f"&{str(event.anchor)[:40]} names a value to repeat it", "Remove the & and its word")
        if event.tag:
            self._note(at, f"The tag {shown(event.tag)} asks for a special type", "Remove the ! and its word")
        return not event.tag

    def _sequence(self, path: str, depth: int) -> tuple[Node, ...]:
        items: list[Node] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, f"{path}[{len(items) + 1}]", depth + 1))
        return tuple(items)

    def _mapping(self, path: str, depth: int) -> dict[str, Node] | RefusedValue:
        entries: dict[str, Node] = {}
        named = True
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, path, depth + 1)
            name = self._name(key, event)
            named = named and name is not None
            below = path if name is None else f"{path}.{name}".lstrip(".")
            entry = self._node(next(self._events), below, depth + 1, key.at)
            if name in entries:
                where = f"first on line {entries[name].key.line}"
                self._note(key.at, f"The key {shown(name)} is written twice, {where}", "Keep one of the two")
            elif name is not None:
                entries[name] = entry
        # Without the entries whose keys are refused, an emptied mapping would be blamed for being empty.
        return entries if entries or named else REFUSED

    def _name(self, key: Node, event: Event) -> str | None:
        """A key's text, or None, noted, where it cannot be one."""
        name = key.value
        if isinstance(name, str) and len(name) <= MAX_KEY and not (name == "<<" and event.style is None):
            return name
        if name == "<<":
            self._note(key.at, "<< merges in a value set elsewhere", "Write those keys out here")
        elif isinstance(name, str):
            self._note(key.at, f"This key is longer than {MAX_KEY} characters", "Choose a shorter one")
        elif name is not REFUSED:
            self._note(key.at, "A key must be text", 'Put it in quotes, as in "2024": ...')
        return None

    def _scalar(self, event: Event, at: Position) -> Scalar | RefusedValue:
        value = scalars.plain(event.value) if event.style is None else scalars.text(event.value)
        if isinstance(value, scalars.Unclear):
            self._note(at, value.problem, value.remedy)
            return REFUSED
        return value
