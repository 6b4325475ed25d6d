"""An act sent again under the same name is answered again, and done once."""

import threading
from datetime import timedelta

import httpx
import pytest

from service.store import alerts, answered
from tests.web.conftest import Site
from tests.web.test_api import problem
from tests.web.test_incidents_api import two

NAME = {"Idempotency-Key": "b7f0-1"}
VERDICT = {"state": "verified", "how": "I saw it."}


def acts(site: Site, number: int) -> list[str]:
    with site.database.reading() as db:
        return [line.act for line in alerts.logged(db, number)]


def test_it_is_done_once_and_answered_twice(site: Site) -> None:
    number = site.alert()
    path = f"/api/v1/alerts/{number}/acknowledge"
    with site.api() as api:
        first, again = api.post(path, headers=NAME), api.post(path, headers=NAME)
        assert (first.status_code, first.json()) == (again.status_code, again.json()) and first.json()["first"] is True
        assert "idempotent-replayed" not in first.headers and again.headers["idempotent-replayed"] == "true"
        assert api.post(path, headers={"Idempotency-Key": "another"}).json()["first"] is False
    assert acts(site, number).count("acknowledged") == 1


def test_a_verdict_is_given_once_with_its_status_and_body(site: Site) -> None:
    aleppo, _ = two(site)
    with site.api() as api:
        path = f"/api/v1/incidents/{aleppo}/verdict"
        answers = [api.post(path, json=VERDICT, headers=NAME) for _ in range(3)]
        assert len({answer.text for answer in answers}) == 1
        assert len(api.get(f"/api/v1/incidents/{aleppo}").json()["log"]) == 1


def test_the_name_of_another_request_is_refused(site: Site) -> None:
    aleppo, _ = two(site)
    with site.api() as api:
        path = f"/api/v1/incidents/{aleppo}/verdict"
        assert api.post(path, json=VERDICT, headers=NAME).status_code == 200
        other = api.post(path, json=VERDICT | {"how": "I heard it."}, headers=NAME)
        assert problem(other)[0] == 422 and "given to another request" in problem(other)[1]


def test_names_are_each_callers_own(site: Site) -> None:
    number = site.alert()
    path = f"/api/v1/alerts/{number}/acknowledge"
    with site.api(name="Amira") as amira, site.api(name="Bilal") as bilal:
        assert amira.post(path, headers=NAME).json()["first"] is True
        assert bilal.post(path, headers=NAME).json()["first"] is False


def test_sent_again_it_is_answered_though_it_made_what_was_seen_stale(site: Site) -> None:
    number = site.alert()
    with site.api() as api:
        seen = {"If-Match": api.get(f"/api/v1/alerts/{number}").headers["etag"]}
        path = f"/api/v1/alerts/{number}/acknowledge"
        assert [api.post(path, headers=NAME | seen).status_code for _ in range(2)] == [200, 200]


def test_what_was_refused_did_nothing_and_is_tried_again(site: Site) -> None:
    with site.api() as api:
        assert api.post("/api/v1/alerts/1/acknowledge", headers=NAME).status_code == 404
        assert site.alert() == 1
        assert api.post("/api/v1/alerts/1/acknowledge", headers=NAME).json()["first"] is True


def test_after_a_day_a_name_is_free_again(site: Site) -> None:
    number = site.alert()
    path = f"/api/v1/alerts/{number}/acknowledge"
    with site.api() as api:
        api.post(path, headers=NAME)
        with site.database.writing() as db:
            db.execute(answered.TABLE.update().values(at=site.settings.clock.now() - timedelta(hours=25)))
        assert api.post(path, headers=NAME).json()["first"] is False
        with site.database.writing() as db:
            answered.forget(db, site.settings.clock.now() + timedelta(hours=1))
            assert db.execute(answered.TABLE.select()).first() is None


@pytest.mark.parametrize("name", ["", "x" * 256, "a b"])
def test_a_name_is_short_and_printable(site: Site, name: str) -> None:
    with site.api() as api:
        assert problem(api.post("/api/v1/alerts/1/acknowledge", headers={"Idempotency-Key": name}))[0] == 422


def test_sent_twice_at_once_it_is_done_once(site: Site) -> None:
    """The second is told to ask again (PostgreSQL), or waits and is answered as the first (SQLite)."""
    number = site.alert()
    answers: list[httpx.Response] = []
    with site.api() as api:
        path = f"/api/v1/alerts/{number}/acknowledge"
        threads = [threading.Thread(target=lambda: answers.append(api.post(path, headers=NAME))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        answers.append(api.post(path, headers=NAME))
    assert {answer.status_code for answer in answers} <= {200, 409} and answers[-1].status_code == 200
    assert {answer.text for answer in answers if answer.status_code == 200} == {answers[-1].text}
    assert acts(site, number).count("acknowledged") == 1


def test_while_it_is_being_answered_it_is_not_begun_again(site: Site) -> None:
    if site.database.is_sqlite:
        pytest.skip("there a second writer waits until the first is done")
    number = site.alert()
    with site.api() as api:
        with site.database.writing() as db:
            caller = db.exec_driver_sql("SELECT max(id) FROM api_key").scalar()
            assert answered.hold(db, int(caller or 0), NAME["Idempotency-Key"])
            busy = api.post(f"/api/v1/alerts/{number}/acknowledge", headers=NAME)
            assert problem(busy) == (409, "The same request is being answered right now: ask again in a moment.")
        assert api.post(f"/api/v1/alerts/{number}/acknowledge", headers=NAME).status_code == 200
