"""Every place where words of a report are stored, read and written for a redaction.

The order keeps words from coming back: the report is taken from whoever reads it, then its countries are held,
then its alerts, then its incidents are taken from whoever decides on them, and only then are notices looked at.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, Text, cast, delete, select, update

from service.store.alerts import ALERT, NOTICE
from service.store.answered import TABLE as ANSWERED
from service.store.feeds import TABLE as FEED
from service.store.incidents import TABLE as INCIDENT
from service.store.missed import TABLE as MISSED
from service.store.outbox import TABLE as OUTBOX
from service.store.reports import REPORT, TEXT
from service.store.signals import CELL, FIGURE, SIGNAL
from service.values import Figure, Incident

# A wordless report that nobody has read yet never will be.
NEVER_READ = "not_read"

Change = Callable[[Any], Any]


def report(db: Connection, report_id: int) -> Row[Any] | None:
    """A report's link, publisher and text (None: no longer kept), held until the transaction ends."""
    if db.dialect.name == "sqlite":
        db.exec_driver_sql("PRAGMA secure_delete=ON")  # or the words would stay in the free pages of the file
    held = db.execute(select(REPORT).where(REPORT.c.id == report_id).with_for_update()).first()
    if held is None:
        return None
    joined = REPORT.outerjoin(TEXT, TEXT.c.report_id == REPORT.c.id)
    statement: Select[Any] = select(*REPORT.c, TEXT.c.text).select_from(joined)
    return db.execute(statement.where(REPORT.c.id == report_id)).one()


def clear(db: Connection, row: Row[Any]) -> None:
    """Remove a report's text and whatever else its row holds of it; whoever is reading it loses the claim."""
    db.execute(delete(TEXT).where(TEXT.c.report_id == row.id))
    emptied = dict.fromkeys(("link", "problem", "error", "due_at", "claimed_until")) | {"crashes": 0}
    values = emptied | {"outcome": row.outcome or NEVER_READ}
    db.execute(update(REPORT).where(REPORT.c.id == row.id).values(**values))


def countries(db: Connection, report_id: int) -> list[str]:
    """The countries that a report's figures are gathered in, in one order."""
    found = select(SIGNAL.c.country).where(SIGNAL.c.report_id == report_id).distinct()
    return sorted(db.scalars(found))


def hold_alerts(db: Connection, countries: Collection[str]) -> None:
    """Let nobody else ring alerts of these countries until the transaction ends."""
    db.execute(_alerts(countries).with_for_update(of=ALERT)).fetchall()


def put_figure(db: Connection, figure: Figure) -> None:
    """Store a figure as it has become."""
    db.execute(update(SIGNAL).where(SIGNAL.c.id == figure.id).values(value=figure))
    db.execute(update(FIGURE).where(FIGURE.c.id == figure.id).values(origin=figure.origin))


def explain(db: Connection, figure_ids: Collection[int], why: str) -> None:
    """Say why figures are where they are."""
    db.execute(update(SIGNAL).where(SIGNAL.c.id.in_(figure_ids)).values(why=why))


def put_incident(db: Connection, incident: Incident, now: datetime) -> None:
    """Store an incident as it has become, due to be decided upon anew; its profile is made again when needed."""
    values = {"value": incident, "profile": {}, "due_at": now, "claimed_until": None, "crashes": 0, "error": None}
    db.execute(update(INCIDENT).where(INCIDENT.c.id == incident.id).values(**values))


def change_gone(db: Connection, countries: Collection[str], change: Change) -> None:
    """Change incidents of countries that became part of others, which nobody gathers or decides on any more."""
    gone = (INCIDENT.c.merged_into.is_not(None), INCIDENT.c.country.in_(countries))
    db.execute(update(INCIDENT).where(*gone).values(profile={}))
    _change(db, INCIDENT, "value", change, *gone)


def change_notices(db: Connection, countries: Collection[str], report_id: int, change: Change) -> None:
    """Change the notices that rest on a report, and those of alerts about no incident."""
    numbers = re.compile(rf'"report_id": {report_id}\b|"reports": \[[^\]]*\b{report_id}\b')
    for this in _rows(db, NOTICE, NOTICE.c.alert_id.in_(_alerts(countries))):
        if numbers.search(db.scalar(select(cast(NOTICE.c.value, Text)).where(*this)) or ""):
            _change(db, NOTICE, "value", change, *this)
    about_us = select(ALERT.c.id).where(ALERT.c.incident_id.is_(None))
    _change(db, NOTICE, "value", change, NOTICE.c.alert_id.in_(about_us))


def change_lines(db: Connection, countries: Collection[str], phrases: Collection[str], change: Change) -> None:
    """Change the reasons why figures of countries are where they are, where they hold one of the phrases."""
    for phrase in phrases:
        holds = SIGNAL.c.why.contains(phrase[:500], autoescape=True)
        _change(db, SIGNAL, "why", change, SIGNAL.c.country.in_(countries), holds)


def change_errors(db: Connection, countries: Collection[str], feed_id: int, change: Change) -> None:
    """Change what went wrong with messages, cells, incidents and the feed."""
    _change(db, OUTBOX, "error", change, OUTBOX.c.error.is_not(None))
    _change(db, CELL, "error", change, CELL.c.error.is_not(None), CELL.c.country.in_(countries))
    _change(db, INCIDENT, "error", change, INCIDENT.c.error.is_not(None), INCIDENT.c.country.in_(countries))
    _change(db, FEED, "error", change, FEED.c.error.is_not(None), FEED.c.id == feed_id)


def change_answers(db: Connection, prose: Change, data: Change) -> None:
    """Change what was asked about things that did not ring, its answers, and kept answers to acts."""
    _change(db, MISSED, "asked", prose)
    _change(db, MISSED, "answer", data)
    _change(db, ANSWERED, "body", lambda body: _inside(body, data))


def _inside(body: str, change: Change) -> str:
    """JSON with what it holds changed; as it was, to the letter, where nothing comes out different."""
    before = json.loads(body)
    after = change(before)
    return body if after == before else json.dumps(after)


def _alerts(countries: Collection[str]) -> Any:
    of = select(INCIDENT.c.id).where(INCIDENT.c.country.in_(countries))
    return select(ALERT.c.id).where(ALERT.c.incident_id.in_(of))


def _change(db: Connection, table: Table, column: str, change: Change, *where: ColumnElement[bool]) -> None:
    """Change one column of some rows, one after the other, writing only where it comes out different."""
    for this in _rows(db, table, *where):
        before = db.scalar(select(table.c[column]).where(*this))
        after = change(before)
        if after != before:
            db.execute(update(table).where(*this).values({column: after}))


def _rows(db: Connection, table: Table, *where: ColumnElement[bool]) -> Iterator[list[ColumnElement[bool]]]:
    """For each of some rows, what finds it by its key: rows are read one by one, as each may be large."""
    keys = list(table.primary_key)
    for row in db.execute(select(*keys).where(*where)).fetchall():
        yield [key == value for key, value in zip(keys, row, strict=True)]
