"""What arrives, over real HTTP and SMTP, and what a failure is taken for."""

import socket
import time
import traceback

import pytest

from service.errors import DeliveryError
from service.notifications.compose import Links, compose
from service.notifications.send import send, without_secrets
from service.values import Message, Recipient

from .notices import DAMASCUS, FIRST, NOW, hostile
from .receivers import Answer, Mailbox, answering, close, hanging_up, mail_server, scripted, smtp_until, wait, webhook

ROOM = Recipient("Operations", "ops-slack")
OFFICER = Recipient("Night desk", "ops-mail", "desk@ngo.example")
LINKS = Links("https://tocsin.example/alerts/17", "https://tocsin.example/a/TOKEN?x=1&y=2")
TIMEOUT = 2.0
SHORT = Message("subject", "text", "<p>text</p>", "<one@tocsin.example>")


def told(kind: str, recipient: Recipient, notice=FIRST) -> Message:
    return compose(notice, recipient, links=LINKS, now=NOW, zone=DAMASCUS, channel_kind=kind)


def refused(message: Message, recipient: Recipient, address: str, kind: str, timeout: float = TIMEOUT) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        send(message, recipient, address, kind, timeout)
    return caught.value


# --- Slack ------------------------------------------------------------------


def test_a_webhook_gets_exactly_our_text() -> None:
    message = told("slack", ROOM)
    with webhook(answering(200)) as hook:
        send(message, ROOM, hook.address, "slack", TIMEOUT)
    assert hook.text == message.text
    assert "<https://tocsin.example/a/TOKEN?x=1&amp;y=2|I am checking>" in hook.text
    assert hook.paths == ["/services/T0/B0/s3cr3tToken"]
    assert set(hook.posts[0]) == {"text", "mrkdwn", "unfurl_links", "unfurl_media"}  # no icons, no footer


def test_foreign_text_arrives_escaped_once_and_mentions_nobody() -> None:
    message = told("slack", ROOM, hostile("<!channel> & <https://evil.example|I am checking> @here"))
    with webhook(answering(200)) as hook:
        send(message, ROOM, hook.address, "slack", TIMEOUT)
    assert "&lt;!channel&gt; &amp; &lt;https" in hook.text
    assert "<!" not in hook.text and "|I am checking>" in hook.text and "@here" not in hook.text
    assert hook.text.count("|I am checking>") == 1
    assert "&amp;lt;" not in hook.text


def test_a_recipient_can_name_a_room() -> None:
    with webhook(answering(200)) as hook:
        send(SHORT, Recipient("Operations", "chat", "#alerts"), hook.address, "slack", TIMEOUT)
    assert hook.posts[0]["channel"] == "#alerts"


def test_a_token_in_the_query_and_a_password_reach_the_webhook_but_options_do_not() -> None:
    with webhook(answering(200)) as hook:
        address = hook.address.replace("://", "://user:pass@") + "?token=abc&optional=yes&retry=3"
        send(SHORT, ROOM, address, "slack", TIMEOUT)
    assert hook.paths == ["/services/T0/B0/s3cr3tToken?token=abc"]
    assert hook.headers[0]["Authorization"].startswith("Basic ")


@pytest.mark.parametrize("body", [b"ok", b"", b'{"success":true}', b'{"ok": true}'])
def test_the_answers_of_slack_and_of_its_relatives_count_as_taken(body: bytes) -> None:
    with webhook(answering(200, body)) as hook:
        send(SHORT, ROOM, hook.address, "slack", TIMEOUT)
    assert len(hook.posts) == 1


@pytest.mark.parametrize(
    ("answer", "permanent", "unknown"),
    [
        (answering(400, b"invalid_payload"), True, False),
        (answering(403, b"invalid_token"), True, False),
        (answering(404, b"no_service"), True, False),
        (answering(410, b"channel_is_archived"), True, False),
        (answering(408, b""), False, False),
        (answering(429, b"", **{"Retry-After": "30"}), False, False),
        (answering(500, b"rollup_error"), False, False),
        (answering(503, b""), False, False),
        (answering(302, b"", Location="/elsewhere"), True, False),
        (answering(307, b"", Location="/elsewhere"), True, False),
        (answering(200, b'{"ok":false,"error":"not_in_channel"}'), True, False),
        (answering(200, b'{"success":false}'), True, False),
        (answering(200, b"<html>Please log in</html>"), False, True),
        (hanging_up, False, True),
    ],
)
def test_what_a_webhook_answers_decides_whether_to_try_again(answer: Answer, permanent: bool, unknown: bool) -> None:
    with webhook(answer) as hook:
        error = refused(SHORT, ROOM, hook.address + "?optional=yes&retry=2&redirect=yes", "slack")
    assert (error.permanent, error.unknown) == (permanent, unknown)
    assert len(hook.posts) == 1 and len(hook.paths) == 1  # no second try, no redirect followed
    assert "s3cr3tToken" not in str(error) and str(error).startswith("slack to Operations: ")


