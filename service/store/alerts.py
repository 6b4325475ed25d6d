"""Alerts, their log, and each ringing of them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, insert, select, tuple_, update

from service.store import synthetic, upsert
from service.store.tables import AlertLogRow, AlertRow, NoticeRow
from service.values import Alert, Notice

ALERT: Table = AlertRow.__table__  # type: ignore[attr-defined]
LOG: Table = AlertLogRow.__table__  # type: ignore[attr-defined]
NOTICE: Table = NoticeRow.__table__  # type: ignore[attr-defined]

Key = tuple[int, int]
DRILL = "drill:"


def incident_key(incident_id: int) -> str:
    return f"incident:{incident_id}"


def problem_key(problem: str) -> str:
    return f"problem:{problem}"


def drill_key(route: str, begun: datetime) -> str:
    """Kept when it is over: drills are found by it."""
    return f"{DRILL}{route}:{begun.isoformat()}"


def open_by(db: Connection, key: str, *, for_update: bool = False) -> Alert | None:
    """The alert of an incident or a problem, by its key; at most one has it. `for_update` holds it, as `get` does."""
    return _one(db, ALERT.c.open_key == key, for_update)


def get(db: Connection, alert_id: int, *, for_update: bool = False) -> Alert | None:
    """One alert; `for_update` holds it (on SQLite the writing transaction already does)."""
    return _one(db, ALERT.c.id == alert_id, for_update)


def _one(db: Connection, which: ColumnElement[bool], for_update: bool) -> Alert | None:
    statement = select(ALERT.c.id, ALERT.c.value).where(which)
    row = db.execute(statement.with_for_update() if for_update else statement).first()
    return replace(row.value, id=row.id) if row else None


def unfinished_ids(db: Connection) -> Sequence[int]:
    """The numbers of all alerts that are not closed, in one order everywhere."""
    return db.scalars(select(ALERT.c.id).where(ALERT.c.state != "closed").order_by(ALERT.c.id)).all()


def unfinished(db: Connection, most: int) -> list[Alert]:
    """Alerts that are not closed, the heaviest first, and the newest of a level: at most `most` of them."""
    statement = select(ALERT.c.id, ALERT.c.value).where(ALERT.c.state != "closed", synthetic.real_alert())
    rows = db.execute(statement.order_by(ALERT.c.level.desc(), ALERT.c.id.desc()).limit(most))
    return [replace(row.value, id=row.id) for row in rows]


def drills(db: Connection, most: int) -> list[Alert]:
    """The newest drills: at most `most` of them."""
    ours = ALERT.c.open_key.startswith(DRILL, autoescape=True)
    rows = db.execute(select(ALERT.c.id, ALERT.c.value).where(ours).order_by(ALERT.c.id.desc()).limit(most))
    return [replace(row.value, id=row.id) for row in rows]


def among(db: Connection, ids: Collection[int]) -> list[Alert]:
    """Those of these alerts that are there."""
    rows = db.execute(select(ALERT.c.id, ALERT.c.value).where(ALERT.c.id.in_(sorted(ids))))
    return [replace(row.value, id=row.id) for row in rows]


def is_kept(db: Connection, key: str) -> bool:
    """Is there an alert of this key?"""
    return db.scalar(select(ALERT.c.id).where(ALERT.c.open_key == key)) is not None


def add(db: Connection, alert: Alert, open_key: str | None) -> Alert | None:
    """Store a new alert; returns it with its number, or None where one has that key already."""
    row = _columns(alert) | {"open_key": open_key, "incident_id": alert.incident_id, "attempts": 0, "crashes": 0}
    number = db.scalar(upsert.insert(db, ALERT).on_conflict_do_nothing().values(**row).returning(ALERT.c.id))
    return None if number is None else replace(alert, id=number)


def open_keys(db: Connection, prefix: str) -> Sequence[str]:
    """The keys of open alerts that begin so."""
    return db.scalars(select(ALERT.c.open_key).where(ALERT.c.open_key.startswith(prefix, autoescape=True))).all()


def save(db: Connection, alert: Alert, *, changed: bool = True) -> None:
    """Store what an alert has become; `changed`: an officer would see it."""
    version = ALERT.c.version + int(changed)
    db.execute(update(ALERT).where(ALERT.c.id == alert.id).values(**_columns(alert), version=version))


def end(db: Connection, alert: Alert) -> None:
    """Close an alert for good, for no officer's reason: its key is free for another."""
    values = _columns(replace(alert, state="closed", closed=None)) | {"open_key": None}
    db.execute(update(ALERT).where(ALERT.c.id == alert.id).values(**values, version=ALERT.c.version + 1))


