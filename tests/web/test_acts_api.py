"""What officers do to alerts by the API: each act, what it refuses, what everyone sees of it."""

from datetime import timedelta

import httpx
import pytest

from tests.factories import NOON
from tests.web.conftest import HOUR, Site
from tests.web.test_api import problem

MINUTE = timedelta(minutes=1)


@pytest.fixture
def path(site: Site) -> str:
    return f"/api/v1/alerts/{site.alert()}"


def acts(api: httpx.Client, path: str) -> list[tuple[str, str, str, str]]:
    log = api.get(path).json()["log"]
    return [(line["actor"], line["act"], line["source"], line["why"]) for line in log if line["source"]]


def test_an_alert_shows_who_is_checking_until_when_and_what_comes_next(site: Site, path: str) -> None:
    with site.api() as api:
        assert api.post(f"{path}/acknowledge").json()["first"] is True
        shown = api.get(path).json()
    [checking] = shown["checking"]
    assert (checking["officer"], checking["team"]) == ("Amira", None)
    until = (NOON + 4 * HOUR).isoformat().replace("+00:00", "Z")
    assert checking["until"][:16] == until[:16]
    warned = (NOON + 4 * HOUR - 15 * MINUTE).isoformat()
    assert shown["next"]["at"][:16] == warned[:16]
    assert shown["next"]["what"] == "warns Amira that the check ends"


def test_every_act_is_done_logged_with_its_why_and_shown(site: Site, path: str) -> None:
    until = (NOON + 2 * HOUR).isoformat()
    with site.api() as api:
        put_off = api.post(f"{path}/snooze", json={"until": until, "why": "The road opens at two."}).json()
        assert put_off["snoozed_until"][:16] == until[:16] and put_off["next"]["what"].startswith("rings again")
        assert api.post(f"{path}/assign", json={"to": "duty-officer"}).json()["assigned"] == "duty-officer"
        api.post(f"{path}/comment", json={"text": " Called the hospital. "})
        closed = api.post(f"{path}/close", json={"reason": "not_ours", "why": "Across the border."}).json()
        assert (closed["state"], closed["closed"], closed["next"]) == ("closed", "not_ours", None)
        assert api.post(f"{path}/reopen", json={}).json()["state"] == "open"
        assert acts(api, path) == [
            ("Amira", "put off", "api", "The road opens at two."),
            ("Amira", "assigned", "api", ""),
            ("Amira", "remarked", "api", "Called the hospital."),
            ("Amira", "closed", "api", "Across the border."),
            ("Amira", "opened again", "api", ""),
        ]


@pytest.mark.parametrize(
    ("act", "asked", "status", "words"),
    [
        ("snooze", {"until": (NOON + 13 * HOUR).isoformat()}, 422, "5 minutes to 12 hours"),
        ("snooze", {"until": (NOON - HOUR).isoformat()}, 422, "5 minutes to 12 hours"),
        ("snooze", {"until": "2024-11-28T14:00:00"}, 422, "timezone"),
        ("assign", {"to": "nobody we know"}, 422, "knows no recipient 'nobody we know'"),
        ("assign", {"to": "tocsin:synthetic"}, 422, "knows no recipient"),
        ("close", {"reason": "bored"}, 422, "reason"),
        ("comment", {"text": "  "}, 422, "text"),
        ("reopen", {}, 409, "is not closed"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    site: Site, path: str, act: str, asked: dict[str, str], status: int, words: str
) -> None:
    with site.api() as api:
        before = api.get(path).json()
        refused = problem(api.post(f"{path}/{act}", json=asked))
        assert refused[0] == status and words in refused[1]
        assert api.get(path).json() == before


def test_a_closed_alert_can_only_be_opened_again_or_remarked_on(site: Site, path: str) -> None:
    with site.api() as api:
        api.post(f"{path}/close", json={"reason": "handled"})
        until = {"until": (NOON + HOUR).isoformat()}
        for act, asked in (("acknowledge", None), ("snooze", until), ("close", {"reason": "misread"})):
            assert problem(api.post(f"{path}/{act}", json=asked))[0] == 409
        assert api.post(f"{path}/comment", json={"text": "Still closed."}).status_code == 200


def test_a_viewer_may_do_none_of_it_and_of_two_officers_the_second_looks_again(site: Site, path: str) -> None:
    with site.api("viewer") as viewer, site.api(name="Bilal") as bilal, site.api() as amira:
        for act in ("acknowledge", "close", "comment", "assign", "snooze", "reopen"):
            asked = {"reason": "handled", "text": "x", "to": "room", "until": (NOON + HOUR).isoformat()}
            assert problem(viewer.post(f"{path}/{act}", json=asked))[0] == 403
        seen = bilal.get(path).headers["etag"]
        amira.post(f"{path}/close", json={"reason": "handled"})
        stale = bilal.post(f"{path}/assign", json={"to": "duty-officer"}, headers={"If-Match": seen})
        assert problem(stale)[0] == 412


def test_a_rise_opens_what_was_closed_and_rings(site: Site) -> None:
    number = site.alert(killed=12)
    path = f"/api/v1/alerts/{number}"
    with site.api() as api:
        api.post(f"{path}/close", json={"reason": "handled"})
        site.rise(number, killed=400, later=timedelta(hours=1))
        shown = api.get(path).json()
    assert (shown["state"], shown["level"], shown["closed"]) == ("open", "Severe", None)
