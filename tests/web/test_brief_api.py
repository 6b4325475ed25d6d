"""Briefs and drills by the API: what is told, who may, and answers as they come."""

from collections.abc import Iterator

import pytest

from service.store import rules
from tests.factories import NOON
from tests.rules.alerts_files import completed
from tests.web.conftest import Site
from tests.web.test_api import problem

PEOPLE = """
channels:
  mail: {kind: email, secret: TEST_MAIL}
  chat: {kind: push, secret: TEST_CHAT}
recipients:
  amira: {contacts: [{channel: chat, address: amira}, {channel: mail, address: amira@example.org, backup: true}]}
  bilal: {contacts: [{channel: chat, address: bilal}]}
routes: {syria: {level: moderate, to: [amira], steps: [{to: [bilal], after: 10m}]}}
operators: [amira]
"""


@pytest.fixture
def staffed(site: Site) -> Iterator[Site]:
    with site.database.writing() as db:
        rules.activate(db, "people", completed(PEOPLE.lstrip(), []), NOON)
    yield site


def test_a_brief_is_told_to_every_role(staffed: Site) -> None:
    number = staffed.alert()
    with staffed.api("viewer") as api:
        found = api.get("/api/v1/brief").json()
        assert (found["rang"], found["open"], found["silent"]["listed"]) == (0, {"listed": [], "more": 0}, [])
        assert [one["id"] for one in found["quiet"]["listed"]] == [number]
        assert found["quiet"]["listed"][0]["level"] == "Severe"
        assert problem(api.get("/api/v1/brief?hours=0"))[0] == 422


def test_a_drill_is_begun_answered_and_shown(staffed: Site) -> None:
    with staffed.api(name="amira") as api:
        begun = api.post("/api/v1/drills", json={"route": "syria"})
        drill = begun.json()
        assert (begun.status_code, drill["route"], drill["by"], drill["over"]) == (201, "syria", "amira", False)
        assert [(one["recipient"], len(one["messages"])) for one in drill["people"]] == [("amira", 2), ("bilal", 1)]
        assert api.post(f"/api/v1/alerts/{drill['id']}/acknowledge").status_code == 200
        after = api.get(f"/api/v1/drills/{drill['id']}").json()
        assert [one["answer"] and one["answer"]["source"] for one in after["people"]] == ["api", None]
        assert not after["all_answered"]
        assert api.get("/api/v1/drills").json() == [after]
        shown = api.get(f"/api/v1/alerts/{drill['id']}").json()
        assert shown["title"] == "EXERCISE, nothing happened: drill of the route syria"
    with staffed.browser() as browser:
        page = browser.get(f"/alerts/{drill['id']}").text
        assert "EXERCISE" in page and "nothing happened" in page
        assert "EXERCISE" in browser.get("/").text


def test_what_cannot_be_drilled_is_a_problem(staffed: Site) -> None:
    number = staffed.alert()
    with staffed.api("viewer") as api:
        assert problem(api.post("/api/v1/drills", json={"route": "syria"}))[0] == 403
    with staffed.api() as api:
        assert problem(api.post("/api/v1/drills", json={"route": "x"})) == (
            404,
            "There is no route 'x'. Choose from syria.",
        )
        assert problem(api.post("/api/v1/drills", json={"route": "syria", "minutes": 0}))[0] == 422
        assert problem(api.get(f"/api/v1/drills/{number}")) == (404, f"There is no drill {number}.")
