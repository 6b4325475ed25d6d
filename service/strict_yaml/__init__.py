"""YAML read strictly: every value with its line and column, and nothing that could mean two things.

A file is refused, mistake by mistake, where it repeats a key, uses what lets a
reader misjudge it (anchors, merge keys, tags, several documents) or holds a
scalar that YAML 1.1 and YAML 1.2 read differently.
"""

from service.strict_yaml.composer import MAX_CHARACTERS, MAX_DEPTH, MAX_KEY, compose
from service.strict_yaml.nodes import (
    LINE_END,
    MAX_MISTAKES,
    REFUSED,
    Mistakes,
    Node,
    Position,
    UnreadableError,
    Value,
    position_of,
    printable,
    shown,
)

__all__ = [
    "LINE_END",
    "MAX_CHARACTERS",
    "MAX_DEPTH",
    "MAX_KEY",
    "MAX_MISTAKES",
    "REFUSED",
    "Mistakes",
    "Node",
    "Position",
    "UnreadableError",
    "Value",
    "compose",
    "load",
    "position_of",
    "printable",
    "shown",
]


def load(text: str, file: str) -> Node:
    """The tree of a YAML text; `file` is the name printed with mistakes.

    Raises RulesError listing every mistake found.
    """
    mistakes = Mistakes(file)
    root = compose(text, mistakes)
    mistakes.refuse()
    assert root is not None, "compose notes a mistake wherever it gives no tree"
    return root
