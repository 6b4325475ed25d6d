"""Counts of what is stored, each by an index that holds little or all it needs: a look costs milliseconds."""

from collections import Counter
from datetime import date, datetime

from sqlalchemy import Connection, Table, func, select

from service.rules.built_in import NAME
from service.store import synthetic, upsert
from service.store.alerts import ALERT, NOTICE
from service.store.incidents import TABLE as INCIDENT
from service.store.outbox import TABLE as OUTBOX
from service.store.reports import COUNT
from service.store.signals import SIGNAL
from service.store.tables import DailyLanguageRow
from service.values import Level

LANGUAGE: Table = DailyLanguageRow.__table__  # type: ignore[attr-defined]


def reports_of_day(db: Connection, day: date) -> dict[tuple[int, str], int]:
    """(feed id, outcome) → reports of a day."""
    rows = db.execute(select(COUNT.c.feed_id, COUNT.c.outcome, COUNT.c.count).where(COUNT.c.day == day))
    return {(row.feed_id, row.outcome): row[2] for row in rows}


def count_languages(db: Connection, counts: Counter[str], day: date) -> None:
    """Add to the day's counts of reports not read, by language ("" where nothing tells)."""
    statement = upsert.insert(db, LANGUAGE)
    statement = statement.on_conflict_do_update(
        index_elements=["day", "language"], set_={"count": LANGUAGE.c.count + statement.excluded.count}
    )
    # In one order, so that two workers cannot each hold a row the other waits for.
    rows = [{"day": day, "language": language, "count": number} for language, number in sorted(counts.items())]
    if rows:
        db.execute(statement, rows)


def languages_not_read(db: Connection, day: date) -> dict[str, int]:
    """Reports of a day that were not read, by language."""
    rows = db.execute(select(LANGUAGE.c.language, LANGUAGE.c.count).where(LANGUAGE.c.day == day))
    return {row.language: row[1] for row in rows}


def signals(db: Connection) -> int:
    """How many signals were ever read: they are numbered, and none is removed."""
    return db.scalar(select(func.max(SIGNAL.c.id))) or 0


def incidents(db: Connection) -> int:
    """How many incidents there are; those that became part of another are not counted."""
    every = db.scalar(select(func.count()).select_from(INCIDENT)) or 0
    return every - (db.scalar(select(func.count()).where(INCIDENT.c.merged_into.is_not(None))) or 0)


def alerts(db: Connection) -> dict[tuple[str, Level], int]:
    """(state, level) → alerts."""
    by = (ALERT.c.state, ALERT.c.level)
    rows = db.execute(select(*by, func.count()).where(synthetic.real_alert()).group_by(*by))
    return {(row.state, Level(row.level)): row[2] for row in rows}


def messages(db: Connection) -> dict[tuple[str, str], int]:
    """(channel, state) → messages."""
    by = (OUTBOX.c.channel, OUTBOX.c.state)
    rows = db.execute(select(*by, func.count()).where(OUTBOX.c.channel != NAME).group_by(*by))
    return {(row.channel, row.state): row[2] for row in rows}


def oldest_message(db: Connection) -> datetime | None:
    """When the oldest message that still waits was decided upon; None where none waits."""
    waiting = (OUTBOX.c.due_at.is_not(None), OUTBOX.c.channel != NAME)
    oldest = select(OUTBOX.c.alert_id, OUTBOX.c.revision).where(*waiting).order_by(OUTBOX.c.id).limit(1).subquery()
    joined = select(NOTICE.c.value).join(
        oldest, (NOTICE.c.alert_id == oldest.c.alert_id) & (NOTICE.c.revision == oldest.c.revision)
    )
    notice = db.scalar(joined)
    return notice.decided_at if notice else None
