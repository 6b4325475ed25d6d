"""Mails as people and programs write them: whose they are, which words answer, which nobody wrote."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.answers.letter import first_lines, read, unquoted_html, words_of

SUBJECT = "Re: [Tocsin] SEVERE, unverified: NW Syria - almost 7,000 families displaced (1 outlet)"


def mail(body: str = "A7K2", *also: str, sender: str = "Amira <amira@example.org>", subject: str = SUBJECT) -> bytes:
    head = [f"From: {sender}", "To: tocsin@example.org", f"Subject: {subject}", "Message-ID: <one@mail.example>", *also]
    return ("\r\n".join(head) + "\r\n\r\n" + body.replace("\n", "\r\n")).encode()


QUOTED = "> SEVERE - not verified by us\n> Or answer this mail with B8M3\n"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("A7K2", "A7K2"),
        (f"ok a7k2\n\nOn 28 Nov 2024, Tocsin wrote:\n{QUOTED}", "ok a7k2"),
        (f"ok a7k2\nOn 28 Nov 2024, Tocsin wrote:\n{QUOTED}", "ok a7k2"),
        (f"On 28 Nov 2024 at 18:40, Tocsin <tocsin@example.org>\nwrote:\n{QUOTED}\nA7K2\n", "A7K2"),
        (f"On 28 Nov 2024 at 18:40, Tocsin wrote:\n\n{QUOTED}\nA7K2\n", "A7K2"),
        (f"{QUOTED}\nA7K2", "A7K2"),
        ("\n\n  A7K2  \n\n-- \nAmira Haddad\nB8M3", "A7K2"),
        ("A7K2\n\n________________________________\nFrom: Tocsin\nanswer with B8M3", "A7K2"),
        ("I am on leave\nuntil Monday\n\nA7K2", "I am on leave\nuntil Monday"),
        (QUOTED, ""),
        ("", ""),
    ],
)
def test_the_first_paragraph_that_is_not_quoted_answers(body: str, words: str) -> None:
    assert first_lines(body) == words
    letter = read(mail(body))
    assert letter is not None and letter.lines == words


def test_the_subject_answers_where_it_is_an_answer_and_nothing_else() -> None:
    def words(body: str, subject: str) -> str:
        letter = read(mail(body, subject=subject))
        assert letter is not None
        return words_of(letter)

    assert words("", "RE: ok A7K2") == "ok A7K2"
    assert words("Amira", "A7K2") == "A7K2"
    assert words("ok", "Re: fighting near A7K2") == "ok"
    assert words("B8M3", "A7K2") == "B8M3"
    assert words("cannot take B8M3", "A7K2") == "cannot take B8M3"


def test_it_says_whose_it_is_and_what_it_replies_to() -> None:
    letter = read(
        mail("A7K2", "In-Reply-To: <alert.17.3.rise.128f820f34f2@tocsin.example>", sender="AMIRA@Example.org")
    )
    assert letter is not None
    assert (letter.sender, letter.revision, letter.message_id) == ("amira@example.org", 3, "<one@mail.example>")
    assert letter.subject.startswith("[Tocsin] SEVERE") and not letter.automatic


@pytest.mark.parametrize(
    "sender", ["a@example.org, b@example.org", "nobody", "", "undisclosed-recipients:;", "=?utf-8?q?x?="]
)
def test_one_sender_or_none(sender: str) -> None:
    letter = read(mail(sender=sender))
    assert letter is None or letter.sender == ""


@pytest.mark.parametrize(
    "header",
    [
        *("Auto-Submitted: auto-replied", "Auto-Submitted: auto-generated; owner=x", "Return-Path: <>"),
        *("X-Auto-Response-Suppress: All", "X-Autoreply: yes", "Precedence: bulk", "Precedence: auto_reply"),
        *("List-Id: <all.example.org>", "Content-Type: multipart/report; boundary=x; report-type=delivery-status"),
    ],
)
def test_programs_are_known_by_their_headers(header: str) -> None:
    letter = read(mail("A7K2", header))
    assert letter is not None and letter.automatic


@pytest.mark.parametrize(
    ("sender", "subject"),
    [
        ("MAILER-DAEMON@example.org", "hello"),
        ("postmaster@example.org", "hello"),
        ("no-reply@example.org", "hello"),
        ("amira@example.org", "Automatic reply: [Tocsin] SEVERE A7K2"),
        ("amira@example.org", "Out of Office Re: A7K2"),
        ("amira@example.org", "Undeliverable: A7K2"),
        ("amira@example.org", "Abwesenheitsnotiz"),
    ],
)
def test_programs_are_known_by_their_names(sender: str, subject: str) -> None:
    letter = read(mail(sender=sender, subject=subject))
    assert letter is not None and letter.automatic


def test_people_are_no_programs() -> None:
    for header in ("Auto-Submitted: no", "Return-Path: <amira@example.org>", "Precedence: first-class", "X-A: b"):
        letter = read(mail("A7K2", header))
        assert letter is not None and not letter.automatic


ALTERNATIVE = 'Content-Type: multipart/alternative; boundary="b"'
HTML = "<html><head><style>B8M3</style></head><body><div>ok A7K2</div><br><blockquote>B8M3</blockquote></body></html>"


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ("--b\nContent-Type: text/plain\n\nA7K2\n--b\nContent-Type: text/html\n\n<p>B8M3</p>\n--b--\n", "A7K2"),
        (f"--b\nContent-Type: text/html\n\n{HTML}\n--b--\n", "ok A7K2"),
        ("--b\nContent-Type: text/plain; charset=nobody-knows\n\nA7K2\n--b--\n", "A7K2"),
        ("--b\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\nQTdLMg==\n--b--\n", "A7K2"),
        ("--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=x.txt\n\nA7K2\n--b--\n", ""),
    ],
)
def test_parts(parts: str, words: str) -> None:
    letter = read(mail(parts, ALTERNATIVE))
    assert letter is not None and letter.lines == words


def test_html_ends_at_the_first_quotation() -> None:
    assert unquoted_html('<p>ok</p><div class="gmail_quote">A7K2</div>').strip() == "ok"
    assert unquoted_html('ok<hr><div id="divRplyFwdMsg">A7K2</div>').strip() == "ok"


def nested(depth: int) -> str:
    opened = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(1, depth))
    return f"--b\n{opened}Content-Type: text/plain\n\nA7K2\n"


@pytest.mark.parametrize("depth", [8, 200, 3000])
def test_words_that_hide_deep_are_not_looked_for(depth: int) -> None:
    letter = read(mail(nested(depth), 'Content-Type: multipart/mixed; boundary="b"'))
    assert letter is None or letter.lines == ""


def test_a_mail_cut_off_in_the_middle_is_read_as_far_as_it_goes() -> None:
    whole = mail("--b\nContent-Type: text/plain\n\nA7K2\n\n--b\nContent-Type: image/png\n\n" + "x" * 500, ALTERNATIVE)
    letter = read(whole[:-200])
    assert letter is not None and letter.lines == "A7K2"


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["Subject", "From", "Content-Type", "In-Reply-To", "Return-Path"]))
def test_no_bytes_break_it(noise: bytes, header: str) -> None:
    read(noise)
    read(f"{header}: ".encode() + noise + b"\r\n\r\n" + noise)
    read(mail().replace(b"\r\n\r\n", b"\r\n" + header.encode() + b": " + noise + b"\r\n\r\n", 1))
