"""What the gazetteer says of a name."""

from dataclasses import dataclass
from typing import Literal

from service.places.packed import GIVEN
from service.values import Place

Guard = Literal["", "word", "person", "comma"]


@dataclass(frozen=True, slots=True)
class Known:
    """A place under one of its names.

    `guard`: what else the name is: an ordinary word, a person's name, or, for
    "comma", short for a state only behind a comma ("Miami, Fla.").  `weight`
    is how readily one thinks of the place, on the scale of the decimal
    logarithm of a town's people.  `listed`: a country or in the hand list; `alternate`:
    another spelling of the name, which may as well be another place's own name.
    """

    name: str
    place: Place
    guard: Guard = ""
    adjective: bool = False
    weight: float = 0.0
    listed: bool = True
    alternate: bool = False


class Name:
    """A name as written, and everything it may mean, the weightiest first."""

    __slots__ = ("best", "meanings", "sure", "written")

    def __init__(self, written: str, meanings: tuple[Known, ...]) -> None:
        self.written = written
        self.meanings = meanings
        self.best: dict[str, Known] = {}
        for known in meanings:
            self.best.setdefault(known.place.country or "", known)
        top = meanings[0]
        self.sure = (
            (top.place.country or "")
            if len(self.best) == 1 and not top.guard and not top.alternate and top.weight >= CERTAIN
            else ""
        )


CERTAIN = 5.0  # from here on a name stands for its place without more


class Stem:
    """Words of a text from which a name may begin: the name they are, and whether longer ones begin with them."""

    __slots__ = ("cut", "easy", "longer", "name", "traits")

    def __init__(self, name: Name | None, cut: int, longer: bool, traits: int) -> None:
        self.name = name  # the place these words name, without their last `cut` letters
        self.cut = cut
        self.longer = longer
        self.traits = traits
        self.easy = name is not None and bool(name.sure) and not traits & GIVEN  # nothing around need be looked at


NO_STEM = Stem(None, 0, False, 0)


class Found:
    """A name of the text that places have."""

    __slots__ = ("before", "chosen", "end", "name", "start", "stem")

    def __init__(self, start: int, end: int, stem: Stem) -> None:
        assert stem.name is not None
        self.start, self.end, self.name, self.stem = start, end, stem.name, stem
        self.before = ""  # the capitalised word straight before
        self.chosen: Known | None = None  # what it means by the name that follows

    @property
    def single(self) -> bool:
        return " " not in self.name.written and "-" not in self.name.written
