"""Signed links: whom they name, how long they live, and what breaks them."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from itsdangerous import URLSafeSerializer

from service.errors import Refused
from service.notifications.links import Ack, read, sign

SECRET = "a secret of this test"
ISSUED = datetime(2024, 11, 28, 18, 31, tzinfo=UTC)
WEEK = timedelta(days=7)
ACK = Ack(17, "Night desk · ليلى", ISSUED)
TOKEN = sign(SECRET, 17, "Night desk · ليلى", ISSUED)


def test_a_token_names_alert_and_recipient_as_long_as_it_lives() -> None:
    assert read(SECRET, TOKEN, WEEK, ISSUED) == ACK
    assert read(SECRET, TOKEN, WEEK, ISSUED + WEEK) == ACK
    # A clock that was moved back does not void what was signed.
    assert read(SECRET, TOKEN, WEEK, ISSUED - WEEK) == ACK


def test_an_old_token_is_gone() -> None:
    with pytest.raises(Refused, match="expired") as caught:
        read(SECRET, TOKEN, WEEK, ISSUED + WEEK + timedelta(seconds=1))
    assert caught.value.status == 410


def test_equal_arguments_make_an_equal_token_that_needs_no_escaping() -> None:
    assert sign(SECRET, 17, "Night desk · ليلى", ISSUED) == TOKEN
    assert all(letter.isascii() and (letter.isalnum() or letter in "-_.") for letter in TOKEN)


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "..",
        "nonsense",
        TOKEN[:-1],
        TOKEN[1:],
        TOKEN.swapcase(),
        TOKEN + "x",
        TOKEN.replace(".", "..", 1),
        "\x00\ud800",
        "é" * 50,
        TOKEN * 500,
    ],
)
def test_a_broken_token_is_not_found(token: str) -> None:
    with pytest.raises(Refused, match="not one of ours") as caught:
        read(SECRET, token, WEEK, ISSUED)
    assert caught.value.status == 404


def test_every_changed_character_breaks_the_signature() -> None:
    for position, letter in enumerate(TOKEN[:-1]):  # the last one may carry unused bits of base64
        other = "A" if letter != "A" else "B"
        with pytest.raises(Refused):
            read(SECRET, TOKEN[:position] + other + TOKEN[position + 1 :], WEEK, ISSUED)


def test_another_secret_or_another_purpose_does_not_pass() -> None:
    foreign = URLSafeSerializer(SECRET, salt="another purpose").dumps([17, "Night desk", int(ISSUED.timestamp())])
    for token in (sign("another secret", 17, "Night desk", ISSUED), str(foreign)):
        with pytest.raises(Refused):
            read(SECRET, token, WEEK, ISSUED)


def test_a_payload_cannot_be_exchanged_under_a_signature() -> None:
    _, _, signature = TOKEN.rpartition(".")
    payload = base64.urlsafe_b64encode(b'[18,"Night desk",1732818660]').decode().rstrip("=")
    with pytest.raises(Refused):
        read(SECRET, f"{payload}.{signature}", WEEK, ISSUED)
