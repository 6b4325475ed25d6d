"""Agreement and contradiction: the state of a facet, and the Admiralty's grade of its information.

Corroboration counts origins, not outlets.  Nothing here says `verified` or `refuted`: only a person does.
"""

from collections.abc import Collection, Sequence

from service.values import Facet, FacetState, Figure, IncidentState

# "About 5,000" holds for anything this near (share of the figure).
ABOUT = 0.2
# An origin that says so much less than before has corrected itself (share of what it said).
CORRECTED = 0.95


def bounds(figure: Figure) -> tuple[float, float] | None:
    """The least and the most that a figure can mean by its quantifier; None without a number."""
    signal = figure.signal
    if signal.low is None:
        return None
    low, high = float(signal.low), float(signal.high if signal.high is not None else signal.low)
    if signal.quantifier == "at_least":
        return low, float("inf")
    if signal.quantifier == "at_most":
        return 0.0, high
    return (low * (1 - ABOUT), high * (1 + ABOUT)) if signal.quantifier == "about" else (low, high)


def contradicts(one: Figure, other: Figure) -> bool:
    """Can both not be true? "At least 19" and 22 can; figures of two units are not compared."""
    here, there = bounds(one), bounds(other)
    if here is None or there is None or one.signal.unit != other.signal.unit:
        return False
    return here[1] < there[0] or there[1] < here[0]


def spread(said: Sequence[Figure]) -> tuple[int, int] | None:
    """The least and the most that is said; None where no number is."""
    numbers = [f.signal for f in said if f.signal.low is not None]
    if not numbers:
        return None
    return min(s.low or 0 for s in numbers), max(s.high or s.low or 0 for s in numbers)


def corrected(recommended: Figure, whole: Sequence[Figure]) -> bool:
    """Did its own origin say more before?"""
    now, unit = recommended.signal.low, recommended.signal.unit
    before = [
        figure.signal.low
        for figure in whole
        if figure.origin == recommended.origin and figure.signal.unit == unit and figure.said_at < recommended.said_at
    ]
    return now is not None and any(low is not None and now < low * CORRECTED for low in before[-1:])


def disputed(recommended: Figure, whole: Sequence[Figure]) -> bool:
    """Does an origin no worse than the one we quote contradict it, at the same time or later?"""
    return any(
        figure.origin != recommended.origin
        and figure.grade <= recommended.grade
        and figure.said_at.date() >= recommended.said_at.date()
        and contradicts(figure, recommended)
        for figure in whole
    )


def state(recommended: Figure, whole: Sequence[Figure], agreeing: Collection[str]) -> FacetState:
    """Corrected, disputed or corroborated, in this order; else still developing. `whole` is in order."""
    if corrected(recommended, whole):
        return "corrected"
    if disputed(recommended, whole):
        return "disputed"
    return "corroborated" if len(agreeing) > 1 else "developing"


def information(recommended: Figure, whole: Sequence[Figure], agreeing: Collection[str]) -> int:
    """The Admiralty's grade: 1 confirmed by other origins, 2 probably true, 3 possibly, 4 doubtful, 6 cannot be judged.

    1: three or more origins agree; 2: two do; 3: one origin of grade A to C that nobody contradicts;
    4: it is contradicted; 6: a single origin of a lower grade.  5 (improbable) we never give by ourselves.
    """
    if disputed(recommended, whole):
        return 4
    if len(agreeing) > 1:
        return 1 if len(agreeing) > 2 else 2
    return 3 if recommended.grade in "ABC" else 6


WORST_FIRST: tuple[IncidentState, ...] = ("disputed", "corrected", "developing", "corroborated")


def state_of_all(facets: Sequence[Facet]) -> IncidentState:
    """The state of an incident is that of its least settled facet."""
    states = {facet.state for facet in facets}
    return next((state for state in WORST_FIRST if state in states), "developing")
