"""The order of sending: urgent first, fair between receivers, and cheap however much waits."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, text

from service.store import outbox, queue
from service.store.database import Database
from service.store.queue import OUTBOX, Claimed
from service.values import Level, Notice, Reason, Recipient
from tests.factories import NOON

LEASE = timedelta(minutes=1)
BATCH = 8


def add(database: Database, alert: int, level: Level, reason: Reason, name: str = "amira") -> None:
    with database.writing() as db:
        notice = Notice(alert, 1, reason, level, NOON)
        outbox.add(db, notice, [Recipient(name, "mail", f"{name}@example.org")], NOON)


def claimed(database: Database, most: int = BATCH) -> list[Claimed]:
    return list(queue.claim(database, OUTBOX, NOON, most, LEASE))


def test_what_is_new_goes_first_then_what_is_severe(database: Database) -> None:
    add(database, 1, Level.MODERATE, "revised")
    add(database, 2, Level.EXTREME, "revised")
    add(database, 3, Level.MODERATE, "first")
    add(database, 4, Level.MODERATE, "rise")
    assert [row.alert_id for row in claimed(database)] == [3, 4, 2, 1]


def test_one_recipient_with_a_thousand_messages_delays_nobody_by_more_than_a_batch(database: Database) -> None:
    for alert in range(1000):
        add(database, alert, Level.MODERATE, "first", "busy")
    claimed(database, 100)
    add(database, 2000, Level.MODERATE, "first", "amira")
    add(database, 2001, Level.MODERATE, "first", "amira")
    soon = [row.recipient for row in (*claimed(database), *claimed(database))]
    assert soon.count("amira") == 2


def test_messages_of_one_receiver_keep_their_order(database: Database) -> None:
    for alert in range(20):
        add(database, alert, Level.MODERATE, "first")
    assert [row.alert_id for _ in range(3) for row in claimed(database)] == list(range(20))


@pytest.mark.parametrize("due_in", [0, 3600])
def test_a_claim_reads_an_index_in_its_order_beside_100_000_that_wait(database: Database, due_in: int) -> None:
    waiting = {
        "revision": 1, "reason": "first", "recipient": "a", "channel": "mail", "state": "pending", "doubtful": False,
        "due_at": NOON + timedelta(seconds=due_in), "attempts": 0, "crashes": 0,
    }  # fmt: skip
    with database.writing() as db:
        db.execute(insert(outbox.TABLE), [waiting | {"alert_id": n, "turn": n} for n in range(100_000)])
        if not database.is_sqlite:
            db.execute(text("ANALYZE outbox"))
    assert len(claimed(database)) == (0 if due_in else BATCH)
    assert list(queue.claim_crashed(database, OUTBOX, NOON, LEASE)) == []
    with database.reading() as db:
        wanted = queue._free(outbox.TABLE, NOON).where(outbox.TABLE.c.crashes == queue.NEVER)
        ordered = wanted.order_by(outbox.TABLE.c.turn, outbox.TABLE.c.id).limit(BATCH)
        compiled = ordered.compile(db, compile_kwargs={"literal_binds": True})
        explain = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
        plan = "\n".join(str(row[-1]) for row in db.exec_driver_sql(explain + str(compiled).replace("%", "%%")))
    assert "ix_outbox" in plan and "SCAN outbox\n" not in plan and "Seq Scan" not in plan, plan


def test_a_row_that_exists_already_keeps_its_turn(database: Database) -> None:
    add(database, 1, Level.MODERATE, "first")
    add(database, 2, Level.MODERATE, "first")
    add(database, 1, Level.MODERATE, "first")
    assert [row.alert_id for row in claimed(database)] == [1, 2]
