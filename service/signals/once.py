"""The same fact told twice becomes one signal, the more exact."""

from dataclasses import replace

from service.values import Dropped, Signal


def once(signals: list[Signal]) -> tuple[list[Signal], list[Dropped]]:
    """The signals without repeats, in the order of the text, and what was left out."""
    kept: list[Signal] = []
    dropped: list[Dropped] = []
    for signal in signals:
        twin = next((number for number, other in enumerate(kept) if _same(signal, other)), None)
        if twin is None:
            kept.append(signal)
            continue
        better, other = _ranked(kept[twin], signal)
        kept[twin] = _completed(better, other)
        dropped.append(
            Dropped(other.evidence, "the same fact is told with this figure elsewhere in the text", other.rule)
        )
    return _without_vaguer(kept, dropped)


def _same(one: Signal, other: Signal) -> bool:
    what = (one.kind, one.type, one.unit, one.victims, one.assertion)
    if what != (other.kind, other.type, other.unit, other.victims, other.assertion):
        return False
    if one.low is None or other.low is None:
        return one.low == other.low and (one.vague == other.vague or one.vague is None or other.vague is None)
    if (one.low, one.high) == (other.low, other.high):
        return _places_agree(one, other) or one.low > 20
    return _rounded(one, other) and _places_agree(one, other)


def _rounded(one: Signal, other: Signal) -> bool:
    """Is one the other said roughly: "over 600" for 622, 2,000 for "2,000 to 3,000"?"""
    assert one.low is not None and other.low is not None and one.high is not None and other.high is not None
    small, large = sorted((one, other), key=lambda signal: signal.low or 0)
    if small.low == large.low:
        return True
    rough = small.quantifier in ("at_least", "about") and (small.low or 0) >= 100
    return rough and (large.low or 0) <= 1.1 * (small.low or 0)


def _places_agree(one: Signal, other: Signal) -> bool:
    if "report" in (one.place_from, other.place_from) or one.place is None or other.place is None:
        return True
    if one.admin1 and other.admin1 and one.admin1 != other.admin1:
        return False
    if one.admin1 is None or other.admin1 is None:
        return one.country == other.country or one.country is None or other.country is None
    return one.place == other.place or one.admin1 in (one.place, other.place)


def _ranked(one: Signal, other: Signal) -> tuple[Signal, Signal]:
    return (other, one) if _detail(other) > _detail(one) else (one, other)


def _detail(signal: Signal) -> int:
    """How much a telling says: a range or an exact figure, the noun, the place, the source, the day."""
    return sum(
        (
            4 * (signal.low != signal.high),
            3 * (signal.quantifier == "exact"),
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
    """What the twin knows besides: the source and the date."""
    return replace(
        better,
        attributed_to=better.attributed_to or other.attributed_to,
        event_date=better.event_date or other.event_date,
    )


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
