"""The life of an alert, hour by hour: it rings until somebody answers, and again when nobody is checking any more."""

from datetime import datetime, timedelta

import pytest

from tests.story.articles import offensive
from tests.story.conftest import EVENING
from tests.story.office import Office, apart, office, signed

__all__ = ["apart", "office"]

ROUTES = """\
routes:
  field:
    countries: [SYR]
    level: moderate
    team: field
    to: [duty]
    steps: [{{to: [bilal]}}, {{to: [emil], after: 30m}}]
  capital:
    level: severe
    team: capital
    to: [chen]
    steps: [{{to: [dora], after: 40m}}]
  worst: {{level: extreme, to: [dora]}}
"""
MINUTE = timedelta(minutes=1)


@pytest.mark.timeout(240)
def test_nobody_answers_until_somebody_does(office: Office) -> None:
    office.open(ROUTES, EVENING, offensive("wire", "1"))
    nobody_answers(office)
    one_team_answers_by_mail(office)
    the_other_team_goes_on(office)
    a_check_ends(office)
    closed_by_text(office)
    all_of_it_is_in_the_log(office)


def nobody_answers(office: Office) -> None:
    """Each step at its time, for its reason, and the one after it announced."""
    assert office.heard() == [("amira", "news"), ("chen", "news")]
    announced(office, "amira", "rings bilal if nobody answers")
    assert office.at(office.next()) == [("bilal", "step")]
    assert office.last("bilal").words.startswith("UNANSWERED: SEVERE")
    assert office.at(office.next()) == [("dora", "step")]
    assert office.at(office.next()) == [("emil", "step")], "Severe is not held by anybody's quiet hours"
    announced(office, "emil", "rings chen again if nobody answers")
    assert "Nobody has answered since 18:31 UTC." in office.last("emil").words
    assert office.at(office.next()) == [("chen", "repeat")]
    announced(office, "chen", "rings amira again if nobody answers")
    assert office.at(office.next()) == [("amira", "repeat")]
    minutes = [round((at - opened(office)) / MINUTE) for at in rung(office)]
    assert all(0 <= found - due < 2 for found, due in zip(minutes, (0, 15, 40, 45, 100, 105), strict=True)), minutes


def opened(office: Office) -> datetime:
    return datetime.fromisoformat(office.alert()["opened_at"])


def rung(office: Office) -> list[datetime]:
    return [datetime.fromisoformat(line["at"]) for line in office.alert()["log"] if line["act"] in ("rang", "told")]


def announced(office: Office, who: str, words: str) -> None:
    """The message says what comes next, and when, as the API does."""
    coming = office.alert()["next"]
    at = datetime.fromisoformat(coming["at"])
    assert coming["what"] == words
    assert f"Next: {words}, " in office.last(who).words and f"({at:%H:%M} UTC)" in office.last(who).words


def one_team_answers_by_mail(office: Office) -> None:
    office.mails("Amira <amira@example.org>", f"ok {office.last('amira').code.lower()}\r\n\r\n> SEVERE")
    assert office.heard() == [("bilal", "taken"), ("chen", "taken"), ("dora", "taken"), ("emil", "taken")]
    assert "amira is checking." in office.last("chen").words
    said_back = [mail for mail in office.tocsin.mailbox.mails if mail["Auto-Submitted"] == "auto-replied"]
    assert [mail["To"] for mail in said_back] == ["amira@example.org"]
    alert = office.alert()
    assert (alert["state"], alert["owner"]) == ("acknowledged", "amira")
    assert [(one["officer"], one["team"]) for one in alert["checking"]] == [("amira", "field")]


def the_other_team_goes_on(office: Office) -> None:
    """Its steps and repeats go on, without those of the team that answered; who is checking is in them."""
    assert office.at(office.next()) == [("dora", "step")]
    assert office.at(office.next()) == [("chen", "repeat")]
    assert "Seen by amira (field); nobody of capital has answered since 18:31 UTC." in office.last("chen").words
    assert "You have it" in office.follows_link("chen")
    assert office.heard() == [(who, "taken") for who in ("amira", "bilal", "dora", "emil")]
    assert [one["officer"] for one in office.alert()["checking"]] == ["amira", "chen"]
    assert office.alert()["next"]["what"] == "warns amira that the check ends"


def a_check_ends(office: Office) -> None:
    """The officer is warned; then the officer's team is rung again, and no other."""
    assert office.at(office.next()) == [("amira", "ending")]
    end = office.next()
    assert f"Your check ends at {end:%H:%M} UTC" in office.last("amira").words
    assert office.at(end) == [("amira", "unacknowledged")]
    alert = office.alert()
    assert (alert["state"], alert["owner"]) == ("acknowledged", "chen")
    assert office.at(office.next()) == [("bilal", "step")]


def closed_by_text(office: Office) -> None:
    """Whoever was told is told so; the same text again, and the hours that follow, change nothing."""
    request = signed("00963900000002", f"{office.last('bilal').code} not ours")
    said = office.hands_on(request)
    assert said.startswith("Closed: alert 1, Severe, true, but not ours.")
    assert office.heard() == [(who, "closed") for who in ("amira", "chen", "dora", "emil")]
    assert "bilal closed it: true, but not ours." in office.last("chen").words
    assert office.hands_on(request) == said
    alert = office.alert()
    assert (alert["state"], alert["closed"], alert["next"]) == ("closed", "not_ours", None)
    office.tocsin.pass_time(hours=9)
    assert office.heard() == []


