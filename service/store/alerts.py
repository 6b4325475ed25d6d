"""Alerts, their log, and each ringing of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select, tuple_, update

from service.store import upsert
from service.store.tables import AlertLogRow, AlertRow, NoticeRow
from service.values import Alert, Notice

ALERT: Table = AlertRow.__table__  # type: ignore[attr-defined]
LOG: Table = AlertLogRow.__table__  # type: ignore[attr-defined]
NOTICE: Table = NoticeRow.__table__  # type: ignore[attr-defined]


def incident_key(incident_id: int) -> str:
    return f"incident:{incident_id}"


def problem_key(problem: str) -> str:
    return f"problem:{problem}"


def open_by(db: Connection, key: str) -> Alert | None:
    """The alert that is open for an incident or a problem; at most one can be."""
    row = db.execute(select(ALERT.c.id, ALERT.c.value).where(ALERT.c.open_key == key)).first()
    return replace(row.value, id=row.id) if row else None


def get(db: Connection, alert_id: int, *, for_update: bool = False) -> Alert | None:
    """One alert; `for_update` holds it (on SQLite the writing transaction already does)."""
    statement = select(ALERT.c.id, ALERT.c.value).where(ALERT.c.id == alert_id)
    row = db.execute(statement.with_for_update() if for_update else statement).first()
    return replace(row.value, id=row.id) if row else None


def page(db: Connection, before: int | None, most: int, state: str | None = None) -> list[Alert]:
    """Alerts, newest first, below an id: at most `most` of them."""
    statement = select(ALERT.c.id, ALERT.c.value).order_by(ALERT.c.id.desc()).limit(most)
    if before is not None:
        statement = statement.where(ALERT.c.id < before)
    if state is not None:
        statement = statement.where(ALERT.c.state == state)
    return [replace(row.value, id=row.id) for row in db.execute(statement)]


def add(db: Connection, alert: Alert, open_key: str) -> Alert | None:
    """Store a new alert; returns it with its number, or None where one is open by that key already."""
    row = _columns(alert) | {"open_key": open_key, "incident_id": alert.incident_id}
    number = db.scalar(upsert.insert(db, ALERT).on_conflict_do_nothing().values(**row).returning(ALERT.c.id))
    return None if number is None else replace(alert, id=number)


def open_keys(db: Connection, prefix: str) -> Sequence[str]:
    """The keys of open alerts that begin so."""
    return db.scalars(select(ALERT.c.open_key).where(ALERT.c.open_key.startswith(prefix, autoescape=True))).all()


def save(db: Connection, alert: Alert) -> None:
    """Store what an alert has become; one that is closed gives its key free."""
    values = _columns(alert) | ({"open_key": None} if alert.state == "closed" else {})
    db.execute(update(ALERT).where(ALERT.c.id == alert.id).values(**values, version=ALERT.c.version + 1))


def move(db: Connection, alert: Alert, incident_id: int) -> None:
    """Let an open alert be that of another incident."""
    values = {"open_key": incident_key(incident_id), "incident_id": incident_id}
    moved = replace(alert, incident_id=incident_id)
    changed = values | {"value": moved, "version": ALERT.c.version + 1}
    db.execute(update(ALERT).where(ALERT.c.id == alert.id).values(**changed))


def _columns(alert: Alert) -> dict[str, Any]:
    """What is filtered by, beside the value that holds it all."""
    kind = "problem" if alert.incident_id is None else "incident"
    columns = {"state": alert.state, "level": int(alert.level), "kind": kind, "owner": alert.owner}
    return columns | {"opened_at": alert.opened_at, "value": alert}


def log(db: Connection, alert_id: int, at: datetime, actor: str, act: str, detail: str = "") -> None:
    """Add a line to an alert's log."""
    db.execute(insert(LOG).values(alert_id=alert_id, at=at, actor=actor, act=act, detail=detail))


def logged(db: Connection, alert_id: int) -> Sequence[Any]:
    """An alert's log, oldest first: rows of at, actor, act, detail."""
    return db.execute(select(LOG).where(LOG.c.alert_id == alert_id).order_by(LOG.c.id)).all()


def add_notice(db: Connection, notice: Notice) -> None:
    db.execute(insert(NOTICE).values(alert_id=notice.alert_id, revision=notice.revision, value=notice))


def notice(db: Connection, alert_id: int, revision: int) -> Notice | None:
    where = (NOTICE.c.alert_id == alert_id, NOTICE.c.revision == revision)
    return db.scalar(select(NOTICE.c.value).where(*where))


def newest_notices(db: Connection, alerts: Sequence[Alert]) -> dict[int, Notice]:
    """The latest ringing of each alert, by alert id."""
    wanted = [(alert.id, alert.revision) for alert in alerts]
    where = tuple_(NOTICE.c.alert_id, NOTICE.c.revision).in_(wanted)
    return {row.alert_id: row.value for row in db.execute(select(NOTICE.c.alert_id, NOTICE.c.value).where(where))}
