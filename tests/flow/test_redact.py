"""A report redacted: its words are nowhere in the database any more, what it counted stays, and all goes on working."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import MetaData, select

from service.alerts.acts import Officer
from service.cli import main
from service.desk import incidents as acts
from service.desk import redact as desk
from service.desk.redact import redact
from service.errors import Refused
from service.flow import trouble
from service.store import answered, incidents, missed, signals
from service.store.answered import Answer
from service.values import Problem
from tests.flow.conftest import Plant
from tests.story.articles import feed, item, offensive
from tests.web.conftest import Site, served

NAMED = """<p>Shells fell on the village of Kafr Zanbaq near Aleppo on Thursday evening, killing at least 34 civilians,
the surgeon Salma Qasimi of the Hilal Clinic said.</p>
<p>Her brother Nadir Qasimi, who drives the only ambulance, was wounded.</p>"""
TITLE = "Shells kill 34 civilians in Kafr Zanbaq, surgeon Salma Qasimi says"
TEXT = f"{TITLE} {re.sub('<[^>]+>', '', NAMED)}"
NAMES = ("Salma", "Qasimi", "Nadir", "Hilal", "Zanbaq", "ambulance", "surgeon")


@pytest.fixture
def told(plant: Plant) -> Plant:
    """Two outlets tell of one happening, one of them with names."""
    plant.newsroom.publish("/wire", feed("wire", item("wire", "kafr-zanbaq-qasimi", TITLE, NAMED)))
    plant.newsroom.publish("/other", feed("other", offensive("other", "o1")))
    plant.turn()
    return plant


@pytest.fixture
def site(told: Plant) -> Iterator[Site]:
    yield from served(told.installation.settings)


def report_of(plant: Plant, word: str) -> int:
    """The number of the report whose text holds a word."""
    [number] = [number for number, text in plant.rows("SELECT report_id, text FROM report_text") if word in text]
    return int(number)


def dump(plant: Plant) -> str:
    """Every cell of every table, JSON as the text it stands for."""
    database, tables = plant.installation.database, MetaData()
    tables.reflect(database.engine)
    with database.reading() as db:
        cells = [cell for table in tables.sorted_tables for row in db.execute(select(table)) for cell in row]
    return "\n".join(
        cell if isinstance(cell, str) else json.dumps(cell, default=str, ensure_ascii=False) for cell in cells
    )


def runs(text: str) -> set[tuple[str, ...]]:
    """Every four words in a row."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + 4]) for at in range(len(words) - 3)}


def left(plant: Plant) -> list[str]:
    """What the database still holds of the words."""
    found = dump(plant)
    kept = runs(found) & runs(TEXT)
    return [name for name in NAMES if name.casefold() in found.casefold()] + [" ".join(run) for run in sorted(kept)]


def repeat_everywhere(plant: Plant) -> None:
    """Let the words stand wherever else they might: errors, troubles, questions asked, answers kept."""
    now, rules = plant.installation.now(), plant.installation.rulebook.newest()
    assert rules is not None
    with plant.installation.database.writing() as db:
        trouble.begin(
            db, Problem("parked:report:1", "A row is given up", f"Row 1: ValueError: {TITLE[:60]}"), rules, now
        )
        missed.add(db, now, TEXT, "rang", {"figures": [{"text": "killing at least 34 civilians", "title": TITLE}]})
        answered.keep(db, 1, "a", Answer("x", 200, json.dumps({"title": TITLE})), now)
        answered.keep(db, 1, "b", Answer("x", 200, '{"id":1}'), now)
        missed.add(db, now, "http://wire.example/kafr-zanbaq-qasimi", "rang", {})
        db.exec_driver_sql(f"UPDATE outbox SET error = 'the server said: {TITLE}'")
        db.exec_driver_sql(f"UPDATE cell SET error = 'ValueError: {TITLE}'")
        db.exec_driver_sql(f"UPDATE report SET problem = 'cut at: {TITLE}' WHERE id = {report_of(plant, 'Qasimi')}")


