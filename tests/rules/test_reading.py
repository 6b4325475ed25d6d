"""Good files become complete rules, whatever way they are written."""

import hashlib
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest

from service.errors import RulesError
from service.rules import Rules, digest, read, text_of
from service.rules.model import Contact, FeedRule, HouseholdSize, RecipientRule, Threshold
from service.strict_yaml import MAX_CHARACTERS, MAX_MISTAKES
from service.values import Classification, Level
from tests.rules.alerts_files import KNOWN, SMALL, completed


def rules(text: str) -> Rules:
    """The rules of the small file with the sections of `text` in place of its own."""
    return read(completed(text, []), "alerts.yaml", KNOWN)


def test_a_feed_needs_an_address_a_kind_and_a_pace() -> None:
    (feed,) = rules("update_at: 2\n").feeds
    assert feed == FeedRule("wire", "http://127.0.0.1:8000/wire.xml", "rss", timedelta(seconds=1), grade="F")


def test_a_feed_may_say_more() -> None:
    (feed,) = rules(
        "feeds:\n  wire: {url: 'https://a.org/x?y=1', kind: rss, every: 2h, grade: A,"
        " country: SYR, language: fr, publisher: 'The Wire: news'}\n"
    ).feeds
    expected = FeedRule("wire", "https://a.org/x?y=1", "rss", timedelta(hours=2), "A", "SYR", "fr", "The Wire: news")
    assert feed == expected


@pytest.mark.parametrize(
    ("written", "seconds"), [("90s", 90), ("2m", 120), ("72h", 259200), ("14d", 1209600), ("0s", 0)]
)
def test_durations(written: str, seconds: int) -> None:
    assert rules(f"first_poll_rings_back: {written}\n").first_poll_rings_back == timedelta(seconds=seconds)


def test_a_recipient_may_say_when_and_how_much() -> None:
    (written,) = rules(
        "recipients:\n  officer:\n    contacts: [{channel: phone}, {channel: mail, address: a@b.org, backup: true}]\n"
        '    zone: Asia/Damascus\n    language: ar\n    quiet: {from: "22:00", to: "07:00"}\n    digest: 30m\n'
        "    hourly: 5\nroutes: {all: {level: minor, to: [officer]}}\n"
    ).recipients.values()
    assert written == RecipientRule(
        "officer",
        (Contact("phone"), Contact("mail", "a@b.org", backup=True)),
        zone="Asia/Damascus",
        language="ar",
        quiet=(time(22), time(7)),
        digest=timedelta(minutes=30),
        hourly=5,
    )
    assert RecipientRule("room", (Contact("slack"), Contact("phone"))) == rules("update_at: 2\n").recipients["room"]


CONFLICT, DISASTER = (200, 1000, 10000, 50000), (500, 5000, 50000, 250000)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[3, 10, 30, 100]", {"conflict": (3, 10, 30, 100), "unknown": (3, 10, 30, 100)}),
        (
            f"{{conflict: {list(CONFLICT)}, disaster: {list(DISASTER)}}}",
            {"conflict": CONFLICT, "disaster": DISASTER, "other": CONFLICT, "unknown": CONFLICT},
        ),
        (
            f"{{conflict: {list(CONFLICT)}, disaster: {list(DISASTER)}, other: disaster}}",
            {"disaster": DISASTER, "other": DISASTER, "unknown": CONFLICT},
        ),
        (
            f"{{people: {list(CONFLICT)}, facilities: [1, 3, 10, 30]}}",
            {"disaster": CONFLICT, "facilities": (1, 3, 10, 30)},
        ),
        ("{unnumbered: moderate}", {}),
    ],
)
def test_thresholds_by_cause_and_unit(written: str, expected: dict[str, Any]) -> None:
    threshold = rules(f"thresholds:\n  displaced: {written}\n").thresholds["displaced"]
    bounds: dict[str, Any] = dict([*threshold.by_cause.items(), *threshold.by_unit.items()])
    assert expected.items() <= bounds.items()
    assert len(threshold.by_cause) in (0, 4), "all causes or none"


def test_a_type_may_be_silenced_on_purpose() -> None:
    assert rules("update_at: 2\n").thresholds["other"] == Threshold({}, {}, Level.NONE)


def test_grades_are_written_singly_or_in_runs() -> None:
    caps = rules("single_origin: {A: extreme, B-E: severe, F: minor}\n").single_origin
    assert caps == {"A": 4, "B": 3, "C": 3, "D": 3, "E": 3, "F": 1}


def test_groups_of_countries_become_countries() -> None:
    written = "factors:\n  quiet: {factor: 0.5, countries: [SDN, TCD]}\n  silent: {factor: 0.25, countries: [NER]}\n"
    assert rules(written).factors == {"SDN": 0.5, "TCD": 0.5, "NER": 0.25}


def test_households() -> None:
    found = rules("households: {where_unknown: 4.5, sizes: {SYR: {size: 5, source: HNAP 2021}}}\n")
    assert found.household_for_level == 4.5
    assert found.households == {"SYR": HouseholdSize(5.0, "HNAP 2021")}


def test_vague_words_are_kept_as_signals_hold_them() -> None:
    found = rules("vague: {cap: moderate, words: {Tens_of_thousands: 20000, scores: 40}}\n")
    assert found.vague == {"tens of thousands": 20000, "scores": 40}
    assert found.vague_cap is Level.MODERATE


@pytest.mark.parametrize("written", ["countries: all, ", ""])
def test_a_route_covers_all_countries_unless_it_names_some(written: str) -> None:
    (route,) = rules(f"routes:\n  night: {{{written}level: severe, to: [officer, room]}}\n").routes
    assert (route.countries, route.level, route.to) == (frozenset(), Level.SEVERE, ("officer", "room"))


