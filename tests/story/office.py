"""People on call, of two teams, as a running Tocsin reaches them: what each hears, and how each answers."""

import json
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from service.answers.signed import sign
from service.embedded import broker
from tests.imap import Inbox, reading
from tests.receivers import free_port, wait_for
from tests.story.articles import feed
from tests.story.conftest import Tocsin, rules
from tests.story.heard import Heard, by_chat, by_mail, by_sms

SIGNS_ANSWERS = "what the gateway signs with"
# How long after its moment something may take place on a busy machine; and so long before it, nothing has.
SLACK = timedelta(minutes=2)
OURS = """\
feeds:
  wire: {{url: "{wire}", kind: rss, every: 1m, grade: B}}
  other: {{url: "{other}", kind: rss, every: 1m, grade: B}}
single_origin: {{A-C: extreme, D-F: moderate}}
channels:
  chat: {{kind: slack, secret: TEST_CHAT}}
  mail: {{kind: email, secret: TEST_MAIL}}
  sms: {{kind: sms, secret: TEST_SMS, answers: TEST_SMS_ANSWERS}}
teams:
  field: {{countries: [SYR], zone: Asia/Damascus}}
  capital: {{zone: Europe/Berlin, hours: 08:00-18:00}}
recipients:
  amira:
    team: field
    contacts: [{{channel: mail, address: amira@example.org}}, {{channel: sms, address: "+963900000001", backup: true}}]
  nour: {{team: field, contacts: [{{channel: mail, address: nour@example.org}}]}}
  bilal: {{team: field, contacts: [{{channel: sms, address: "+963900000002"}}]}}
  chen: {{team: capital, contacts: [{{channel: chat, address: "#chen"}}]}}
  dora: {{team: capital, contacts: [{{channel: sms, address: "+490000000003"}}]}}
  emil:
    zone: Europe/Berlin
    quiet: {{from: "22:00", to: "07:00"}}
    contacts: [{{channel: chat, address: "#emil"}}]
  operators: {{contacts: [{{channel: chat, address: "#operators"}}]}}
rotations:
  duty: {{people: [amira, nour], zone: Europe/Berlin, hand_over: {{day: sunday, at: "02:30"}}, since: 2024-01-07}}
operators: [operators]
"""


