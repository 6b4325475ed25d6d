"""Migrations: the schema they build is the one the tables declare, on both databases."""

from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from pydantic import TypeAdapter
from sqlalchemy import JSON, inspect, text

from service.flow.assign import assign
from service.incidents.assemble import assemble
from service.store import alerts, incidents, listings, queue, signals, versions
from service.store.database import Database
from service.store.listings import Wanted
from service.store.migrate import configuration, is_newest, upgrade
from service.store.versions import Version
from service.values import Figure, Incident
from tests.factories import NOON, a_figure, a_signal


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    if request.param == "postgresql":
        return Database(request.getfixturevalue("new_postgres")())
    return Database(f"sqlite:///{tmp_path / 'empty.db'}")


def test_they_build_what_the_tables_declare(empty: Database) -> None:
    upgrade(empty)
    with empty.writing() as db:
        command.check(configuration(db))
    empty.close()


def test_they_may_run_again(empty: Database) -> None:
    upgrade(empty)
    upgrade(empty)
    empty.close()


def test_an_older_schema_is_known_for_one(empty: Database) -> None:
    found = []
    for revision in ("0004", "head"):
        upgrade(empty, revision)
        with empty.reading() as db:
            found.append(is_newest(db))
    assert found == [False, True]
    empty.close()


def test_they_can_be_taken_back(empty: Database) -> None:
    upgrade(empty)
    with empty.writing() as db:
        command.downgrade(configuration(db), "base")
    assert set(inspect(empty.engine).get_table_names()) <= {"alembic_version"}
    upgrade(empty)
    empty.close()


def old_rows(database: Database, figure: Figure) -> None:
    """A figure with its incident, as the first schema kept them."""
    value = TypeAdapter(Figure).dump_json(figure, exclude_defaults=True).decode()
    incident = TypeAdapter(Incident).dump_json(assemble([figure]), exclude_defaults=True).decode()
    said, week, signal = figure.said_at.date(), "2024-11-25", figure.signal
    known = {"id": figure.id, "country": "SYR", "week": week}
    said_of = {"kind": signal.kind, "type": signal.type, "scope": "new", "quantifier": "exact", "origin": figure.origin}
    never = {"attempts": 0, "crashes": 0}
    rows = [
        ("signal", known | {"report_id": 1, "incident_id": figure.id, "value": value}),
        ("figure", said_of | {"id": figure.id, "incident_id": figure.id, "said_at": "2024-11-28 12:00:00+00:00"}),
        ("incident", never | {"id": figure.id, "country": "SYR", "last_said": str(said), "value": incident}),
        ("cell", known | never),
    ]
    with database.writing() as db:
        for table, row in rows:
            names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
            db.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), row)


def test_what_was_stored_before_stays_and_rings_for_nothing(empty: Database) -> None:
    upgrade(empty, "0001")
    old = a_figure(a_signal(low=30), id=7)
    old_rows(empty, old)
    upgrade(empty)
    with empty.writing() as db:
        assert queue.due(empty, NOON + timedelta(days=900)) == []
        found = incidents.find(db, 7)
        assert found is not None and found.facets[0].recommended.signal.low == 30
        [placed] = signals.since(db, "SYR", NOON - timedelta(days=1)).values()
        assert (placed.figure.said_at, placed.incident_id) == (old.said_at, 7)
    empty.close()


def test_a_late_report_is_gathered_with_what_was_stored_before(empty: Database) -> None:
    upgrade(empty, "0001")
    old_rows(empty, a_figure(a_signal(low=30, hazards=("strike",)), id=7, minutes=0))
    upgrade(empty)
    late = a_figure(a_signal(low=20, hazards=("strike",)), minutes=-60)
    with empty.writing() as db:
        signals.add(db, [(signals.cell_of("SYR", late.said_at), late)], NOON)
        assign(db, "SYR", False, NOON)
        homes = {placed.incident_id for placed in signals.since(db, "SYR", NOON - timedelta(days=1)).values()}
        assert len(homes) == 1
        found = incidents.find(db, 7)
        assert found is not None and found.id in homes
    empty.close()


def test_going_back_keeps_what_was_said(empty: Database) -> None:
    upgrade(empty, "0001")
    old_rows(empty, a_figure(id=7))
    upgrade(empty)
    with empty.writing() as db:
        command.downgrade(configuration(db), "0001")
    with empty.reading() as db:
        assert db.execute(text("SELECT id, incident_id FROM figure")).fetchall() == [(7, 7)]
        assert db.execute(text("SELECT id, last_said FROM incident")).scalar() == 7
    upgrade(empty)
    empty.close()


def test_alerts_are_listed_by_what_they_held_before(empty: Database) -> None:
    upgrade(empty, "0004")
    rows = [
        (
            1,
            5,
            '{"id": 0, "state": "acknowledged", "level": 3, "revision": 1, "opened_at": "2024-11-28T12:00:00.5Z",'
            ' "incident_id": 5, "owner": "Amira"}',
        ),
        (2, None, '{"id": 0, "state": "open", "level": 2, "revision": 1, "opened_at": "2024-11-28T12:00:00Z"}'),
    ]
    with empty.writing() as db:
        for id, incident, value in rows:
            held = {"id": id, "incident": incident, "value": value}
            insert = (
                "INSERT INTO alert (id, incident_id, state, level, value) VALUES (:id, :incident, 'open', 3, :value)"
            )
            db.execute(text(insert), held)
    upgrade(empty)
    with empty.reading() as db:
        found = listings.alerts(db, None, 9, Wanted(owner="Amira", kind="incident", since=NOON))
        assert [alert.id for alert in found] == [1]
        assert [alert.id for alert in listings.alerts(db, None, 9, Wanted(kind="problem"))] == [2]
        assert listings.alerts(db, None, 9, Wanted(since=NOON + timedelta(seconds=1))) == []
        assert versions.of_alert(db, 1) == Version(1)
    empty.close()


def test_who_answered_a_closed_alert_is_known_on_both_sides(empty: Database) -> None:
    upgrade(empty, "0013")
    value = (
        '{"id": 0, "state": "closed", "level": 3, "revision": 1, "opened_at": "2024-11-28T12:00:00Z",'
        ' "closed": "handled", "owner": "Amira", "acknowledged_at": "2024-11-28T12:05:00Z", "acknowledgements": []}'
    )
    with empty.writing() as db:
        columns = "id, state, level, kind, owner, opened_at, value, attempts, crashes"
        values = "1, 'closed', 3, 'incident', 'Amira', '2024-11-28 12:00:00', :value, 0, 0"
        db.execute(text(f"INSERT INTO alert ({columns}) VALUES ({values})"), {"value": value})
    upgrade(empty)
    with empty.writing() as db:
        alert = alerts.get(db, 1)
        assert alert is not None and (alert.owner, alert.closed) == ("Amira", "handled")
        assert alert.acknowledged_at == NOON + timedelta(minutes=5)
        command.downgrade(configuration(db), "0013")
    with empty.reading() as db:
        kept = db.execute(text("SELECT value FROM alert").columns(value=JSON)).scalar_one()
    assert (kept["owner"], kept["acknowledged_at"]) == ("Amira", "2024-11-28T12:05:00Z")
    empty.close()
