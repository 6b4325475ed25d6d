"""Kept texts read again by the reader as it is now: which figures appear, vanish or change. Nothing is stored."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Any, Literal

from service.figures import Provenance, figures
from service.reading import language_of, read_text
from service.rules.model import Rules
from service.store import history
from service.store.database import Database
from service.store.history import KeptText
from service.trials.backtest import Advance, Country, graded, of_country, said_in
from service.trials.compare import Outcome
from service.values import Figure, Signal

# What of a signal people would call another figure.
COMPARED = (
    "kind", "type", "low", "high", "unit", "scope", "country", "place", "assertion", "victims", "cause", "tags",
)  # fmt: skip
# Numbers of figures that are read now and were not before: above all that are stored.
UNSTORED = 1 << 60


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that the reader now sees, or sees no more, or sees otherwise: field → (before, after)."""

    kind: Literal["appears", "vanishes", "changes"]
    report: int
    link: str | None
    text: str
    fields: Mapping[str, tuple[Any, Any]]


@dataclass(slots=True)
class Reread:
    """What came of reading again: how many texts, what differs, and the figures now read in reports that differ."""

    texts: int = 0
    differences: list[Difference] = field(default_factory=list)
    now: dict[int, list[tuple[Country, Figure]]] = field(default_factory=dict)
    countries: set[Country] = field(default_factory=set)


def reread(database: Database, since: datetime, rules: Rules, advance: Advance) -> Reread:
    """Read every kept text of reports since a moment again."""
    found, numbers = Reread(), count(UNSTORED)
    for batch in history.kept_texts(database, since):
        with database.reading() as db:
            stored = history.of_report(db, [kept.id for kept in batch])
        for kept in batch:
            ours = [(country, figure) for country, _, figure in stored if figure.report_id == kept.id]
            _take(found, kept, ours, rules, numbers)
        advance(len(batch))
    return found


def _take(
    found: Reread, kept: KeptText, stored: Sequence[tuple[Country, Figure]], rules: Rules, numbers: Iterator[int]
) -> None:
    found.texts += 1
    now = list(read_again(kept, rules))
    pairs = paired([figure for _, figure in stored], [figure for _, figure in now])
    differing = [one for one in (difference(kept, before, after) for before, after in pairs) if one]
    if differing:
        stored_as = {id(after): before for before, after in pairs if before and after}
        found.differences += differing
        found.countries |= {country for country, _ in (*stored, *now)}
        found.now[kept.id] = [(c, _numbered(f, stored_as.get(id(f)), numbers)) for c, f in now]


def _numbered(figure: Figure, stored: Figure | None, numbers: Iterator[int]) -> Figure:
    """A figure read now, with the number and grade of the one it was read as before, else with a new number."""
    if stored is not None:
        return replace(figure, id=stored.id, grade=stored.grade)
    return replace(figure, id=next(numbers))


def read_again(kept: KeptText, rules: Rules) -> Iterator[tuple[Country, Figure]]:
    """The figures that the reader sees in a text now, each with the country it is gathered in."""
    language, published = language_of(kept.text, kept.language), kept.published or kept.fetched
    if language is None:
        return
    _, reading = read_text(kept.text, language, published, kept.country)
    feed = next((feed for feed in rules.feeds if feed.name == kept.feed), None)
    grade = feed.grade if feed else "F"
    source = Provenance(kept.id, published, kept.fetched, kept.publisher or kept.feed, kept.link, grade)
    for country, figure in figures(kept.text, reading, source, rules):
        yield country or "", figure


def paired(before: Sequence[Figure], after: Sequence[Figure]) -> list[tuple[Figure | None, Figure | None]]:
    """Figures of one text, each beside the one read in the same words: of the same type where there is one."""
    left, pairs = list(before), []
    for figure in after:
        same = [old for old in left if _overlap(old.signal, figure.signal)]
        best = max(same, key=lambda old: _alike(old.signal, figure.signal), default=None)
        if best is not None:
            left.remove(best)
        pairs.append((best, figure))
    return [*pairs, *((old, None) for old in left)]


def _overlap(one: Signal, other: Signal) -> bool:
    return one.evidence.start < other.evidence.end and other.evidence.start < one.evidence.end


def _alike(one: Signal, other: Signal) -> tuple[bool, bool, int]:
    same = sum(getattr(one, name) == getattr(other, name) for name in COMPARED)
    return one.type == other.type, one.evidence == other.evidence, same


def difference(kept: KeptText, before: Figure | None, after: Figure | None) -> Difference | None:
    """What differs of a figure as it was read and as it is read now; None where nothing does."""
    was, goes = (_fields(figure.signal) if figure else {} for figure in (before, after))
    changed = {name: (was.get(name), goes.get(name)) for name in COMPARED if was.get(name) != goes.get(name)}
    shown = after or before
    if shown is None or not changed:
        return None
    kind: Literal["appears", "vanishes", "changes"] = "changes" if was and goes else "appears" if goes else "vanishes"
    return Difference(kind, kept.id, kept.link, shown.signal.evidence.text, changed)


def _fields(signal: Signal) -> dict[str, Any]:
    return {name: getattr(signal, name) for name in COMPARED}


def outcomes(database: Database, found: Reread, old: Rules, new: Rules, since: datetime) -> Iterator[Outcome]:
    """What the other reading does to the alerts of the countries it touches."""
    for country in sorted(found.countries):
        before, pins = said_in(database, country, since)
        after = [figure for figure in before if figure.report_id not in found.now]
        after += _of_country(found.now.values(), country)
        (was, _), (_, goes) = graded(database, before, old, new), graded(database, after, old, new)
        yield from of_country(country, was, goes, old, new, pins)


def _of_country(read: Iterable[list[tuple[Country, Figure]]], country: Country) -> Iterator[Figure]:
    yield from (figure for figures in read for where, figure in figures if where == country)
