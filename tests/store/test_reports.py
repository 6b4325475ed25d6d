"""Reports: taken in once, their texts apart, and gone when their time is over, but for the counts."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import select

from service.store import reports
from service.store.database import Database
from service.store.reports import COUNT, REPORT, SEEN, TEXT, NewReport
from service.values import Report
from tests.factories import NOON


def a_report(number: int, outcome: str | None = None) -> NewReport:
    return NewReport(number.to_bytes(16), Report(f"Title {number}\nBody", f"print-{number}", NOON), outcome)


def take_in(database: Database, *found: NewReport, days: float = 0) -> int:
    with database.writing() as db:
        return reports.add(db, 1, found, NOON + timedelta(days=days))


def test_an_item_is_taken_in_once(database: Database) -> None:
    assert take_in(database, a_report(1), a_report(2)) == 2
    assert take_in(database, a_report(2), a_report(3), a_report(3)) == 1


def test_a_new_report_is_due_and_its_text_is_apart(database: Database) -> None:
    take_in(database, a_report(1))
    with database.reading() as db:
        row = db.execute(select(REPORT)).one()
        assert row.due_at == NOON
        assert "Body" not in str(tuple(row))
        assert reports.texts(db, [row.id]) == {row.id: "Title 1\nBody"}


def test_many_texts_stay_with_their_reports(database: Database) -> None:
    take_in(database, *(a_report(number) for number in range(1, 300)))
    with database.reading() as db:
        prints = {row.id: row.fingerprint for row in db.execute(select(REPORT.c.id, REPORT.c.fingerprint))}
        texts = reports.texts(db, list(prints))
    assert {prints[id].removeprefix("print-") for id in prints} == {str(number) for number in range(1, 300)}
    assert all(text == f"Title {prints[id].removeprefix('print-')}\nBody" for id, text in texts.items())


def test_history_is_counted_and_not_due(database: Database) -> None:
    take_in(database, a_report(1, "history"), a_report(2, "history"))
    with database.reading() as db:
        assert db.execute(select(REPORT.c.due_at)).scalars().all() == [None, None]
        assert [(row.outcome, row.count) for row in db.execute(select(COUNT))] == [("history", 2)]


def test_counts_add_up(database: Database) -> None:
    with database.writing() as db:
        reports.count(db, Counter({(1, "quiet"): 3, (2, "read"): 1}), NOON.date())
        reports.count(db, Counter({(1, "quiet"): 4}), NOON.date())
        counted = db.execute(select(COUNT).order_by(COUNT.c.feed_id))
        assert [(row.feed_id, row.count) for row in counted] == [(1, 7), (2, 1)]


def test_quiet_reports_go_and_those_with_signals_stay(database: Database) -> None:
    take_in(database, a_report(1), a_report(2))
    with database.writing() as db:
        ids = db.execute(select(REPORT.c.id).order_by(REPORT.c.id)).scalars().all()
        reports.conclude(db, {ids[0]: ("quiet", "en"), ids[1]: ("read", "en")})
        db.execute(REPORT.update().values(due_at=None))
    with database.writing() as db:
        assert reports.clean_up(db, NOON - timedelta(hours=1), 99) == 0
        assert reports.clean_up(db, NOON + timedelta(hours=1), 99) == 1
        assert db.execute(select(REPORT.c.id)).scalars().all() == [ids[1]]
        assert db.execute(select(TEXT.c.report_id)).scalars().all() == [ids[1]]
        assert len(db.execute(select(SEEN)).all()) == 2


def test_an_undated_item_still_in_its_feed_is_not_forgotten(database: Database) -> None:
    take_in(database, a_report(1), a_report(2))
    assert take_in(database, a_report(1), days=10) == 0
    with database.writing() as db:
        assert reports.forget(db, (NOON + timedelta(days=5)).date(), 99) == 1
    assert take_in(database, a_report(1), days=12) == 0
    assert take_in(database, a_report(2), days=12) == 1


def test_items_of_a_feed_that_stands_still_are_not_forgotten_and_those_that_left_it_are(database: Database) -> None:
    take_in(database, a_report(1))
    take_in(database, a_report(2), days=30)
    changed, today = (NOON + timedelta(days=30)).date(), (NOON + timedelta(days=50)).date()
    with database.writing() as db:
        reports.stood_still(db, 1, changed, today)
        assert reports.forget(db, today, 99) == 1
    assert take_in(database, a_report(1), a_report(2), days=51) == 1


def test_ids_are_never_used_twice(database: Database) -> None:
    take_in(database, a_report(1, "history"))
    with database.writing() as db:
        first = db.scalar(select(REPORT.c.id))
        reports.clean_up(db, NOON + timedelta(days=1), 99)
    take_in(database, a_report(2))
    with database.reading() as db:
        assert (db.scalar(select(REPORT.c.id)) or 0) > (first or 0)
