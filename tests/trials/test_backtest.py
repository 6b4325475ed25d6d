"""`tocsin backtest` on what a plant has stored: alerts that appear, vanish, rise and fall, and nothing else."""

from pathlib import Path

from service.cli import main
from tests.trials.conftest import Trials

KILLED = "killed:  [ 3, 10,  30, 100]"


def changes(found: dict) -> list[tuple]:  # type: ignore[type-arg]
    return [(one["change"], one["country"], one["before"], one["after"]) for one in found["changes"]]


def test_rules_that_have_not_changed_change_nothing(trials: Trials) -> None:
    found = trials.json("backtest", trials.changed())
    assert (found["changes"], found["old"]) == ([], found["new"])
    assert found["alerts"]["old"] == found["alerts"]["new"] == 2
    assert "No alert changes." in trials.run("backtest", trials.changed())


def test_the_old_rules_ring_as_the_service_did(trials: Trials) -> None:
    found = trials.json("backtest", trials.changed())
    [(alerts,)] = trials.plant.rows("SELECT count(*) FROM alert WHERE incident_id IS NOT NULL")
    [(notices,)] = trials.plant.rows("SELECT count(*) FROM notice")
    assert (found["alerts"]["old"], found["tellings"]["old"]) == (alerts, notices)


def test_higher_bounds_let_alerts_fall_and_vanish(trials: Trials) -> None:
    found = trials.json("backtest", trials.changed((KILLED, "killed: [5, 20, 60, 200]")))
    assert changes(found) == [("vanishes", "UKR", "Minor", None), ("falls", "SYR", "Moderate", "Minor")]
    assert found["routes"] == {"syria": {"old": 1, "new": 0}}
    assert found["days"]["2024-11-28"] == {
        "old": 2, "new": 1, "appears": 0, "vanishes": 1, "rises": 0, "falls": 1, "rerouted": 0,
    }  # fmt: skip
    [evidence] = found["changes"][1]["ringing"]["evidence"]
    assert (evidence["text"], evidence["words"]) == ("At least 12 civilians were killed", "killed 12 ≥ 10 → Moderate")
    assert evidence["link"] == "http://wire.example/1"


def test_lower_bounds_let_alerts_rise_and_appear(trials: Trials) -> None:
    found = trials.json("backtest", trials.changed((KILLED, "killed: [1, 4, 12, 40]")))
    assert changes(found) == [
        ("appears", "SYR", None, "Minor"),
        ("rises", "SYR", "Moderate", "Severe"),
        ("rises", "UKR", "Minor", "Moderate"),
    ]
    said = trials.run("backtest", trials.changed((KILLED, "killed: [1, 4, 12, 40]")))
    assert "Alerts that would appear (1)" in said and '"Two civilians were killed"' in said


def test_another_route_is_told(trials: Trials) -> None:
    wider = ("countries: [SYR], level: moderate", "countries: [SYR, UKR], level: minor")
    awake = ("countries: [SYR], level: extreme", "countries: [SYR, UKR], level: extreme")
    found = trials.json("backtest", trials.changed(wider, awake))
    assert [(one["change"], one["country"], one["routes_gained"]) for one in found["changes"]] == [
        ("rerouted", "UKR", ["syria"])
    ]


def test_another_grade_of_a_feed_is_told(trials: Trials) -> None:
    lower, doubted = (KILLED, "killed: [1, 4, 12, 40]"), ("every: 1m, grade: B", "every: 1m, grade: F")
    assert ("rises", "SYR", "Moderate", "Severe") in changes(trials.json("backtest", trials.changed(lower)))
    found = changes(trials.json("backtest", trials.changed(lower, doubted)))
    # A single origin of grade F carries no further than Moderate.
    assert ("rises", "SYR", "Moderate", "Severe") not in found and ("rises", "UKR", "Minor", "Moderate") in found


def test_a_standing_crisis_is_gathered_anew(trials: Trials) -> None:
    one = "standing_crises: [UKR, PSE, SDN]"
    found = trials.json("backtest", trials.changed((one, "standing_crises: [UKR, PSE, SDN, SYR]")))
    assert changes(found) == []
    assert found["alerts"]["old"] == 2


