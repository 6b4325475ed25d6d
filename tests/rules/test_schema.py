"""The JSON Schema for editors: what the readers say, no more and no less than a schema can."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import service.rules
from service.errors import RulesError
from service.known import known
from service.rules import read
from service.rules.schema import schema, schema_text
from service.strict_yaml import load
from tests.rules.alerts_files import HERE, KNOWN, SHIPPED, SMALL, bad

COMMITTED = Path(service.rules.__file__).parent / "alerts.schema.json"
OURS = Draft202012Validator(schema(KNOWN))

# Mistakes that take more than one look at a value: those of YAML itself are left out below.
BEYOND_A_SCHEMA = {
    "rising": {"bounds_falling", "area_bounds_falling", "shares_falling", "shares_equal"},
    "length of a duration": {
        "feed_every_zero",
        "recipient_digest_of_a_week",
        "retention_below_an_hour",
        "retention_seen_too_short",
    },
    "what a name refers to": {
        "operators_unknown",
        "recipient_unknown_channel",
        "route_step_unknown",
        "route_unknown_recipient",
        "threshold_dangling_cause",
        "area_unknown_admin1",
        "recipient_zone_unknown",
        "recipient_team_unknown",
        "route_team_unknown",
        "rotation_people_unknown",
    },
    "a time of no length": {"recipient_quiet_of_nothing", "team_hours_of_nothing"},
    "one key beside another": {
        "recipient_quiet_without_zone",
        "ring_severe_in_team_hours",
        "ring_warns_after_the_end",
        "rotation_day_beside_daily",
        "rotation_day_missing",
        "team_days_without_hours",
    },
    "names that are taken": {"recipient_called_nobody", "rotation_called_nobody", "rotation_named_as_recipient"},
    "the calendar": {"rotation_since_another_day", "rotation_since_no_day", "team_season_no_day", "seasons_overlap"},
    "other files": {"team_holidays_missing", "team_holidays_cut_off", "team_holidays_weekly", "team_holidays_none"},
    "the order of contacts": {"recipient_backup_first"},
    "the kind of a channel": {
        "recipient_bad_address",
        "recipient_two_addresses",
        "recipient_without_address",
        "secret_as_room",
        "contact_phone_national",
        "contact_phone_missing",
        "contact_push_address",
        "channel_answers_nobody",
    },
    "channels, recipients and routes together": {
        "route_sleeps",
        "route_sleeps_in_a_country",
        "route_leaks",
        "route_leaks_through_a_ceiling",
        "rotation_leaks_by_its_brief",
    },
    "the same in other words": {"feed_same_url", "team_days_twice", "vague_same_word", "origin_twice", "watched_twice"},
    "the same in another section": {"factor_country_twice", "areas_overlap_whole", "areas_overlap_admin1"},
    "grades in full": {"grades_gap", "grades_overlap"},
    "a comparison with the main thresholds": {
        "area_casualties_raised",
        "area_casualties_raised_by_cause",
        "area_casualties_without_bounds",
        "area_casualties_unnumbered",
        "area_casualties_by_household",
    },
    "countries beside admin1": {"area_admin1_of_two_countries"},
    "ports": {"feed_url_port"},
}
BEYOND = set().union(*BEYOND_A_SCHEMA.values())


def in_yaml(path: Path) -> object | None:
    """What a bad file says; None if it is no strict YAML, which no schema gets to see."""
    try:
        return load(bad(path).text, path.name).plain()
    except RulesError:
        return None


TREES = {path.stem: tree for path in sorted((HERE / "bad").glob("*.yaml")) if (tree := in_yaml(path)) is not None}


def test_the_committed_schema_is_what_the_readers_say() -> None:
    mend = "tocsin check --schema > service/rules/alerts.schema.json"
    assert COMMITTED.read_text(encoding="utf-8") == schema_text(known()) + "\n", f"write it anew: {mend}"


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema(known()))


def test_it_accepts_the_shipped_and_the_small_file() -> None:
    validator = Draft202012Validator(schema(known()))
    for text in (SHIPPED.read_text(encoding="utf-8"), SMALL):
        assert list(validator.iter_errors(yaml.safe_load(text))) == []


@pytest.mark.parametrize("name", TREES)
def test_it_refuses_mistakes_of_shape(name: str) -> None:
    assert OURS.is_valid(TREES[name]) == (name in BEYOND)


def test_what_is_listed_as_beyond_it_is_there() -> None:
    assert TREES.keys() >= BEYOND


def objects(part: Any) -> list[dict[str, Any]]:
    """Every schema with properties, at any depth."""
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    own = [part] if isinstance(part, dict) and isinstance(part.get("properties"), dict) else []
    return own + [found for item in inner for found in objects(item)]


def test_every_key_is_explained_and_no_other_is_allowed() -> None:
    found = objects(schema(known()))
    assert len(found) > 10
    for part in found:
        assert part["additionalProperties"] is False
        assert [name for name, key in part["properties"].items() if not key.get("description")] == []


def test_the_reference_names_every_key() -> None:
    reference = (SHIPPED.parent / "docs" / "alerts.md").read_text(encoding="utf-8")
    keys = {name for part in objects(schema(known())) for name in part["properties"]}
    assert [key for key in sorted(keys) if f"`{key}`" not in reference] == []


def test_every_reference_leads_somewhere() -> None:
    whole = schema(known())
    used = {
        line.split('"')[3].removeprefix("#/$defs/") for line in schema_text(known()).splitlines() if '"$ref"' in line
    }
    assert used == whole["$defs"].keys()


# --- it refuses nothing that is read -------------------------------------------

EXAMPLES = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = [
    "all",
    "none",
    "minor",
    "extreme",
    "A",
    "A-C",
    "B-B",
    "SYR",
    "LBN",
    "conflict",
    "unknown",
    "Idlib",
    "mail",
    "room",
]
WORDS += ["officer", "5m", "0s", "14d", "#crisis", "a@example.org", "HTTPS://EXAMPLE.org:8/x?y=1#z", "https://a", "rss"]
WORDS += ["08:00", "UTC", "day", "monday", "2026-01-12", "08:00-18:00"]
NUMBERS = st.sampled_from([0, 1, 2, 3, 10, 100, 10_000_000_000, 0.5, 0.01, 1.5, 3.0, 20])
VALUES = st.recursive(
    st.sampled_from(WORDS) | NUMBERS | st.none() | st.booleans() | st.just([1, 2, 3, 4]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=3),
    max_leaves=6,
)
FULL: dict[str, Any] = yaml.safe_load(SMALL) | yaml.safe_load(
    """