def test_a_webhook_that_never_answers_leaves_the_outcome_open_in_time() -> None:
    started = time.monotonic()
    with scripted(wait) as port:
        error = refused(SHORT, ROOM, f"slackhook://127.0.0.1:{port}/hook", "slack", 0.5)
    assert error.unknown and not error.permanent
    assert time.monotonic() - started < 2


def test_a_webhook_that_drips_is_given_up_at_the_total_time() -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
        for _ in range(16):
            connection.sendall(b"o")
            time.sleep(0.05)  # the drip itself, not a wait for something

    with scripted(drip) as port:
        error = refused(SHORT, ROOM, f"slackhook://127.0.0.1:{port}/hook", "slack", 0.4)
    assert error.unknown


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("slack", "slackhook://127.0.0.1:{port}/hook"),
        ("slack", "https://127.0.0.1:{port}/hook"),
        ("slack", "slackhook://no-such-host.invalid/hook"),
        ("email", "mailto://tocsin@127.0.0.1:{port}?from=tocsin@sender.example"),
        ("email", "mailto://tocsin@no-such-host.invalid?from=tocsin@sender.example"),
    ],
)
def test_where_nobody_listens_nothing_was_delivered(kind: str, address: str) -> None:
    error = refused(SHORT, OFFICER if kind == "email" else ROOM, address.format(port=closed_port()), kind)
    assert not error.permanent and not error.unknown


def test_tls_that_fails_delivers_nothing() -> None:
    with webhook(answering(200)) as hook:
        error = refused(SHORT, ROOM, hook.address.replace("slackhook:", "slackhooks:"), "slack")
    assert not error.unknown and not error.permanent and hook.posts == []


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("slack", "slack://xoxb-1234-1234-abcdef"),
        ("slack", "json://127.0.0.1/hook"),
        ("slack", "not an address at all"),
        ("slack", ""),
        ("email", "slackhook://127.0.0.1/hook"),
        ("email", "mailto://127.0.0.1"),
        ("email", "mailto://me@127.0.0.1?from=t@sender.example&pgp=encrypt"),
        ("pigeon", "pigeon://loft"),
    ],
)
def test_an_address_that_cannot_work_is_refused_for_good(kind: str, address: str) -> None:
    error = refused(SHORT, OFFICER, address, kind)
    assert error.permanent and not error.unknown


# --- mail -------------------------------------------------------------------


def test_a_mail_carries_text_and_html_our_id_and_headers() -> None:
    mailbox, message = Mailbox(), told("email", OFFICER)
    with mail_server(mailbox) as address:
        send(message, OFFICER, address, "email", TIMEOUT)
    (mail,) = mailbox.mails
    assert mailbox.recipients == [["desk@ngo.example"]]
    assert (mail["Subject"], mail["To"], mail["From"]) == (
        message.subject,
        "desk@ngo.example",
        "Tocsin <tocsin@sender.example>",
    )
    assert mail["Message-ID"] == message.message_id
    for name, value in message.headers:
        assert mail.get_all(name) == [value]
    plain, html = mail.iter_parts()
    assert plain.get_content().splitlines() == message.text.splitlines()
    assert html.get_content().splitlines() == (message.html or "").splitlines()


def test_a_second_try_is_the_same_mail_to_a_mail_program() -> None:
    mailbox, message = Mailbox(), told("email", OFFICER)
    with mail_server(mailbox) as address:
        for _ in range(2):
            send(message, OFFICER, address, "email", TIMEOUT)
    first, second = mailbox.mails
    assert first["Message-ID"] == second["Message-ID"] == message.message_id


def test_lines_that_begin_with_a_dot_arrive_whole() -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as address:
        send(Message("s", "one\n.\n..two\n.three\n", None, "<a@b.example>"), OFFICER, address, "email", TIMEOUT)
    assert mailbox.mails[0].get_content().splitlines() == ["one", ".", "..two", ".three"]


def test_no_header_can_be_smuggled_in_by_a_feed() -> None:
    mailbox = Mailbox()
    message = told("email", OFFICER, hostile("x\r\nBcc: all@victims.example\r\n\r\nbody"))
    with mail_server(mailbox) as address:
        send(message, OFFICER, address, "email", TIMEOUT)
    assert mailbox.mails[0]["Bcc"] is None and mailbox.recipients == [["desk@ngo.example"]]


