"""What was stored, for trials: incidents with all their figures, and reports whose texts are still kept.

Everything is read in batches, each a transaction of its own: nobody waits for a trial.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from service.store import synthetic
from service.store.alerts import ALERT, LOG
from service.store.database import Database
from service.store.feeds import TABLE as FEED
from service.store.reports import REPORT, TEXT
from service.store.signals import NOWHERE, SIGNAL
from service.values import Figure

# Incidents, reports or figures read at once.
BATCH = 200


@dataclass(frozen=True, slots=True)
class KeptText:
    """A report with its text; `feed` is its feed's name, `language` what it was read as, or its feed said."""

    id: int
    feed: str
    outcome: str
    text: str
    published: datetime | None
    fetched: datetime
    language: str | None
    country: str | None
    publisher: str | None
    link: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """An incident with its country and every figure said of it."""

    id: int
    country: str
    figures: list[Figure]


def incident_ids(db: Connection, since: datetime, without: Collection[str] = ()) -> list[int]:
    """Incidents that something was said of since a moment, in order, except those of some countries."""
    where = (SIGNAL.c.incident_id > NOWHERE, SIGNAL.c.said_at >= since, SIGNAL.c.country.not_in(without))
    found = select(SIGNAL.c.incident_id).where(*where, synthetic.real_country(SIGNAL.c.country))
    return list(db.scalars(found.distinct().order_by(SIGNAL.c.incident_id)))


def incidents(database: Database, ids: Sequence[int]) -> Iterator[Told]:
    """Incidents with all their figures, a batch at a time."""
    for first in range(0, len(ids), BATCH):
        with database.reading() as db:
            found = _of_incidents(db, ids[first : first + BATCH])
        yield from found


def _of_incidents(db: Connection, ids: Sequence[int]) -> list[Told]:
    columns = (SIGNAL.c.id, SIGNAL.c.value, SIGNAL.c.country, SIGNAL.c.incident_id)
    found: dict[int, Told] = {}
    for row in db.execute(select(*columns).where(SIGNAL.c.incident_id.in_(ids)).order_by(SIGNAL.c.id)):
        told = found.setdefault(row.incident_id, Told(row.incident_id, row.country, []))
        told.figures.append(replace(row.value, id=row.id))
    return list(found.values())


def figures_since(db: Connection, since: datetime) -> int:
    """How many figures were said since a moment."""
    where = (SIGNAL.c.said_at >= since, synthetic.real_country(SIGNAL.c.country))
    return db.scalar(select(func.count()).select_from(SIGNAL).where(*where)) or 0


def of_report(db: Connection, report_ids: Collection[int]) -> list[tuple[str, int | None, Figure]]:
    """Figures of reports, each with the country it is gathered in and its incident (None: not assigned yet)."""
    columns = (SIGNAL.c.id, SIGNAL.c.value, SIGNAL.c.country, SIGNAL.c.incident_id)
    rows = db.execute(select(*columns).where(SIGNAL.c.report_id.in_(report_ids)).order_by(SIGNAL.c.id))
    return [(row.country, row.incident_id, replace(row.value, id=row.id)) for row in rows]


def feeds_of(db: Connection, report_ids: Sequence[int]) -> dict[int, str]:
    """The name of the feed that brought each report."""
    found: dict[int, str] = {}
    for first in range(0, len(report_ids), BATCH):
        joined = select(REPORT.c.id, FEED.c.name).join(FEED, FEED.c.id == REPORT.c.feed_id)
        rows = db.execute(joined.where(REPORT.c.id.in_(report_ids[first : first + BATCH])))
        found |= {row.id: row.name for row in rows}
    return found


def kept_text_count(db: Connection, since: datetime) -> int:
    """How many texts of reports published since a moment are kept."""
    return db.scalar(select(func.count()).select_from(_kept(since).subquery())) or 0


def kept_texts(database: Database, since: datetime) -> Iterator[list[KeptText]]:
    """Reports published since a moment whose texts are kept, in batches, in the order they came."""
    last = 0
    while True:
        with database.reading() as db:
            rows = db.execute(_kept(since).where(REPORT.c.id > last).order_by(REPORT.c.id).limit(BATCH)).all()
        if not rows:
            return
        last = rows[-1].id
        yield [_text(row) for row in rows]


def _kept(since: datetime) -> Select[Any]:
    said = func.coalesce(REPORT.c.published_at, REPORT.c.fetched_at)
    return _texts().where(synthetic.real_feed(), said >= since, REPORT.c.outcome.in_(("read", "quiet", "not_read")))


def _texts() -> Select[Any]:
    joined = REPORT.join(TEXT, TEXT.c.report_id == REPORT.c.id).join(FEED, FEED.c.id == REPORT.c.feed_id)
    return select(*REPORT.c, TEXT.c.text, FEED.c.name).select_from(joined)


def _text(row: Row[Any]) -> KeptText:
    return KeptText(
        id=row.id,
        feed=row.name,
        outcome=row.outcome or "",
        text=row.text,
        published=row.published_at,
        fetched=row.fetched_at,
        language=row.language,
        country=row.country,
        publisher=row.publisher,
        link=row.link,
    )


def reports_at(db: Connection, links: Collection[str]) -> Sequence[Any]:
    """Report rows with one of these links, newest first, with `name` of the feed and `text` (None: no longer kept)."""
    joined = REPORT.join(FEED, FEED.c.id == REPORT.c.feed_id).outerjoin(TEXT, TEXT.c.report_id == REPORT.c.id)
    columns = select(*REPORT.c, FEED.c.name, TEXT.c.text).select_from(joined)
    return db.execute(columns.where(REPORT.c.link.in_(links)).order_by(REPORT.c.id.desc())).all()


def closings(db: Connection, since: datetime) -> list[tuple[int, str, str]]:
    """(incident, actor, detail) of every closing of an alert since a moment."""
    joined = LOG.join(ALERT, ALERT.c.id == LOG.c.alert_id)
    where = (LOG.c.act == "closed", LOG.c.at >= since, ALERT.c.incident_id.is_not(None))
    rows = db.execute(select(ALERT.c.incident_id, LOG.c.actor, LOG.c.detail).select_from(joined).where(*where))
    return [(row.incident_id, row.actor, row.detail) for row in rows]


def alerts_of(db: Connection, incident_id: int) -> list[int]:
    """The numbers of an incident's alerts, newest first."""
    return list(db.scalars(select(ALERT.c.id).where(ALERT.c.incident_id == incident_id).order_by(ALERT.c.id.desc())))
