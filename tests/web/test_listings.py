"""Lists of alerts and incidents: filtered, in pages that lead on."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from service.flow import trouble
from service.store import alerts
from service.values import Acknowledgement, Alert, Level, Problem
from tests.factories import NOON, a_figure, a_signal, some_rules
from tests.web.conftest import Site
from tests.web.test_api import problem
from tests.web.test_incidents_api import open_alert, say, two

HOUR = timedelta(hours=1)


def opened(site: Site, level: Level, at: Any = NOON, owner: str | None = None) -> int:
    with site.database.writing() as db:
        state = "acknowledged" if owner else "open"
        checking = (Acknowledgement(owner, at),) if owner else ()
        new = Alert(0, state, level, 1, at, acknowledgements=checking)  # type: ignore[arg-type]
        alert = alerts.add(db, new, f"x:{level}:{at}:{owner}")
    assert alert is not None
    return alert.id


def listed(site: Site, what: str, **asked: object) -> list[int]:
    with site.api("viewer") as api:
        found = api.get(f"/api/v1/{what}", params=asked).raise_for_status().json()  # type: ignore[arg-type]
    return [one["id"] for one in found[what]]


def test_alerts_are_found_by_level_time_and_owner(site: Site) -> None:
    low, high = opened(site, Level.MODERATE), opened(site, Level.EXTREME, NOON + HOUR)
    taken = opened(site, Level.SEVERE, NOON + 2 * HOUR, "Amira")
    assert listed(site, "alerts", level="Severe") == [taken, high]
    assert listed(site, "alerts", since=(NOON + HOUR).isoformat()) == [taken, high]
    assert listed(site, "alerts", until=(NOON + HOUR).isoformat()) == [low]
    assert listed(site, "alerts", owner="Amira") == listed(site, "alerts", state="acknowledged") == [taken]
    assert listed(site, "alerts", level="Extreme", owner="Amira") == []


def test_alerts_are_found_by_kind_and_country(site: Site) -> None:
    aleppo, _ = two(site)
    number = open_alert(site, aleppo)
    with site.database.writing() as db:
        trouble.begin(db, Problem("feed:x", "The feed x is silent", ""), some_rules(), NOON)
    assert listed(site, "alerts", kind="incident") == listed(site, "alerts", country="SYR") == [number]
    assert len(listed(site, "alerts", kind="problem")) == 1
    assert listed(site, "alerts", country="LBN") == listed(site, "alerts", kind="drill") == []


def test_incidents_are_found_by_their_figures_and_their_alerts(site: Site) -> None:
    aleppo, homs = two(site)
    say(site, a_figure(a_signal("displacement", "displaced", low=900, country="LBN"), about=()), country="LBN")
    beirut = listed(site, "incidents", country="LBN")
    open_alert(site, homs)
    assert listed(site, "incidents", kind="displacement") == beirut
    assert set(listed(site, "incidents", kind="casualty")) == {aleppo, homs}
    assert listed(site, "incidents", state="open", level="Moderate") == [homs]
    assert listed(site, "incidents", level="Extreme") == listed(site, "incidents", owner="Amira") == []
    assert listed(site, "incidents", until=(NOON + HOUR).isoformat(), country="SYR") == [aleppo]


def test_links_lead_through_the_pages_with_the_filters(site: Site) -> None:
    numbers = [opened(site, Level.SEVERE, NOON + number * HOUR) for number in range(5)]
    opened(site, Level.MINOR, NOON + 9 * HOUR)
    seen, path = [], "/api/v1/alerts?level=Severe&limit=2"
    with site.api("viewer") as api:
        while path:
            page = api.get(path)
            seen += [alert["id"] for alert in page.json()["alerts"]]
            assert page.links["first"]["url"] == "/api/v1/alerts?level=Severe&limit=2"
            path = page.links.get("next", {}).get("url", "")
    assert seen == numbers[::-1]


@pytest.mark.parametrize(
    "asked", [{"level": "severe"}, {"country": "syria"}, {"since": "2024-11-28T12:00:00"}, {"owner": ""}, {"kind": "x"}]
)
@pytest.mark.parametrize("what", ["alerts", "incidents"])
def test_bad_filters_are_refused_clearly(site: Site, what: str, asked: dict[str, str]) -> None:
    with site.api() as api:
        status, says = problem(api.get(f"/api/v1/{what}", params=asked))
    assert status == 422 and next(iter(asked)) in says


def test_a_name_of_another_script_is_found(site: Site) -> None:
    number = opened(site, Level.SEVERE, owner="أميرة")
    assert listed(site, "alerts", owner="أميرة") == [number]
    with site.api() as api:
        found = api.get("/api/v1/alerts", params={"owner": "أميرة", "limit": 1})
    assert isinstance(found, httpx.Response) and "first" in found.links
