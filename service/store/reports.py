"""Reports, their texts, what has been seen, and the daily counts that outlive them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from service.store import upsert
from service.store.tables import DailyCountRow, ReportRow, ReportTextRow, SeenRow
from service.values import Report

REPORT: Table = ReportRow.__table__  # type: ignore[attr-defined]
TEXT: Table = ReportTextRow.__table__  # type: ignore[attr-defined]
SEEN: Table = SeenRow.__table__  # type: ignore[attr-defined]
COUNT: Table = DailyCountRow.__table__  # type: ignore[attr-defined]

# Reports with these outcomes hold nothing that anything points at, and go when their time is over.
PASSING = ("quiet", "not_read", "history")
# How stale the day of a seen item may grow before it is written anew (undated items live by it).
TOUCH_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class NewReport:
    """A report to store, with the key it is known by; `outcome` where it needs no reading."""

    key: bytes
    report: Report
    outcome: str | None = None


def unseen(db: Connection, keys: Sequence[bytes]) -> set[bytes]:
    """Those of the keys never seen."""
    return set(keys) - set(db.scalars(select(SEEN.c.key).where(SEEN.c.key.in_(keys))))


def still_there(db: Connection, feed_id: int, keys: Sequence[bytes], day: date) -> None:
    """Note that items are still in their feed on `day`.

    Items without a date live by it: forgotten, they would ring as new.
    """
    stale = update(SEEN).where(SEEN.c.feed_id == feed_id, SEEN.c.day < day - TOUCH_AFTER).values(day=day)
    db.execute(stale.where(SEEN.c.key.in_(keys)))


def stood_still(db: Connection, feed_id: int, since: date, day: date) -> None:
    """The same for a feed that has not changed since a day: whatever was in it then still is."""
    held = (SEEN.c.feed_id == feed_id, SEEN.c.day >= since - TOUCH_AFTER, SEEN.c.day < day - TOUCH_AFTER)
    db.execute(update(SEEN).where(*held).values(day=day))


def add(db: Connection, feed_id: int, found: Sequence[NewReport], now: datetime) -> int:
    """Store those of the reports whose key is new, due to be read at once; returns how many."""
    keys = [new.key for new in found]
    fresh = unseen(db, keys)
    still_there(db, feed_id, keys, now.date())
    wanted = list({new.key: new for new in found if new.key in fresh}.values())
    if not wanted:
        return 0
    db.execute(insert(SEEN), [{"key": new.key, "feed_id": feed_id, "day": now.date()} for new in wanted])
    ids = db.scalars(
        insert(REPORT).returning(REPORT.c.id, sort_by_parameter_order=True),
        [_row(feed_id, new, now) for new in wanted],
    ).all()
    texts = [{"report_id": id, "text": new.report.text} for id, new in zip(ids, wanted, strict=True)]
    db.execute(insert(TEXT), texts)
    count(db, Counter((feed_id, new.outcome) for new in wanted if new.outcome), now.date())
    return len(wanted)


def _row(feed_id: int, new: NewReport, now: datetime) -> dict[str, Any]:
    report = new.report
    return {
        "feed_id": feed_id,
        "due_at": None if new.outcome else now,
        "outcome": new.outcome,
        "fetched_at": now,
        "attempts": 0,
        "crashes": 0,
        "published_at": report.published,
        "language": report.language,
        "country": report.country,
        "publisher": report.publisher,
        "link": report.link,
        "fingerprint": report.fingerprint,
        "problem": report.error,
    }


def texts(db: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The texts of reports, by report id."""
    rows = db.execute(select(TEXT.c.report_id, TEXT.c.text).where(TEXT.c.report_id.in_(ids)))
    return {row.report_id: row.text for row in rows}


def conclude(db: Connection, outcomes: Mapping[int, tuple[str, str | None]]) -> None:
    """Note what became of reports: id → (outcome, language)."""
    statement = (
        update(REPORT)
        .where(REPORT.c.id == bindparam("report"))
        .values(outcome=bindparam("became"), language=bindparam("read_as"))
    )
    rows = [{"report": id, "became": became, "read_as": language} for id, (became, language) in outcomes.items()]
    if rows:
        db.execute(statement, rows)


def count(db: Connection, counts: Counter[tuple[int, str]], day: date) -> None:
    """Add to the daily counts: (feed id, outcome) → how many."""
    if not counts:
        return
    statement = upsert.insert(db, COUNT)
    statement = statement.on_conflict_do_update(
        index_elements=["feed_id", "day", "outcome"], set_={"count": COUNT.c.count + statement.excluded.count}
    )
    # In one order, so that two workers cannot each hold a row the other waits for.
    rows = [{"feed_id": f, "day": day, "outcome": o, "count": n} for (f, o), n in sorted(counts.items())]
    db.execute(statement, rows)


def not_read(db: Connection, since: datetime) -> dict[str, int]:
    """How many texts fetched since then were in a language that is not read, by its code ("" where not known)."""
    where = (REPORT.c.outcome == "not_read", REPORT.c.fetched_at >= since)
    counts = select(REPORT.c.language, func.count().label("texts")).where(*where).group_by(REPORT.c.language)
    return {row.language or "": row.texts for row in db.execute(counts)}


def clean_up(db: Connection, fetched_before: datetime, most: int) -> int:
    """Delete up to `most` reports that hold nothing, with their texts; returns how many."""
    old = (
        select(REPORT.c.id)
        .where(REPORT.c.outcome.in_(PASSING), REPORT.c.fetched_at < fetched_before, REPORT.c.due_at.is_(None))
        .limit(most)
    )
    ids = db.scalars(old).all()
    db.execute(delete(TEXT).where(TEXT.c.report_id.in_(ids)))
    db.execute(delete(REPORT).where(REPORT.c.id.in_(ids)))
    return len(ids)


def forget(db: Connection, seen_before: date, most: int) -> int:
    """Delete up to `most` keys of items long out of their feeds; returns how many."""
    old = select(SEEN.c.key).where(SEEN.c.day < seen_before).limit(most)
    return db.execute(delete(SEEN).where(SEEN.c.key.in_(old))).rowcount
