"""Every line of every log as one, in the order of time, read in batches: nobody waits for an export."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, literal, select, tuple_

from service.store.admin_log import TABLE as ADMIN_LOG
from service.store.alerts import LOG as ALERT_LOG
from service.store.database import Database
from service.store.incidents import LOG as INCIDENT_LOG
from service.store.rules import TABLE as RULES
from service.values import TOCSIN

BATCH = 500
# Who puts rules in force; the file's authors are known to whoever reviewed it.
TOCSIN_ITSELF = literal(TOCSIN)
NOTHING = literal("")


@dataclass(frozen=True, slots=True)
class Line:
    """Who did what to what, when, from where, and why; `detail` is what Tocsin adds."""

    at: datetime
    who: str
    act: str
    on: str
    source: str
    why: str
    detail: str


@dataclass(frozen=True)
class Source:
    """A table with what it tells of each line; `on` names what its lines are about."""

    table: Table
    at: ColumnElement[Any]
    columns: tuple[ColumnElement[Any], ...]
    on: str


def _sources() -> tuple[Source, ...]:
    a, i, d, r = ALERT_LOG.c, INCIDENT_LOG.c, ADMIN_LOG.c, RULES.c
    return (
        Source(ALERT_LOG, a.at, (a.actor, a.act, a.alert_id, a.source, a.why, a.detail), "alert "),
        Source(INCIDENT_LOG, i.at, (i.actor, i.act, i.incident_id, i.source, i.why, i.detail), "incident "),
        Source(ADMIN_LOG, d.at, (d.actor, d.act, d.subject, d.source, d.why, d.detail), ""),
        Source(
            RULES,
            r.activated_at,
            (TOCSIN_ITSELF, literal("in force"), r.hash, literal("alerts.yaml"), NOTHING, NOTHING),
            "rules ",
        ),
    )


def lines(database: Database, since: datetime, until: datetime) -> Iterator[Line]:
    """Every line from a moment on, before another; in memory are a few batches at most."""
    streams = [_lines(database, source, since, until) for source in _sources()]
    yield from merge(*streams, key=lambda line: line.at)


def _lines(database: Database, source: Source, since: datetime, until: datetime) -> Iterator[Line]:
    after: tuple[datetime, int] | None = None
    while True:
        with database.reading() as db:
            rows = db.execute(_batch(source, since, until, after)).fetchall()
        for row in rows:
            at, who, act, on, where, why, detail = row[1:]
            yield Line(at, who, act, f"{source.on}{on}", where, why, detail)
        if len(rows) < BATCH:
            return
        after = rows[-1][1], rows[-1][0]


def _batch(source: Source, since: datetime, until: datetime, after: tuple[datetime, int] | None) -> Select[Any]:
    id = source.table.c.id
    wanted = select(id, source.at, *source.columns).where(source.at >= since, source.at < until)
    if after is not None:
        last = tuple_(literal(after[0], source.at.type), literal(after[1], id.type))
        wanted = wanted.where(tuple_(source.at, id) > last)
    return wanted.order_by(source.at, id).limit(BATCH)
