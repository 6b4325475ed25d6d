"""Signals with their provenance, and the cells whose new ones wait to be assigned."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Table, insert, select, update

from service.store import upsert
from service.store.tables import CellRow, FigureRow, SignalRow
from service.values import Figure

SIGNAL: Table = SignalRow.__table__  # type: ignore[attr-defined]
CELL: Table = CellRow.__table__  # type: ignore[attr-defined]
FIGURE: Table = FigureRow.__table__  # type: ignore[attr-defined]

# In place of an incident's number, for figures that tell of none.
NOWHERE = 0


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A country ("" where no text tells) and a week, named by its Monday."""

    country: str
    week: date


def cell_of(country: str | None, said_at: datetime) -> Cell:
    day = said_at.date()
    return Cell(country or "", day - timedelta(days=day.weekday()))


def add(db: Connection, figures: Sequence[tuple[Cell, Figure]], now: datetime) -> None:
    """Store new figures, unassigned, and make their cells due."""
    if not figures:
        return
    rows = [{"report_id": f.report_id, "country": c.country, "week": c.week, "value": f} for c, f in figures]
    db.execute(insert(SIGNAL), rows)
    statement = upsert.insert(db, CELL)
    statement = statement.on_conflict_do_update(
        index_elements=["country", "week"], set_={"due_at": statement.excluded.due_at}
    )
    cells = sorted({cell for cell, _ in figures})
    db.execute(
        statement, [{"country": c.country, "week": c.week, "due_at": now, "attempts": 0, "crashes": 0} for c in cells]
    )


def unassigned(db: Connection, cell: Cell, most: int) -> list[Figure]:
    """Figures of a cell that belong to no incident yet, report by report."""
    where = (SIGNAL.c.incident_id.is_(None), SIGNAL.c.country == cell.country, SIGNAL.c.week == cell.week)
    order = (SIGNAL.c.report_id, SIGNAL.c.id)
    rows = db.execute(select(SIGNAL.c.id, SIGNAL.c.value).where(*where).order_by(*order).limit(most))
    return [replace(row.value, id=row.id) for row in rows]


def assigned(db: Connection, incident_id: int) -> list[Figure]:
    """Every figure of an incident, in the order read."""
    rows = db.execute(
        select(SIGNAL.c.id, SIGNAL.c.value).where(SIGNAL.c.incident_id == incident_id).order_by(SIGNAL.c.id)
    )
    return [replace(row.value, id=row.id) for row in rows]


def set_aside(db: Connection, figures: Sequence[Figure]) -> None:
    """Note that figures belong to no incident and need not be looked at again."""
    ids = [figure.id for figure in figures]
    db.execute(update(SIGNAL).where(SIGNAL.c.id.in_(ids)).values(incident_id=NOWHERE))


def assign(db: Connection, incident_id: int, figures: Sequence[Figure]) -> None:
    """Note that figures belong to an incident, and append them to its history."""
    ids = [figure.id for figure in figures]
    db.execute(update(SIGNAL).where(SIGNAL.c.id.in_(ids)).values(incident_id=incident_id))
    db.execute(insert(FIGURE), [_figure(incident_id, figure) for figure in figures])


def _figure(incident_id: int, figure: Figure) -> dict[str, object]:
    signal = figure.signal
    return {
        "id": figure.id,
        "incident_id": incident_id,
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