def move(db: Connection, alert: Alert, incident_id: int) -> None:
    """Let an open alert be that of another incident."""
    values = {"open_key": incident_key(incident_id), "incident_id": incident_id}
    moved = replace(alert, incident_id=incident_id)
    changed = values | {"value": moved, "version": ALERT.c.version + 1}
    db.execute(update(ALERT).where(ALERT.c.id == alert.id).values(**changed))


def _columns(alert: Alert) -> dict[str, Any]:
    """What is filtered and claimed by, beside the value that holds it all."""
    names = ("state", "kind", "owner", "opened_at", "due_at")
    return {name: getattr(alert, name) for name in names} | {"level": int(alert.level), "value": alert}


def log(
    db: Connection, alert_id: int, at: datetime, actor: str, act: str, detail: str = "", source: str = "", why: str = ""
) -> None:
    """Add a line to an alert's log."""
    values = {"actor": actor, "act": act, "detail": detail, "source": source, "why": why}
    db.execute(insert(LOG).values(alert_id=alert_id, at=at, **values))


def logged(db: Connection, alert_id: int) -> Sequence[Any]:
    """An alert's log, oldest first: rows of at, actor, act, detail, source, why."""
    return db.execute(select(LOG).where(LOG.c.alert_id == alert_id).order_by(LOG.c.id)).all()


def logged_since(db: Connection, since: datetime, acts: Collection[str], most: int) -> Sequence[Any]:
    """The newest lines of all logs with one of these acts, from `since` on: rows of alert_id, act, detail."""
    where = (LOG.c.at >= since, LOG.c.act.in_(sorted(acts)))
    lines = select(LOG.c.alert_id, LOG.c.act, LOG.c.detail).where(*where)
    return db.execute(lines.order_by(LOG.c.at.desc()).limit(most)).all()


def add_notice(db: Connection, notice: Notice) -> None:
    db.execute(insert(NOTICE).values(alert_id=notice.alert_id, revision=notice.revision, value=notice))


def notice(db: Connection, alert_id: int, revision: int) -> Notice | None:
    """One telling of an alert."""
    return notices(db, [(alert_id, revision)]).get((alert_id, revision))


def notices(db: Connection, keys: Iterable[Key]) -> dict[Key, Notice]:
    """Tellings of alerts, by alert id and revision, of those that are there.

    One that brings no news has the figures of the news it is of.
    """
    found = _notices(db, keys)
    told = _notices(db, [(id, notice.of) for (id, _), notice in found.items() if notice.of])
    return {key: _of(told.get((key[0], notice.of or 0)), notice) for key, notice in found.items()}


def _notices(db: Connection, keys: Iterable[Key]) -> dict[Key, Notice]:
    where = tuple_(NOTICE.c.alert_id, NOTICE.c.revision).in_(sorted(set(keys)))
    return {(row.alert_id, row.revision): row.value for row in db.execute(select(NOTICE).where(where))}


def _of(news: Notice | None, telling: Notice) -> Notice:
    if news is None:
        return telling
    figures = replace(telling, incident=news.incident, assessment=news.assessment, rung=news.rung)
    return replace(figures, problem=news.problem, drill=news.drill)


def newest_notices(db: Connection, alerts: Sequence[Alert]) -> dict[int, Notice]:
    """The latest news of each alert, by alert id."""
    found = notices(db, [(alert.id, alert.shown) for alert in alerts])
    return {alert_id: notice for (alert_id, _), notice in found.items()}
