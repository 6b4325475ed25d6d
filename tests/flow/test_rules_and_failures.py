"""Rules that change, rows that cannot be worked on, and what is swept up."""

import pytest

from service.flow import drain, sweep
from service.flow.retry import MOST_ATTEMPTS, MOST_CRASHES, again_at
from service.flow.rulebook import watch
from tests.factories import NOON
from tests.flow.conftest import Plant
from tests.story.articles import FOOTBALL, feed, item, offensive


def in_force(plant: Plant) -> str:
    rules = plant.installation.rulebook.newest()
    assert rules is not None
    return rules.hash


def look(plant: Plant) -> None:
    watch(plant.installation.database, plant.installation.settings.rules, plant.installation.now())


def test_a_good_change_is_in_force_in_one_step(plant: Plant) -> None:
    before, path = in_force(plant), plant.installation.settings.rules
    path.write_text(path.read_text().replace("killed:  [ 3, 10,", "killed:  [ 4, 10,"))
    look(plant)
    assert in_force(plant) != before


def test_a_bad_file_changes_nothing_and_is_told_until_it_is_mended(plant: Plant) -> None:
    before, path = in_force(plant), plant.installation.settings.rules
    good = path.read_text()
    path.write_text(good + "\nfeed: []\n")
    look(plant)
    look(plant)
    assert in_force(plant) == before
    plant.turn("deliver")
    [told] = plant.chat.texts
    assert "alerts.yaml is refused" in told
    path.write_text(good)
    look(plant)
    assert plant.rows("SELECT count(*) FROM alert WHERE open_key IS NOT NULL") == [(0,)]


def test_one_row_that_cannot_be_read_does_not_hold_up_the_others(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    from service.flow import read

    honest = read.reading_room.read_text

    def trips(text: str, *rest: object, **also: object) -> object:
        if "Champions" in text:
            raise RecursionError("too deep")
        return honest(text, *rest, **also)  # type: ignore[arg-type]

    monkeypatch.setattr(read.reading_room, "read_text", trips)
    plant.newsroom.publish("/wire", feed("wire", item("wire", "2", "Champions", FOOTBALL), offensive("wire", "1")))
    plant.turn()
    assert len(plant.chat.texts) == 1
    [(error,)] = plant.rows("SELECT error FROM report WHERE error IS NOT NULL")
    assert error == "RecursionError: too deep"


def test_a_row_that_kills_its_workers_is_parked_and_told(plant: Plant) -> None:
    plant.newsroom.publish("/wire", feed("wire", offensive("wire", "1")))
    plant.turn("poll")
    with plant.installation.database.writing() as db:
        db.exec_driver_sql(f"UPDATE report SET crashes = {MOST_CRASHES}")
    plant.turn()
    [(error, due)] = plant.rows("SELECT error, due_at FROM report")
    assert error.startswith("its worker died") and due is None
    assert "given up" in plant.chat.texts[0]


def test_a_feed_that_kills_its_workers_rests_and_is_polled_again(plant: Plant) -> None:
    with plant.installation.database.writing() as db:
        db.exec_driver_sql(f"UPDATE feed SET crashes = {MOST_CRASHES} WHERE name = 'wire'")
    plant.turn("poll")
    assert plant.newsroom.asked.get("/wire") is None
    plant.pass_time(minutes=61)
    plant.turn("poll")
    assert plant.newsroom.asked["/wire"] == 1


def test_a_message_that_kills_its_workers_has_failed_and_says_so(plant: Plant) -> None:
    plant.newsroom.publish("/wire", feed("wire", offensive("wire", "1")))
    plant.turn("poll", "read", "assign", "decide")
    with plant.installation.database.writing() as db:
        db.exec_driver_sql(f"UPDATE outbox SET crashes = {MOST_CRASHES}")
    plant.turn("deliver")
    assert plant.rows("SELECT state, doubtful FROM outbox WHERE reason = 'first'") == [("failed", True)]


def test_waits_double_up_to_an_hour_and_end() -> None:
    waits = [(again_at(NOON, attempts, 0.0) or NOON) - NOON for attempts in range(1, MOST_ATTEMPTS)]
    assert [wait.total_seconds() for wait in waits[:3]] == [5, 10, 20]
    assert waits[-1].total_seconds() == 3600
    assert again_at(NOON, MOST_ATTEMPTS, 0.0) is None


def test_a_sweep_names_what_is_due_though_no_bell_can_be_rung(plant: Plant) -> None:
    assert sweep.sweep(plant.installation) == ["poll"]
    plant.turn()
    assert sweep.sweep(plant.installation) == []


def test_a_drain_stops_when_nothing_is_due(plant: Plant) -> None:
    assert drain.drain(plant.installation, "poll") == 2
    assert drain.drain(plant.installation, "poll") == 0


def test_quiet_reports_are_cleaned_up_after_two_days(plant: Plant) -> None:
    plant.newsroom.publish("/wire", feed("wire", item("wire", "2", "Champions", FOOTBALL), offensive("wire", "1")))
    plant.turn()
    assert sweep.clean_up(plant.installation) == 0
    plant.pass_time(hours=49)
    assert sweep.clean_up(plant.installation) == 1
    assert plant.rows("SELECT outcome FROM report") == [("read",)]
