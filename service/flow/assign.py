"""signal → incident: puts the new figures of a cell into the incidents they tell of."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from service.flow.installation import Installation
from service.incidents.assemble import assemble
from service.incidents.match import LONGEST, place
from service.store import incidents, queue, signals
from service.store.database import Connection
from service.store.queue import CELLS, Claimed
from service.store.signals import Cell
from service.values import Figure

# A cell with more new figures than this is taken in several goes.
MOST_FIGURES = 2000


def work(installation: Installation, rows: Sequence[Claimed]) -> None:
    """Each cell by itself: what two of them write must not hang together."""
    for row in rows:
        assign(installation, row)


def assign(installation: Installation, row: Claimed) -> None:
    """Assign a cell's new figures, in one transaction that holds the country.

    A cell is worked on by one worker; its neighbours share incidents with it, so the country is held as well.
    """
    cell, now = Cell(row.country, row.week), installation.now()
    with installation.database.writing() as db:
        incidents.hold(db, cell.country)
        fresh, more = whole_reports(signals.unassigned(db, cell, MOST_FIGURES))
        for incident_id, figures in place(fresh, incidents.open_ones(db, cell.country, cell.week - LONGEST)).items():
            grow(db, incident_id, figures, now)
        queue.finish(db, CELLS, [row], now + timedelta(microseconds=1) if more else None)


def whole_reports(figures: Sequence[Figure]) -> tuple[Sequence[Figure], bool]:
    """The figures without those of a report that may be cut off, and whether more are waiting."""
    if len(figures) < MOST_FIGURES:
        return figures, False
    last = figures[-1].report_id
    return [figure for figure in figures if figure.report_id != last] or figures, True


def grow(db: Connection, incident_id: int | None, figures: Sequence[Figure], now: datetime) -> None:
    """Add figures to an incident, new or known; those that tell of none are set aside."""
    if incident_id is None:
        signals.set_aside(db, figures)
        return
    whole = [*signals.assigned(db, incident_id), *figures]
    incidents.save(db, replace(assemble(whole), id=incident_id), now)
    signals.assign(db, incident_id, figures)
