"""`tocsin suggest`: what a ladder of bounds would have yielded, and which step comes nearest to a target."""

from datetime import timedelta

from service.trials.suggest import ALL, LADDER, Yield, nearest, reasons, yields
from service.values import Level
from tests.factories import NOON, a_figure, a_signal, some_rules
from tests.trials.conftest import Trials

RULES = some_rules()
BEFORE = NOON - timedelta(days=1)


def killed(*numbers: int) -> list[tuple[int, str, list]]:  # type: ignore[type-arg]
    """An incident for each number, in Syria."""
    return [(id, "SYR", [a_figure(a_signal(low=low))]) for id, low in enumerate(numbers, 1)]


def test_each_step_is_judged_as_the_rules_would() -> None:
    found = yields(killed(1, 2, 3, 7, 25), RULES, BEFORE, {})["SYR", "killed"]
    # Minor is 3: bounds of 1, 2, 3, 6, 12 and 24.
    assert [found.at(step, Level.MINOR) for step in LADDER] == [5, 4, 3, 2, 1, 1]
    assert [found.at(step, Level.MODERATE) for step in LADDER] == [4, 2, 1, 1, 0, 0]


def test_types_count_by_themselves_and_an_incident_once_among_all() -> None:
    both = [a_figure(a_signal(low=5)), a_figure(a_signal("displacement", "displaced", 300))]
    found = yields([(1, "SYR", both)], RULES, BEFORE, {})
    assert {key: one.at(1.0, Level.MINOR) for key, one in found.items()} == {
        (country, type_): 1 for country in ("SYR", ALL) for type_ in ("killed", "displaced", ALL)
    }


def test_what_may_not_ring_and_what_rang_before_does_not_count() -> None:
    history = [(1, "SYR", [a_figure(a_signal(low=50, scope="historic"))])]
    assert yields(history, RULES, BEFORE, {}) == {}
    assert yields(killed(50), RULES, NOON + timedelta(days=1), {})["SYR", "killed"].at(1.0, Level.MINOR) == 0


def test_a_floor_is_no_matter_of_bounds() -> None:
    aid = [(1, "SYR", [a_figure(a_signal(low=1, tags=("aid_worker",)))])]
    assert yields(aid, RULES, BEFORE, {})["SYR", "killed"].at(1.0, Level.MINOR) == 0


def test_the_nearest_step_is_found_and_of_equals_the_one_nearest_to_what_is() -> None:
    found = yields(killed(1, 2, 3, 7, 25), RULES, BEFORE, {})["SYR", "killed"]
    assert [nearest(found, Level.MINOR, target, weeks=1.0) for target in (5, 4, 3, 1.2)] == [0.25, 0.5, 1.0, 4.0]
    assert nearest(Yield(), Level.MINOR, 5, weeks=1.0) == 1.0


def test_reasons_for_closing_are_taken_from_the_log() -> None:
    log = [(1, "Amira", "not_ours"), (2, "Amira", "Misread: a typo"), (3, "tocsin", "its incident became part of 2")]
    assert reasons(log) == {1: "not ours", 2: "misread"}
    found = yields(killed(12, 12), RULES, BEFORE, reasons(log))["SYR", "killed"]
    assert dict(found.closed) == {"not ours": 1, "misread": 1}


def test_the_command_reads_the_history_and_names_bounds(trials: Trials) -> None:
    found = trials.json("suggest", "--since", "7d", "--target", "1")
    rows = {(row["country"], row["type"]): row for row in found["yields"]}
    assert rows["SYR", "killed"]["a_week"]["Minor"] == [2.0, 2.0, 1.0, 1.0, 1.0, 0.0]
    assert rows["SYR", "killed"]["nearest"] == 1.0
    assert rows["SYR", "killed"]["bounds"]["unknown"] == [3, 10, 30, 100]
    assert rows[None, None]["a_week"]["Minor"][LADDER.index(1.0)] == 2.0
    said = trials.run("suggest", "--since", "7d", "--target", "2")
    assert "Ukraine" in said and "No reasons for closing alerts are noted" in said


def test_reasons_in_the_log_weigh_in(trials: Trials) -> None:
    with trials.plant.installation.database.writing() as db:
        [(alert,)] = db.exec_driver_sql("SELECT id FROM alert WHERE level = 2").fetchall()
        db.exec_driver_sql(
            "INSERT INTO alert_log (alert_id, at, actor, act, detail)"
            f" VALUES ({alert}, '2024-11-28 18:40:00', 'Amira', 'closed', 'misread')"
        )
    assert "1 of 1" in trials.run("suggest", "--since", "7d", "--country", "syr")


def test_without_history_it_says_so(trials: Trials) -> None:
    assert "Nothing that may ring" in trials.run("suggest", "--country", "PHL")
