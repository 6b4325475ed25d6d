"""On-call by the API: the week ahead, overrides made and ended, and who may do so."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from service.desk.oncall import Wanted, overriding
from service.errors import Refused
from service.store import rules
from service.store.database import Database
from tests.alerts.duty import a_rotation, rules_with
from tests.factories import NOON
from tests.rules.alerts_files import completed
from tests.web.conftest import Site
from tests.web.test_api import problem

HOUR = timedelta(hours=1)
ROTATION = """
rotations:
  duty: {people: [officer, room], zone: Europe/Kyiv, since: 2024-11-25, hand_over: {day: monday, at: "08:00"}}
"""


@pytest.fixture
def staffed(site: Site) -> Iterator[Site]:
    """A site whose rules have a rotation; on a Thursday of its first week, at noon UTC."""
    with site.database.writing() as db:
        rules.activate(db, "duty", completed(ROTATION.lstrip(), []), NOON)
    return site


def asked(**also: Any) -> dict[str, Any]:
    start, end = (NOON + 24 * HOUR).isoformat(), (NOON + 26 * HOUR).isoformat()
    return {"rotation": "duty", "person": "room", "start": start, "end": end, "why": "A wedding."} | also


def test_the_week_ahead_is_shown_to_every_role(staffed: Site) -> None:
    with staffed.api("viewer") as api:
        shown = api.get("/api/v1/oncall").json()
    [duty] = shown["rotations"]
    assert (duty["rotation"], duty["zone"], duty["on_call"], duty["gaps"]) == ("duty", "Europe/Kyiv", "officer", [])
    assert duty["hand_overs"] == [{"at": "2024-12-02T06:00:00Z", "incoming": "room", "outgoing": "officer"}]
    assert shown["overrides"] == [] and shown["at"].startswith("2024-11-28T12:")


def test_an_override_is_made_shown_and_ended_but_not_deleted(staffed: Site) -> None:
    with staffed.api(name="Amira") as api:
        answer = api.post("/api/v1/oncall/overrides", json=asked(person="nobody"))
        made = answer.json()
        assert answer.status_code == 201
        assert (made["person"], made["by"], made["why"]) == (None, "Amira", "A wedding.")
        shown = api.get("/api/v1/oncall").json()
        assert shown["overrides"] == [made]
        [gap] = shown["rotations"][0]["gaps"]
        assert (gap["start"], gap["end"]) == ("2024-11-29T12:00:00Z", "2024-11-29T14:00:00Z")
        ended = api.delete(f"/api/v1/oncall/overrides/{made['id']}").json()
        assert ended["start"] == ended["end"] < made["start"]
        after = api.get("/api/v1/oncall").json()
        assert after["overrides"] == [] and after["rotations"][0]["gaps"] == []
        again = api.delete(f"/api/v1/oncall/overrides/{made['id']}")
        assert problem(again)[0] == 409 and "is over since 2024-11-28 12:" in problem(again)[1]
    with staffed.database.reading() as db:
        assert db.exec_driver_sql("SELECT count(*) FROM override WHERE ended_by = 'Amira'").scalar() == 1


def test_without_a_start_it_begins_now(staffed: Site) -> None:
    with staffed.api() as api:
        made = api.post("/api/v1/oncall/overrides", json=asked(start=None)).json()
        assert made["start"].startswith("2024-11-28T12:")
        assert api.get("/api/v1/oncall").json()["rotations"][0]["on_call"] == "room"


def test_only_who_may_correct_changes_who_is_on_call(staffed: Site) -> None:
    with staffed.api("viewer") as viewer, staffed.api("officer") as officer:
        refused = viewer.post("/api/v1/oncall/overrides", json=asked())
        assert problem(refused) == (403, "The role 'viewer' may not correct.")
        made = officer.post("/api/v1/oncall/overrides", json=asked()).json()
        assert problem(viewer.delete(f"/api/v1/oncall/overrides/{made['id']}"))[0] == 403
        assert officer.get("/api/v1/oncall").json()["overrides"] == [made]


@pytest.mark.parametrize(
    "also, status, words",
    [
        ({"rotation": "night"}, 422, "There is no rotation 'night'. Choose from duty."),
        ({"person": "amira"}, 422, "There is no recipient 'amira'. Choose from officer, room."),
        ({"why": " "}, 422, "why"),
        ({"end": "2024-11-30T12:00"}, 422, "end"),
        ({"person": "x" * 61}, 422, "person"),
    ],
)
def test_what_is_wrongly_asked_is_refused(staffed: Site, also: dict[str, str], status: int, words: str) -> None:
    with staffed.api() as api:
        found = problem(api.post("/api/v1/oncall/overrides", json=asked(**also)))
        assert found[0] == status and words in found[1]
        assert api.get("/api/v1/oncall").json()["overrides"] == []
        assert problem(api.delete("/api/v1/oncall/overrides/7")) == (404, "There is no override 7.")


def test_before_any_rules_are_in_force_it_says_so(site: Site, database: Database) -> None:
    with database.writing() as db:
        db.exec_driver_sql("DELETE FROM rules")
    with site.api() as api:
        assert problem(api.get("/api/v1/oncall")) == (503, "No alerts.yaml is in force yet.")


@pytest.mark.parametrize(
    "start, end, words",
    [
        (NOON - HOUR, NOON + HOUR, "begin in the past"),
        (None, NOON, "end before it begins"),
        (NOON + 2 * HOUR, NOON + HOUR, "end before it begins"),
        (NOON, NOON + timedelta(days=60, seconds=1), "longer than 60 days"),
        (NOON + timedelta(days=367), NOON + timedelta(days=368), "more than a year from now"),
    ],
)
def test_times_that_cannot_be_are_refused(start: datetime | None, end: datetime, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        overriding(Wanted("duty", "bilal", start, end, "why"), rules_with(a_rotation()), "amira", NOON)
    assert refused.value.status == 422


def test_the_longest_is_sixty_days_and_nobody_may_be_written_in_any_case() -> None:
    wanted = Wanted("duty", "Nobody", None, NOON + timedelta(days=60), "closed")
    made = overriding(wanted, rules_with(a_rotation()), "amira", NOON)
    assert (made.person, made.start, made.by) == (None, NOON, "amira")
