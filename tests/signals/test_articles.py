"""Whole articles: the project's own case, and the Idlib case where the shared folder is there."""

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from service import languages, places, signals
from service.values import Reading, Signal

HERE = Path(__file__).parent
IDLIB = HERE.parents[2] / "shared" / "cases" / "idlib-2024-11-28"
shared = pytest.mark.skipif(not IDLIB.exists(), reason="the shared folder is not here")


def read(text: str, published: date) -> Reading:
    return signals.read(text, languages.lexicon("en"), find_places=places.finder(), published=published)


@cache
def masisi() -> Reading:
    return read((HERE / "masisi.txt").read_text(encoding="utf-8"), date(2024, 11, 27))


@cache
def idlib() -> Reading:
    title = re.search("<item>\\s*<title>(.*?)</title>", (IDLIB / "feed.xml").read_text(encoding="utf-8"))
    assert title is not None
    return read(f"{title[1]}\n{(IDLIB / 'article.txt').read_text(encoding='utf-8')}", date(2024, 11, 28))


def matching(reading: Reading, **fields: Any) -> list[Signal]:
    return [s for s in reading.signals if all(getattr(s, name) == value for name, value in fields.items())]


def rings(reading: Reading) -> list[Signal]:
    return [signal for signal in reading.signals if signal.alertable]


OWN = [
    {"type": "displaced", "vague": "thousands", "low": None, "place": "eastern DR Congo"},
    {"type": "killed", "low": 26, "hedge": "at least", "quantifier": "at_least", "noun": "civilians",
     "attributed_to": "Airwars"},
    {"type": "killed", "low": 11, "place": "Sake", "admin1": "North Kivu", "noun": "people"},
    {"type": "injured", "low": 37, "place": "Sake", "victims": "civilian"},
    {"type": "killed", "low": 3, "place": "Minova", "admin1": "South Kivu", "noun": "villagers"},
    {"type": "displaced", "low": 9500, "unit": "households", "hedge": "nearly", "quantifier": "about",
     "attributed_to": "Norwegian Refugee Council", "place_from": "report", "scope": "new"},
    {"type": "health", "vague": "several", "attributed_to": "Norwegian Refugee Council"},
    {"type": "education", "vague": "several", "attributed_to": "Norwegian Refugee Council"},
    {"type": "food", "low": None, "place": "Goma"},
]  # fmt: skip


@pytest.mark.parametrize("fields", OWN, ids=lambda f: f"{f['type']}-{f.get('low') or f.get('vague')}")
def test_own_article_is_read(fields: dict[str, Any]) -> None:
    found = matching(masisi(), **fields)
    assert len(found) == 1
    assert found[0].alertable and found[0].country == "COD" and found[0].cause == "conflict"


def test_own_article_rings_for_nothing_else() -> None:
    expected = [signal for fields in OWN for signal in matching(masisi(), **fields)]
    assert [signal.evidence.text for signal in rings(masisi()) if signal not in expected] == []


def test_own_article_labels_what_must_not_ring() -> None:
    assert matching(masisi(), low=90, victims="combatant", attributed_to="Airwars")
    assert matching(masisi(), low=60, victims="combatant")
    assert matching(masisi(), low=50000, assertion="forecast")
    assert matching(masisi(), low=30000, scope="historic")
    assert matching(masisi(), assertion="negated", type="injured")
    assert "part of a larger figure" in {one.reason for one in masisi().dropped}


def test_own_article_is_about_the_region() -> None:
    first = masisi().about[0]
    assert (first.name, first.country, first.precision) == ("Eastern DR Congo", "COD", "region")


@pytest.mark.parametrize("signal", masisi().signals, ids=lambda s: s.evidence.text[:40])
def test_evidence_is_the_text_itself(signal: Signal) -> None:
    text = (HERE / "masisi.txt").read_text(encoding="utf-8")
    assert text[signal.evidence.start : signal.evidence.end] == signal.evidence.text
    assert signal.noun is None or signal.noun in signal.evidence.text
    assert signal.reader.startswith("en-") and signal.rule


@shared
def test_idlib_is_read_completely() -> None:
    expected = yaml.safe_load((IDLIB / "expected.yaml").read_text(encoding="utf-8"))["must_find"]
    for wanted in expected:
        hedge = wanted.pop("quantifier", None)
        found = matching(idlib(), **wanted)
        assert found, wanted
        assert all(signal.alertable for signal in found)
        assert hedge is None or found[0].hedge == hedge
    assert matching(idlib(), hedge="almost", quantifier="about", noun="families", place_from="report")


@shared
def test_idlib_rings_for_no_trap() -> None:
    traps = yaml.safe_load((IDLIB / "expected.yaml").read_text(encoding="utf-8"))["must_not_alert"]
    figures = {trap["figure"] for trap in traps} - {None}
    assert [signal for signal in rings(idlib()) if signal.low in figures] == []
    assert [signal for signal in rings(idlib()) if signal.noun == "senior commander"] == []


@shared
def test_idlib_has_its_sources_and_places() -> None:
    monitor = "Syrian Observatory for Human Rights"
    assert matching(idlib(), low=19, attributed_to=monitor)
    assert matching(idlib(), low=180, attributed_to=monitor)
    assert matching(idlib(), low=4, place="Darat Izza", admin1="Aleppo", attributed_to="Syria Civil Defence")
    assert matching(idlib(), low=14, place="Atareb", admin1="Aleppo")
    about = [(place.name, place.precision, place.country) for place in idlib().about]
    assert about[0] == ("North-west Syria", "region", "SYR")
    assert {("Aleppo", "admin1", "SYR"), ("Idlib", "admin1", "SYR")} <= set(about)
