"""Twenty runs of the kill matrix, which strike everything at least once; `benchmarks.kill_matrix` makes hundreds."""

from pathlib import Path

import pytest

from tests.kill.faults import STEPS
from tests.kill.matrix import Chance, chances, run_all, shared
from tests.kill.receivers import Came
from tests.kill.tally import Tally, tally

RUNS = chances(20, seed=7)
# Few enough for one installation that the workers of the tests share them evenly.
LOTS = shared(RUNS, postgresql=True, each=5)


def test_everything_is_struck() -> None:
    assert {run.fault.struck for run in RUNS} == set(STEPS)
    assert sum(len(lot) for _, lot in LOTS) == len(RUNS)


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("kind", "lot"), LOTS, ids=[f"{kind}-{number}" for number, (kind, _) in enumerate(LOTS)])
def test_nothing_is_lost(kind: str, lot: list[Chance], tmp_path: Path, request: pytest.FixtureRequest) -> None:
    new_database = request.getfixturevalue("new_postgres") if kind == "postgresql" else None
    ran = list(run_all(lot, tmp_path, new_database))
    bad = [one for one in ran if one.is_bad]
    assert not bad, "\n".join(f"{one.fault}, seed {one.seed}: {one.tally} {one.why}\n{one.log}" for one in bad)
    assert len(ran) == len(lot)


# --- the account itself -----------------------------------------------------------


class Row:
    """A message decided upon, as the outbox has it."""

    alert_id, revision, channel, address = 1, 2, "chat", None


NOTES = {(1, 2): "Nobody has answered since 18:31 UTC"}


def came(*marked: bool) -> list[Came]:
    return [Came("chat", "", 1, None, f"... {NOTES[1, 2]}. ...", mark) for mark in marked]


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        ((), Tally(lost=1)),
        ((False,), Tally()),
        ((True,), Tally()),
        ((False, True), Tally(marked=1)),
        ((True, True), Tally(marked=1)),
        ((False, False), Tally(unmarked=1)),
        ((False, False, True), Tally(marked=1, unmarked=1)),
    ],
)
def test_what_is_lost_and_what_came_twice(marks: tuple[bool, ...], found: Tally) -> None:
    assert tally([Row], NOTES, came(*marks)) == found


def test_one_message_does_not_stand_for_another() -> None:
    other = Came("chat", "", 1, None, "of the same alert, without that sentence", False)
    assert tally([Row], NOTES, [other]) == Tally(lost=1, unmarked=1)
