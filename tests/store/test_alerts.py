"""Alerts, notices and the outbox: one alert while open, one row a message."""

from dataclasses import replace
from datetime import timedelta

from service.store import alerts, listings, outbox, queue
from service.store.database import Database
from service.store.listings import Wanted
from service.values import Alert, Level, Notice, Problem, Recipient
from tests.factories import NOON

OPENED = Alert(0, "open", Level.SEVERE, 1, NOON, incident_id=7)
TO = (Recipient("officer", "mail", "officer@example.org"), Recipient("room", "chat"))


def opened(database: Database, key: str = "incident:7") -> Alert:
    with database.writing() as db:
        alert = alerts.add(db, OPENED, key)
    assert alert is not None
    return alert


def a_notice(alert: Alert) -> Notice:
    return Notice(alert.id, alert.revision, "first", alert.level, NOON, problem=Problem("k", "t", "d"))


def test_one_incident_has_one_open_alert(database: Database) -> None:
    opened(database)
    with database.writing() as db:
        assert alerts.add(db, OPENED, "incident:7") is None


def test_a_closed_alert_keeps_its_key_until_it_is_ended(database: Database) -> None:
    first = opened(database)
    with database.writing() as db:
        alerts.save(db, replace(first, state="closed"))
        assert alerts.add(db, OPENED, "incident:7") is None
        alerts.end(db, first)
    assert opened(database).id > first.id


def test_what_is_stored_comes_back(database: Database) -> None:
    alert = opened(database)
    with database.writing() as db:
        alerts.add_notice(db, a_notice(alert))
    with database.reading() as db:
        assert alerts.get(db, alert.id) == alert
        assert alerts.open_by(db, "incident:7") == alert
        assert alerts.notice(db, alert.id, 1) == a_notice(alert)
        assert alerts.newest_notices(db, [alert]) == {alert.id: a_notice(alert)}


def test_a_message_has_one_row_however_often_it_is_decided(database: Database) -> None:
    notice = a_notice(opened(database))
    with database.writing() as db:
        outbox.add(db, notice, TO, NOON)
        outbox.add(db, notice, TO, NOON)
        assert len(outbox.of_alert(db, notice.alert_id)) == 2
        outbox.add(db, replace(notice, revision=2), TO, NOON)
        assert len(outbox.of_alert(db, notice.alert_id)) == 4


def test_a_message_found_half_sent_is_doubtful_and_only_its_holder_sends_it(database: Database) -> None:
    notice = a_notice(opened(database))
    with database.writing() as db:
        outbox.add(db, notice, TO[:1], NOON)
    slept = queue.claim(database, queue.OUTBOX, NOON, 9, timedelta(seconds=-1))
    with database.writing() as db:
        assert outbox.begin(db, slept) == {slept[0].id: False}
    again = queue.claim_crashed(database, queue.OUTBOX, NOON, timedelta(seconds=9))
    with database.writing() as db:
        assert outbox.begin(db, slept) == {}
        assert outbox.begin(db, again) == {again[0].id: True}


def test_pages_are_newest_first(database: Database) -> None:
    numbers = [opened(database, f"incident:{number}").id for number in range(5)]
    with database.reading() as db:
        assert [alert.id for alert in listings.alerts(db, None, 3, Wanted())] == numbers[:1:-1]
        assert [alert.id for alert in listings.alerts(db, numbers[2], 3, Wanted())] == numbers[1::-1]
        assert listings.alerts(db, None, 3, Wanted(state="closed")) == []
