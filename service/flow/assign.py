"""signal → incident: puts the new figures of a cell into the incidents they tell of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from service.flow.installation import Installation
from service.incidents.assemble import assemble
from service.incidents.match import WINDOW, place
from service.store import incidents, queue, signals
from service.store.database import Connection
from service.store.queue import CELLS, Claimed
from service.store.signals import Cell
from service.values import Figure, Incident

# A cell with more new figures than this is taken in several goes.
MOST_FIGURES = 2000


@dataclass(frozen=True, slots=True)
class Grown:
    """An incident with the figures it has just received, and the revision it had before (0: none)."""

    incident: Incident
    figures: Sequence[Figure]
    revision: int


def work(installation: Installation, rows: Sequence[Claimed]) -> None:
    """Each cell by itself: what two of them write must not hang together."""
    for row in rows:
        assign(installation, row)


def assign(installation: Installation, row: Claimed) -> None:
    """Assign a cell's new figures. Raises ClaimLost where a neighbouring cell changed an incident meanwhile."""
    cell = Cell(row.country, row.week)
    with installation.database.reading() as db:
        fresh = signals.unassigned(db, cell, MOST_FIGURES)
        known = incidents.open_ones(db, cell.country, cell.week - WINDOW)
        grown = list(grow(db, fresh, known))
    now = installation.now()
    with installation.database.writing() as db:
        for one in grown:
            incidents.save(db, one.incident, one.revision, now)
            signals.assign(db, one.incident.id, one.figures)
        more = len(fresh) == MOST_FIGURES
        queue.finish(db, CELLS, [row], now + timedelta(microseconds=1) if more else None)


def grow(db: Connection, fresh: Sequence[Figure], known: Mapping[int, tuple[int, Incident]]) -> Iterator[Grown]:
    """The incidents that new figures make or change."""
    for incident_id, figures in place(fresh, {id: incident for id, (_, incident) in known.items()}).items():
        revision = known[incident_id][0] if incident_id in known else 0
        before = signals.assigned(db, incident_id) if revision else []
        yield Grown(replace(assemble([*before, *figures]), id=incident_id), figures, revision)
