"""What is said of one facet: the figure we would quote, its parts, and what others say.

The rules, in order (none ever adds two figures):
1. A newly reported figure counts before a running total.
2. A figure for a place of its own beside a larger one of the happening is a part of it.
3. The better-graded source is quoted, then the newer figure: a correction downwards is one too.
4. At the same moment a number outranks a vague word, a count of people a count of households,
   and the larger figure the smaller.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from service.values import Facet, Figure


def facets(figures: Iterable[Figure]) -> tuple[Facet, ...]:
    """One facet for each kind and type among figures that may ring."""
    groups: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        groups.setdefault((figure.signal.kind, figure.signal.type), []).append(figure)
    return tuple(facet(group) for _, group in sorted(groups.items()))


def facet(figures: Sequence[Figure]) -> Facet:
    """The facet that figures of one kind and type make; there is at least one."""
    said = _of_one_scope(figures)
    parts = [figure for figure in said if is_part(figure, said)]
    whole = [figure for figure in said if figure not in parts]
    recommended = max(whole, key=rank)
    return Facet(
        kind=recommended.signal.kind,
        type=recommended.signal.type,
        recommended=recommended,
        parts=tuple(_once(parts)),
        others=tuple(disagreeing(whole, recommended)),
        origins=len({figure.origin for figure in whole}),
        voices=tuple(voices(without_parts(figures))),
        tags=tuple(sorted({tag for figure in figures for tag in figure.signal.tags})),
        since=tuple(first_totals(figures)),
    )


def is_part(figure: Figure, among: Sequence[Figure]) -> bool:
    """Does a larger figure of this facet cover it? Only a figure with a place of its own can be a part."""
    return own_place(figure) is not None and any(
        size(other) > size(figure) and own_place(other) != own_place(figure) for other in among
    )


def own_place(figure: Figure) -> str | None:
    """The place its own sentence gives; None where it holds for the whole report."""
    signal = figure.signal
    return (signal.place_id or signal.place) if signal.place_from == "sentence" else None


def rank(figure: Figure) -> tuple[int, datetime, bool, bool, int, int]:
    """Orders figures by how much we would rather quote them (the greatest first choice)."""
    signal = figure.signal
    return (
        -ord(figure.grade),
        figure.said_at,
        signal.low is not None,
        signal.unit == "people",
        size(figure),
        -figure.id,
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
    return [figure for group in alike.values() for figure in group if not is_part(figure, group)]


def voices(whole: Sequence[Figure]) -> list[Figure]:
    """What each origin said last of one scope and unit (the largest, where it said several), newest first."""
    ordered = sorted(whole, key=lambda figure: (figure.said_at, size(figure), figure.id))
    newest = {series(figure): figure for figure in ordered}
    return sorted(newest.values(), key=lambda figure: (figure.said_at, figure.id), reverse=True)


def series(figure: Figure) -> tuple[str, bool, str | None]:
    """What figures must share for one to take another's place: origin, running total or not, unit."""
    return figure.origin, figure.signal.scope == "total", figure.signal.unit


def first_totals(figures: Sequence[Figure]) -> list[Figure]:
    """The first running total of each series: what has been added since is new."""
    totals = [figure for figure in figures if figure.signal.scope == "total" and figure.signal.low is not None]
    newest_first = sorted(totals, key=lambda figure: (figure.said_at, figure.id), reverse=True)
    return list({series(figure): figure for figure in newest_first}.values())


def disagreeing(whole: Sequence[Figure], recommended: Figure) -> list[Figure]:
    """The newest figure of each other origin that says something else, newest first."""
    newest = {figure.origin: figure for figure in reversed(voices(whole)) if figure.origin != recommended.origin}
    differing = [figure for figure in newest.values() if _value(figure) != _value(recommended)]
    return sorted(differing, key=lambda figure: (figure.said_at, figure.id), reverse=True)


def _of_one_scope(figures: Sequence[Figure]) -> list[Figure]:
    new = [figure for figure in figures if figure.signal.scope == "new"]
    return new or list(figures)


def _once(parts: Sequence[Figure]) -> list[Figure]:
    """The newest part for each place and origin, largest first."""
    newest = {(own_place(part), part.origin): part for part in sorted(parts, key=lambda part: (part.said_at, part.id))}
    return sorted(newest.values(), key=lambda part: (-size(part), part.id))


def _value(figure: Figure) -> tuple[int | None, int | None, str | None]:
    return figure.signal.low, figure.signal.high, figure.signal.unit