areas:
  north: {countries: [SYR], admin1: [Idlib], thresholds: {displaced: {conflict: [1, 2, 3, 4], unknown: conflict}}}
share_of_population: {moderate: 0.001, severe: 0.01}
origins: {UNHCR: B}
standing_crises: [UKR]
routine_evacuation: {factor: 4, countries: [PHL]}
watched: {Bab al-Hawa: severe}
factors: {quiet: {factor: 0.5, countries: [SDN]}}
households: {where_unknown: 4, sizes: {SYR: {size: 5.0, source: HNAP}}}
floors: {aid_worker: severe}
recipients:
  room: {contacts: [{channel: slack}, {channel: mail, address: a@example.org, backup: true}], hourly: 5, digest: 1h}
  officer:
    contacts: [{channel: mail, address: officer@example.org}]
    zone: Asia/Damascus
    language: ar
    quiet: {from: "22:00", to: "07:00"}
    team: field
teams:
  field:
    countries: all
    zone: Asia/Damascus
    hours: 08:00-18:00
    days: [mon, tuesday]
    seasons: [{from: "02-01", to: "03-01", hours: "09:00-24:00"}]
rotations:
  duty: {people: [officer, room], zone: UTC, hand_over: {day: mon, every: 2 weeks, at: "08:00"}, since: 2026-01-05}
  daily: {people: [officer], zone: UTC, hand_over: {every: day, at: "08:00"}, since: 2026-01-05}
"""
)


@EXAMPLES
@given(st.data(), VALUES)
def test_it_refuses_nothing_that_is_read(data: st.DataObject, value: object) -> None:
    document: Any = yaml.safe_load(yaml.safe_dump(FULL))
    place = document
    while True:
        key = data.draw(st.sampled_from(list(place) if isinstance(place, dict) else list(range(len(place)))))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = value
    text = yaml.safe_dump(document, allow_unicode=True)
    try:
        read(text, "alerts.yaml", KNOWN)
    except RulesError:
        return
    assert list(OURS.iter_errors(load(text, "alerts.yaml").plain())) == []
