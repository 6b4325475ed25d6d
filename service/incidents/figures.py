"""What is said of one facet: the figure we would quote, its parts, and what others say.

The rules, in order (none ever adds two figures):
1. A newly reported figure counts before a running total: the two are not compared.
2. A figure for a place of its own beside a larger one of the happening is a part of it.
3. A number counts before a vague word; then the better-graded source, then the newer day: a correction
   downwards is one too.
4. Of one day a count of people outranks a count of households, then the newer moment the older one, and
   the larger figure the smaller.
Parts that one text tells of different towns, without a whole, are a lower bound together.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from service.incidents.accounts import in_order
from service.incidents.grading import contradicts, information, spread, state
from service.values import Facet, Figure


def facets(figures: Iterable[Figure]) -> tuple[Facet, ...]:
    """One facet for each kind and type among figures that may ring."""
    groups: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        groups.setdefault((figure.signal.kind, figure.signal.type), []).append(figure)
    return tuple(facet(group) for _, group in sorted(groups.items()))


def facet(figures: Sequence[Figure]) -> Facet:
    """The facet that figures of one kind and type make; there is at least one."""
    figures = sorted(figures, key=in_order)
    said = _of_one_scope(figures)
    whole, parts = whole_and_parts(said)
    recommended = max(whole, key=rank)
    last = voices(without_parts(figures))
    comparable = [voice for voice in last if series(voice)[1:] == series(recommended)[1:]]
    agreeing = {recommended.origin} | {f.origin for f in comparable if not contradicts(f, recommended)}
    others = disagreeing(whole, recommended)
    return Facet(
        kind=recommended.signal.kind,
        type=recommended.signal.type,
        recommended=recommended,
        parts=tuple(_once(parts)),
        others=tuple(others),
        origins=len({figure.origin for figure in whole}),
        voices=tuple(last),
        tags=tuple(sorted({tag for figure in figures for tag in figure.signal.tags})),
        since=tuple(first_totals(figures)),
        disjoint=tuple(disjoint(said, recommended)),
        agreeing=len(agreeing),
        spread=spread([recommended, *comparable]),
        state=state(recommended, whole, agreeing),
        information=information(recommended, whole, agreeing),
        wordings=_wordings(figures) if recommended.signal.type == "transport" else (),
    )


def whole_and_parts(figures: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """Figures that stand for the happening, and those that a larger one of their sort for another place covers.

    Only a figure with a place of its own can be a part, and only of what counts the same, by the same cause.
    """
    largest = _largest_by_place(figures)
    whole: list[Figure] = []
    parts: list[Figure] = []
    for figure in figures:
        (parts if _is_part(figure, largest[_sort(figure)]) else whole).append(figure)
    return whole, parts


Largest = list[tuple[str | None, int]]


def _sort(figure: Figure) -> tuple[str | None, str]:
    return figure.signal.unit, figure.signal.cause


def _largest_by_place(figures: Sequence[Figure]) -> dict[tuple[str | None, str], Largest]:
    """By sort, the two places of the largest figures, with these: one of them is another place than any given one."""
    sizes: dict[tuple[str | None, str], dict[str | None, int]] = {}
    for figure in figures:
        of_sort, place = sizes.setdefault(_sort(figure), {}), own_place(figure)
        of_sort[place] = max(size(figure), of_sort.get(place, -1))
    return {sort: sorted(places.items(), key=lambda item: -item[1])[:2] for sort, places in sizes.items()}


def _is_part(figure: Figure, largest: Largest) -> bool:
    own = own_place(figure)
    return own is not None and any(place != own and most > size(figure) for place, most in largest)


def own_place(figure: Figure) -> str | None:
    """The place its own sentence gives; None where it holds for the whole report."""
    signal = figure.signal
    return (signal.place_id or signal.place) if signal.place_from == "sentence" else None


def rank(figure: Figure) -> tuple[bool, int, date, bool, datetime, int]:
    """Orders figures by how much we would rather quote them (the greatest first choice, the first of equals)."""
    signal = figure.signal
    return (
        signal.low is not None,
        -ord(figure.grade),
        figure.said_at.date(),
        signal.unit == "people",
        figure.said_at,
        size(figure),
    )


def size(figure: Figure) -> int:
    """How large a figure is beside others of its facet; one without a number is the smallest."""
    signal = figure.signal
    return signal.low if signal.low is not None else -1


def without_parts(figures: Sequence[Figure]) -> list[Figure]:
    """Figures that no larger one of their own scope covers."""
    alike: dict[bool, list[Figure]] = {}
    for figure in figures:
        alike.setdefault(figure.signal.scope == "total", []).append(figure)
    return [figure for group in alike.values() for figure in whole_and_parts(group)[0]]


def voices(whole: Sequence[Figure]) -> list[Figure]:
    """What each origin said last of one scope and unit (the largest, where it said several), newest first."""
    ordered = sorted(whole, key=lambda figure: (figure.said_at, size(figure), in_order(figure)))
    newest = {series(figure): figure for figure in ordered}
    return sorted(newest.values(), key=in_order, reverse=True)


def series(figure: Figure) -> tuple[str, bool, str | None]:
    """What figures must share for one to take another's place: origin, running total or not, unit."""
    return figure.origin, figure.signal.scope == "total", figure.signal.unit


