"""A backtest: what was said, stored or given, judged anew under old and new rules. It only reads; nothing rings."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from service.incidents.gather import Gathering, gather, members
from service.incidents.match import LONGEST
from service.incidents.origins import grade_of
from service.incidents.pins import rulings
from service.rules.model import Rules
from service.store import history, incidents, signals
from service.store.database import Database
from service.trials.compare import Outcome
from service.trials.replay import replay
from service.trials.told import Told, figures_told
from service.values import Figure, Pin

Country = str
# Told how many figures (or texts) have been worked through since it was last told.
Advance = Callable[[int], None]


def of_store(
    database: Database, old: Rules, new: Rules, since: datetime, advance: Advance, without: Iterable[Country] = ()
) -> Iterator[Outcome]:
    """Every stored incident told of since a moment, some countries aside.

    A stored incident keeps its figures, unless its country is at war for long by one version only: its
    figures are then gathered anew by both.
    """
    regathered = old.standing ^ new.standing
    with database.reading() as db:
        ids = history.incident_ids(db, since, {*regathered, *without})
    for told in history.incidents(database, ids):
        yield of_incident(told.id, *graded(database, told.figures, old, new), old, new)
        advance(len(told.figures))
    for country in sorted(regathered - {*without}):
        figures, pins = said_in(database, country, since)
        yield from of_country(country, *graded(database, figures, old, new), old, new, pins)
        advance(len(figures))


def said_in(database: Database, country: Country, since: datetime) -> tuple[list[Figure], list[Pin]]:
    """What was said of a country in all incidents that a report since a moment may belong to, with its pins."""
    with database.reading() as db:
        placed = signals.since(db, country, since - LONGEST)
        return [one.figure for one in placed.values()], incidents.pins(db, country)


def of_reports(reports: Iterable[Told], old: Rules, new: Rules) -> Iterator[Outcome]:
    """Every incident that reports given from outside tell of."""
    by_country: dict[Country, list[Figure]] = {}
    for id, (country, figure) in enumerate(figures_told(reports, old), 1):
        by_country.setdefault(country, []).append(replace(figure, id=id))
    for country, said in by_country.items():
        yield from of_country(country, *graded(None, said, old, new), old, new)


def of_country(
    country: Country,
    before: Sequence[Figure],
    after: Sequence[Figure],
    old: Rules,
    new: Rules,
    pins: Sequence[Pin] = (),
) -> Iterator[Outcome]:
    """A country's figures, before and after a change, gathered into incidents by each version of the rules.

    Incidents are the same where the same figure founds them.
    """
    was, goes = (grouped(country, said, rules, pins) for said, rules in ((before, old), (after, new)))
    for id in sorted(was.keys() | goes.keys()):
        yield of_incident(id, was.get(id, []), goes.get(id, []), old, new)


def grouped(country: Country, said: Sequence[Figure], rules: Rules, pins: Sequence[Pin]) -> dict[int, list[Figure]]:
    """A country's figures by the incident they are gathered in."""
    return members(said, gather(said, Gathering(country in rules.standing, rulings(pins))).homes)


def of_incident(id: int, before: Sequence[Figure], after: Sequence[Figure], old: Rules, new: Rules) -> Outcome:
    """One incident before and after; its figures are gone through once where they are the same, which is faster."""
    if before == after:
        return Outcome(id, *replay(before, (old, new)))
    [was], [goes] = replay(before, [old]), replay(after, [new])
    return Outcome(id, was, goes)


# --- how far sources are trusted --------------------------------------------


def graded(
    database: Database | None, figures: Sequence[Figure], old: Rules, new: Rules
) -> tuple[Sequence[Figure], Sequence[Figure]]:
    """Figures as each version trusts their sources: as they are, where both trust them alike."""
    if grades(old) == grades(new):
        return figures, figures
    feeds: Mapping[int, str] = {}
    if database is not None:
        with database.reading() as db:
            feeds = history.feeds_of(db, sorted({figure.report_id for figure in figures}))
    return [regraded(figure, old, feeds) for figure in figures], [regraded(figure, new, feeds) for figure in figures]


def grades(rules: Rules) -> tuple[Mapping[str, str], list[tuple[str, str | None, str]]]:
    """All that rules say of how far sources are trusted: organisations, and feeds."""
    return rules.origins, [(feed.name, feed.publisher, feed.grade) for feed in rules.feeds]


def regraded(figure: Figure, rules: Rules, feeds: Mapping[int, str]) -> Figure:
    """A figure as the rules trust its source; its own grade where its feed (by its report) is none of theirs."""
    name = feeds.get(figure.report_id, figure.publisher)
    feed = next((feed for feed in rules.feeds if name in (feed.name, feed.publisher)), None)
    grade = grade_of(figure.origin, feed.grade if feed else figure.grade, rules)
    return figure if grade == figure.grade else replace(figure, grade=grade)
