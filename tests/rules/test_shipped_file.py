"""The alerts.yaml that Tocsin ships: good as it is, and with the agreed defaults."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from service.rules import Rules, read
from service.rules.vocabulary import SUSPENSION
from service.values import Level
from tests.rules.alerts_files import KNOWN, SHIPPED

DEFAULTS = SHIPPED.parent.parent / "shared" / "defaults.yaml"
agreed_only = pytest.mark.skipif(not DEFAULTS.exists(), reason="the agreed defaults are not beside the project")


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read(SHIPPED.read_text(encoding="utf-8"), SHIPPED.name, KNOWN)


@pytest.fixture(scope="module")
def agreed() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(DEFAULTS.read_text(encoding="utf-8"))
    return found


def test_nothing_in_it_needs_an_account_and_nothing_is_secret(rules: Rules) -> None:
    assert {feed.kind for feed in rules.feeds} == {"rss"}
    assert all(feed.url.startswith("https://") for feed in rules.feeds)
    assert {channel.secret for channel in rules.channels.values()} == {
        "TOCSIN_SLACK_URL",
        "TOCSIN_MAIL_URL",
        "TOCSIN_SMS_URL",
    }


def test_every_recipient_hears_something(rules: Rules) -> None:
    told = {name for route in rules.routes for name in route.to} | set(rules.operators)
    assert told == set(rules.recipients)


def test_somebody_hears_of_every_country(rules: Rules) -> None:
    assert any(not route.countries and route.level <= Level.MODERATE for route in rules.routes)


@agreed_only
@pytest.mark.parametrize("name", ["displaced", "evacuated", "housing"])
def test_bounds_by_cause(rules: Rules, agreed: dict[str, Any], name: str) -> None:
    by_cause = rules.thresholds[name].by_cause
    assert list(by_cause["conflict"]) == agreed[name]["conflict"] == list(by_cause["unknown"])
    assert list(by_cause["disaster"]) == agreed[name]["disaster"]


@agreed_only
@pytest.mark.parametrize("name", ["killed", "injured", "missing"])
def test_bounds_of_casualties(rules: Rules, agreed: dict[str, Any], name: str) -> None:
    assert {tuple(agreed[name])} == set(rules.thresholds[name].by_cause.values())


@agreed_only
@pytest.mark.parametrize("name", [name for name in SUSPENSION if name != "other"])
def test_bounds_of_services(rules: Rules, agreed: dict[str, Any], name: str) -> None:
    threshold = rules.thresholds[name]
    assert threshold.unnumbered.name.lower() == agreed[name]["unnumbered"]
    people = agreed[name].get("people")
    assert set(threshold.by_cause.values()) == ({tuple(people)} if people else set())
    facilities = agreed[name].get("facilities")
    assert set(threshold.by_unit.values()) == ({tuple(facilities)} if facilities else set())


@agreed_only
def test_the_rest(rules: Rules, agreed: dict[str, Any]) -> None:
    assert {tag: level.name.lower() for tag, level in rules.floors.items()} == agreed["floors"]
    words = {word.replace("_", " "): least for word, least in agreed["vague"].items() if word != "cap"}
    assert words.items() <= rules.vague.items()
    assert rules.vague_cap.name.lower() == agreed["vague"]["cap"]
    under_reported = agreed["countries"]["under_reported"]
    assert rules.factors == dict.fromkeys(under_reported["in"], under_reported["factor"])
    assert rules.households["SYR"].size == agreed["countries"]["SYR"]["household_size"]
    assert rules.single_origin["C"].name.lower() == agreed["single_origin"]["grade_A_to_C"]
    assert rules.single_origin["D"].name.lower() == agreed["single_origin"]["grade_D_to_F"]
    shares = {level.name.lower(): share for level, share in rules.shares.items()}
    assert shares == agreed["share_of_population"]
    evacuation = agreed["countries"]["routine_evacuation"]
    assert rules.evacuation_factors == dict.fromkeys(evacuation["in"], evacuation["evacuated_disaster"])
    assert rules.standing == set(agreed["countries"]["standing_crisis"]["in"])
    assert rules.first_poll_rings_back.total_seconds() == 72 * 3600
    assert rules.update_at == 2


def test_graded_organisations_are_named_as_the_reader_names_them(rules: Rules) -> None:
    english = yaml.safe_load((SHIPPED.parent / "service/languages/en.yaml").read_text(encoding="utf-8"))
    assert rules.origins.keys() <= {name.casefold() for name, *_ in english["organisations"]}


def test_its_commented_examples_are_good() -> None:
    """What an admin gets who takes the # away."""
    text = SHIPPED.read_text(encoding="utf-8")
    for section in ("areas", "watched"):
        start = text.index(f"# {section}:\n")
        example = text[start:].partition("\n\n")[0]
        text = text.replace(example, "\n".join(line.removeprefix("# ") for line in example.splitlines()))
    found = read(text, SHIPPED.name, KNOWN)
    assert found.areas and found.watched


def test_its_first_line_names_the_schema() -> None:
    first, _ = SHIPPED.read_text(encoding="utf-8").split("\n", 1)
    assert (SHIPPED.parent / first.removeprefix("# yaml-language-server: $schema=")).is_file()


def test_it_stands_where_the_settings_look_for_it() -> None:
    from service.settings import Settings

    assert Settings.model_fields["rules"].default == Path(SHIPPED.name)