@dataclass
class Office:
    """A running installation, the mailbox its people answer to, and what they have heard so far."""

    tocsin: Tocsin
    inbox: Inbox
    start: Callable[[], None]
    everything: list[Heard] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def open(self, routes: str, at: datetime, *wire: str) -> None:
        """Begin with these routes, at this moment, with this in the news."""
        text = rules(self.tocsin.newsroom, f"{OURS}{routes}")
        (self.tocsin.folder / "alerts.yaml").write_text(text, encoding="utf-8")
        self.tocsin.clock.move(at)
        self.publish(*wire)
        self.start()
        wait_for("the first poll", lambda: {"/wire", "/other"} <= self.tocsin.newsroom.asked.keys())
        wait_for("the web application", self.answers)

    def answers(self) -> bool:
        with suppress(httpx.TransportError), self.tocsin.page() as page:
            return page.get("/health/live").status_code == 200
        return False

    # --- what they hear -------------------------------------------------------

    def publish(self, *wire: str, other: tuple[str, ...] = ()) -> None:
        self.tocsin.newsroom.publish("/wire", feed("wire", *wire))
        self.tocsin.newsroom.publish("/other", feed("other", *other))

    def heard(self) -> list[tuple[str, str]]:
        """Who heard of what since the last look, once all is at rest."""
        self.tocsin.settled()
        return sorted((one.who, one.why) for one in self.fresh())

    def fresh(self) -> list[Heard]:
        """What has come in since the last look; a brief at a hand-over is another story."""
        chat, mails = self.tocsin.chat, self.tocsin.mailbox.mails
        found = [by_chat(one) for one in self.since("chat", chat.payloads)]
        found += [by_sms(one) for one in self.since("sms", chat.pushes)]
        told = (mail for mail in self.since("mail", mails) if mail["X-Tocsin-Reason"] not in (None, "brief"))
        found += [by_mail(mail) for mail in told]
        self.everything += found
        return found

    def since(self, name: str, received: list[Any]) -> list[Any]:
        before = self.seen.get(name, 0)
        self.seen[name] = len(received)
        return received[before : self.seen[name]]

    def last(self, who: str) -> Heard:
        return next(one for one in reversed(self.everything) if one.who == who)

    def at(self, moment: datetime) -> list[tuple[str, str]]:
        """What is heard at a moment; nothing may have been shortly before."""
        if moment - SLACK > self.tocsin.clock.now():
            self.tocsin.clock.move(moment - SLACK)
            assert self.heard() == [], f"before {moment}"
        self.tocsin.clock.move(moment)
        return self.heard()

    # --- what they see and do ---------------------------------------------------

    def api(self, who: str) -> httpx.Client:
        if who not in self.keys:
            self.keys[who] = self.tocsin.key(who, expires="300d")
        return self.tocsin.api(self.keys[who])

    def alert(self, number: int = 1) -> dict[str, Any]:
        with self.api("amira") as api:
            found: dict[str, Any] = api.get(f"/api/v1/alerts/{number}").json()
        return found

    def newest(self) -> int:
        """The number of the newest alert about an incident: a brief at a hand-over has one, too."""
        with self.api("amira") as api:
            return int(api.get("/api/v1/alerts", params={"kind": "incident"}).json()["alerts"][0]["id"])

    def next(self, number: int = 1) -> datetime:
        return datetime.fromisoformat(self.alert(number)["next"]["at"])

    def does(self, who: str, act: str, number: int = 1, **body: str) -> dict[str, Any]:
        with self.api(who) as api:
            done = api.post(f"/api/v1/alerts/{number}/{act}", json=body or None)
        assert done.status_code == 200, done.text
        found: dict[str, Any] = done.json()
        return found

    def follows_link(self, who: str) -> str:
        """Open the link in the last message, and press the button there."""
        link = re.search(r"http://127\.0\.0\.1:\d+/acknowledge/[\w.~-]+", self.last(who).words)
        assert link is not None
        with self.tocsin.page() as page:
            assert page.get(link[0]).status_code == 200
            return page.post(link[0]).text

    def mails(self, sender: str, text: str) -> None:
        """Reply by mail, and wait until it was read."""
        head = f"From: {sender}\r\nTo: tocsin@example.org\r\nSubject: Re: x\r\nMessage-ID: <m{len(text)}@x.example>"
        uid = self.inbox.put(f"{head}\r\n\r\n{text}\r\n".encode())
        wait_for("the mailbox to be read", lambda: uid in self.inbox.seen)

    def texts(self, sender: str, text: str) -> str:
        """Reply by SMS; returns what is said back."""
        return self.hands_on(signed(sender, text))

    def hands_on(self, request: tuple[bytes, dict[str, str]]) -> str:
        """What the gateway does with a reply."""
        body, headers = request
        with self.tocsin.page() as page:
            done = page.post("/answers/sms", content=body, headers=headers)
        assert done.status_code == 200, done.text
        return str(done.json()["text"])


def signed(sender: str, text: str) -> tuple[bytes, dict[str, str]]:
    """A reply by SMS as the gateway sends it: body and headers."""
    body, stamp = json.dumps({"sender": sender, "text": text}).encode(), str(int(time.time()))
    signature = f"sha256={sign(SIGNS_ANSWERS, stamp, body)}"
    names = ("Content-Type", "X-Tocsin-Timestamp", "X-Tocsin-Signature")
    return body, dict(zip(names, ("application/json", stamp, signature), strict=True))


# --- on both databases ----------------------------------------------------------


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, install: Callable[..., Tocsin]) -> Iterator[Office]:
    """Everything from one parent on SQLite; processes of their own, two workers among them, on PostgreSQL."""
    with reading(Inbox()) as inbox:
        ours = {"TOCSIN_IMAP_URL": inbox.address, "TEST_SMS_ANSWERS": SIGNS_ANSWERS}
        apart = request.getfixturevalue("apart") if request.param == "postgresql" else {}
        tocsin = install(**ours, **apart)
        commands = ("beat", "worker", "worker", "web") if apart else ("up",)
        yield Office(tocsin, inbox, lambda: start(tocsin, *commands))
        tocsin.stop()


@pytest.fixture
def apart(migrated_postgres: Callable[[], str]) -> Iterator[dict[str, str]]:
    """What processes of one installation share that nobody started for them."""
    url, secret = migrated_postgres(), "a secret that every process shares"
    with doorbell() as address:
        yield {
            "TOCSIN_DATABASE_URL": url,
            "TEST_DATABASE": url,
            "TOCSIN_BROKER_URL": address,
            "TOCSIN_SECRET": secret,
        }


def start(tocsin: Tocsin, *commands: str) -> None:
    for command in commands:
        tocsin.start(command)


@contextmanager
def doorbell() -> Iterator[str]:
    """A broker of its own, which keeps nothing."""
    port = free_port()
    server = subprocess.Popen(
        [str(broker.program()), "--port", str(port), "--save", "", "--appendonly", "no"], stdout=subprocess.DEVNULL
    )
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(timeout=10)
