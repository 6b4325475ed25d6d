"""Silences: what they hide is shown first, what is too broad is refused, none is deleted, all are in the audit."""

from dataclasses import replace
from typing import Any

import pytest

from service.store import alerts, silences
from tests.factories import NOON
from tests.web.conftest import HOUR, Site
from tests.web.test_api import problem

WHY = "A drill of the army, announced."


def asked(**also: Any) -> dict[str, Any]:
    return {"countries": ["LBN"], "level": "Severe", "end": (NOON + 8 * HOUR).isoformat(), "why": WHY} | also


def test_a_silence_is_previewed_made_listed_and_ended_but_stays(site: Site) -> None:
    with site.api() as api:
        assert api.post("/api/v1/silences/preview", json=asked()).json() == {
            "alerts": [],
            "past": 0,
            "of": 0,
            "too_broad": "",
        }
        assert api.get("/api/v1/silences").json()["silences"] == []
        made = api.post("/api/v1/silences", json=asked())
        assert made.status_code == 201 and made.json()["author"] == "Amira"
        number = made.json()["id"]
        ended = api.delete(f"/api/v1/silences/{number}").json()
        assert ended["end"][:16] == NOON.isoformat()[:16]
        assert problem(api.delete(f"/api/v1/silences/{number}"))[0] == 409
        assert problem(api.delete("/api/v1/silences/77"))[0] == 404
        assert [one["id"] for one in api.get("/api/v1/silences").json()["silences"]] == [number]
    with site.api("admin") as api:
        told = [line for line in api.get("/api/v1/audit").text.splitlines() if f"silence {number}" in line]
    assert len(told) == 2 and WHY in told[0] and "everything in LBN, up to Severe" in told[0]


def test_what_it_would_hide_is_told_and_more_than_half_is_too_broad(site: Site) -> None:
    numbers = [silenceable(site, country) for country in ("LBN", "LBN", "LBN", "SYR")]
    with site.api() as api:
        preview = api.post("/api/v1/silences/preview", json=asked()).json()
        assert sorted(preview["alerts"]) == numbers[:3] and (preview["past"], preview["of"]) == (3, 4)
        assert "3 of the 4 alerts" in preview["too_broad"]
        assert problem(api.post("/api/v1/silences", json=asked())) == (422, preview["too_broad"])
        assert api.post("/api/v1/silences", json=asked(countries=["SYR"])).json()["hides"]["alerts"] == numbers[3:]


def silenceable(site: Site, country: str) -> int:
    number = site.alert()
    with site.database.writing() as db:
        found = alerts.get(db, number)
        assert found is not None
        alerts.save(db, replace(found, country=country, types=("killed",)))
    return number


@pytest.mark.parametrize(
    ("also", "words"),
    [
        ({"countries": []}, "silence everything"),
        ({"countries": ["LBN", "SYR", "IRQ", "JOR", "TUR", "UKR"]}, "at most 5 countries"),
        ({"countries": ["XXX"]}, "no country 'XXX'"),
        ({"types": ["rain"]}, "no type 'rain'"),
        ({"level": "Extreme"}, "Extreme always rings"),
        ({"end": (NOON + 24 * 4 * HOUR).isoformat()}, "5 minutes to 3 days"),
        ({"end": (NOON + 24 * 31 * HOUR).isoformat(), "level": "Moderate"}, "5 minutes to 30 days"),
        ({"end": NOON.isoformat()}, "5 minutes to"),
        ({"why": " "}, "why"),
    ],
)
def test_what_cannot_be_silenced_is_refused(site: Site, also: dict[str, Any], words: str) -> None:
    with site.api() as api:
        for path in ("/api/v1/silences", "/api/v1/silences/preview"):
            refused = problem(api.post(path, json=asked(**also)))
            assert refused[0] == 422 and words in refused[1]
    with site.database.reading() as db:
        assert silences.page(db, None, 9) == []


def test_a_viewer_may_look_and_no_more(site: Site) -> None:
    with site.api("viewer") as api:
        assert api.get("/api/v1/silences").status_code == 200
        assert problem(api.post("/api/v1/silences", json=asked()))[0] == 403
        assert problem(api.post("/api/v1/silences/preview", json=asked()))[0] == 403
        assert problem(api.delete("/api/v1/silences/1"))[0] == 403
