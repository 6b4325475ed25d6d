"""The bullets: each figure with who says it, what lies inside it, what others say, where it was read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.notifications import figures
from service.notifications.figures import few
from service.notifications.foreign import clean, named, quoted
from service.notifications.times import days
from service.values import Facet, Figure, Notice

QUOTE_LIMIT = 200
# Counts so small often belong to people named in the same words: those are not quoted.
FEWEST_QUOTED_VICTIMS = 5
PLACE_FROM = {
    "sentence": "Place from the sentence itself",
    "report": "Place from the article, not the sentence",
    "feed": "Place from the feed, not the text",
}


@dataclass(frozen=True, slots=True)
class Bullet:
    """`label`: `strong` `detail`, where `strong` is the figure itself (empty where none is given)."""

    label: str
    strong: str
    detail: str


def bullet(group: Sequence[Facet], notice: Notice, this_year: int) -> Bullet:
    first = group[0].recommended
    return Bullet(
        label=figures.label(first.signal),
        strong=_strong(group),
        detail=". ".join(filter(None, (_said_by(group), *_details(group, notice, this_year)))),
    )


def _strong(group: Sequence[Facet]) -> str:
    """The figure, or that of each service; empty where the text gives none."""
    first = group[0].recommended.signal
    if first.kind != "suspension":
        return figures.quantity(first) if first.low is not None or first.vague else ""
    counted = [f.recommended.signal for f in group if f.recommended.signal.low is not None]
    return " and ".join(dict.fromkeys(map(figures.quantity, counted)))


def _said_by(group: Sequence[Facet]) -> str:
    first = group[0].recommended
    said = f"({figures.origin_of(first)}{_corroborated(group)})"
    unnumbered = "" if _strong(group) else ", no number given"
    if first.signal.kind != "suspension" and not unnumbered:
        return said
    words = first.signal.evidence.text.strip()
    quote = quoted(words, QUOTE_LIMIT) if words else figures.quantity(first.signal)
    return f"{quote} {said}{unnumbered}"


def _corroborated(group: Sequence[Facet]) -> str:
    """How many independent origins say it; where one says otherwise, only that this is one of several."""
    origins, agreeing = max(facet.origins for facet in group), max(facet.agreeing for facet in group)
    if origins < 2:
        return _unsettled(group[0])
    disputed = any(facet.others for facet in group) or agreeing < 2
    told = f"; one of {origins} origins" if disputed else f"; reported by {agreeing} independent origins"
    return told + _unsettled(group[0])


def _unsettled(facet: Facet) -> str:
    """That origins contradict each other, with the least and the most they say, or that one corrected itself."""
    if facet.state == "disputed" and facet.spread is not None:
        low, high = facet.spread
        return f"; disputed: {low:,} to {high:,}"
    return "; corrected downwards" if facet.state == "corrected" else ""


def _details(group: Sequence[Facet], notice: Notice, this_year: int) -> Iterator[str]:
    yield _conversion(group[0].recommended, notice)
    yield _parts([part for facet in group for part in facet.parts])
    yield _others([other for facet in group for other in facet.others], this_year)
    yield PLACE_FROM.get(group[0].recommended.signal.place_from or "", "Place not given")


def _conversion(figure: Figure, notice: Notice) -> str:
    """Ours, rounded and labelled so, under the text's own bound."""
    conversions = notice.assessment.conversions if notice.assessment else ()
    found = next((conversion for conversion in conversions if conversion.figure == figure.id), None)
    if found is None:
        return ""
    bound = {"at_least": "at least ", "at_most": "at most "}.get(figure.signal.quantifier, "")
    return f"Our conversion: {bound}about {found.people:,} people at {found.size:.1f} ({named(found.source, 60)})"


def _parts(parts: Sequence[Figure]) -> str:
    """ "Syria Civil Defence: Atareb 14, Darat Izza 4; not added"."""
    by_origin: dict[str, list[str]] = {}
    for part in parts:
        place = named(part.signal.place, 40)
        told = f"{place} {figures.number(part.signal)}" if place else figures.quantity(part.signal)
        by_origin.setdefault(figures.origin_of(part), []).append(told)
    told_by = [f"{origin}: {', '.join(few(told))}" for origin, told in by_origin.items()]
    return f"{'; '.join(few(told_by))}; not added" if told_by else ""


def _others(others: Sequence[Figure], this_year: int) -> str:
    told = [
        f"{figures.origin_of(other)}: {figures.quantity(other.signal)}"
        f" ({days(other.said_at.date(), other.said_at.date(), this_year)})"
        for other in others
    ]
    return f"Others say, not added: {'; '.join(few(told))}" if told else ""


def left_out(figure: Figure) -> str:
    signal = figure.signal
    if signal.victims == "combatant":
        called = figures.noun_of(signal).strip("“”")
        return f"{figures.number(signal)} called {quoted(called, figures.WORD_LIMIT)} ({figures.origin_of(figure)})"
    told = f"{figures.quantity(signal)} {clean(signal.type, 20)}".strip()
    return f"{told} ({_reasonleft_out(figure)}; {figures.origin_of(figure)})"


def _reasonleft_out(figure: Figure) -> str:
    signal = figure.signal
    if signal.assertion != "reported":
        return {"forecast": "forecast", "negated": "denied"}[signal.assertion]
    if signal.scope == "historic":
        return "history"
    return "not counted"


def quotes(groups: Sequence[Sequence[Facet]]) -> Iterator[str]:
    """The words that figures rest on, save those likely to name a victim."""
    for group in groups:
        first = group[0].recommended
        few = 0 < (first.signal.low or 0) < FEWEST_QUOTED_VICTIMS
        if not (first.signal.kind == "casualty" and few) and first.signal.evidence.text:
            yield f"{quoted(first.signal.evidence.text, QUOTE_LIMIT)} ({figures.origin_of(first)})"
