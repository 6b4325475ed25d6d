"""What officers decided about figures: which go together, and which are a happening of their own (pure).

Figures that were put together are a clump.  It goes where its leader, the first of it, goes; so figures put
into an incident never change what it is.  The last word about a figure counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from service.values import Pin


@dataclass(frozen=True, slots=True)
class Rulings:
    """All pins of a country taken together.

    `leaders` holds the leader of every figure in a clump (its own, for a leader), `own` the leaders whose
    clump founds an incident, `apart` for a leader those whose incidents it is not of, `who` said so last.
    """

    leaders: Mapping[int, int] = field(default_factory=dict)
    own: frozenset[int] = frozenset()
    apart: Mapping[int, frozenset[int]] = field(default_factory=dict)
    who: Mapping[int, str] = field(default_factory=dict)

    def taken(self, figure: int) -> bool:
        """Is a figure no longer told of with the rest of its report? Leaders are, until they found their own."""
        leader = self.leaders.get(figure)
        return leader is not None and (figure != leader or leader in self.own)

    def not_with(self, figures: Iterable[int]) -> set[int]:
        """The leaders whose incidents these figures are not of."""
        return {other for figure in figures for other in self.apart.get(figure, ())}

    def concerned(self, before: "Rulings") -> set[int]:
        """The figures that are not told as they were by the rulings before these."""
        known = self.leaders.keys() | before.leaders.keys()
        return {figure for figure in known if self._of(figure) != before._of(figure)}

    def _of(self, figure: int) -> tuple[int, bool, frozenset[int]]:
        return self.leaders.get(figure, figure), figure in self.own, self.apart.get(figure, frozenset())

    def begin(self, at: datetime, said: Mapping[int, datetime]) -> datetime:
        """From when on to gather, to gather anew from a moment on: what follows a later figure waits for it."""
        while True:
            waiting = [
                said[figure]
                for figure, leader in self.leaders.items()
                if figure in said and leader in said and said[figure] < at <= said[leader]
            ]
            if not waiting:
                return at
            at = min(waiting)


def rulings(pins: Iterable[Pin]) -> Rulings:
    """What pins, in the order they were given, come to."""
    table = _Table()
    for pin in pins:
        table.take(pin)
    return table.result()


@dataclass
class _Table:
    """The clumps by their numbers while pins are taken; of each its figures, the leader first."""

    clumps: list[dict[int, None]] = field(default_factory=list)
    home: dict[int, int] = field(default_factory=dict)
    own: set[int] = field(default_factory=set)
    apart: set[tuple[int, int]] = field(default_factory=set)
    who: dict[int, str] = field(default_factory=dict)

    def take(self, pin: Pin) -> None:
        there = self.home[pin.other] if pin.other in self.home else self._new(pin.other)
        self.who[pin.figure] = pin.who
        if pin.to == "with":
            self._put(pin.figure, there)
        else:
            here = self._new(pin.figure)
            self.own.add(here)
            self.apart |= {(here, there), (there, here)}

    def _new(self, figure: int) -> int:
        self.clumps.append({})
        self._put(figure, len(self.clumps) - 1)
        return self.home[figure]

    def _put(self, figure: int, clump: int) -> None:
        if self.home.get(figure) == clump:
            return
        if figure in self.home:
            del self.clumps[self.home[figure]][figure]
        self.home[figure] = clump
        self.clumps[clump][figure] = None

    def result(self) -> Rulings:
        leader = {number: next(iter(clump)) for number, clump in enumerate(self.clumps) if clump}
        apart: dict[int, set[int]] = {}
        for here, there in self.apart:
            if here in leader and there in leader:
                apart.setdefault(leader[here], set()).add(leader[there])
        return Rulings(
            leaders={figure: leader[clump] for figure, clump in self.home.items()},
            own=frozenset(leader[clump] for clump in self.own if clump in leader),
            apart={figure: frozenset(others) for figure, others in apart.items()},
            who=self.who,
        )