def admin(plant: Plant) -> Officer:
    return Officer("Amira", plant.installation.now(), "api", "A witness is in danger.")


def test_the_words_are_nowhere_any_more(told: Plant) -> None:
    repeat_everywhere(told)
    assert len(left(told)) > 20
    stub = redact(told.installation.database, report_of(told, "Qasimi"), admin(told))
    assert left(told) == []
    assert told.rows("SELECT body FROM answered WHERE name = 'b'") == [('{"id":1}',)], "what holds none is as it was"
    assert stub.digest is not None and len(stub.digest) == 64 and stub.digest in dump(told)


def test_what_it_counted_stays_and_nothing_rings(told: Plant) -> None:
    before = told.rows("SELECT id, level, state FROM alert ORDER BY id")
    sent = told.rows("SELECT count(*) FROM outbox")
    database, number = told.installation.database, report_of(told, "Qasimi")
    said = told.rows(f"SELECT id, incident_id FROM signal WHERE report_id = {number} ORDER BY id")
    redact(database, number, admin(told))
    told.turn()
    assert told.rows("SELECT id, level, state FROM alert ORDER BY id") == before
    assert told.rows("SELECT count(*) FROM outbox") == sent
    with database.writing() as db:
        signals.gather_anew(db, "SYR", told.installation.now() - timedelta(days=9), told.installation.now())
    told.turn()
    assert told.rows(f"SELECT id, incident_id FROM signal WHERE report_id = {number} ORDER BY id") == said
    assert left(told) == []
    assert told.rows("SELECT count(*) FROM outbox") == sent


def test_a_rise_rings_after_it_as_before(told: Plant) -> None:
    redact(told.installation.database, report_of(told, "Qasimi"), admin(told))
    told.turn()
    before = len(told.chat.texts)
    told.newsroom.publish(
        "/other", feed("other", offensive("other", "o2", killed="140", published="Thu, 28 Nov 2024 18:40:00 GMT"))
    )
    told.pass_time(minutes=15)
    told.turn()
    assert len(told.chat.texts) > before
    assert left(told) == []
    assert told.rows("SELECT count(*) FROM outbox WHERE state != 'sent'") == [(0,)]


def test_an_item_that_its_feed_still_holds_does_not_come_back(told: Plant) -> None:
    redact(told.installation.database, report_of(told, "Qasimi"), admin(told))
    told.newsroom.publish(
        "/wire", feed("wire", item("wire", "kafr-zanbaq-qasimi", TITLE, NAMED), offensive("wire", "w2"))
    )
    told.pass_time(minutes=15)
    told.turn()
    assert left(told) == []


def test_one_that_nobody_has_read_yet_never_is(plant: Plant) -> None:
    plant.newsroom.publish("/wire", feed("wire", item("wire", "kafr-zanbaq-qasimi", TITLE, NAMED)))
    plant.turn("poll")
    redact(plant.installation.database, report_of(plant, "Qasimi"), admin(plant))
    plant.turn()
    assert left(plant) == [] and plant.rows("SELECT count(*) FROM signal") == [(0,)]
    assert plant.rows("SELECT outcome FROM report") == [("not_read",)]


def test_who_was_reading_it_or_deciding_on_it_loses_the_claim(told: Plant) -> None:
    number = report_of(told, "Qasimi")
    for table in ("report", "incident"):
        with told.installation.database.writing() as db:
            db.exec_driver_sql(f"UPDATE {table} SET claimed_until = '2099-01-01 00:00:00'")
    redact(told.installation.database, number, admin(told))
    assert told.rows(f"SELECT claimed_until FROM report WHERE id = {number}") == [(None,)]
    [home] = {row[0] for row in told.rows(f"SELECT incident_id FROM signal WHERE report_id = {number}")}
    assert told.rows(f"SELECT claimed_until FROM incident WHERE id = {home}") == [(None,)]


