"""What admins did: keys made and taken away, reports redacted. Only ever added to."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, insert, select

from service.store.tables import AdminLogRow

TABLE: Table = AdminLogRow.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what to what ("key 3", "report 7"), when, from where ("api", "command line"), and why."""

    at: datetime
    actor: str
    act: str
    subject: str
    source: str
    why: str = ""
    detail: str = ""


def add(db: Connection, entry: Entry) -> None:
    db.execute(insert(TABLE).values(**asdict(entry)))


def last(db: Connection, act: str, subject: str) -> Entry | None:
    """The last entry of an act on a subject, or None."""
    columns = [TABLE.c[name] for name in Entry.__slots__]
    where = (TABLE.c.subject == subject, TABLE.c.act == act)
    row = db.execute(select(*columns).where(*where).order_by(TABLE.c.id.desc()).limit(1)).first()
    return Entry(*row) if row else None
