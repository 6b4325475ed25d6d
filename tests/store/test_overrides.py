"""Overrides are kept as they were made, and only ever ended."""

from datetime import timedelta

from service.store import overrides
from service.store.database import Database
from service.values import Override
from tests.factories import NOON

HOUR = timedelta(hours=1)
DUTY = Override("duty", "bilal", NOON, NOON + 4 * HOUR, by="amira", why="a wedding")


def test_those_that_hold_are_found_in_the_order_they_were_made(database: Database) -> None:
    nobody = Override("duty", None, NOON, NOON + HOUR, by="amira", why="closed")
    with database.writing() as db:
        first, second = overrides.add(db, DUTY, NOON), overrides.add(db, nobody, NOON)
        assert list(overrides.since(db, NOON).items()) == [(first, DUTY), (second, nobody)]
        assert overrides.since(db, NOON + HOUR) == {first: DUTY}
        assert overrides.since(db, NOON + 4 * HOUR) == {}
        assert overrides.find(db, 7) is None


def test_one_is_ended_once_and_stays(database: Database) -> None:
    with database.writing() as db:
        number = overrides.add(db, DUTY, NOON)
        assert overrides.end(db, number, NOON + HOUR, "bilal")
        assert not overrides.end(db, number, NOON + 2 * HOUR, "chen")
        assert overrides.since(db, NOON + HOUR) == {}
        held = overrides.find(db, number)
        assert held is not None and (held.start, held.end, held.person) == (NOON, NOON + HOUR, "bilal")
        [row] = db.exec_driver_sql("SELECT ended_by, value FROM override")
        assert row[0] == "bilal" and "2024-11-28T16:00" in str(row[1])


def test_one_ended_before_it_began_never_held(database: Database) -> None:
    with database.writing() as db:
        number = overrides.add(db, DUTY, NOON - HOUR)
        assert overrides.end(db, number, NOON - HOUR, "bilal")
        held = overrides.find(db, number)
        assert held is not None and held.start == held.end == NOON - HOUR
