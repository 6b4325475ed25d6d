"""The queue: claimed once, finished only by its holder, and never losing a bell."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from service.errors import ClaimLost
from service.store import queue
from service.store.database import Database
from service.store.queue import CELLS, Claimed
from tests.factories import NOON

LEASE = timedelta(minutes=1)
# Over before it began: as if its worker had died long ago.
OVER = timedelta(seconds=-1)
CELL = CELLS.table


def ring(database: Database, *countries: str, due_at: datetime = NOON) -> None:
    with database.writing() as db:
        rows = [
            {"country": name, "week": NOON.date(), "due_at": due_at, "attempts": 0, "crashes": 0} for name in countries
        ]
        db.execute(insert(CELL), rows)


def claim(database: Database, most: int = 10, lease: timedelta = LEASE, now: datetime = NOON) -> list[Claimed]:
    return list(queue.claim(database, CELLS, now, most, lease))


def crashed(database: Database, lease: timedelta = LEASE) -> list[Claimed]:
    return list(queue.claim_crashed(database, CELLS, NOON, lease))


def rows(database: Database) -> dict[str, Claimed]:
    with database.reading() as db:
        return {row.country: row for row in db.execute(select(CELL))}


def countries(claimed: list[Claimed]) -> list[str]:
    return [row.country for row in claimed]


def test_rows_are_claimed_in_the_order_they_fell_due(database: Database) -> None:
    ring(database, "B", due_at=NOON - timedelta(minutes=1))
    ring(database, "A")
    ring(database, "C", due_at=NOON + timedelta(seconds=1))
    assert countries(claim(database)) == ["B", "A"]


def test_a_claimed_row_is_not_claimed_again_until_its_lease_is_over(database: Database) -> None:
    ring(database, "A")
    assert countries(claim(database, lease=OVER)) == ["A"]
    assert claim(database) == []
    assert countries(crashed(database)) == ["A"]
    assert crashed(database) == []


def test_many_claim_at_once_and_no_row_twice(database: Database) -> None:
    ring(database, *(f"{number:03}" for number in range(200)))
    with ThreadPoolExecutor(4) as pool:
        batches = list(pool.map(lambda _: claim(database, most=7), range(60)))
    got = [row.country for batch in batches for row in batch]
    assert len(got) == len(set(got)) == 200


def test_finished_rows_are_done(database: Database) -> None:
    ring(database, "A", "B")
    claimed = claim(database)
    with database.writing() as db:
        queue.finish(db, CELLS, claimed)
    assert {(row.due_at, row.claimed_until, row.attempts, row.error) for row in rows(database).values()} == {
        (None, None, 0, None)
    }


def test_a_row_made_due_again_during_the_work_stays_due(database: Database) -> None:
    ring(database, "A")
    claimed = claim(database)
    later = NOON + timedelta(seconds=1)
    with database.writing() as db:
        db.execute(update(CELL).values(due_at=later))
        queue.finish(db, CELLS, claimed)
    assert rows(database)["A"].due_at == later
    assert countries(claim(database, now=later)) == ["A"]


def test_who_lost_a_claim_commits_nothing(database: Database) -> None:
    ring(database, "A")
    slept = claim(database, lease=OVER)
    crashed(database)
    with pytest.raises(ClaimLost), database.writing() as db:
        db.execute(update(CELL).values(country="changed"))
        queue.finish(db, CELLS, slept)
    assert list(rows(database)) == ["A"]


def test_a_failed_row_keeps_its_sentence_and_comes_back(database: Database) -> None:
    ring(database, "A")
    again = NOON + timedelta(minutes=5)
    row = claim(database)[0]
    with database.writing() as db:
        queue.fail(db, CELLS, row, "it rained", again)
    assert claim(database) == []
    back = claim(database, now=again)[0]
    assert (back.error, back.attempts) == ("it rained", 1)


def test_a_parked_row_is_counted_and_never_claimed(database: Database) -> None:
    ring(database, "A", "B")
    row = claim(database, most=1)[0]
    with database.writing() as db:
        queue.fail(db, CELLS, row, "it is broken", None)
    assert queue.parked(database)["cell"] == 1
    assert countries(claim(database, now=NOON + timedelta(days=999))) == ["B"]


def test_rows_whose_worker_died_come_back_one_by_one_and_keep_nobody_waiting(database: Database) -> None:
    ring(database, "A", "B", "C")
    assert len(claim(database, lease=OVER)) == 3
    ring(database, "D")
    assert countries(claim(database)) == ["D"]
    assert [countries(crashed(database)) for _ in range(4)] == [["A"], ["B"], ["C"], []]


def test_a_row_that_failed_and_then_kills_its_worker_is_counted_as_such(database: Database) -> None:
    ring(database, "A")
    row = claim(database)[0]
    with database.writing() as db:
        queue.fail(db, CELLS, row, "it rained", NOON)
    claim(database, lease=OVER)
    [back] = crashed(database, lease=OVER)
    [again] = crashed(database)
    assert (back.crashes, again.crashes, again.attempts, again.error) == (2, 3, 1, "it rained")


def test_what_is_due_is_named(database: Database) -> None:
    assert queue.due(database, NOON) == []
    ring(database, "A")
    assert queue.due(database, NOON) == ["cell"]
    assert queue.oldest_due(database, NOON + timedelta(seconds=30))["cell"] == 30.0
    claim(database)
    assert queue.due(database, NOON) == []


def test_times_come_back_aware_and_equal(database: Database) -> None:
    odd = datetime(2024, 11, 28, 21, 30, 0, 123456, tzinfo=UTC)
    ring(database, "A", due_at=odd)
    assert rows(database)["A"].due_at == odd
