"""What officers found out about incidents: verified or refuted, and how. Only ever added to."""

from collections.abc import Sequence

from sqlalchemy import Connection, Table, insert, select

from service.store import incidents
from service.store.tables import VerdictRow
from service.values import Verdict

TABLE: Table = VerdictRow.__table__  # type: ignore[attr-defined]
COLUMNS = (TABLE.c.state, TABLE.c.how, TABLE.c.who, TABLE.c.at, TABLE.c.kind, TABLE.c.type)


def add(db: Connection, incident_id: int, verdict: Verdict) -> None:
    """Note a verdict."""
    values = {column.name: getattr(verdict, column.name) for column in COLUMNS}
    db.execute(insert(TABLE).values(incident_id=incident_id, **values))


def history(db: Connection, incident_id: int) -> Sequence[Verdict]:
    """Every verdict on an incident, by any number it had, oldest first."""
    where = TABLE.c.incident_id.in_(incidents.numbers(incident_id))
    return [Verdict(*row) for row in db.execute(select(*COLUMNS).where(where).order_by(TABLE.c.id))]


def current(db: Connection, incident_id: int) -> list[Verdict]:
    """The verdicts that count: the newest on the whole incident, and on each facet."""
    newest = {(verdict.kind, verdict.type): verdict for verdict in history(db, incident_id)}
    return sorted(newest.values(), key=lambda verdict: (verdict.kind or "", verdict.type or ""))
