"""Bad keys, counted by the address they came from: of the last minute only, and of so many addresses at most."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, case, delete, func, select

from service.store.tables import RefusedRow
from service.store.upsert import insert

TABLE: Table = RefusedRow.__table__  # type: ignore[attr-defined]

WINDOW = timedelta(minutes=1)
# Addresses counted one by one; those beyond are counted together.
MOST_ADDRESSES = 10_000
OTHERS = "others"


def count(db: Connection, address: str, now: datetime) -> tuple[int, datetime]:
    """How many bad keys came from an address, and since when; (0, now) where none did within the window."""
    where = (TABLE.c.address.in_((address, OTHERS)), TABLE.c.since > now - WINDOW)
    rows = {row.address: row for row in db.execute(select(TABLE).where(*where))}
    row = rows.get(address)
    if row is None and OTHERS in rows and _is_full(db):
        row = rows[OTHERS]
    return (row.times, row.since) if row else (0, now)


def add(db: Connection, address: str, now: datetime) -> None:
    """Count one more from an address, in a new window where the last is over."""
    _forget(db, now)
    known = db.execute(select(TABLE.c.address).where(TABLE.c.address == address)).first()
    name = address if known or not _is_full(db) else OTHERS
    over = TABLE.c.since <= now - WINDOW
    statement = insert(db, TABLE).values(address=name, since=now, times=1)
    again = {"times": case((over, 1), else_=TABLE.c.times + 1), "since": case((over, now), else_=TABLE.c.since)}
    db.execute(statement.on_conflict_do_update(index_elements=["address"], set_=again))


def _is_full(db: Connection) -> bool:
    return (db.scalar(select(func.count()).select_from(TABLE)) or 0) >= MOST_ADDRESSES


def _forget(db: Connection, now: datetime) -> None:
    """Delete some of what is over; rows that another is deleting or counting on are left to it."""
    over = select(TABLE.c.address).where(TABLE.c.since <= now - WINDOW).limit(100)
    if db.dialect.name == "postgresql":
        over = over.with_for_update(skip_locked=True)
    db.execute(delete(TABLE).where(TABLE.c.address.in_(over)))
