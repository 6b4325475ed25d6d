"""A sentence as a text of symbols in which each is a chunk, and what the chunks are."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from service.languages.entry import Deed, Noun
from service.languages.lexicon import Lexicon
from service.languages.patterns import Whole
from service.signals.figures import Amount
from service.signals.tokens import Tokens


@dataclass(slots=True, eq=False)
class Thing:
    """What a deed can be done to: tokens first:stop, of which noun:stop name it.

    `group` is its noun's, or "figure" where only a figure is told, "other" where it
    counts something the lexicon does not know.  `state`: a deed told as an adjective ("500 displaced families").
    """

    first: int
    stop: int
    group: str
    amount: Amount | None = None
    noun: Noun | None = None
    noun_at: int = 0
    zero: bool = False
    state: Deed | None = None
    state_at: int = 0
    heads: tuple[Noun, ...] = ()
    why_not: str | None = None
    compound: bool = False
    tallied: bool = False

    @property
    def counted(self) -> bool:
        return self.amount is not None and not self.amount.article


Item = int | Amount | Thing
Made = tuple[str, list[Item]]
Make = Callable[["Tape", re.Match[str]], Made | None]


@dataclass(slots=True)
class Tape:
    """Symbols and, at the same places, what each stands for: a token's number, a figure or a thing."""

    words: Tokens
    lexicon: Lexicon
    text: str
    items: list[Item]
    things: list[Thing] = field(default_factory=list)
    present: set[str] = field(default_factory=set)

    def found(self, name: str) -> Iterator[re.Match[str]]:
        """Where a pattern of the language file's passes holds."""
        pattern = self.lexicon.whole[name]
        possible = not any(need.isdisjoint(self.present) for need in pattern.needs)
        return pattern.regex.finditer(self.text) if possible else iter(())

    def rewrite(self, pattern: Whole, make: Make) -> None:
        """Replaces what a pattern finds by the symbols and items made of it; None leaves it as it is."""
        pieces: list[str] = []
        items: list[Item] = []
        last = 0
        for match in pattern.regex.finditer(self.text):
            made = make(self, match)
            if made is not None:
                start, stop = match.span()
                pieces += (self.text[last:start], made[0])
                items += self.items[last:start]
                items += made[1]
                last = stop
        if last:
            self.text = "".join(pieces) + self.text[last:]
            self.items = items + self.items[last:]
            self.present = set(self.text)

    def token(self, at: int) -> int:
        """The first token of the chunk at a place."""
        item = self.items[at]
        return item if isinstance(item, int) else item.first


def placed(tape: Tape, thing: Thing) -> Made:
    """The symbol of a thing, which is noted."""
    tape.things.append(thing)
    return symbol_of(tape, thing), [thing]


def symbol_of(tape: Tape, thing: Thing) -> str:
    """The symbol of a thing's group and of how it is counted; a facility's group is its sector."""
    group = thing.group if thing.group != "facilities" else sector_of(thing)
    return tape.lexicon.alphabet.thing(group, _quantity(thing))


def _quantity(thing: Thing) -> str:
    if thing.zero:
        return "zero"
    if thing.amount is None:
        return "none"
    return "one" if thing.amount.article else "figure" if thing.amount.low is not None else "vague"


def sector_of(thing: Thing) -> str:
    """The sector of a facility: the last of a compound that names one."""
    for noun in reversed(thing.heads or ((thing.noun,) if thing.noun else ())):
        if noun.sector and noun.sector != "general":
            return noun.sector
    return "general"
