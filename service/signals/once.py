"""The same fact told twice becomes one signal, the more exact."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import log

from service.values import Dropped, Signal

TENTH = log(1.1)
Shelf = defaultdict[tuple[object, ...], dict[int, None]]

NOTHING: dict[int, None] = {}
TOWNS = frozenset(("town", "site"))


def once(signals: list[Signal], title_end: int, vague_sizes: Mapping[str, int]) -> tuple[list[Signal], list[Dropped]]:
    """The signals without repeats, in the order of the text, and what was left out.

    `title_end`: where the title ends (0 without one); what it tells, the text tells again.
    `vague_sizes`: how many a vague word means at least.
    """
    telling = _Telling(title_end, vague_sizes)
    kept: list[Signal] = []
    dropped: list[Dropped] = []
    shelves = _Shelves(title_end)
    for signal in signals:
        twin = next((number for number in shelves.near(signal) if telling.same(signal, kept[number])), None)
        if twin is None:
            shelves.put(signal, len(kept))
            kept.append(signal)
            continue
        better, other = telling.ranked(kept[twin], signal)
        kept[twin] = _completed(better, other)
        shelves.put(kept[twin], twin)
        dropped.append(
            Dropped(other.evidence, "the same fact is told with this figure elsewhere in the text", other.rule)
        )
    return _without_vaguer(kept, dropped)


class _Shelves:
    """The numbers of the signals kept, so laid out that each new one is compared with few: the work stays linear."""

    def __init__(self, title_end: int) -> None:
        self.title_end = title_end
        self.alike: Shelf = defaultdict(dict)
        self.equal: Shelf = defaultdict(dict)
        self.sized: Shelf = defaultdict(dict)
        self.rough: Shelf = defaultdict(dict)

    def put(self, signal: Signal, number: int) -> None:
        what, size = _what(signal), _size(signal)
        self.alike[what][number] = None
        self.equal[*what, signal.low][number] = None
        self.sized[*what, size][number] = None
        if self._loose(signal):
            self.rough[*what, size][number] = None

    def near(self, signal: Signal) -> list[int]:
        """Which to compare with, in order: equal figures, vague words, and one said roughly with one near it."""
        what = _what(signal)
        if signal.low is None or what not in self.alike:
            return list(self.alike.get(what, ()))
        size = _size(signal)
        near = self.sized if self._loose(signal) else self.rough
        shelves = [self.equal.get((*what, low), NOTHING) for low in (None, signal.low)]
        shelves += [near.get((*what, one), NOTHING) for one in (size - 1, size, size + 1)]
        return sorted(set().union(*shelves))

    def _loose(self, signal: Signal) -> bool:
        return _rough(signal) or signal.evidence.start < self.title_end


def _what(signal: Signal) -> tuple[object, ...]:
    return (signal.kind, signal.type, signal.assertion)


def _size(signal: Signal) -> int:
    """How large a figure is, in steps of a tenth."""
    return int(log(max(signal.low or 0, 1)) / TENTH)


def _rough(signal: Signal) -> bool:
    return signal.quantifier in ("at_least", "about") and (signal.low or 0) >= 100


@dataclass(frozen=True, slots=True)
class _Telling:
    """Whether two signals of one kind, type and assertion tell one fact."""

    title_end: int
    vague_sizes: Mapping[str, int]

    def same(self, one: Signal, other: Signal) -> bool:
        if not self._same_victims(one, other):
            return False
        if one.low is None or other.low is None:
            return self._vaguely(one, other)
        if one.unit != other.unit:
            return False
        if (one.low, one.high) == (other.low, other.high):
            return one.low > 20 or self._titled(one, other) or _places_agree(one, other)
        if self._titled(one, other) and one.country == other.country and _close(one, other):
            return True
        return _rounded(one, other) and _places_agree(one, other)

    def ranked(self, one: Signal, other: Signal) -> tuple[Signal, Signal]:
        """The better telling first: the more detailed, and that of the text where a title is no more so."""
        first, second = sorted((one, other), key=lambda signal: signal.evidence.start < self.title_end)
        if self._titled(one, other) and (_close(one, other) or _detail(first) >= _detail(second)):
            return first, second
        return (other, one) if _detail(other) > _detail(one) else (one, other)

    def _same_victims(self, one: Signal, other: Signal) -> bool:
        """A title that names nobody ("12 killed") means whom the text names."""
        return one.victims == other.victims or (self._titled(one, other) and one.noun is None)

    def _titled(self, one: Signal, other: Signal) -> bool:
        """Is one of them told by the title?"""
        return (one.evidence.start < self.title_end) != (other.evidence.start < self.title_end)

    def _vaguely(self, one: Signal, other: Signal) -> bool:
        """Is one the other told in a vague word: "hundreds" for 340?"""
        if one.low is None and other.low is None:
            return one.vague == other.vague or one.vague is None or other.vague is None
        if one.unit != other.unit:
            return False
        vague, exact = (one, other) if one.low is None else (other, one)
        least = self.vague_sizes.get((vague.vague or "").lower())
        if least is None or exact.low is None:
            return False
        return (least == 0 or least <= exact.low < 10 * least) and (
            self._titled(one, other) or _places_agree(one, other)
        )


def _close(one: Signal, other: Signal) -> bool:
    """ "Wounds 19" over a text that counts 20 by now."""
    low, high = sorted((one.low or 0, other.low or 0))
    return low >= 10 and high <= 1.1 * low and one.unit == other.unit


def _rounded(one: Signal, other: Signal) -> bool:
    """Is one the other said roughly: "over 600" for 622, 2,000 for "2,000 to 3,000"?"""
    assert one.low is not None and other.low is not None and one.high is not None and other.high is not None
    small, large = sorted((one, other), key=lambda signal: signal.low or 0)
    if small.low == large.low:
        return True
    return _rough(small) and (large.low or 0) <= 1.1 * (small.low or 0)


def _places_agree(one: Signal, other: Signal) -> bool:
    if "report" in (one.place_from, other.place_from) or one.place is None or other.place is None:
        return True
    if one.admin1 and other.admin1 and one.admin1 != other.admin1:
        return False
    if one.admin1 is None or other.admin1 is None:
        if one.place != other.place and {one.precision, other.precision} <= TOWNS:
            return False
        return one.country == other.country or one.country is None or other.country is None
    return one.place == other.place or one.admin1 in (one.place, other.place)


def _detail(signal: Signal) -> int:
    """How much a telling says: a range or an exact figure, the noun, the place, the source, the day."""
    return sum(
        (
            9 * (signal.low is not None),
            4 * (signal.low != signal.high),
            4 * (signal.quantifier == "exact"),
            3 * (signal.noun is not None),
            2 * (signal.place_from == "sentence"),
            2 * (signal.attributed_to is not None),
            signal.event_date is not None,
            signal.vague is not None,
            signal.hedge is not None,
            signal.admin1 is not None,
        )
    )


def _completed(better: Signal, other: Signal) -> Signal:
    """What the twin knows besides: the source, the date, and the place where it is more exact."""
    nearer = other if _nearer(other, better) else better
    dated, said = better.event_date or other.event_date, better.attributed_to or other.attributed_to
    if nearer is better and (dated, said) == (better.event_date, better.attributed_to):
        return better
    return replace(
        better,
        place=nearer.place,
        place_id=nearer.place_id,
        place_from=nearer.place_from,
        country=nearer.country,
        admin1=nearer.admin1,
        attributed_to=said,
        event_date=dated,
    )


def _nearer(one: Signal, other: Signal) -> bool:
    """Does one name a place in the country that is all the other names?"""
    return one.place_from == "sentence" and one.country == other.country and bool(one.admin1) and not other.admin1


def _without_vaguer(kept: list[Signal], dropped: list[Dropped]) -> tuple[list[Signal], list[Dropped]]:
    """A fact without any figure says nothing beside the same fact with one."""
    exact = []
    for signal in kept:
        if signal.low is None and signal.vague is None and _told_exactly(signal, kept):
            dropped.append(Dropped(signal.evidence, "told with a figure elsewhere in the text", signal.rule))
        else:
            exact.append(signal)
    return exact, dropped


def _told_exactly(signal: Signal, kept: list[Signal]) -> bool:
    return any(
        other is not signal
        and (other.kind, other.type, other.assertion) == (signal.kind, signal.type, signal.assertion)
        and (signal.kind != "suspension" or not signal.noun or not other.noun or signal.noun == other.noun)
        and (other.low is not None or other.vague is not None)
        and other.scope != "historic"
        and (other.country == signal.country or not signal.country or not other.country)
        for other in kept
    )
