"""Signed requests: what is believed, what is read of it."""

from datetime import UTC, datetime, timedelta

import pytest

from service.answers.signed import read, sign
from service.errors import Refused

SECRET = "a secret of this test"
NOW = datetime(2024, 11, 28, 18, 31, tzinfo=UTC)
JSON = b'{"sender": "+447700900123", "text": "A7K2"}'


def headers(body: bytes, kind: str = "application/json", at: datetime = NOW, **changed: str) -> dict[str, str]:
    stamp = str(int(at.timestamp()))
    signature = f"sha256={sign(SECRET, stamp, body)}"
    given = {"content-type": kind, "x-tocsin-timestamp": stamp, "x-tocsin-signature": signature}
    return given | {name.replace("_", "-"): value for name, value in changed.items()}


def refused(body: bytes, given: dict[str, str]) -> int:
    with pytest.raises(Refused) as caught:
        read(SECRET, given, body, NOW)
    return caught.value.status


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (JSON, "application/json"),
        (JSON, "application/json; charset=utf-8"),
        (b'{"From": " +447700900123 ", "Body": "A7K2", "more": [1]}', "application/json"),
        (b"From=%2B447700900123&Body=A7K2", "application/x-www-form-urlencoded"),
        (b"sender=%2B447700900123&text=A7K2&text=A7K2", "application/x-www-form-urlencoded"),
    ],
)
def test_a_signed_answer_is_read(body: bytes, kind: str) -> None:
    heard = read(SECRET, headers(body, kind), body, NOW)
    assert (heard.sender, heard.text) == ("+447700900123", "A7K2")


def test_equal_requests_have_one_digest() -> None:
    first, second = (read(SECRET, headers(JSON), JSON, NOW + timedelta(seconds=n)).digest for n in (0, 9))
    later = read(SECRET, headers(JSON, at=NOW + timedelta(seconds=1)), JSON, NOW).digest
    assert first == second != later


@pytest.mark.parametrize(
    "changed",
    [
        {"x_tocsin_signature": ""},
        {"x_tocsin_signature": "sha256="},
        {"x_tocsin_signature": "sha256=" + "0" * 64},
        {"x_tocsin_signature": "é"},
        {"x_tocsin_signature": sign("another secret of it", str(int(NOW.timestamp())), JSON)},
        {"x_tocsin_timestamp": ""},
        {"x_tocsin_timestamp": str(int(NOW.timestamp()) + 1)},
    ],
)
def test_without_the_right_signature_nobody_is_believed(changed: dict[str, str]) -> None:
    assert refused(JSON, headers(JSON, **changed)) == 401


def test_a_changed_body_breaks_the_signature() -> None:
    assert refused(JSON.replace(b"A7K2", b"B8M3"), headers(JSON)) == 401


@pytest.mark.parametrize("minutes", [-6, 6])
def test_an_old_or_early_request_is_not_heard(minutes: int) -> None:
    assert refused(JSON, headers(JSON, at=NOW + timedelta(minutes=minutes))) == 401


@pytest.mark.parametrize("stamp", ["now", "-1", "1e9", "٣", "9" * 13])
def test_a_time_that_is_none_is_refused(stamp: str) -> None:
    given = {"content-type": "application/json", "x-tocsin-timestamp": stamp}
    assert refused(JSON, given | {"x-tocsin-signature": sign(SECRET, stamp, JSON)}) == 401


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"[]", "application/json", 400),
        (b'{"sender": "x"}', "application/json", 400),
        (b'{"sender": 4, "text": "A7K2"}', "application/json", 400),
        (b'{"sender": " ", "text": "A7K2"}', "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"&".join([b"a=b"] * 200), "application/x-www-form-urlencoded", 400),
        (b"hello", "text/plain", 415),
        (b"hello", "", 415),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(body: bytes, kind: str, status: int) -> None:
    assert refused(body, headers(body, kind)) == status