@pytest.mark.parametrize(
    "message",
    [
        Message("s\r\nBcc: x@y.example", "t", None, "<a@b.example>"),
        Message("s", "t", None, "<a@b.example>", (("X-A", "b\r\nBcc: x@y.example"),)),
        Message("s", "t", None, "<a@b.example>", (("X-A: b\r\nBcc", "x"),)),
    ],
)
def test_a_header_with_a_line_break_is_refused_before_anything_is_sent(message: Message) -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as address:
        assert refused(message, OFFICER, address, "email").permanent
    assert mailbox.raw == []


def test_copies_in_the_address_are_not_made() -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as address:
        send(SHORT, OFFICER, f"{address}&cc=a@x.example&bcc=b@x.example&to=c@x.example", "email", TIMEOUT)
    assert mailbox.recipients == [["desk@ngo.example"]]


def test_without_a_recipient_address_the_one_in_the_channel_serves() -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as address:
        send(SHORT, Recipient("All", "mail"), f"{address}&to=all@ngo.example", "email", TIMEOUT)
        assert refused(SHORT, Recipient("All", "mail"), f"{address}&to=a@x.example,b@x.example", "email").permanent
    assert mailbox.recipients == [["all@ngo.example"]]


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize(("reply", "permanent"), [("550 5.1.1 no such user", True), ("451 4.7.1 greylisted", False)])
def test_what_a_mail_server_replies_decides_whether_to_try_again(command: str, reply: str, permanent: bool) -> None:
    with mail_server(Mailbox(**{command: reply})) as address:
        error = refused(SHORT, OFFICER, address, "email")
    assert (error.permanent, error.unknown) == (permanent, False)
    assert reply[:3] in str(error)


@pytest.mark.parametrize(
    ("stop", "then", "unknown"),
    [
        (b"EHLO", close, False),
        (b"MAIL", close, False),
        (b"RCPT", close, False),
        (b"RCPT", wait, False),
        (b"DATA", close, False),
        (b".", close, True),
        (b".", wait, True),
    ],
)
def test_only_a_talk_that_breaks_after_the_letter_leaves_the_outcome_open(stop, then, unknown: bool) -> None:
    with scripted(smtp_until(stop, then)) as port:
        address = f"mailto://tocsin@127.0.0.1:{port}?from=tocsin@sender.example"
        error = refused(SHORT, OFFICER, address, "email", 0.8)
    assert (error.permanent, error.unknown) == (False, unknown)


def test_a_mail_server_that_wants_no_tls_is_no_reason_to_go_without() -> None:
    with mail_server(Mailbox()) as address:
        error = refused(SHORT, OFFICER, address.replace("mailto:", "mailtos:"), "email")
    assert error.permanent and not error.unknown


def test_an_address_beyond_ascii_is_refused_clearly() -> None:
    with mail_server(Mailbox()) as address:
        assert refused(SHORT, Recipient("Ü", "mail", "über@ngo.example"), address, "email").permanent


# --- telephones -------------------------------------------------------------

OFFICER_S_PHONE = Recipient("Night desk", "phone", "+447700900123")
TEXT = Message("", "SEVERE unverified. Ack: send A7K2", None, "<one@tocsin.example>")
PUSH = Message(
    "SEVERE: NW Syria", "19 people killed\n<b>I am checking</b>: https://tocsin.example/a/T", None, "<a@b.c>"
)


def at(hook_address: str, scheme: str) -> str:
    """The host of a webhook under a service's scheme."""
    return f"{scheme}://{hook_address.partition('://')[2].partition('/')[0]}"


def eagle(hook_address: str) -> str:
    """The address of an SMS gateway of one's own."""
    return at(hook_address, "smseagle").replace("://", "://s3cretToken@")


def test_a_short_message_goes_to_one_number_and_is_exactly_ours() -> None:
    with webhook(answering(200, b'{"result": {"status": "ok"}}')) as hook:
        send(TEXT, OFFICER_S_PHONE, f"{eagle(hook.address)}/+447700900999?batch=yes&to=%2B447700900998", "sms", TIMEOUT)
    [post] = hook.posts
    assert post["params"]["to"] == "+447700900123"
    assert post["params"]["message"] == TEXT.text


def test_a_short_message_needs_a_number_and_an_sms_service() -> None:
    with webhook(answering(200)) as hook:
        assert refused(TEXT, Recipient("x", "phone"), eagle(hook.address), "sms").permanent
        assert refused(TEXT, OFFICER_S_PHONE, at(hook.address, "json"), "sms").permanent
        assert refused(TEXT, OFFICER_S_PHONE, "nosuchservice://x", "sms").permanent
    assert hook.posts == []


@pytest.mark.parametrize(("status", "permanent"), [(401, True), (503, False)])
def test_what_a_gateway_answers_decides_whether_to_try_again(status: int, permanent: bool) -> None:
    with webhook(answering(status, b"{}")) as hook:
        error = refused(TEXT, OFFICER_S_PHONE, eagle(hook.address), "sms")
    assert (error.permanent, error.unknown) == (permanent, False)
    assert "s3cretToken" not in str(error)


