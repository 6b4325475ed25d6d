"""The signed webhook, over real HTTP: what it believes, what it does, what it says back."""

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from service.answers.signed import sign
from service.store import alerts, codes
from service.store import rules as stored_rules
from tests.factories import NOON
from tests.rules.alerts_files import completed
from tests.web.conftest import HOUR, Site

SECRET = "a secret for answers"
AMIRA, BILAL = "+447700900123", "+447700900124"
RULES = f"""\
channels:
  phone: {{kind: sms, secret: TEST_SMS, answers: TEST_SMS_ANSWERS}}
  mail: {{kind: email, secret: TEST_MAIL}}
recipients:
  Amira: {{contacts: [{{channel: phone, address: "{AMIRA}"}}, {{channel: mail, address: amira@example.org}}]}}
  Bilal: {{contacts: [{{channel: phone, address: "{BILAL}"}}]}}
routes: {{all: {{level: minor, to: [Amira, Bilal]}}}}
operators: [Amira]
"""


class Gateway:
    """An SMS gateway that hands on what people send."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def send(self, text: str, sender: str = AMIRA, channel: str = "phone", **changed: str) -> httpx.Response:
        body = json.dumps({"sender": sender, "text": text}).encode()
        return self.post(body, channel, self.headers(body) | {k.replace("_", "-"): v for k, v in changed.items()})

    def headers(self, body: bytes) -> dict[str, str]:
        stamp = str(int(time.time()))
        signature = f"sha256={sign(SECRET, stamp, body)}"
        return {"Content-Type": "application/json", "X-Tocsin-Timestamp": stamp, "X-Tocsin-Signature": signature}

    def post(self, body: bytes, channel: str, headers: dict[str, str]) -> httpx.Response:
        with httpx.Client(base_url=self.site.address, trust_env=False, timeout=20) as client:
            return client.post(f"/answers/{channel}", content=body, headers=headers)

    def said(self, text: str, sender: str = AMIRA) -> str:
        found = self.send(text, sender)
        assert found.status_code == 200, found.text
        return str(found.json()["text"])


@pytest.fixture
def gateway(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    monkeypatch.setenv("TEST_SMS_ANSWERS", SECRET)
    with site.database.writing() as db:
        stored_rules.activate(db, "answers", completed(RULES, []), NOON)
    yield Gateway(site)


def code(site: Site, number: int, recipient: str = "Amira") -> str:
    with site.database.writing() as db:
        codes.give(db, number, [recipient], NOON)
        found = codes.of(db, number, recipient)
    assert found is not None
    return found


def state(site: Site, number: int) -> tuple[str, str | None]:
    with site.database.reading() as db:
        alert = alerts.get(db, number)
    assert alert is not None
    return alert.state, alert.owner


def test_a_code_takes_the_alert_as_whoever_it_was_sent_to(site: Site, gateway: Gateway) -> None:
    number = site.alert()
    amira, bilal = code(site, number), code(site, number, "Bilal")
    assert gateway.said(f"ok {amira.lower()}") == f"You have it: alert {number}, Severe, is acknowledged by Amira."
    assert state(site, number) == ("acknowledged", "Amira")
    assert gateway.said(bilal, BILAL) == f"Noted, Amira was first: alert {number}, Severe."
    assert gateway.said(f"{amira} yes") == f"You had it already: alert {number}, Severe."
    with site.database.reading() as db:
        log = [(row.actor, row.act, row.source) for row in alerts.logged(db, number) if row.source]
    assert log == [
        ("Amira", "acknowledged", "sms"),
        ("Bilal", "acknowledged too", "sms"),
        ("Amira", "checking still", "sms"),
    ]


@pytest.mark.parametrize("sender", ["447700900123", "00447700900123", "+44 7700 900123", "+44-7700-900123"])
def test_gateways_write_numbers_in_their_own_way(site: Site, gateway: Gateway, sender: str) -> None:
    number = site.alert()
    assert "You have it" in gateway.said(code(site, number), sender)


@pytest.mark.parametrize("sender", ["+447700900199", "amira@example.org", "", "Amira", "7700900123"])
def test_another_s_code_is_as_good_as_none(site: Site, gateway: Gateway, sender: str) -> None:
    number = site.alert()
    found = gateway.send(code(site, number), sender)
    assert found.status_code == (200 if sender else 400)
    assert state(site, number) == ("open", None)
    if sender:
        assert found.json()["text"].startswith("No alert of yours has the code ")


def test_after_five_wrong_codes_an_hour_even_the_right_one_is_refused(site: Site, gateway: Gateway) -> None:
    number = site.alert()
    right = code(site, number)
    wrong = [each for each in ("A2A2", "B3B3", "C4C4", "D5D5", "E6E6", "F7F7") if each != right][:5]
    assert all("No alert of yours" in gateway.said(each) for each in wrong)
    assert "Too many wrong codes" in gateway.said(right)
    assert state(site, number) == ("open", None)
    assert "You have it" in gateway.said(code(site, number, "Bilal"), BILAL)


def test_the_same_request_again_says_the_same_and_does_nothing(site: Site, gateway: Gateway) -> None:
    number = site.alert(killed=11)
    body = json.dumps({"sender": AMIRA, "text": code(site, number)}).encode()
    headers = gateway.headers(body)
    first = gateway.post(body, "phone", headers)
    site.rise(number, killed=400, later=HOUR)
    again = gateway.post(body, "phone", headers)
    assert first.json() == again.json() and state(site, number) == ("open", None)


def test_words_that_are_not_known_do_nothing(site: Site, gateway: Gateway) -> None:
    number = site.alert()
    mine = code(site, number)
    assert gateway.said(f"{mine} sorry, on leave").startswith("Nothing was done: only a part")
    assert gateway.said("hello").startswith("No code was found")
    assert state(site, number) == ("open", None)


def test_a_reason_closes_the_alert_with_it_once(site: Site, gateway: Gateway) -> None:
    number = site.alert()
    mine = code(site, number)
    assert gateway.said(f"{mine} not ours").startswith(f"Closed: alert {number}, Severe, true, but not ours.")
    assert state(site, number)[0] == "closed"
    assert "closed" in gateway.said(f"{mine} misread")
    assert gateway.said(mine) == f"Alert {number} is closed."


def test_a_form_serves_too(site: Site, gateway: Gateway) -> None:
    number = site.alert()
    body = f"From=%2B447700900123&Body={code(site, number)}".encode()
    headers = gateway.headers(body) | {"Content-Type": "application/x-www-form-urlencoded"}
    assert "You have it" in gateway.post(body, "phone", headers).json()["text"]


def refused(found: httpx.Response) -> int:
    told: dict[str, Any] = found.json()
    assert found.headers["content-type"] == "application/problem+json" and told["status"] == found.status_code
    return found.status_code


def test_nobody_is_believed_without_the_signature(site: Site, gateway: Gateway) -> None:
    number = site.alert()
    mine = code(site, number)
    assert refused(gateway.send(mine, X_Tocsin_Signature="sha256=00")) == 401
    assert refused(gateway.send(mine, X_Tocsin_Timestamp=str(int(time.time()) - 600))) == 401
    assert refused(gateway.send(mine, channel="mail")) == 404
    assert refused(gateway.send(mine, channel="no such")) == 404
    assert state(site, number) == ("open", None)


def test_a_channel_whose_secret_is_not_set_takes_nothing(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    for secret in ("", "short"):
        monkeypatch.setenv("TEST_SMS_ANSWERS", secret)
        assert refused(gateway.send("A7K2")) == 404


def test_a_body_beyond_its_bound_is_not_read_to_the_end(gateway: Gateway) -> None:
    body = b"x" * (64 * 1024 + 1)
    assert refused(gateway.post(body, "phone", gateway.headers(body))) == 413


def test_before_there_are_rules_nothing_is_taken(site: Site) -> None:
    assert refused(Gateway(site).send("A7K2")) == 404
