"""Two officers cannot overwrite each other: entity tags, and what has changed since."""

import threading
from datetime import timedelta

import pytest

from service.store import alerts, versions
from service.web.tags import check
from tests.web.conftest import Site
from tests.web.test_api import problem
from tests.web.test_incidents_api import WHY, gather, say, strike, two


def test_a_tag_is_strong_and_changes_with_every_change(site: Site) -> None:
    number = site.alert()
    path, tags = f"/api/v1/alerts/{number}", []
    with site.api() as api:
        tags.append(api.get(path).headers["etag"])
        assert api.get(path).headers["etag"] == tags[0], "looking changes nothing"
        api.post(f"{path}/acknowledge")
        tags.append(api.get(path).headers["etag"])
        site.rise(number, killed=400, later=timedelta(hours=1))
        tags.append(api.get(path).headers["etag"])
    assert len(set(tags)) == 3 and all(tag.startswith('"') for tag in tags)


def test_what_is_as_it_was_is_not_sent_again(site: Site) -> None:
    number = site.alert()
    path = f"/api/v1/alerts/{number}"
    with site.api() as api:
        tag = api.get(path).headers["etag"]
        same = api.get(path, headers={"If-None-Match": f'"other", {tag}'})
        assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
        assert api.get(path, headers={"If-None-Match": f"W/{tag}"}).status_code == 304
        with site.database.writing() as db:
            db.exec_driver_sql("UPDATE outbox SET state = 'sent'")
        assert api.get(path, headers={"If-None-Match": tag}).status_code == 200, "a message went out since"


def test_a_stale_act_is_refused_with_who_changed_it_and_when(site: Site) -> None:
    number = site.alert()
    path = f"/api/v1/alerts/{number}"
    with site.api(name="Amira") as amira, site.api(name="Bilal") as bilal:
        seen = bilal.get(path).headers["etag"]
        assert amira.post(f"{path}/acknowledge", headers={"If-Match": seen}).status_code == 200
        stale = bilal.post(f"{path}/acknowledge", headers={"If-Match": seen})
        assert problem(stale)[0] == 412 and "by Amira at 2024-11-28" in problem(stale)[1]
        assert (stale.json()["changed_by"], stale.json()["changed_at"][:10]) == ("Amira", "2024-11-28")
        fresh = bilal.get(path).headers["etag"]
        assert bilal.post(f"{path}/acknowledge", headers={"If-Match": fresh}).json()["first"] is False
        assert bilal.post(f"{path}/acknowledge", headers={"If-Match": "*"}).status_code == 200


@pytest.mark.parametrize(
    "seen", ['W/"1-0"', '"x"', "1", '"999999999999999999999"', '""', "\u00b2".encode().decode("latin-1")]
)
def test_what_is_no_tag_of_ours_matches_nothing(site: Site, seen: str) -> None:
    number = site.alert()
    with site.api() as api:
        stale = api.post(f"/api/v1/alerts/{number}/acknowledge", headers={"If-Match": seen.encode("latin-1")})
    assert problem(stale)[0] == 412


def test_a_message_that_went_out_makes_no_act_stale(site: Site) -> None:
    number = site.alert()
    with site.api() as api:
        seen = api.get(f"/api/v1/alerts/{number}").headers["etag"]
        with site.database.writing() as db:
            db.exec_driver_sql("UPDATE outbox SET state = 'sent'")
        assert api.post(f"/api/v1/alerts/{number}/acknowledge", headers={"If-Match": seen}).status_code == 200


def test_without_the_thing_itself_it_is_missing_not_stale(site: Site) -> None:
    with site.api() as api:
        assert problem(api.post("/api/v1/alerts/99/acknowledge", headers={"If-Match": '"1-0"'}))[0] == 404


def test_of_two_at_once_who_saw_the_same_one_acts(site: Site) -> None:
    number = site.alert()
    answers: list[int] = []
    with site.api(name="Amira") as amira, site.api(name="Bilal") as bilal:
        seen = {"If-Match": amira.get(f"/api/v1/alerts/{number}").headers["etag"]}
        path = f"/api/v1/alerts/{number}/acknowledge"
        threads = [
            threading.Thread(target=lambda api=api: answers.append(api.post(path, headers=seen).status_code))  # type: ignore[misc]
            for api in (amira, bilal)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
    assert sorted(answers) == [200, 412]


def test_an_incident_changes_with_new_figures_and_with_what_officers_do(site: Site) -> None:
    aleppo, homs = two(site)
    path, tags = f"/api/v1/incidents/{aleppo}", []
    with site.api() as api:
        tags.append(api.get(path).headers["etag"])
        say(site, strike("Aleppo", 23, 0.3))
        tags.append(api.get(path).headers["etag"])
        verdict = {"state": "verified", "how": "I saw it."}
        stale = api.post(f"{path}/verdict", json=verdict, headers={"If-Match": tags[0]})
        assert problem(stale)[0] == 412 and "by tocsin at" in problem(stale)[1]
        assert api.post(f"{path}/verdict", json=verdict, headers={"If-Match": tags[1]}).status_code == 200
        tags.append(api.get(path).headers["etag"])
        stale = api.post(f"{path}/merge", json=WHY | {"into": homs}, headers={"If-Match": tags[1]})
        assert problem(stale)[0] == 412 and "by Amira at" in problem(stale)[1]
        assert api.post(f"{path}/merge", json=WHY | {"into": homs}, headers={"If-Match": tags[2]}).status_code == 202
        gather(site)
        assert api.get(path, headers={"If-None-Match": tags[2]}, follow_redirects=True).status_code == 200
    assert len(set(tags)) == 3


def test_every_save_counts(site: Site) -> None:
    number = site.alert()
    with site.database.writing() as db:
        alert = alerts.get(db, number)
        assert alert is not None
        found = []
        for _ in range(3):
            alerts.save(db, alert)
            found.append(versions.of_alert(db, number))
        alerts.move(db, alert, 7)
        found.append(versions.of_alert(db, number))
    assert [version.number for version in found if version] == [2, 3, 4, 5]
    check(None, found[0], "alert")
