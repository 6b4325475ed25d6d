"""Alerts and incidents as they are listed: newest first, below a number, those that are asked for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, select

from service.store import synthetic
from service.store.alerts import ALERT
from service.store.incidents import TABLE as INCIDENT
from service.store.signals import SIGNAL
from service.store.tables import FigureRow
from service.values import Alert, Incident

FIGURE = FigureRow.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which are asked for; None: all. `level` is the least, `until` the first moment that is too late.

    A country is ISO 3166-1 alpha-3; kinds of alerts are their own, kinds of incidents those of their figures.
    """

    state: str | None = None
    level: int | None = None
    country: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    owner: str | None = None
    kind: str | None = None


def alerts(db: Connection, before: int | None, most: int, wanted: Wanted) -> list[Alert]:
    """Alerts with a number below `before`, at most `most`, that were opened in the time asked for."""
    below = () if before is None else (ALERT.c.id < before,)
    where = (synthetic.real_alert(), *below, *_handled(wanted), *_opened(wanted))
    rows = db.execute(select(ALERT.c.id, ALERT.c.value).where(*where).order_by(ALERT.c.id.desc()).limit(most))
    return [replace(row.value, id=row.id) for row in rows]


def incidents(db: Connection, before: int | None, most: int, wanted: Wanted) -> list[Incident]:
    """Incidents with a number below `before`, at most `most`, that were told of in the time asked for.

    State, level and owner are those of an alert about the incident.
    """
    below = () if before is None else (INCIDENT.c.id < before,)
    ours = (INCIDENT.c.merged_into.is_(None), synthetic.real_country(INCIDENT.c.country))
    where = (*ours, *below, *_told(wanted))
    return list(db.scalars(select(INCIDENT.c.value).where(*where).order_by(INCIDENT.c.id.desc()).limit(most)))


def _handled(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.state is not None:
        yield ALERT.c.state == wanted.state
    if wanted.level is not None:
        yield ALERT.c.level >= wanted.level
    if wanted.owner is not None:
        yield ALERT.c.owner == wanted.owner


def _opened(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.kind is not None:
        yield ALERT.c.kind == wanted.kind
    if wanted.country is not None:
        yield exists().where(INCIDENT.c.id == ALERT.c.incident_id, INCIDENT.c.country == wanted.country)
    yield from _within(ALERT.c.opened_at, ALERT.c.opened_at, wanted)


def _told(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.country is not None:
        yield INCIDENT.c.country == wanted.country
    if wanted.kind is not None:
        figure = and_(FIGURE.c.id == SIGNAL.c.id, FIGURE.c.kind == wanted.kind)
        yield exists().where(SIGNAL.c.incident_id == INCIDENT.c.id, figure)
    if handled := tuple(_handled(wanted)):
        yield exists().where(ALERT.c.incident_id == INCIDENT.c.id, *handled)
    yield from _within(INCIDENT.c.founded_at, INCIDENT.c.last_said, wanted)


def _within(begins: Any, ends: Any, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.since is not None:
        yield ends >= wanted.since
    if wanted.until is not None:
        yield begins < wanted.until
