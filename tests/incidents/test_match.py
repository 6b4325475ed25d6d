"""Which reports are of one happening: cases a reader would agree on, one report after another."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from service.incidents import match
from service.incidents.accounts import Account, account
from service.incidents.gather import FOUNDED, Gathering, gather
from service.incidents.match import LONGEST, MOST_ACCOUNTS, WINDOW, compare, enough, possible
from service.incidents.points import ENOUGH, POINTS
from service.incidents.profile import founded_by
from service.values import Figure, Place
from tests.factories import NOON, a_figure, a_signal

PLACES = {
    "Aleppo": Place("Aleppo", "SYR", "1", "Aleppo", "town", 36.20, 37.16),
    "Manbij": Place("Manbij", "SYR", "2", "Aleppo", "town", 36.53, 37.95),
    "Homs": Place("Homs", "SYR", "3", "Homs", "town", 34.73, 36.71),
}
DAY = 24 * 60
STORY = "Dozens feared dead as waters rise in the north"


def said(
    place: str | None = "Aleppo",
    hazard: str | None = "strike",
    low: int = 12,
    day: float = 0,
    dated: int | None = None,
    **also: Any,
) -> Figure:
    """A figure of a report by itself: of `low` killed, told of on a `day`, of the day it is `dated`."""
    signal = {"low": low, "hazards": (hazard,) if hazard else (), "cause": "unknown"}
    if place:
        town = PLACES[place]
        signal |= {
            "place": town.name,
            "place_id": town.id,
            "admin1": town.admin1,
            "precision": "town",
            "latitude": town.latitude,
            "longitude": town.longitude,
            "place_from": "sentence",
        }
    if dated is not None:
        signal["event_date"] = NOON.date() + timedelta(days=dated)
    mine = {name: also.pop(name) for name in ("anew", "corrects", "scope", "attributed_to", "names") if name in also}
    figure = a_figure(a_signal(**(signal | mine)), minutes=day * DAY, **({"about": ()} | also))
    return replace(figure, fingerprint=also.get("fingerprint", f"report {figure.id}"))


def one_incident(*figures: Figure, by_day: bool = False) -> bool:
    homes = gather(figures, Gathering(by_day)).homes
    return len({homes[figure.id] for figure in figures}) == 1


CASES: dict[str, tuple[dict[str, Any], dict[str, Any], bool]] = {
    "the same town on the same day": ({}, {"low": 14, "day": 0.2}, True),
    "the same town the next day": ({}, {"low": 14, "day": 1}, True),
    "a week later another strike": ({"dated": 0}, {"low": 3, "day": 7, "dated": 7}, False),
    "another town far away": ({}, {"place": "Homs", "low": 40, "day": 0.2}, False),
    "another town, though the figure is equal": ({}, {"place": "Homs", "day": 0.2}, False),
    "told as another one": ({}, {"low": 4, "day": 1, "anew": True}, False),
    "a flood against a quake": ({"hazard": "flood"}, {"hazard": "earthquake", "day": 1, "low": 40}, False),
    "rain brings the flood": ({"hazard": "flood"}, {"hazard": "rain", "day": 1, "low": 14}, True),
    "a flood goes on for days": ({"hazard": "flood"}, {"hazard": "flood", "day": 6, "low": 30}, True),
    "a sentence word for word": (
        {"sentence": "s"},
        {"place": "Homs", "day": 0.2, "sentence": "s", "publisher": "another.example"},
        True,
    ),
    "a publisher's form, of somewhere else": ({"sentence": "s"}, {"place": "Homs", "day": 2, "sentence": "s"}, False),
    "a figure taken back": ({"low": 40}, {"low": 12, "day": 1, "corrects": True}, True),
    "names of the one in the text of the other": (
        {"place": None, "names": ("huliaipole",), "named": ("huliaipole", "orikhiv")},
        {"place": None, "names": ("gulyaypole",), "named": ("gulyaypole", "orekhov"), "day": 0.3, "low": 15},
        True,
    ),
    "other names": (
        {"place": None, "names": ("orikhiv",), "named": ("orikhiv",)},
        {"place": None, "names": ("kupiansk",), "named": ("kupiansk",), "day": 0.3, "low": 15},
        False,
    ),
    "the same title, and no place": ({"title": STORY}, {"place": None, "low": 40, "day": 0.5, "title": STORY}, True),
    "an equal figure of the same sort, and no place": ({}, {"place": None, "day": 0.1}, True),
    "an equal figure alone": ({}, {"place": None, "hazard": None, "day": 0.1}, False),
    "longer after than reports of one may be": ({}, {"low": 14, "day": 15}, False),
    "a storm that both name": (
        {"hazard": "storm", "names": ("daniel",)},
        {"place": "Homs", "hazard": "storm", "names": ("daniel",), "day": 1, "low": 40},
        True,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_of_one_happening(case: str) -> None:
    first, second, one = CASES[case]
    assert one_incident(said(**first), said(**second)) is one


def test_the_order_of_arrival_does_not_tell() -> None:
    first, second = said(), said(low=14, day=1)
    assert gather([second, first]).homes == {first.id: first.id, second.id: first.id}


# --- a standing crisis ------------------------------------------------------


@pytest.mark.parametrize(
    "second, one",
    [
        pytest.param({"low": 14, "day": 0.9}, True, id="an area's day"),
        pytest.param({"low": 14, "day": 1.1}, False, id="the next day is another"),
        pytest.param({"place": "Manbij", "low": 12, "day": 0.1}, True, id="another town of the area"),
        pytest.param({"place": "Homs", "low": 12, "day": 0.1}, False, id="another area"),
        pytest.param({"low": 12, "day": 3, "fingerprint": "one"}, True, id="the same text on a later day"),
    ],
)
def test_in_a_standing_crisis_an_incident_is_an_areas_day(second: dict[str, Any], one: bool) -> None:
    assert (
        one_incident(said(hazard="fighting", fingerprint="one"), said(**{"hazard": "fighting"} | second), by_day=True)
        is one
    )


# --- caps -------------------------------------------------------------------


def told(**what: Any) -> Account:
    return account([said(**what)], alone=True)


@pytest.mark.parametrize(
    "founded, last, at, may",
    [
        (0, 0, WINDOW.days, True),
        (0, 0, WINDOW.days + 0.1, False),
        (0, 20, LONGEST.days, True),
        (0, 20, LONGEST.days + 0.1, False),
    ],
)
def test_time_bounds_an_incident(founded: float, last: float, at: float, may: bool) -> None:
    profile = founded_by(told(day=founded)).joined(told(day=last))
    assert possible(told(day=at), profile) is may


def test_an_incident_takes_so_many_reports_and_no_more() -> None:
    profile = replace(founded_by(told()), accounts=MOST_ACCOUNTS - 1)
    assert possible(told(), profile)
    assert not possible(told(), profile.joined(told()))


def test_what_is_too_large_is_gone_on_with_as_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(match, "MOST_ACCOUNTS", 2)
    figures = [said(low=12 + more, day=more / 10) for more in range(5)]
    homes = gather(figures).homes
    assert [homes[figure.id] for figure in figures] == [figures[number].id for number in (0, 0, 2, 2, 4)]


# --- what tells of nothing --------------------------------------------------


def test_history_founds_nothing_and_joins_what_it_is_told_with() -> None:
    alone, beside = said(scope="historic"), said(scope="historic", day=0.1)
    assert gather([alone]).homes == {alone.id: None}
    news = said(day=0.05)
    assert gather([news, beside]).homes[beside.id] == news.id


def test_a_figure_that_counts_for_nothing_numbers_no_incident() -> None:
    history, news = said(scope="historic"), said()
    news = replace(news, report_id=history.report_id, fingerprint=history.fingerprint)
    assert gather([history, news]).homes == {history.id: news.id, news.id: news.id}


# --- it says why ------------------------------------------------------------


def test_a_match_is_a_sum_that_explains_itself() -> None:
    found = compare(told(low=14, day=0.2), founded_by(told()))
    assert enough(found)
    assert found.total == round(sum(POINTS[name] for name, _ in found.found), 1)
    assert found.words.startswith(f"the same place (Aleppo) {POINTS['one_spot']:+g}, published within a day ")
    assert found.words.endswith(f"{found.total:g} of the {ENOUGH:g} it takes")


def test_what_founds_names_the_nearest_other() -> None:
    first, second = said(), said(place="Homs", low=40, day=1)
    why = gather([first, second]).why
    assert why[first.id] == FOUNDED
    assert why[second.id].startswith(f"{FOUNDED}; the nearest other: different areas, 168 km apart")


def test_of_two_that_fit_the_better_is_joined() -> None:
    homs, aleppo, more = said(place="Homs"), said(), said(low=14, day=0.5)
    assert gather([homs, aleppo, more]).homes[more.id] == aleppo.id


def test_the_day_told_of_counts_not_that_of_the_telling() -> None:
    long_ago = (date(2024, 11, 8) - NOON.date()).days
    assert one_incident(said(dated=long_ago), said(low=14, day=4, dated=long_ago))
