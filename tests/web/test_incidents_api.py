"""Incidents by the API: shown with all that was said, and put right by officers; each act gathered as it would be."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import httpx
import pytest

from service.flow.assign import assign
from service.store import alerts, incidents, signals, verdicts
from service.store.signals import cell_of
from service.values import Alert, Figure, Level
from tests.factories import NOON, a_figure, a_signal
from tests.web.conftest import Site
from tests.web.test_api import problem

DAY = 24 * 60
WHY = {"why": "I asked the hospital."}
INJURED = {"state": "verified", "how": "I saw it.", "kind": "casualty", "type": "injured"}


def say(site: Site, *figures: Figure, country: str = "SYR") -> None:
    """Let figures be read, and gathered."""
    with site.database.writing() as db:
        signals.add(db, [(cell_of(country, figure.said_at), figure) for figure in figures], NOON)
    gather(site, country)


def gather(site: Site, country: str = "SYR") -> None:
    """Do as the assign stage does."""
    with site.database.writing() as db:
        assign(db, country, False, site.settings.clock.now())


def strike(place: str, low: int, day: float = 0, **also: Any) -> Figure:
    signal = a_signal(low=low, hazards=("strike",), place=place, place_from="sentence", precision="town", admin1=place)
    return a_figure(signal, minutes=day * DAY, fingerprint=f"{place} {low} {day}", about=(), **also)


def two(site: Site) -> tuple[int, int]:
    """An incident of Aleppo with two reports, and one of Homs with one."""
    say(site, strike("Aleppo", 19), strike("Aleppo", 21, 0.1), strike("Homs", 7, 0.2))
    aleppo, homs = parts(site)
    return min(aleppo), min(homs)


def parts(site: Site) -> list[list[int]]:
    """The figures of each incident, the largest incident first."""
    with site.database.reading() as db:
        placed = signals.since(db, "SYR", NOON - timedelta(days=100))
    homes = {one.incident_id for one in placed.values() if one.incident_id}
    groups = [[id for id, one in placed.items() if one.incident_id == home] for home in homes]
    return sorted(groups, key=lambda group: (-len(group), group))


def act(site: Site, path: str, **asked: object) -> httpx.Response:
    with site.api() as api:
        answer = api.post(f"/api/v1/incidents/{path}", json=WHY | asked)
    gather(site)
    return answer


def show(site: Site, number: int) -> dict[str, Any]:
    with site.api("viewer") as api:
        found: dict[str, Any] = api.get(f"/api/v1/incidents/{number}").raise_for_status().json()
    return found


# --- shown ------------------------------------------------------------------


def test_incidents_are_listed_newest_first_in_pages(site: Site) -> None:
    aleppo, homs = two(site)
    with site.api("viewer") as api:
        first = api.get("/api/v1/incidents", params={"limit": 1}).json()
        assert [incident["id"] for incident in first["incidents"]] == [homs]
        last = api.get("/api/v1/incidents", params={"limit": 1, "before": first["next"]}).json()
    assert ([incident["id"] for incident in last["incidents"]], last["next"]) == ([aleppo], None)


@pytest.mark.parametrize(
    "asked, found",
    [
        ({"country": "SYR"}, 2),
        ({"country": "LBN"}, 0),
        ({"since": (NOON + timedelta(hours=4)).isoformat()}, 1),
        ({"since": (NOON + timedelta(days=1)).isoformat()}, 0),
    ],
)
def test_incidents_are_found_by_country_and_time(site: Site, asked: dict[str, str], found: int) -> None:
    two(site)
    with site.api() as api:
        assert len(api.get("/api/v1/incidents", params=asked).json()["incidents"]) == found


def test_one_incident_shows_every_figure_its_source_and_why_it_is_here(site: Site) -> None:
    aleppo, _ = two(site)
    shown = show(site, aleppo)
    assert (shown["country"], shown["place"], shown["reports"]) == ("SYR", "Aleppo", 2)
    assert [(facet["kind"], facet["type"], facet["low"]) for facet in shown["facets"]] == [("casualty", "killed", 21)]
    assert [(figure["low"], figure["origin"], figure["counts"]) for figure in shown["figures"]] == [
        (19, "Example Agency", True),
        (21, "Example Agency", True),
    ]
    founded, joined = (figure["why"] for figure in shown["figures"])
    assert founded.startswith("it founded the incident") and "the same place (Aleppo)" in joined
    assert (shown["pins"], shown["verdicts"], shown["log"]) == ([], [], [])


# --- put right --------------------------------------------------------------


def test_a_merged_incident_leads_to_the_other_and_says_who_did_it(site: Site) -> None:
    aleppo, homs = two(site)
    answer = act(site, f"{homs}/merge", into=aleppo)
    assert (answer.status_code, answer.json()) == (202, {"incident_id": aleppo})
    shown = show(site, aleppo)
    assert [figure["why"] for figure in shown["figures"]][1:] == ["put here by Amira"] * 2
    [line] = shown["log"]
    assert (line["act"], line["who"], line["source"], line["why"]) == ("merged", "Amira", "api", WHY["why"])
    assert {pin["to"] for pin in shown["pins"]} == {"with"}
    with site.api() as api:
        moved = api.get(f"/api/v1/incidents/{homs}")
        assert (moved.status_code, moved.headers["location"]) == (308, f"/api/v1/incidents/{aleppo}")
        assert api.get(f"/api/v1/incidents/{homs}", follow_redirects=True).json()["id"] == aleppo


@pytest.mark.parametrize("later", [1, -1])
def test_merged_stays_merged_whatever_is_told_later_or_before(site: Site, later: float) -> None:
    aleppo, homs = two(site)
    before = [figure for part in parts(site) for figure in part]
    act(site, f"{aleppo}/merge", into=homs)
    assert parts(site) == [sorted(before)]
    say(site, strike("Aleppo", 23, later), strike("Homs", 8, later))
    with site.database.reading() as db:
        homes = {placed.incident_id for placed in signals.get(db, "SYR", before).values()}
    assert len(homes) == 1


def test_split_stays_split_when_everything_is_gathered_anew(site: Site) -> None:
    say(site, *(strike("Aleppo", 19 + more, more / 10) for more in range(4)))
    [[first, second, third, fourth]] = parts(site)
    assert act(site, f"{first}/split", figures=[second, fourth]).status_code == 202
    assert parts(site) == [[first, third], [second, fourth]]
    say(site, strike("Aleppo", 30, 0.9), strike("Aleppo", 11, -0.9))
    with site.database.writing() as db:
        signals.gather_anew(db, "SYR", NOON - timedelta(days=9), NOON)
    gather(site)
    with site.database.reading() as db:
        homes = {
            id: placed.incident_id for id, placed in signals.get(db, "SYR", [first, second, third, fourth]).items()
        }
    assert homes[first] == homes[third] != homes[second] == homes[fourth]


def test_a_figure_is_moved_and_moved_back(site: Site) -> None:
    aleppo, homs = two(site)
    [[first, second], [third]] = parts(site)
    act(site, f"{homs}/move", figure=second)
    assert sorted(parts(site)) == [[first], [second, third]]
    assert [line["act"] for line in show(site, homs)["log"]] == ["figure put here"]
    assert [line["act"] for line in show(site, aleppo)["log"]] == ["figure taken away"]
    act(site, f"{aleppo}/move", figure=second)
    assert parts(site) == [[first, second], [third]]


def test_when_the_oldest_figure_is_moved_number_and_alert_go_with_the_rest(site: Site) -> None:
    aleppo, homs = two(site)
    alert = open_alert(site, aleppo)
    act(site, f"{homs}/move", figure=aleppo)
    rest = next(part for part in parts(site) if aleppo not in part)
    with site.database.reading() as db:
        assert incidents.leads_to(db, aleppo) == rest[0]
        found = alerts.get(db, alert)
        assert found is not None and (found.state, found.incident_id) == ("open", rest[0])


def test_the_open_alert_of_a_merged_incident_goes_on_as_the_others(site: Site) -> None:
    aleppo, homs = two(site)
    alert = open_alert(site, homs)
    act(site, f"{homs}/merge", into=aleppo)
    with site.database.reading() as db:
        found = alerts.get(db, alert)
        assert found is not None and found.incident_id == aleppo
        assert [line.act for line in alerts.logged(db, alert)] == ["moved"]


def open_alert(site: Site, incident: int) -> int:
    with site.database.writing() as db:
        opened = Alert(0, "open", Level.SEVERE, 1, NOON, incident_id=incident)
        added = alerts.add(db, opened, alerts.incident_key(incident))
    assert added is not None
    return added.id


@pytest.mark.parametrize(
    "path, asked, status, says",
    [
        ("99/merge", {"into": "aleppo"}, 404, "There is no incident 99."),
        ("{aleppo}/merge", {"into": 99}, 404, "There is no incident 99."),
        ("{aleppo}/merge", {"into": "aleppo"}, 409, "cannot be merged into itself"),
        ("{aleppo}/merge", {"into": "abroad"}, 409, "of different countries (LBN, SYR)"),
        ("{aleppo}/split", {"figures": [1, 2]}, 409, "nothing would be left"),
        ("{aleppo}/split", {"figures": [1]}, 409, "put the others apart instead"),
        ("{aleppo}/split", {"figures": [3]}, 404, "Not in incident 1: figure 3."),
        ("{aleppo}/split", {"figures": []}, 422, "figures"),
        ("{aleppo}/move", {"figure": 1}, 409, "Figure 1 is in incident 1 already."),
        ("{aleppo}/move", {"figure": 4}, 404, "There is no figure 4 of the country"),
        ("{aleppo}/move", {"figure": 3, "why": "  "}, 422, "why"),
        ("{aleppo}/verdict", {"state": "confirmed", "how": "x"}, 422, "state"),
        ("{aleppo}/verdict", {"state": "verified"}, 422, "how"),
        ("{aleppo}/verdict", {"state": "verified", "how": "x", "kind": "casualty"}, 422, "or neither"),
        (
            "{aleppo}/verdict",
            {"state": "verified", "how": "x", "kind": "casualty", "type": "injured"},
            404,
            "nothing of",
        ),
        ("99/verdict", {"state": "verified", "how": "x"}, 404, "There is no incident 99."),
    ],
)
def test_what_may_not_be_done_is_refused_clearly(
    site: Site, path: str, asked: dict[str, Any], status: int, says: str
) -> None:
    aleppo, _ = two(site)
    say(site, a_figure(a_signal(country="LBN"), about=(), fingerprint="abroad"), country="LBN")
    known = {"aleppo": aleppo, "abroad": 4}
    asked = {name: known.get(value, value) if isinstance(value, str) else value for name, value in asked.items()}
    found = problem(act(site, path.format(aleppo=aleppo), **asked))
    assert found[0] == status and says in found[1]


def test_while_an_act_is_being_gathered_the_next_is_refused(site: Site) -> None:
    aleppo, homs = two(site)
    with site.api() as api:
        assert api.post(f"/api/v1/incidents/{homs}/merge", json=WHY | {"into": aleppo}).status_code == 202
        again = problem(api.post(f"/api/v1/incidents/{aleppo}/split", json=WHY | {"figures": [2]}))
    assert again[0] == 409 and "still being gathered" in again[1]


@pytest.mark.parametrize("path, asked", [("merge", {"into": 1}), ("split", {"figures": [2]}), ("move", {"figure": 3})])
def test_a_viewer_may_look_and_not_correct(site: Site, path: str, asked: dict[str, object]) -> None:
    aleppo, _ = two(site)
    with site.api("viewer") as viewer, httpx.Client(base_url=site.address, trust_env=False) as nobody:
        answer = viewer.post(f"/api/v1/incidents/{aleppo}/{path}", json=WHY | asked)
        assert problem(answer) == (403, "The role 'viewer' may not correct.")
        assert problem(nobody.get("/api/v1/incidents"))[0] == 401


# --- verdicts ---------------------------------------------------------------


def judge(site: Site, incident: int, state: str, how: str, **about: str) -> dict[str, Any]:
    with site.api() as api:
        asked = {"state": state, "how": how} | about
        found: dict[str, Any] = api.post(f"/api/v1/incidents/{incident}/verdict", json=asked).raise_for_status().json()
    return found


def test_the_newest_verdict_counts_and_says_how_it_is_known(site: Site) -> None:
    aleppo, _ = two(site)
    judge(site, aleppo, "refuted", "The mayor denies it.")
    given = judge(site, aleppo, "verified", "I saw it.")
    judge(site, aleppo, "refuted", "Nobody was killed.", kind="casualty", type="killed")
    assert (given["who"], given["how"], given["kind"]) == ("Amira", "I saw it.", None)
    shown = show(site, aleppo)
    assert [(verdict["state"], verdict["how"], verdict["type"]) for verdict in shown["verdicts"]] == [
        ("verified", "I saw it.", None),
        ("refuted", "Nobody was killed.", "killed"),
    ]
    assert [line["act"] for line in shown["log"]] == ["refuted", "verified", "refuted"]


def test_a_verdict_follows_its_incident_into_another(site: Site) -> None:
    aleppo, homs = two(site)
    judge(site, homs, "verified", "I saw it.")
    act(site, f"{homs}/merge", into=aleppo)
    with site.database.reading() as db:
        assert [verdict.how for verdict in verdicts.current(db, aleppo)] == ["I saw it."]
    assert [line["act"] for line in show(site, aleppo)["log"]] == ["verified", "merged"]


@pytest.mark.parametrize(
    "path, status",
    [
        ("/api/v1/incidents/99", 404),
        ("/api/v1/incidents/0", 422),
        ("/api/v1/incidents?country=syria", 422),
        ("/api/v1/incidents?since=yesterday", 422),
        ("/api/v1/incidents?since=2024-11-28T12:00:00", 422),
        ("/api/v1/incidents?limit=201", 422),
    ],
)
def test_bad_questions_get_clear_answers(site: Site, path: str, status: int) -> None:
    with site.api() as api:
        assert problem(api.get(path))[0] == status


def test_it_describes_itself(site: Site) -> None:
    found = httpx.get(f"{site.address}/api/openapi.json", trust_env=False).json()["paths"]
    acts: Sequence[str] = ("merge", "split", "move", "verdict")
    assert all(found[f"/api/v1/incidents/{{incident_id}}/{act}"]["post"]["description"] for act in acts)
    assert "308" in found["/api/v1/incidents/{incident_id}"]["get"]["responses"]
