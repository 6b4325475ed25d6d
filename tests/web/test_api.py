"""The API: keys and roles, pages, answers, and errors as problem details."""

from datetime import timedelta

import httpx
import pytest

from service.desk import keys
from service.notifications.links import sign
from tests.web.conftest import SECRET, Site


def problem(response: httpx.Response) -> tuple[int, str]:
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == response.status_code and body["title"]
    return response.status_code, body["detail"]


def test_alerts_are_listed_newest_first_in_pages(site: Site) -> None:
    numbers = [site.alert(killed) for killed in (31, 40, 50)]
    with site.api() as api:
        first = api.get("/api/v1/alerts", params={"limit": 2}).json()
        assert [alert["id"] for alert in first["alerts"]] == numbers[:0:-1]
        last = api.get("/api/v1/alerts", params={"limit": 2, "before": first["next"]}).json()
        assert ([alert["id"] for alert in last["alerts"]], last["next"]) == (numbers[:1], None)


def test_one_alert_shows_what_it_rests_on(site: Site) -> None:
    number = site.alert()
    with site.api() as api:
        shown = api.get(f"/api/v1/alerts/{number}").json()
    assert (shown["level"], shown["state"], shown["title"], shown["country"]) == (
        "Severe",
        "open",
        "Aleppo, Syria",
        "SYR",
    )
    assert shown["notice"]["incident"]["facets"][0]["recommended"]["signal"]["low"] == 31
    assert shown["messages"][0]["recipient"] == "Amira"
    assert shown["log"][0]["act"] == "first"


def test_the_first_officer_has_it_and_the_second_is_told(site: Site) -> None:
    number = site.alert()
    with site.api(name="Amira") as first, site.api(name="Bilal") as second:
        path = f"/api/v1/alerts/{number}/acknowledge"
        assert first.post(path).json()["first"] is True
        again = [first.post(path).json(), second.post(path).json()]
    assert [(answer["first"], answer["acknowledged_by"]) for answer in again] == [(False, "Amira")] * 2


def test_without_a_good_key_nothing_is_told(site: Site) -> None:
    site.alert()
    with httpx.Client(base_url=site.address, trust_env=False) as nobody:
        bare = nobody.get("/api/v1/alerts")
        assert problem(bare)[0] == 401 and bare.headers["www-authenticate"] == "Bearer"
        wrong = nobody.get("/api/v1/alerts", headers={"Authorization": "Bearer tocsin_guess"})
        assert problem(wrong) == (401, "This API key is not known.")
        assert problem(nobody.post("/api/v1/alerts/1/acknowledge"))[0] == 401


def test_an_expired_key_opens_nothing(site: Site) -> None:
    now = site.settings.clock.now()
    key = keys.create(site.database, "old", "officer", now - timedelta(days=2), now - timedelta(days=1))
    found = httpx.get(f"{site.address}/api/v1/alerts", headers={"Authorization": f"Bearer {key}"}, trust_env=False)
    assert problem(found)[1].startswith("This API key expired on")


def test_a_viewer_may_look_and_not_answer(site: Site) -> None:
    number = site.alert()
    with site.api("viewer") as viewer:
        assert viewer.get(f"/api/v1/alerts/{number}").status_code == 200
        assert problem(viewer.post(f"/api/v1/alerts/{number}/acknowledge"))[0] == 403


@pytest.mark.parametrize(
    "path, status",
    [
        ("/api/v1/alerts/999", 404),
        ("/api/v1/alerts/0", 422),
        ("/api/v1/alerts/99999999999999999999", 422),
        ("/api/v1/alerts?limit=0", 422),
        ("/api/v1/alerts?before=x", 422),
        ("/?before=" + "9" * 24, 422),
        ("/?before=0", 422),
        ("/api/v1/alerts?state=asleep", 422),
        ("/api/v1/nothing", 404),
    ],
)
def test_bad_questions_get_clear_answers(site: Site, path: str, status: int) -> None:
    with site.api() as api:
        assert problem(api.get(path))[0] == status


def test_it_describes_itself(site: Site) -> None:
    found = httpx.get(f"{site.address}/api/openapi.json", trust_env=False).json()
    assert found["openapi"].startswith("3.1")
    assert "/api/v1/alerts/{alert_id}/acknowledge" in found["paths"]


def test_health_says_whether_work_gets_done(site: Site) -> None:
    with site.browser() as browser:
        assert browser.get("/health/live").json() == {"status": "live"}
        ready = browser.get("/health/ready")
    assert (ready.status_code, ready.json()["rules"]) == (200, "test")


def test_without_rules_it_is_not_ready_and_says_so(public_site: Site) -> None:
    found = httpx.get(f"{public_site.address}/health/ready", trust_env=False)
    assert (found.status_code, found.json()["status"]) == (503, "not ready")
    assert found.json()["reasons"] == ["no rules are in force yet"]


def test_a_queue_that_stands_still_makes_it_not_ready(site: Site) -> None:
    site.alert()
    with site.database.writing() as db:
        db.exec_driver_sql("UPDATE outbox SET due_at = '2001-01-01 00:00:00'")
    with site.browser() as browser:
        found = browser.get("/health/ready")
    assert found.status_code == 503
    [reason] = found.json()["reasons"]
    assert reason.startswith("the queue 'outbox' has waited ")


@pytest.mark.parametrize("kind", ["text/html", "application/problem+json"])
def test_what_nobody_foresaw_is_answered_and_logged(site: Site, kind: str, caplog: pytest.LogCaptureFixture) -> None:
    """Without its tables the database answers every question with an error."""
    with site.database.writing() as db:
        db.exec_driver_sql("ALTER TABLE alert RENAME TO lost")
    token = sign(SECRET, 1, "Amira", site.settings.clock.now())
    found = httpx.get(f"{site.address}/acknowledge/{token}", headers={"Accept": kind}, trust_env=False)
    assert (found.status_code, found.headers["cache-control"]) == (500, "no-store")
    assert found.headers["content-type"].startswith(kind)
    assert found.headers["content-security-policy"].startswith("default-src 'none'")
    assert "Something failed here" in found.text and "lost" not in found.text
    assert "GET /acknowledge/{token} failed" in caplog.text and token not in caplog.text


def test_a_stranger_host_is_refused(site: Site) -> None:
    found = httpx.get(f"{site.address}/", headers={"Host": "evil.example"}, trust_env=False)
    assert found.status_code == 400