def all_of_it_is_in_the_log(office: Office) -> None:
    alert = office.alert()
    people = [(line["actor"], line["act"], line["source"]) for line in alert["log"] if line["actor"] != "tocsin"]
    assert people == [
        ("amira", "acknowledged", "email"),
        ("chen", "acknowledged", "link"),
        ("bilal", "closed", "sms"),
    ]
    ours = [line["detail"].partition(";")[0] for line in alert["log"] if line["actor"] == "tocsin"]
    assert ours == [
        *("first: Severe", "step", "step", "step", "repeat", "repeat", "taken"),
        *("step", "repeat", "taken"),
        *("ending", "amira had not said so again", "unacknowledged", "step", "closed"),
    ]
    assert {message["state"] for message in alert["messages"]} == {"sent"}
    assert not any(message["possible_duplicate"] for message in alert["messages"])


@pytest.mark.timeout(240)
def test_a_rise_rings_whatever_was_said_before(office: Office) -> None:
    first = offensive("wire", "1", families="400", killed="12")
    office.open(ROUTES, EVENING, first)
    assert office.heard() == [("amira", "news")]
    office.does("amira", "acknowledge")
    told_again_by_others(office, first, "12")
    a_rise_takes_it_back_to_open(office, first)
    a_step_that_reaches_nobody_brings_the_next(office)
    closed_it_stays_closed_until_it_rises(office, first)
    put_off_it_comes_back(office)
    the_receiver_is_well_again(office)


def told_again_by_others(office: Office, first: str, killed: str) -> None:
    """The same report again, and the same by another outlet: nobody hears."""
    copy = offensive("other", f"copy of {killed}", families="400", killed=killed)
    office.publish(first, other=(copy,))
    office.tocsin.poll_again()
    assert office.heard() == []


def later(guid: str, killed: str) -> str:
    return offensive("wire", guid, families="400", killed=killed, published="Thu, 28 Nov 2024 18:40:00 GMT")


def a_rise_takes_it_back_to_open(office: Office, first: str) -> None:
    office.publish(first, later("2", "39"))
    office.tocsin.poll_again()
    assert office.heard() == [("amira", "rise"), ("chen", "rise")]
    alert = office.alert()
    assert (alert["state"], alert["level"], alert["owner"], alert["checking"]) == ("open", "Severe", None, [])
    assert alert["next"]["what"] == "rings bilal if nobody answers"


def a_step_that_reaches_nobody_brings_the_next(office: Office) -> None:
    office.tocsin.chat.refused.add("+963900000002")
    assert office.at(office.next()) == [("emil", "step"), ("operators", "problem")]
    office.tocsin.chat.refused.clear()
    found = {line["act"]: line["detail"] for line in office.alert()["log"]}
    assert found["not reached"] == "bilal has no other contact"
    assert found["brought forward"] == "bilal cannot be reached: the next step comes now"


def closed_it_stays_closed_until_it_rises(office: Office, first: str) -> None:
    office.does("chen", "close", reason="already_known", why="in this morning's brief")
    assert office.heard() == [(who, "closed") for who in ("amira", "bilal", "emil")]
    told_again_by_others(office, first, "39")
    office.publish(first, later("3", "80"))
    office.tocsin.poll_again()
    assert office.heard() == []
    kept = [line["detail"] for line in office.alert()["log"] if line["act"] == "kept quiet"]
    assert kept == ["revised: it is closed, and its level has not risen"]
    office.publish(first, later("4", "130"))
    office.tocsin.poll_again()
    assert office.heard() == [(who, "rise") for who in ("amira", "bilal", "chen", "dora", "emil")]
    alert = office.alert()
    assert (alert["state"], alert["level"], alert["closed"]) == ("open", "Extreme", None)


def put_off_it_comes_back(office: Office) -> None:
    """At its time; and where a mail server knows amira no more, by her next contact, by which she answers."""
    until = office.tocsin.clock.now() + timedelta(hours=2)
    office.does("chen", "snooze", until=until.isoformat(), why="the airport is closed until then")
    assert office.heard() == [(who, "snoozed") for who in ("amira", "bilal", "dora", "emil")]
    office.tocsin.mailbox.refused.add("amira@example.org")
    everyone = [("amira", "woken"), ("chen", "woken"), ("dora", "woken")]
    assert office.at(until) == [*everyone, ("operators", "problem")]
    found = {line["act"]: line["detail"] for line in office.alert()["log"]}
    assert "amira by mail" in found["not delivered"] and "550" in found["not delivered"]
    assert found["next contact"] == "amira by sms"
    assert office.texts("+963900000001", office.last("amira").code) == (
        "You have it: alert 1, Extreme, is acknowledged by amira."
    )
    assert office.heard() == [(who, "taken") for who in ("bilal", "chen", "dora", "emil")]


def the_receiver_is_well_again(office: Office) -> None:
    """The next message goes the first way again, and the operators' trouble ends by itself."""
    assert [(office.alert(number)["kind"], office.alert(number)["state"]) for number in (2, 3)] == [
        ("problem", "closed"),
        ("problem", "open"),
    ]
    office.tocsin.mailbox.refused.clear()
    before = len(office.tocsin.mailbox.mails)
    office.does("chen", "close", reason="untrue")
    assert office.heard() == [(who, "closed") for who in ("amira", "bilal", "dora", "emil")]
    assert len(office.tocsin.mailbox.mails) == before + 1
    assert office.alert(3)["state"] == "closed"
