"""What Tocsin last learnt of itself: the synthetic report's journey, the last look, the last reading of alerts.yaml."""

from datetime import datetime
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter
from sqlalchemy import Connection, Table, func, select

from service.store.tables import VitalRow
from service.store.upsert import insert
from service.values import Journey, Look, Reload

TABLE: Table = VitalRow.__table__  # type: ignore[attr-defined]
ADAPTERS: dict[type, TypeAdapter[Any]] = {kind: TypeAdapter(kind) for kind in (Journey, Look, Reload)}

Vital = TypeVar("Vital", Journey, Look, Reload)


def get(db: Connection, kind: type[Vital]) -> Vital | None:
    """The last that was noted of a kind."""
    value = db.scalar(select(TABLE.c.value).where(TABLE.c.name == kind.__name__.lower()))
    return None if value is None else cast(Vital, ADAPTERS[kind].validate_python(value))


def put(db: Connection, vital: Journey | Look | Reload) -> None:
    """Note it in place of the last of its kind."""
    kind = type(vital)
    value = ADAPTERS[kind].dump_python(vital, mode="json")
    statement = insert(db, TABLE).values(name=kind.__name__.lower(), value=value)
    db.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def time_there(db: Connection) -> datetime | None:
    """The database server's own time; None where it is a file, which has none."""
    if db.dialect.name != "postgresql":
        return None
    found: datetime | None = db.scalar(select(func.clock_timestamp()))
    return found
