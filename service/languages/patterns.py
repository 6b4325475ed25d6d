"""The little language in which a language file says how words stand to each other.

A pattern is names with blanks between.  A name stands for one chunk of that sort ("be", "comma",
"thing"); a name from the file's own `shapes` stands for its whole pattern.  Around them:

    a|b  (a b)  a* a+ a?  a{0,7}      as in regular expressions; the shortest stretch is taken first,
                                      with a + behind (a*+) the longest, for good
    ^(a|b)                            one chunk that is none of these
    !a                                what stands next here is not this
    name=[a]                          the chunks inside are handed on under that name

`DEED` divides a pattern: what stands left of it is matched backwards from the deed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from service.errors import SettingsError

TOKEN = re.compile(r"\s*(\^\(|[a-z]+=\[|[()\]|!]|[*+?]\+?|\{\d+,\d*\}\+?|[A-Za-z_][\w:]*)")
ClassOf = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of a pattern: `kind` is one of class, not, seq, any, repeat, unless, capture."""

    kind: str
    parts: tuple["Node", ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Halves:
    """A pattern divided at its deed: `before` matches the reversed text left of it, `after` what follows.

    `needs`: of each of these sets of symbols one must stand in the text; the smallest, which fails oftenest, first.
    """

    name: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A pattern without a deed; `needs` as in Halves."""

    regex: re.Pattern[str]
    needs: tuple[frozenset[str], ...]


class Patterns:
    """Compiles patterns; `class_of` gives the symbols a name stands for, as the inside of a character class."""

    def __init__(self, shapes: Mapping[str, str], class_of: ClassOf, where: str) -> None:
        self.class_of, self.where = class_of, where
        self.shapes: dict[str, Node] = {}
        for name, words in shapes.items():
            self.shapes[name] = self.parse(words, f"{where}.{name}")

    def whole(self, words: str, where: str) -> Whole:
        """A pattern without a deed, as a regular expression over symbols."""
        node = self.parse(words, where)
        return Whole(_made(self.source(node, where), where), _ordered(self._needs(node, where)))

    def halves(self, name: str, words: str, where: str) -> Halves:
        """A pattern with a deed, as two; an empty half matches anything."""
        left, _, right = words.partition("DEED")
        before, after = self.parse(left, where), self.parse(right, where)
        return Halves(
            name,
            _made(self.source(before, where, back=True), where) if left.strip() else None,
            _made(self.source(after, where), where) if right.strip() else None,
            _ordered((*self._needs(before, where), *self._needs(after, where))),
        )

    def _needs(self, node: Node, where: str) -> tuple[frozenset[str], ...]:
        """Sets of symbols of each of which a text must hold one, or the pattern cannot match."""
        match node.kind:
            case "class":
                return (frozenset(self._class(node.text)),)
            case "any":
                options = [self._needs(part, where) for part in node.parts]
                return () if not all(options) else (frozenset().union(*(min(one, key=len) for one in options)),)
            case "repeat":
                least = node.text[1:].partition(",")[0].rstrip("}") if node.text[0] == "{" else node.text[0]
                return self._needs(node.parts[0], where) if least not in ("0", "*", "?") else ()
            case "seq" | "capture":
                return tuple(need for part in node.parts for need in self._needs(part, where))
        return ()

    def checked(self, words: str, where: str, class_of: ClassOf) -> None:
        """Raises SettingsError where a pattern with a deed is wrong; compiles nothing."""
        mine, self.class_of = self.class_of, class_of
        try:
            if words.count("DEED") != 1:
                raise SettingsError(f"{where}: a construction names DEED once, not {words!r}")
            for half in words.split("DEED"):
                self.parse(half, where)
        finally:
            self.class_of = mine

    def parse(self, words: str, where: str) -> Node:
        """The tree of a pattern; raises SettingsError naming what is wrong."""
        tokens = TOKEN.findall(words)
        if "".join(words.split()) != "".join(tokens):
            raise SettingsError(f"{where}: {words!r} is no pattern (names, | ( ) [ ] ! ^( ) * + ? {{0,7}})")
        node, at = self._any(tokens, 0, where)
        if at != len(tokens):
            raise SettingsError(f"{where}: {tokens[at]!r} closes nothing in {words!r}")
        return node

    def _any(self, tokens: list[str], at: int, where: str) -> tuple[Node, int]:
        options = []
        while True:
            node, at = self._sequence(tokens, at, where)
            options.append(node)
            if at >= len(tokens) or tokens[at] != "|":
                return (options[0] if len(options) == 1 else Node("any", tuple(options))), at
            at += 1

    def _sequence(self, tokens: list[str], at: int, where: str) -> tuple[Node, int]:
        parts: list[Node] = []
        while at < len(tokens) and tokens[at] not in ("|", ")", "]"):
            node, at = self._piece(tokens, at, where)
            if at < len(tokens) and tokens[at][0] in "*+?{":
                node, at = Node("repeat", (node,), tokens[at]), at + 1
            parts.append(node)
        return Node("seq", tuple(parts)), at

    def _piece(self, tokens: list[str], at: int, where: str) -> tuple[Node, int]:
        token = tokens[at]
        if token == "!":
            if at + 1 >= len(tokens):
                raise SettingsError(f"{where}: '!' stands before nothing")
            node, at = self._piece(tokens, at + 1, where)
            return Node("unless", (node,)), at
        if token[-1] in "([":
            node, at = self._any(tokens, at + 1, where)
            if at >= len(tokens) or tokens[at] != ("]" if token[-1] == "[" else ")"):
                raise SettingsError(f"{where}: {token!r} is not closed")
            kind = {"(": "seq", "^(": "not"}.get(token, "capture")
            if kind == "not":
                self._names(node, where)
            return Node(kind, (node,), token[:-2] if kind == "capture" else ""), at + 1
        if token[0] in "*+?{":
            raise SettingsError(f"{where}: {token!r} repeats nothing")
        if token in self.shapes:
            return self.shapes[token], at + 1
        if self.class_of(token) is None:
            raise SettingsError(f"{where}: nothing is called {token!r}")
        return Node("class", (), token), at + 1

    def source(self, node: Node, where: str, back: bool = False) -> str:
        """The regular expression of a tree, for reading backwards if asked."""
        match node.kind:
            case "class" | "not":
                return self._one(node, where)
            case "any":
                return self._alternatives(node, where, back)
            case "repeat":
                return self._repeated(node, where, back)
            case "unless":
                return f"(?!{self.source(node.parts[0], where, back)})"
            case "capture":
                return f"(?P<{node.text}>{self.source(node.parts[0], where, back)})"
        parts = reversed(node.parts) if back else node.parts
        return "".join(self.source(part, where, back) for part in parts)

    def _one(self, node: Node, where: str) -> str:
        """A character class: one chunk of a sort, or one that is none of some."""
        if node.kind == "class":
            return f"[{self._class(node.text)}]"
        return f"[^{''.join(self._class(name) for name in self._names(node.parts[0], where))}]"

    def _class(self, name: str) -> str:
        return self.class_of(name) or "\ufffe"  # a name the lexicon gives no word: matches nothing

    def _alternatives(self, node: Node, where: str, back: bool) -> str:
        try:
            return f"[{''.join(self._class(name) for name in self._names(node, where))}]"
        except SettingsError:
            return f"(?:{'|'.join(self.source(part, where, back) for part in node.parts)})"

    def _repeated(self, node: Node, where: str, back: bool) -> str:
        inner = self.source(node.parts[0], where, back)
        single = inner.startswith("[") and inner.find("]", 1) == len(inner) - 1
        body = inner if single else f"(?:{inner})"
        greedy = node.text.endswith("+") and len(node.text) > 1
        if greedy and not single:  # Python before 3.11.5 goes wrong on a possessive group that has to backtrack
            return f"(?>{body}{node.text[:-1]})"
        return f"{body}{node.text}" if greedy else f"{body}{node.text}?"

    def _names(self, node: Node, where: str) -> list[str]:
        """The names of alternatives that are all of one chunk; raises SettingsError where they are not."""
        if node.kind == "class":
            return [node.text]
        if node.kind in ("any", "seq") and (node.kind == "any" or len(node.parts) == 1):
            return [name for part in node.parts for name in self._names(part, where)]
        raise SettingsError(f"{where}: only names may stand in ^( )")


def _ordered(needs: tuple[frozenset[str], ...]) -> tuple[frozenset[str], ...]:
    return tuple(sorted(dict.fromkeys(needs), key=len))


def _made(source: str, where: str) -> re.Pattern[str]:
    """The regular expression; raises SettingsError where it is none (a name given twice, "a{3,1}")."""
    try:
        return re.compile(source)
    except re.error as error:
        raise SettingsError(f"{where}: {error.msg}") from None
