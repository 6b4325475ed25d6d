"""Signals with their provenance, and the cells whose new ones wait to be assigned."""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, bindparam, func, insert, select, update

from service.store import upsert
from service.store.tables import CellRow, FigureRow, SignalRow
from service.values import Figure

SIGNAL: Table = SignalRow.__table__  # type: ignore[attr-defined]
CELL: Table = CellRow.__table__  # type: ignore[attr-defined]
FIGURE: Table = FigureRow.__table__  # type: ignore[attr-defined]

# Figures asked for by number in one statement; databases take only so many.
AT_ONCE = 10_000
# In place of an incident's number, for figures that tell of none.
NOWHERE = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure with the incident it is in: None before it is assigned, NOWHERE where it tells of none."""

    figure: Figure
    incident_id: int | None
    why: str


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A country ("" where no text tells) and a week, named by its Monday."""

    country: str
    week: date


def cell_of(country: str | None, said_at: datetime) -> Cell:
    day = said_at.date()
    return Cell(country or "", day - timedelta(days=day.weekday()))


def add(db: Connection, figures: Sequence[tuple[Cell, Figure]], now: datetime) -> None:
    """Store new figures, unassigned, append them to what was ever said, and make their cells due."""
    if not figures:
        return
    rows = [
        {"report_id": f.report_id, "country": c.country, "week": c.week, "said_at": f.said_at, "why": "", "value": f}
        for c, f in figures
    ]
    ids = db.scalars(insert(SIGNAL).returning(SIGNAL.c.id, sort_by_parameter_order=True), rows).all()
    db.execute(insert(FIGURE), [_figure(id, figure) for id, (_, figure) in zip(ids, figures, strict=True)])
    make_due(db, {cell for cell, _ in figures}, now)


def make_due(db: Connection, cells: Set[Cell], now: datetime) -> None:
    """Let cells be looked at."""
    statement = upsert.insert(db, CELL)
    statement = statement.on_conflict_do_update(
        index_elements=["country", "week"], set_={"due_at": statement.excluded.due_at}
    )
    rows = [{"country": c.country, "week": c.week, "due_at": now, "attempts": 0, "crashes": 0} for c in sorted(cells)]
    if rows:
        db.execute(statement, rows)


def begin(db: Connection, country: str) -> datetime | None:
    """From when on a country's figures wait to be gathered, for new ones or anew; None where none do."""
    new = (SIGNAL.c.incident_id.is_(None), SIGNAL.c.country == country)
    oldest = db.scalar(select(SIGNAL.c.said_at).where(*new).order_by(SIGNAL.c.said_at).limit(1))
    anew = db.scalar(select(func.min(CELL.c.anew_from)).where(CELL.c.country == country))
    return min((at for at in (oldest, anew) if at is not None), default=None)


def gather_anew(db: Connection, country: str, at: datetime, now: datetime) -> None:
    """Let everything said in a country from a moment on be gathered anew; until then it stays where it is.

    To be called while the country is held (`incidents.hold`).
    """
    statement = upsert.insert(db, CELL)
    least = func.least if db.dialect.name == "postgresql" else func.min
    wanted = statement.excluded.anew_from
    earlier = least(func.coalesce(CELL.c.anew_from, wanted), wanted)
    statement = statement.on_conflict_do_update(
        index_elements=["country", "week"], set_={"due_at": now, "anew_from": earlier}
    )
    week = cell_of(country, at).week
    row = {"country": country, "week": week, "due_at": now, "anew_from": at, "attempts": 0, "crashes": 0}
    db.execute(statement.values(**row))


def waits_anew(db: Connection, country: str) -> bool:
    """Is anything of a country still to be gathered anew?"""
    waiting = (CELL.c.country == country, CELL.c.anew_from.is_not(None))
    return db.execute(select(CELL.c.id).where(*waiting).limit(1)).first() is not None


def gathered(db: Connection, country: str) -> None:
    """Note that nothing of a country waits to be gathered anew any more."""
    waiting = (CELL.c.country == country, CELL.c.anew_from.is_not(None))
    db.execute(update(CELL).where(*waiting).values(anew_from=None))


def since(db: Connection, country: str, at: datetime) -> dict[int, Placed]:
    """Every figure of a country said at that moment or later, by id."""
    return _placed(db, SIGNAL.c.country == country, SIGNAL.c.said_at >= at)


