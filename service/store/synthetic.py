"""The synthetic report's rows: added, told from real ones in this one place, and removed."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, or_, select

from service.rules.built_in import COUNTRY, NAME
from service.store import tables, upsert
from service.values import Report


def _table(row: type) -> Table:
    found: Table = row.__table__  # type: ignore[attr-defined]
    return found


ALERT = _table(tables.AlertRow)
NOTICE, OUTBOX = _table(tables.NoticeRow), _table(tables.OutboxRow)
CODE = _table(tables.CodeRow)
CELL, INCIDENT = _table(tables.CellRow), _table(tables.IncidentRow)
FIGURE, SIGNAL = _table(tables.FigureRow), _table(tables.SignalRow)
REPORT, TEXT = _table(tables.ReportRow), _table(tables.ReportTextRow)
COUNT, FEED = _table(tables.DailyCountRow), _table(tables.FeedRow)

INCIDENTS = select(INCIDENT.c.id).where(INCIDENT.c.country == COUNTRY)


def real_country(column: ColumnElement[str]) -> ColumnElement[bool]:
    """True of rows that are not in the synthetic report's country."""
    return column != COUNTRY


def real_alert() -> ColumnElement[bool]:
    """True of alerts that are not the synthetic report's."""
    return or_(ALERT.c.incident_id.is_(None), ALERT.c.incident_id.not_in(INCIDENTS))


def real_feed() -> ColumnElement[bool]:
    """True of feeds but the one the synthetic report seems to come by."""
    return FEED.c.name != NAME


def add(db: Connection, report: Report, now: datetime) -> int:
    """Store a synthetic report, due to be read; returns its number."""
    waiting = {"due_at": now, "attempts": 0, "crashes": 0, "fetched_at": now, "published_at": report.published}
    said = {name: getattr(report, name) for name in ("language", "country", "publisher", "fingerprint")}
    row = insert(REPORT).values(feed_id=_feed(db), **waiting, **said).returning(REPORT.c.id)
    number: int = db.execute(row).scalar_one()
    db.execute(insert(TEXT).values(report_id=number, text=report.text))
    return number


def _feed(db: Connection) -> int:
    """The feed it seems to come by, which is never polled."""
    never_due = {"due_at": None, "attempts": 0, "crashes": 0}
    db.execute(upsert.insert(db, FEED).on_conflict_do_nothing().values(name=NAME, url="", **never_due))
    found: int = db.execute(select(FEED.c.id).where(FEED.c.name == NAME)).scalar_one()
    return found


def clear(db: Connection, report_id: int) -> None:
    """Remove all that a synthetic report left, however far it got. Who is working on a row of it loses the claim."""
    ours = db.scalars(select(ALERT.c.id).where(ALERT.c.incident_id.in_(INCIDENTS))).all()
    for table in (OUTBOX, NOTICE, CODE):
        db.execute(delete(table).where(table.c.alert_id.in_(ours)))
    db.execute(delete(ALERT).where(ALERT.c.id.in_(ours)))
    said = db.scalars(select(SIGNAL.c.id).where(SIGNAL.c.report_id == report_id)).all()
    for table in (FIGURE, SIGNAL):
        db.execute(delete(table).where(table.c.id.in_(said)))
    for table in (INCIDENT, CELL):
        db.execute(delete(table).where(table.c.country == COUNTRY))
    db.execute(delete(TEXT).where(TEXT.c.report_id == report_id))
    db.execute(delete(REPORT).where(REPORT.c.id == report_id))
    db.execute(delete(COUNT).where(COUNT.c.feed_id == _feed(db)))