def test_what_was_said_before_the_time_asked_for_is_left_out(trials: Trials) -> None:
    trials.plant.pass_time(days=3)
    path = trials.changed((KILLED, "killed: [5, 20, 60, 200]"))
    assert trials.json("backtest", path, "--since", "1d")["alerts"]["old"] == 0
    assert trials.json("backtest", path, "--since", "7d")["alerts"]["old"] == 2


def test_nothing_is_sent_and_nothing_stored(trials: Trials) -> None:
    tables = ("alert", "notice", "outbox", "signal", "incident", "report", "rules", "alert_log")
    before = [trials.plant.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables]
    trials.json("backtest", trials.changed((KILLED, "killed: [1, 4, 12, 40]")), "--reread")
    assert [trials.plant.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables] == before


def test_a_bad_file_is_named_and_a_missing_one_too(trials: Trials, tmp_path: Path) -> None:
    trials.run("backtest", trials.changed((KILLED, "killed: lots")), status=1)
    trials.run("backtest", str(tmp_path / "nowhere.yaml"), status=1)


# --- read again -------------------------------------------------------------


def test_texts_read_again_by_the_same_reader_differ_in_nothing(trials: Trials) -> None:
    found = trials.json("backtest", trials.changed(), "--reread")
    assert found["reread"] == {"texts": 7, "reports": 0, "figures": []}
    assert found["changes"] == []


def test_a_figure_that_is_read_otherwise_now_changes_its_alert(trials: Trials) -> None:
    """As if the reader before had read another number, and had not seen one figure at all."""
    with trials.plant.installation.database.writing() as db:
        rows = db.exec_driver_sql("SELECT id, value FROM signal ORDER BY id").fetchall()
        [kharkiv] = [row.id for row in rows if "Kharkiv" in str(row.value)]
        [homs] = [row.id for row in rows if "Homs" in str(row.value)]
        text = "CAST(value AS TEXT)"
        cast = "" if trials.plant.installation.database.is_sqlite else "::json"
        changed = f"replace(replace({text}, '\"low\":4', '\"low\":40'), '\"low\": 4', '\"low\": 40'){cast}"
        db.exec_driver_sql(f"UPDATE signal SET value = {changed} WHERE id = {kharkiv}")
        db.exec_driver_sql(f"DELETE FROM signal WHERE id = {homs}")
    found = trials.json("backtest", trials.changed((KILLED, "killed: [1, 10, 30, 100]")), "--reread")
    assert [(one["kind"], one["text"]) for one in found["reread"]["figures"]] == [
        ("changes", "Four civilians were killed"),
        ("appears", "Two civilians were killed"),
    ]
    assert found["reread"]["figures"][0]["fields"] == {"low": [40, 4]}
    assert changes(found) == [("appears", "SYR", None, "Minor"), ("falls", "UKR", "Severe", "Minor")]


# --- on a file of reports ---------------------------------------------------

REPORTS = """\
{"id":"a","text":"Shelling of Aleppo\\nAt least 12 civilians were killed in shelling of Aleppo in Syria on Thursday.",\
"published":"2024-11-28T18:00:00Z"}
{"id":"b","text":"no date"}
{"id":"c","text":"Shelling of Kharkiv\\nFour civilians were killed in shelling of Kharkiv in Ukraine on Friday.",\
"published":"2024-11-29T10:00:00Z"}
"""
SHIPPED = Path(__file__).parents[2] / "alerts.yaml"


def test_reports_from_a_file_need_no_database(tmp_path: Path, capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("TOCSIN_DATA", str(tmp_path / "data"))
    (tmp_path / "reports.jsonl").write_text(REPORTS)
    (tmp_path / "new.yaml").write_text(SHIPPED.read_text().replace(KILLED, "killed: [5, 10, 60, 200]"))
    given = ["backtest", str(tmp_path / "new.yaml"), "--against", str(SHIPPED), "--reports"]
    assert main([*given, str(tmp_path / "reports.jsonl")]) == 1
    said = capsys.readouterr()
    assert 'line 2: "published" is missing' in said.err
    assert "Alerts that would vanish (1)" in said.out and "UKR" in said.out and "SYR" not in said.out
    assert not (tmp_path / "data").exists()
    assert main([*given, str(tmp_path / "nowhere.jsonl")]) == 1
    assert main([*given, "-", "--reread"]) == 2
