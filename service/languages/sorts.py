"""What the words of a text are, kept once it was worked out, for the same words come again."""

from collections.abc import Callable
from dataclasses import dataclass

from service.languages.compiled import Compiled, Continued
from service.languages.entry import NOTHING, Entry

LONG = 9  # letters from which an unknown word may be two
MOST_KEPT = 50_000  # words kept, for texts never end
LONGEST_KEPT = 40  # letters of a word that is kept: a longer one is an address, which hardly comes again


@dataclass(frozen=True, slots=True)
class Sort:
    """What a word is: its symbol, that with a capital, and that with a capital inside a sentence; its entry.

    "Tolikara District": a settlement with a capital is part of a name.  `phrases` are those it begins, by their
    second word; `follows`: it is the second word of one; `long`: no list has it, and it may be two words run together.
    """

    plain: str
    capitalised: str
    inside: str
    entry: Entry
    phrases: dict[str, list[Continued]] | None
    follows: bool
    long: bool


class Sorts(dict[str, Sort]):
    """The sort of every word, worked out when it is first met; unknown words of one symbol share theirs."""

    def __init__(self, data: Compiled, shape: Callable[[str], str]) -> None:
        super().__init__()
        self._data, self._shape = data, shape
        self._settlements = frozenset(data.alphabet.class_of("settlement") or "")
        self._seconds = frozenset(second for by_second in data.phrases.values() for second in by_second)
        self._unknown: dict[tuple[str, bool], Sort] = {}

    def __missing__(self, word: str) -> Sort:
        sort = self._sort(word)
        if len(word) <= LONGEST_KEPT:
            if len(self) >= MOST_KEPT:
                self.clear()
            self[word] = sort
        return sort

    def _sort(self, word: str) -> Sort:
        data, shapes, known = self._data, self._data.alphabet.shapes, self._data.symbols.get(word)
        symbol, long = known or self._shape(word), not known and len(word) > LONG
        capitalised = symbol if known or symbol == shapes["digits"] else shapes["name"]
        inside = shapes["name"] if symbol in self._settlements else capitalised
        phrases, follows = data.phrases.get(word), word in self._seconds
        sort = Sort(symbol, capitalised, inside, data.entries.get(word, NOTHING), phrases, follows, long)
        return sort if known or phrases or follows else self._unknown.setdefault((symbol, long), sort)