def incidents_since(db: Connection, country: str, at: datetime) -> set[int]:
    """The incidents that have a figure of a country said at that moment or later."""
    where = (SIGNAL.c.country == country, SIGNAL.c.said_at >= at, SIGNAL.c.incident_id > NOWHERE)
    return set(db.scalars(select(SIGNAL.c.incident_id).where(*where).distinct()))


def get(db: Connection, country: str, ids: Collection[int]) -> dict[int, Placed]:
    """Figures of a country by id; those we do not have are left out."""
    return _placed(db, SIGNAL.c.country == country, SIGNAL.c.id.in_(ids))


def in_incident(db: Connection, incident_id: int) -> dict[int, Placed]:
    """The figures of an incident by id, in the order they were said."""
    return _placed(db, SIGNAL.c.incident_id == incident_id)


def of_report(db: Connection, country: str, report_id: int) -> list[Figure]:
    """The figures of a report that are gathered in a country, in the order of its text."""
    found = _placed(db, SIGNAL.c.report_id == report_id, SIGNAL.c.country == country)
    return [placed.figure for placed in found.values()]


def _placed(db: Connection, *where: ColumnElement[bool]) -> dict[int, Placed]:
    columns = (SIGNAL.c.id, SIGNAL.c.value, SIGNAL.c.incident_id, SIGNAL.c.why)
    rows = db.execute(select(*columns).where(*where).order_by(SIGNAL.c.said_at, SIGNAL.c.id))
    return {row.id: Placed(replace(row.value, id=row.id), row.incident_id, row.why) for row in rows}


def of_incidents(db: Connection, ids: Collection[int]) -> dict[int, list[Figure]]:
    """The figures of incidents, by incident."""
    found: dict[int, list[Figure]] = {id: [] for id in ids}
    columns = (SIGNAL.c.id, SIGNAL.c.value, SIGNAL.c.incident_id)
    for row in db.execute(select(*columns).where(SIGNAL.c.incident_id.in_(ids))):
        found[row.incident_id].append(replace(row.value, id=row.id))
    return found


def of_reports_in(db: Connection, country: str, ids: Collection[int], before: datetime) -> dict[int, Placed]:
    """All figures of a country from the reports that incidents have of before a moment, by id."""
    said = db.execute(select(SIGNAL.c.report_id, SIGNAL.c.said_at).where(SIGNAL.c.incident_id.in_(ids)))
    reports = {row.report_id for row in said if row.said_at < before}
    columns = (SIGNAL.c.id, SIGNAL.c.value, SIGNAL.c.incident_id, SIGNAL.c.why, SIGNAL.c.country, SIGNAL.c.said_at)
    # By report alone: asked for the country as well, a database may look at all that was ever said of it.
    rows = db.execute(select(*columns).where(SIGNAL.c.report_id.in_(reports)).order_by(SIGNAL.c.said_at, SIGNAL.c.id))
    return {
        row.id: Placed(replace(row.value, id=row.id), row.incident_id, row.why)
        for row in rows
        if row.country == country and row.said_at < before
    }


def whereabouts(db: Connection, ids: Collection[int]) -> dict[int, tuple[datetime, int | None]]:
    """When each figure was said, and the incident it is in; those we do not have are left out."""
    columns = (SIGNAL.c.id, SIGNAL.c.said_at, SIGNAL.c.incident_id)
    ordered = sorted(ids)
    found: dict[int, tuple[datetime, int | None]] = {}
    for start in range(0, len(ordered), AT_ONCE):
        rows = db.execute(select(*columns).where(SIGNAL.c.id.in_(ordered[start : start + AT_ONCE])))
        found |= {row.id: (row.said_at, row.incident_id or None) for row in rows}
    return found


def put(db: Connection, homes: Mapping[int, tuple[int | None, str]]) -> None:
    """Note where figures belong, and why: figure id → (incident or nowhere, why)."""
    rows = [{"signal": id, "home": home or NOWHERE, "reason": why} for id, (home, why) in homes.items()]
    statement = update(SIGNAL).where(SIGNAL.c.id == bindparam("signal"))
    if rows:
        db.execute(statement.values(incident_id=bindparam("home"), why=bindparam("reason")), rows)


def _figure(id: int, figure: Figure) -> dict[str, object]:
    signal = figure.signal
    return {
        "id": id,
        "kind": signal.kind,
        "type": signal.type,
        "unit": signal.unit,
        "scope": signal.scope,
        "place_id": signal.place_id,
        "low": signal.low,
        "high": signal.high,
        "quantifier": signal.quantifier,
        "origin": figure.origin,
        "said_at": figure.said_at,
    }
