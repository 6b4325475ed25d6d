"""The audit: every line of every log, for admins, as text that is safe to open; and logs that only grow."""

import csv
import json
import subprocess
import sys
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from service.desk import keys
from service.desk.audit import inert
from service.store import admin_log, alerts, audit, incidents, rules
from service.store.admin_log import Entry
from service.store.database import Database
from service.store.tables import AdminLogRow, AlertLogRow, IncidentLogRow
from service.values import Act
from tests.factories import NOON
from tests.web.conftest import Site
from tests.web.test_api import problem

MINUTE = timedelta(minutes=1)


def exported(site: Site, **asked: str) -> list[dict[str, str]]:
    with site.api("admin", "Ada") as admin:
        found = admin.get("/api/v1/audit", params={"format": "json"} | asked).raise_for_status()
    assert found.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in found.text.splitlines()]


def test_it_tells_who_did_what_when_from_where_and_why(site: Site) -> None:
    number = site.alert()
    with site.api() as api:
        api.post(f"/api/v1/alerts/{number}/acknowledge")
    with site.database.writing() as db:
        incidents.log(
            db, 5, Act("merged", "Amira", NOON + MINUTE, "api", "One strike.", "incident 6 became part of it")
        )
    found = exported(site)
    told = {(line["who"], line["act"], line["on"], line["source"], line["why"]) for line in found}
    assert {
        ("tocsin", "first", f"alert {number}", "", ""),
        ("Amira", "acknowledged", f"alert {number}", "api", ""),
        ("Amira", "merged", "incident 5", "api", "One strike."),
        ("tocsin", "in force", "rules test", "alerts.yaml", ""),
        ("tocsin", "key made", "key 1", "command line", ""),
    } <= told
    assert [line["at"] for line in found] == sorted(line["at"] for line in found)
    assert set(found[0]) == {"at", "who", "act", "on", "source", "why", "detail"}


def test_every_column_of_the_logs_is_in_it() -> None:
    """A log that gains a column must tell it: see `service.store.audit`."""
    known = {"id", "at", "actor", "act", "source", "why", "detail", "alert_id", "incident_id", "subject"}
    for row in (AlertLogRow, IncidentLogRow, AdminLogRow):
        assert set(row.model_fields) <= known


def test_it_is_for_admins(site: Site) -> None:
    for role in ("viewer", "officer"):
        with site.api(role) as api:  # type: ignore[arg-type]
            assert problem(api.get("/api/v1/audit"))[0] == 403


def test_a_time_is_asked_for(site: Site) -> None:
    with site.database.writing() as db:
        for number in range(4):
            incidents.log(db, number, Act("verified", "Amira", NOON + number * MINUTE, "api", "I saw it."))
    found = exported(site, **{"from": (NOON + MINUTE).isoformat(), "to": (NOON + 3 * MINUTE).isoformat()})
    assert [line["on"] for line in found if line["who"] == "Amira"] == ["incident 1", "incident 2"]
    with site.api("admin") as admin:
        same = {"from": NOON.isoformat(), "to": NOON.isoformat()}
        assert problem(admin.get("/api/v1/audit", params=same)) == (422, "`from` is not before `to`.")
        assert problem(admin.get("/api/v1/audit", params={"from": "yesterday"}))[0] == 422
        assert problem(admin.get("/api/v1/audit", params={"format": "xlsx"}))[0] == 422


def test_batches_are_joined_without_a_gap_though_many_lines_are_of_one_moment(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "BATCH", 3)
    with database.writing() as db:
        for number in range(10):
            admin_log.add(db, Entry(NOON, "Ada", "key made", f"key {number}", "api"))
            alerts.log(db, number, NOON + number % 2 * MINUTE, "Amira", "acknowledged")
    found = list(audit.lines(database, NOON, NOON + 2 * MINUTE))
    assert len(found) == 20 and len({line.on for line in found}) == 20
    assert [line.at for line in found] == sorted(line.at for line in found)


@pytest.mark.parametrize("bad", ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1"])
def test_a_cell_never_runs(site: Site, bad: str) -> None:
    with site.database.writing() as db:
        incidents.log(db, 5, Act("verified", bad, NOON, "api", bad, 'a "quoted", detail\nof two lines'))
    with site.api("admin") as admin:
        found = admin.get("/api/v1/audit")
    assert found.headers["content-type"].startswith("text/csv") and "attachment" in found.headers["content-disposition"]
    rows = list(csv.reader(StringIO(found.text, newline="")))
    assert rows[0] == ["at", "who", "act", "on", "source", "why", "detail"]
    [line] = [row for row in rows if row[3] == "incident 5"]
    assert (line[1], line[5], line[6]) == (f"'{bad}", f"'{bad}", 'a "quoted", detail\nof two lines')
    assert inert("1 = 1") == "1 = 1"


@pytest.mark.parametrize("log", ["alert_log", "incident_log", "admin_log"])
@pytest.mark.parametrize("act", ["UPDATE {} SET actor = 'Mallory'", "DELETE FROM {}"])
def test_nobody_edits_a_log(database: Database, log: str, act: str) -> None:
    with database.writing() as db:
        alerts.log(db, 1, NOON, "Amira", "acknowledged")
        incidents.log(db, 1, Act("verified", "Amira", NOON, "api", "I saw it."))
        admin_log.add(db, Entry(NOON, "Amira", "key made", "key 1", "api"))
    with pytest.raises(DBAPIError, match="log lines are only ever added"), database.writing() as db:
        db.exec_driver_sql(act.format(log))
    with database.reading() as db:
        assert db.exec_driver_sql(f"SELECT actor FROM {log}").scalar() == "Amira"


def test_keys_leave_a_line_when_made_and_when_taken_away(database: Database) -> None:
    keys.create(database, "Amira", "officer", NOON, NOON + 60 * MINUTE, by="ada")
    keys.remove(database, 1, NOON + MINUTE, by="ada")
    found = [(line.act, line.who, line.on) for line in audit.lines(database, NOON, NOON + 2 * MINUTE)]
    assert found == [("key made", "ada", "key 1"), ("key taken away", "ada", "key 1")]


def test_the_command_writes_the_same(database: Database, database_url: str, tmp_path: Path) -> None:
    with database.writing() as db:
        rules.activate(db, "abc", "text", NOON)
        alerts.log(db, 1, NOON + MINUTE, "Amira", "acknowledged", "api")
    command = [sys.executable, "-m", "service", "audit", "--from", "2024-11-28T12:00:30", "--format"]
    environment = {"TOCSIN_DATABASE_URL": database_url, "PYTHONPATH": str(Path(__file__).parents[2])}
    told = {
        form: subprocess.run(
            [*command, form], env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
        ).stdout
        for form in ("csv", "json")
    }
    assert [row[2] for row in csv.reader(told["csv"].splitlines())] == ["act", "acknowledged"]
    assert datetime.fromisoformat(json.loads(told["json"])["at"]) == NOON + MINUTE