def test_what_was_merged_away_holds_no_words_either(told: Plant) -> None:
    database, number = told.installation.database, report_of(told, "Qasimi")
    body = "<p>An earthquake in Deraa on Monday killed at least 12 people, the governor said.</p>"
    told.newsroom.publish("/other", feed("other", item("other", "o2", "Earthquake kills 12 in Deraa", body)))
    told.pass_time(minutes=15)
    told.turn()
    with database.reading() as db:
        found = {id for _, id in signals.whereabouts(db, range(1, 50)).values() if id}
    assert len(found) > 1
    one, other = sorted(found)[:2]
    acts.merge(database, one, other, admin(told))
    told.turn()
    assert "Qasimi" in str(told.rows(f"SELECT value FROM incident WHERE id = {one}")), "it keeps what it held"
    redact(database, number, admin(told))
    told.turn()
    assert left(told) == []
    with database.reading() as db:
        assert incidents.leads_to(db, one) == other


def test_it_is_done_once_and_by_an_admin(told: Plant, site: Site) -> None:
    number = report_of(told, "Qasimi")
    path, asked = f"/api/v1/reports/{number}/redact", {"why": "A witness is in danger."}
    with site.api("officer") as officer, site.api("admin", "Bilal") as boss:
        assert officer.post(path, json=asked).status_code == 403
        assert boss.post("/api/v1/reports/999/redact", json=asked).status_code == 404
        assert boss.post(path, json={"why": " "}).status_code == 422
        done = boss.post(path, json=asked)
        assert (done.status_code, done.json()["who"], done.json()["why"]) == (200, "Bilal", asked["why"])
        again = boss.post(path, json=asked)
        assert (again.status_code, "redacted by Bilal on" in again.json()["detail"]) == (409, True)
        lines = [json.loads(line) for line in boss.get("/api/v1/audit", params={"format": "json"}).text.splitlines()]
    [line] = [line for line in lines if line["on"] == f"report {number}"]
    assert (line["act"], line["who"], line["source"]) == (desk.ACT, "Bilal", "api")
    assert line["detail"] == f"SHA-256 of the text: {done.json()['digest']}"


def test_console_and_api_show_what_is_left(told: Plant, site: Site) -> None:
    number = report_of(told, "Qasimi")
    redact(told.installation.database, number, admin(told))
    told.turn()
    [(alert, incident)] = told.rows(
        "SELECT id, incident_id FROM alert WHERE incident_id IN"
        f" (SELECT incident_id FROM signal WHERE report_id = {number})"
    )
    with site.browser() as browser, site.api("viewer") as api:
        assert browser.get("/").status_code == 200
        assert "[removed]" in browser.get(f"/alerts/{alert}").text
        shown = api.get(f"/api/v1/incidents/{incident}").raise_for_status().json()
        assert api.get(f"/api/v1/alerts/{alert}").status_code == 200
    words = {figure["words"] for figure in shown["figures"] if figure["report_id"] == number}
    assert words == {"[removed]"} and {34} & {figure["low"] for figure in shown["figures"]}
    assert [line["act"] for line in shown["log"]] == ["redacted"]


def test_one_of_another_text_keeps_its_own(told: Plant) -> None:
    redact(told.installation.database, report_of(told, "Qasimi"), admin(told))
    found = dump(told)
    assert "International Rescue Committee" in found and "Armed factions launch offensive" in found


def test_while_an_act_is_being_gathered_it_waits(told: Plant) -> None:
    database = told.installation.database
    with database.writing() as db:
        signals.gather_anew(db, "SYR", told.installation.now(), told.installation.now())
    with pytest.raises(Refused, match="still being gathered"):
        redact(database, report_of(told, "Qasimi"), admin(told))
    assert len(left(told)) > 5, "nothing was half removed"


def test_the_command_does_the_same(
    told: Plant, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, number = told.installation.settings, report_of(told, "Qasimi")
    monkeypatch.setattr("service.settings.load", lambda: settings)
    assert main(["redact", str(number), "--why", "A witness is in danger."]) == 0
    assert (left(told), capsys.readouterr().out) == ([], f"Report {number} has no words any more.\n")
    assert main(["redact", str(number), "--why", "Again."]) == 1
    assert f"Report {number} was redacted by" in capsys.readouterr().err
