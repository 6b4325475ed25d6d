"""`tocsin missed`: the stage that dropped a thing, for every stage, and each answer kept."""

import json
from pathlib import Path

import pytest

from service.cli import main
from tests.story.articles import feed, item
from tests.trials.conftest import HOMS, Trials

STAGES = [
    ("http://nowhere.example/1", "not_fetched"),
    ("http://wire.example/1", "rang"),
    ("http://wire.example/2", "no_route"),
    ("http://wire.example/3", "below_threshold"),
    ("http://wire.example/4", "cannot_ring"),
    ("http://wire.example/5", "no_signal"),
    ("http://wire.example/6", "history"),
    ("http://other.example/7", "not_read"),
    ("http://other.example/8", "part_of_alert"),
]


def test_every_stage_is_named(trials: Trials) -> None:
    found = {link: trials.json("missed", link)["stage"] for link, _ in STAGES}
    assert found == dict(STAGES)


def test_it_says_by_how_much_a_figure_was_under_the_threshold(trials: Trials) -> None:
    [figure] = trials.json("missed", "http://wire.example/3")["figures"]
    assert (figure["low"], figure["wanted"], figure["from"], figure["level"]) == (2, "Minor", 3, None)
    assert "Minor from 3, 1 more than it says" in trials.run("missed", "http://wire.example/3")


def test_where_no_route_covers_a_country_no_number_helps(trials: Trials) -> None:
    [figure] = trials.json("missed", "http://wire.example/2")["figures"]
    assert (figure["level"], figure["wanted"], figure["from"]) == ("Minor", None, None)


def test_what_is_part_of_an_alert_names_it(trials: Trials) -> None:
    [figure] = trials.json("missed", "http://other.example/8")["figures"]
    [(alert,)] = trials.plant.rows("SELECT id FROM alert WHERE level = 2")
    assert figure["alert"] == alert


def test_the_candidates_left_out_are_shown_while_the_text_is_kept(trials: Trials) -> None:
    answer = trials.json("missed", "http://wire.example/5")
    assert [one["evidence"]["text"] for one in answer["dropped"]] == ["Two players were injured"]
    with trials.plant.installation.database.writing() as db:
        db.exec_driver_sql("DELETE FROM report_text")
    assert "Its text is no longer kept." in trials.json("missed", "http://wire.example/5")["words"]


def test_what_waits_is_told(trials: Trials) -> None:
    trials.plant.newsroom.publish("/wire", feed("wire", item("wire", "9", "Homs again", HOMS)))
    trials.plant.pass_time(minutes=5)
    trials.plant.turn("poll")
    assert trials.json("missed", "http://wire.example/9")["stage"] == "waiting"
    trials.plant.turn("read")
    assert trials.json("missed", "http://wire.example/9")["stage"] == "waiting"
    trials.plant.turn()
    assert trials.json("missed", "http://wire.example/9")["stage"] == "below_threshold"


def test_the_host_of_a_link_is_looked_for_among_the_feeds(trials: Trials) -> None:
    address = trials.plant.newsroom.url("/never")
    assert "wire, other" in trials.json("missed", address)["words"]
    assert "None of the feeds" in trials.json("missed", "https://unheard.example/1")["words"]


@pytest.mark.parametrize(
    "link", ["https://wire.example/3", "http://wire.example/3/", "http://wire.example/3?from=mail#top"]
)
def test_a_link_may_be_spelt_otherwise(trials: Trials, link: str) -> None:
    assert trials.json("missed", link)["stage"] == "below_threshold"


def test_each_answer_is_kept_and_listed(trials: Trials) -> None:
    assert trials.run("missed", "--list") == "Nothing was asked yet.\n"
    trials.run("missed", "http://wire.example/3")
    trials.run("missed", "Two civilians were killed in shelling of Homs in Syria on Thursday, officials said.")
    rows = trials.json("missed", "--list")
    assert [row["stage"] for row in rows] == ["below_threshold", "below_threshold"]
    assert rows[1]["asked"] == "http://wire.example/3" and rows[1]["answer"]["figures"][0]["from"] == 3
    assert "http://wire.example/3" in trials.run("missed", "--list")


TEXTS = [
    ("Two civilians were killed in shelling of Homs in Syria on Thursday, officials said.", "below_threshold"),
    ("At least 31 civilians were killed in shelling of Homs in Syria on Thursday, officials said.", "rang"),
    ("Four civilians were killed in shelling of Kharkiv in Ukraine on Thursday, officials said.", "no_route"),
    ("More than 180 fighters on both sides were killed, a monitoring group said.", "cannot_ring"),
    ("The council met on Monday and talked about the budget for the next year.", "no_signal"),
    ("قُتل ما لا يقل عن تسعة عشر مدنياً في غارات جوية على المدينة يوم الخميس", "not_read"),
]


@pytest.mark.parametrize(("text", "stage"), TEXTS)
def test_a_text_needs_no_database(  # type: ignore[no-untyped-def]
    tmp_path: Path, capsys, monkeypatch, text: str, stage: str
) -> None:
    monkeypatch.setenv("TOCSIN_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("TOCSIN_RULES", str(Path(__file__).parents[2] / "alerts.yaml"))
    assert main(["missed", text, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["stage"] == stage
    assert not (tmp_path / "data").exists()


def test_a_text_that_no_route_covers_says_from_where_one_would(tmp_path: Path, capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("TOCSIN_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("TOCSIN_RULES", str(Path(__file__).parents[2] / "alerts.yaml"))
    assert main(["missed", TEXTS[2][0]]) == 0
    assert "Moderate (the lowest level a route covers) from 10, 6 more than it says" in capsys.readouterr().out
