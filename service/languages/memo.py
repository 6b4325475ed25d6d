"""What words are, kept once it was worked out, for the same words come again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from service.languages.compiled import Continued
from service.languages.entry import Entry

LONG = 9  # letters from which an unknown word may be two

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sort:
    """What a word is: its symbol, that with a capital, and that with a capital inside a sentence; its entry.

    "Tolikara District": a settlement with a capital is part of a name.  `phrases` are those it begins, by their
    second word; `long`: no list has it, and it may be two words run together.
    """

    plain: str
    capitalised: str
    inside: str
    entry: Entry
    phrases: dict[str, list[Continued]] | None
    long: bool


class Memo(dict[str, T], Generic[T]):
    """Answers by word, worked out when first asked for; emptied when it grows too large, for texts never end."""

    def __init__(self, made: Callable[[str], T], most: int) -> None:
        super().__init__()
        self.made, self.most = made, most

    def __missing__(self, word: str) -> T:
        if len(self) >= self.most:
            self.clear()
        answer = self[word] = self.made(word)
        return answer
