"""One character for each set of things a word can be, so that patterns over words are patterns over text.

The characters are from the private use area, from U+E000 on: none needs escaping in a pattern.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

FIRST = 0xE000
SIGNS = {
    ",": "comma", ";": "semicolon", ":": "colon", ".": "stop", "!": "stop", "?": "stop", "(": "open", ")": "close",
    "[": "open", "]": "close", '"': "quote", "-": "dash", "—": "dash", "/": "slash", "'s": "possessive", "'": "quote",
}  # fmt: skip
SHAPES = ("word", "name", "digits", "sign")  # what no file knows: a small word, a capitalised one, a number, a sign
GROUPS = ("people", "lives", "households", "dwellings", "settlements", "things", "figure", "other")
BEINGS = ("people", "lives", "households", "settlements", "figure", "other")  # in a list only when counted
QUANTITIES = ("none", "one", "figure", "vague", "zero")
FIGURES = ("hedge", "number", "scale", "half", "vague")  # what may stand in a figure
AMOUNTS = ("amount", "vague_amount")  # a figure before the thing it counts is found
PART = "part_thing"  # a figure inside a larger one, which no deed takes


@dataclass
class Alphabet:
    """Gives out symbols, and tells which of them a name stands for."""

    _names: dict[str, set[str]] = field(default_factory=dict)
    _by_traits: dict[frozenset[str], str] = field(default_factory=dict)
    things: dict[str, tuple[str, str]] = field(default_factory=dict)
    _thing_symbols: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.shapes = {name: self.symbol((name,)) for name in SHAPES}
        self.signs = {sign: self.symbol((name,)) for sign, name in SIGNS.items()}
        self.part = self.symbol((PART,))
        self.nominal = self.symbol(("deed", "nominal"))
        self.amounts = {name: self.symbol((name,)) for name in AMOUNTS}

    def symbol(self, traits: Iterable[str]) -> str:
        """The symbol of a set of traits; each trait is a name that patterns can use."""
        key = frozenset(traits)
        if key not in self._by_traits:
            char = chr(FIRST + len(self._by_traits))
            self._by_traits[key] = char
            for trait in key:
                self._names.setdefault(trait, set()).add(char)
        return self._by_traits[key]

    def thing(self, group: str, quantity: str) -> str:
        """The symbol of a counted or named thing; a facility's group is its sector."""
        key = (group, quantity)
        if key not in self._thing_symbols:
            traits = {"any_thing", f"group:{group}", f"quantity:{quantity}", f"thing:{group}:{quantity}"}
            if quantity in ("figure", "vague"):
                traits.add("any_counted")
            char = self.symbol(traits)
            self._thing_symbols[key] = char
            self.things[char] = key
        return self._thing_symbols[key]

    def class_of(self, name: str) -> str | None:
        """The symbols a name stands for, or None for a name nobody has."""
        return "".join(sorted(self._names[name])) if name in self._names else None

    def declare(self, names: Iterable[str]) -> None:
        """Names that patterns may use though no word may have them."""
        for name in names:
            self._names.setdefault(name, set())

    def taking(self, groups: frozenset[str]) -> Callable[[str], str | None]:
        """`class_of` in which `thing` is a thing of these groups, `counted` one with a figure.

        `listed` is what may be a member of a list: what is counted, or a facility."""
        thing = {char for char, (group, _) in self.things.items() if group in groups}
        counted = {char for char in thing if self.things[char][1] in ("figure", "vague")}
        exact = {char for char in thing if self.things[char][1] == "figure"}
        listed = counted | {char for char in thing if self.things[char][0] not in BEINGS}
        lone = {char for char in thing if self.things[char][1] == "one"} - listed
        zero = {char for char in thing if self.things[char][1] == "zero"}
        special = {
            "lone": lone,
            "thing": thing,
            "thing_zero": zero,
            "counted": counted,
            "exact": exact,
            "listed": listed,
        }

        def class_of(name: str) -> str | None:
            return "".join(sorted(special[name])) if name in special else self.class_of(name)

        return class_of