@pytest.mark.parametrize("path", ["", "/", "/elsewhere"])
def test_a_push_goes_to_the_contact_s_topic_on_one_s_own_server(path: str) -> None:
    with webhook(answering(200, b"{}")) as hook:
        send(PUSH, Recipient("x", "phone", "night-desk"), f"{at(hook.address, 'ntfy')}{path}", "push", TIMEOUT)
    [post] = hook.posts
    assert (post["topic"], post["title"], post["message"]) == ("night-desk", PUSH.subject, PUSH.text)


def test_a_push_may_have_its_topic_in_the_address() -> None:
    with webhook(answering(200, b"{}")) as hook:
        send(PUSH, Recipient("x", "phone"), f"{at(hook.address, 'ntfy')}/desk", "push", TIMEOUT)
        assert refused(PUSH, Recipient("x", "phone"), f"{at(hook.address, 'ntfy')}/a/b", "push").permanent
    assert [post["topic"] for post in hook.posts] == ["desk"]


def test_a_service_without_topics_takes_no_address() -> None:
    with webhook(answering(200, b"{}")) as hook:
        send(PUSH, Recipient("x", "phone"), f"{at(hook.address, 'gotify')}/s3cretToken", "push", TIMEOUT)
        address = f"{at(hook.address, 'gotify')}/s3cretToken"
        error = refused(PUSH, Recipient("x", "phone", "desk"), address, "push")
    assert error.permanent and "s3cretToken" not in str(error)
    assert [post["message"] for post in hook.posts] == [PUSH.text]


def test_a_chat_is_no_push_service() -> None:
    with webhook(answering(200)) as hook:
        assert refused(PUSH, Recipient("x", "phone"), hook.address, "push").permanent
    assert hook.posts == []


# --- secrets ----------------------------------------------------------------


def test_no_sentence_repeats_a_piece_of_the_address() -> None:
    address = "mailtos://robot:hunter2secret@mail.example/inbox?from=a@b.example"
    sentence = without_secrets("535 hunter2secret is wrong for robot at /inbox", address)
    assert "hunter2secret" not in sentence and "robot" not in sentence


def test_a_server_that_echoes_the_password_does_not_leak_it() -> None:
    with mail_server(Mailbox(RCPT="550 refused for robotuser hunter2secret")) as address:
        leaky = address.replace("tocsin@127", "robotuser:hunter2secret@127")
        error = refused(SHORT, OFFICER, leaky, "email")
    assert "hunter2secret" not in str(error) and error.__context__ is None


@pytest.mark.parametrize("kind", ["slack", "email", "sms", "push"])
@pytest.mark.parametrize(
    "address",
    [
        # U+2100 becomes "a/c" under NFKC: the library refuses it, with the whole of user and password in its text.
        "https://robotuser:hunter2secret@ho\u2100st/services/hunter3secret",
        "slackhook://robotuser:hunter2secret@ho\u2100st/hunter3secret",
        "slack://hunter2secret\u2100/hunter3secret/B/C",
        "mailtos://robotuser:hunter2secret@ho\u2100st/?from=a@b.example",
        "mailto://robotuser:hunter2secret@[::1/hunter3secret",
        "slackhook://robotuser:hunter2secret@[::1/hunter3secret",
        "slackhook://robotuser:hunter2secret@127.0.0.1:notaport/hunter3secret",
        "mailto://127.0.0.1?from=a@b.example&user=robotuser&pass=hunter2secret&smtp=ho\u2100st",
    ],
)
def test_an_address_that_cannot_be_read_leaves_nothing_of_itself(kind: str, address: str) -> None:
    error = refused(SHORT, OFFICER, address, kind)
    everything = "".join(traceback.format_exception(error)).split("Error: ", 1)[-1]
    assert not [piece for piece in ("hunter2", "hunter3", "robotuser") if piece in everything]
    assert error.__context__ is None and error.__cause__ is None
    assert str(error).startswith(f"{kind} to Night desk: ")


def test_a_sentence_is_cleaned_of_an_address_that_cannot_be_taken_apart() -> None:
    address = "mailto://robotuser:hunter2secret@ho\u2100st/inbox"
    assert without_secrets("robotuser has hunter2secret in /inbox", address) == "*** has *** in /***"


def test_an_exception_nobody_foresaw_says_its_name_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def burst(*_: object, **__: object) -> None:
        raise RuntimeError("at hunter2secret")

    monkeypatch.setattr("apprise.Apprise.notify", burst)
    error = refused(SHORT, ROOM, "slackhook://127.0.0.1/hunter2secret", "slack")
    assert str(error) == "slack to Operations: it ended with RuntimeError"
    assert error.unknown and error.__context__ is None
