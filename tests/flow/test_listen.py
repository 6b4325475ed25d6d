"""Answers by mail, over a real IMAP server, a real mailbox behind SMTP, and a real database."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from email.message import EmailMessage
from functools import partial

import pytest

from service.desk.alerts import Desk
from service.desk.answers import answer
from service.flow.installation import Installation
from service.flow.listen import PATIENCE, listen
from service.flow.rulebook import refresh
from service.store import alerts, heard
from service.values import Alert
from tests.flow.conftest import Plant
from tests.imap import Inbox, reading
from tests.receivers import Mailbox, receiving
from tests.story.articles import feed, offensive
from tests.story.conftest import rules


@dataclass
class Post:
    """A plant whose messages go by mail too, and the mailbox where answers come in."""

    plant: Plant
    installation: Installation
    inbox: Inbox
    mailbox: Mailbox

    def listen(self) -> int:
        desk = Desk(self.installation.database, self.installation.rulebook)
        return listen(self.installation, partial(answer, desk))

    @property
    def code(self) -> str:
        [code] = self.plant.rows("SELECT code FROM code WHERE recipient = 'amira'")[0]
        return str(code)

    @property
    def alert(self) -> Alert:
        with self.installation.database.reading() as db:
            found = alerts.get(db, 1)
        assert found is not None
        return found

    @property
    def said_back(self) -> list[str]:
        """What was written to people beside the alert itself."""
        return [body(mail) for mail in self.mailbox.mails if mail["Auto-Submitted"] == "auto-replied"]

    def write(self, text: str, *also: str, sender: str = "Amira <amira@example.org>", subject: str = "Re: x") -> int:
        head = [f"From: {sender}", "To: tocsin@example.org", f"Subject: {subject}", "Message-ID: <m1@mail.example>"]
        return self.inbox.put("\r\n".join([*head, *also, "", text]).encode())


def body(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).strip()


@pytest.fixture
def post(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    settings = plant.installation.settings
    settings.rules.write_text(rules(plant.newsroom), encoding="utf-8")
    with receiving(Mailbox()) as mailbox, reading(Inbox()) as inbox:
        monkeypatch.setenv("TEST_MAIL", mailbox.address)
        # Long enough for a busy machine: a message not taken in time would be sent again.
        installation = Installation(settings.model_copy(update={"imap_url": inbox.address, "send_timeout": 15.0}))
        plant = replace(plant, installation=installation)
        refresh(installation.database, settings.rules, installation.now())
        plant.newsroom.publish("/wire", feed("wire", offensive("wire", "1")))
        plant.turn()
        assert len(mailbox.mails) == 1
        yield Post(plant, installation, inbox, mailbox)
        installation.database.close()


def test_the_mail_itself_says_how_to_answer_and_the_answer_takes_the_alert(post: Post) -> None:
    shown = re.search(r"answer this mail with (\w{4})\b", body(post.mailbox.mails[0]))
    assert shown is not None and shown[1] == post.code
    uid = post.write(f"ok {shown[1].lower()}\r\n\r\n> SEVERE", subject="Re: [Tocsin] SEVERE")
    assert post.listen() == 1
    assert (post.alert.state, post.alert.owner) == ("acknowledged", "amira")
    assert post.said_back == ["You have it: alert 1, Severe, is acknowledged by amira."]
    reply = post.mailbox.mails[-1]
    assert (reply["In-Reply-To"], reply["Subject"]) == ("<m1@mail.example>", "Re: [Tocsin] SEVERE")
    assert post.inbox.seen == {uid} and post.listen() == 0
    log = post.plant.rows("SELECT actor, act, source FROM alert_log WHERE actor = 'amira'")
    assert log == [("amira", "acknowledged", "email")]


def test_a_second_answer_is_told_who_was_first(post: Post) -> None:
    post.write(post.code)
    post.write(post.code, "X-Again: yes")
    assert post.listen() == 2
    assert post.said_back[1] == "You had it already: alert 1, Severe."


@pytest.mark.parametrize(
    "header", ["Auto-Submitted: auto-replied", "Return-Path: <>", "X-Auto-Response-Suppress: All", "Precedence: bulk"]
)
def test_what_a_program_wrote_never_answers(post: Post, header: str) -> None:
    post.write(post.code, header)
    assert post.listen() == 1
    assert post.alert.state == "open" and post.said_back == [] and post.inbox.seen == {1}


def test_an_absence_note_never_answers(post: Post) -> None:
    post.write(post.code, subject="Out of office")
    post.listen()
    assert post.alert.state == "open" and post.said_back == []


def test_a_stranger_with_the_right_code_does_nothing_and_hears_nothing(post: Post) -> None:
    post.write(post.code, sender="mallory@evil.example")
    post.write(post.code, sender="amira@example.org, mallory@evil.example")
    post.listen()
    assert post.alert.state == "open" and post.said_back == [] and post.inbox.seen == {1, 2}


@pytest.mark.parametrize(
    ("text", "words"),
    [("A7K2", "No alert of yours has the code A7K2"), ("hello", "No code was found"), ("", "No code was found")],
)
def test_an_officer_with_the_wrong_words_is_helped(post: Post, text: str, words: str) -> None:
    post.write(text)
    post.listen()
    assert post.alert.state == "open" and words in post.said_back[0]


def test_words_beside_the_code_that_nobody_knows_do_nothing(post: Post) -> None:
    post.write(f"cannot take {post.code} today")
    post.listen()
    assert post.alert.state == "open"
    assert [reply.partition(":")[0] for reply in post.said_back] == ["Nothing was done"]


def test_a_reason_beside_the_code_closes_the_alert_and_everyone_is_told(post: Post) -> None:
    post.write(f"{post.code} not ours")
    post.listen()
    assert (post.alert.state, post.alert.closed) == ("closed", "not_ours")
    assert [reply.partition(":")[0] for reply in post.said_back] == ["Closed"]
    post.plant.turn("deliver")
    assert "CLOSED" in post.plant.chat.texts[-1] and "not ours" in post.plant.chat.texts[-1]


def test_an_answer_to_a_mail_that_is_not_the_newest_does_nothing(post: Post) -> None:
    first = str(post.mailbox.mails[0]["Message-ID"])
    later = "Thu, 28 Nov 2024 18:40:00 GMT"
    grown = offensive("wire", "3", killed="390", published=later)
    post.plant.newsroom.publish("/wire", feed("wire", offensive("wire", "1"), grown))
    post.plant.pass_time(minutes=2)
    post.plant.turn()
    assert post.alert.revision == 2
    post.write(post.code, f"In-Reply-To: {first}")
    post.listen()
    assert post.alert.state == "open" and "has rung again" in post.said_back[0]
    post.write(post.code)
    post.listen()
    assert post.alert.state == "acknowledged"


def test_a_mail_read_again_after_a_crash_acts_once_and_says_the_same(post: Post) -> None:
    post.inbox.refuses = b"UID STORE"
    post.write(post.code)
    assert post.listen() == 0 and post.alert.state == "acknowledged" and post.inbox.seen == set()
    post.inbox.refuses = b""
    assert post.listen() == 1 and post.inbox.seen == {1}
    assert post.said_back == ["You have it: alert 1, Severe, is acknowledged by amira."] * 2
    assert len(post.plant.rows("SELECT 1 FROM alert_log WHERE actor = 'amira'")) == 1


def test_an_answer_counts_though_its_sender_cannot_be_told(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEST_MAIL")
    post.write(post.code)
    assert post.listen() == 1 and post.alert.state == "acknowledged" and post.inbox.seen == {1}


def test_one_process_reads_at_a_time(post: Post) -> None:
    post.write(post.code)
    with post.installation.database.writing() as db:
        assert heard.take_turn(db, "listen", timedelta(minutes=1))
    assert post.listen() == 0 and post.alert.state == "open"
    with post.installation.database.writing() as db:
        heard.end_turn(db, "listen")
    assert post.listen() == 1


def test_huge_and_broken_mails_are_passed_over(post: Post) -> None:
    post.inbox.put(b"")
    post.inbox.put(b"\xff\x00" * 1000)
    post.write("x" * 2_000_000)
    post.write(post.code)
    assert post.listen() == 4
    assert post.alert.state == "acknowledged" and post.inbox.seen == {1, 2, 3, 4}


@pytest.mark.parametrize("command", [b"LOGIN", b"SELECT", b"UID SEARCH"])
def test_a_mailbox_out_of_reach_for_minutes_is_told_and_over_when_it_is_back(post: Post, command: bytes) -> None:
    post.inbox.refuses = command
    assert post.listen() == 0 and troubles(post) == []
    post.plant.pass_time(seconds=PATIENCE.total_seconds() + 1)
    post.listen()
    assert troubles(post) == ["problem:listen"]
    post.inbox.refuses = b""
    post.listen()
    assert troubles(post) == []
    assert not [row for row in post.plant.rows("SELECT value FROM notice") if "s3cret" in str(row)]


def test_a_mailbox_that_says_nothing_is_not_waited_for(post: Post) -> None:
    post.inbox.hangs = b"UID SEARCH"
    hasty = post.installation.settings.model_copy(update={"send_timeout": 0.5})
    post.installation = Installation(hasty)
    assert post.listen() == 0
    post.installation.database.close()


def troubles(post: Post) -> list[str]:
    return [key for [key] in post.plant.rows("SELECT open_key FROM alert") if str(key).startswith("problem:")]


def test_name_and_password_are_read_from_the_address(post: Post) -> None:
    post.listen()
    assert b"s3cret/word" in post.inbox.logins[0] and b"tocsin@example.org" in post.inbox.logins[0]