def first_totals(figures: Sequence[Figure]) -> list[Figure]:
    """The first running total of each series: what has been added since is new."""
    totals = [figure for figure in figures if figure.signal.scope == "total" and figure.signal.low is not None]
    newest_first = sorted(totals, key=in_order, reverse=True)
    return list({series(figure): figure for figure in newest_first}.values())


def disagreeing(whole: Sequence[Figure], recommended: Figure) -> list[Figure]:
    """The newest figure of each other origin that says something else, newest first."""
    newest = {figure.origin: figure for figure in reversed(voices(whole)) if figure.origin != recommended.origin}
    differing = [figure for figure in newest.values() if _value(figure) != _value(recommended)]
    return sorted(differing, key=in_order, reverse=True)


def disjoint(said: Sequence[Figure], recommended: Figure) -> list[Figure]:
    """Figures that one text tells of towns of their own, more together than what we quote; else none.

    Only where the text makes them disjoint: each exact or more, of another town, in the same unit.
    """
    texts: dict[int, list[Figure]] = {}
    for figure in said:
        if _of_a_town(figure) and figure.signal.unit == recommended.signal.unit:
            texts.setdefault(figure.report_id, []).append(figure)
    told = [apart for figures in texts.values() if len(apart := _one_a_town(figures)) > 1]
    best = max(told, key=lambda figures: sum(map(size, figures)), default=[])
    return best if sum(map(size, best)) > size(recommended) else []


def _of_a_town(figure: Figure) -> bool:
    signal = figure.signal
    exact = signal.precision in ("town", "site") and signal.place_from == "sentence"
    return exact and signal.low is not None and signal.quantifier in ("exact", "at_least")


def _one_a_town(figures: Sequence[Figure]) -> list[Figure]:
    largest_last = sorted(figures, key=lambda figure: (size(figure), in_order(figure)))
    return list({own_place(figure): figure for figure in largest_last}.values())


def _of_one_scope(figures: Sequence[Figure]) -> list[Figure]:
    new = [figure for figure in figures if figure.signal.scope == "new"]
    return new or list(figures)


def _wordings(figures: Sequence[Figure]) -> tuple[str, ...]:
    """Every place and wording: any of them may name what is watched."""
    return tuple(dict.fromkeys(f"{f.signal.place or ''} {f.signal.evidence.text}".strip() for f in figures))


def _once(parts: Sequence[Figure]) -> list[Figure]:
    """The newest part for each place and origin, largest first."""
    newest = {(own_place(part), part.origin): part for part in sorted(parts, key=in_order)}
    return sorted(newest.values(), key=lambda part: (-size(part), in_order(part)))


def _value(figure: Figure) -> tuple[int | None, int | None, str | None]:
    return figure.signal.low, figure.signal.high, figure.signal.unit