def test_a_route_keeps_to_its_countries() -> None:
    (route,) = rules("routes:\n  north: {countries: [SYR, LBN], level: minor, to: [room]}\n").routes
    assert route.countries == {"SYR", "LBN"}


def test_a_contact_on_slack_may_name_a_room() -> None:
    found = rules(
        "recipients:\n  room: {contacts: [{channel: slack, address: '#crisis'}, {channel: phone}]}\n"
        "  officer: {contacts: [{channel: mail, address: o.neill+duty@mail.example.org}]}\n"
    ).recipients
    assert found["room"].contacts == (Contact("slack", "#crisis"), Contact("phone"))
    assert found["officer"].contacts == (Contact("mail", "o.neill+duty@mail.example.org"),)


def test_a_telephone_number_is_kept_as_written() -> None:
    found = rules(
        "channels:\n  slack: {kind: slack, secret: TOCSIN_SLACK_URL}\n  mail: {kind: email, secret: TOCSIN_MAIL_URL}\n"
        "  phone: {kind: sms, secret: TOCSIN_SMS_URL, answers: TOCSIN_SMS_ANSWERS}\n"
        "recipients:\n  room: {contacts: [{channel: phone, address: '+447700900123'}]}\n"
        "  officer: {contacts: [{channel: slack}]}\n"
    )
    assert found.recipients["room"].contacts == (Contact("phone", "+447700900123"),)
    assert found.channels["phone"].answers == "TOCSIN_SMS_ANSWERS"


def test_classes_and_ceilings_have_defaults() -> None:
    found = rules("")
    assert {feed.classification for feed in found.feeds} == {Classification.PUBLIC}
    ceilings = {channel.kind: channel.ceiling for channel in found.channels.values()}
    personal = Classification.RESTRICTED
    assert ceilings == {"slack": Classification.INTERNAL, "email": personal, "push": personal}


def test_a_feed_about_one_country_goes_only_by_routes_that_cover_it() -> None:
    feeds = (
        "feeds:\n  field: {url: 'http://127.0.0.1:8000/f.xml', kind: rss, every: 1s, class: restricted, country: SYR}\n"
    )
    with pytest.raises(RulesError, match=r"routes\.all leaks.*'field'"):
        rules(feeds)
    phone = (
        "recipients:\n  room: {contacts: [{channel: slack}, {channel: phone}]}\n"
        "  officer: {contacts: [{channel: phone}]}\n"
    )
    ways = (
        "routes:\n  sudan: {countries: [SDN], level: minor, to: [room]}\n"
        "  syria: {countries: [SYR], level: minor, to: [officer]}\n"
    )
    assert len(rules(feeds + phone + ways).routes) == 2


def test_routes_together_may_wake_somebody() -> None:
    ways = "routes:\n  syria: {countries: [SYR], level: minor, to: [officer]}\n  worst: {level: extreme, to: [room]}\n"
    assert len(rules(ways).routes) == 2


def test_the_hash_is_of_the_text() -> None:
    found = read(SMALL, "alerts.yaml", KNOWN)
    assert found.hash == digest(SMALL) == hashlib.sha256(SMALL.encode()).hexdigest()[:12]
    assert read(SMALL + "# a remark\n", "alerts.yaml", KNOWN).hash != found.hash


def test_all_mistakes_are_found_at_once_and_in_order() -> None:
    with pytest.raises(RulesError) as caught:
        rules("feeds:\n  one: {url: x, kind: y, every: z}\nupdate_at: no\nroutes:\n  r: {level: a, to: [b]}\n")
    places = [(mistake.line, mistake.column) for mistake in caught.value.mistakes]
    assert places == [(2, 14), (2, 23), (2, 33), (3, 12), (5, 14), (5, 22)]
    assert str(caught.value).count("alerts.yaml:") == 6


def test_a_broken_recipient_is_not_called_unknown_as_well() -> None:
    with pytest.raises(RulesError) as caught:
        rules("recipients:\n  room: {contacts: [{channel: slack}]}\n  officer: {contacts: []}\n")
    assert len(caught.value.mistakes) == 1


def test_a_flood_of_mistakes_is_cut_short() -> None:
    with pytest.raises(RulesError) as caught:
        rules("".join(f"key{number}: 1\n" for number in range(20_000)))
    assert len(caught.value.mistakes) == MAX_MISTAKES + 1
    assert "reading stopped" in caught.value.mistakes[-1].problem


# --- the file itself ---------------------------------------------------------


def test_text_is_read_as_python_reads_text(tmp_path: Path) -> None:
    path = tmp_path / "alerts.yaml"
    path.write_bytes(b"a: 1\r\nb: 2\rc: 3\n")
    assert text_of(path) == path.read_text(encoding="utf-8") == "a: 1\nb: 2\nc: 3\n"


def test_a_file_in_another_encoding_names_the_place(tmp_path: Path) -> None:
    path = tmp_path / "alerts.yaml"
    path.write_bytes("feeds: {}\n# für alle".encode("latin-1"))
    with pytest.raises(RulesError) as caught:
        text_of(path)
    (mistake,) = caught.value.mistakes
    assert (mistake.line, mistake.column) == (2, 4)


def test_no_more_of_an_endless_file_is_read_than_is_allowed() -> None:
    with pytest.raises(RulesError, match="Keep it under"):
        read("#" * (MAX_CHARACTERS + 1), "alerts.yaml", KNOWN)
    assert len(text_of(Path("/dev/zero"))) == 4 * MAX_CHARACTERS + 1


def test_a_missing_file_is_the_system_s_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        text_of(tmp_path / "none.yaml")
