"""Signed links: who may acknowledge which alert without logging in, and until when."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from itsdangerous import BadData, URLSafeSerializer

from service.errors import Refused

# Binds a signature to its purpose: a token made for anything else does not pass here.
SALT = "tocsin.acknowledge.1"
LONGEST_TOKEN = 2000


@dataclass(frozen=True, slots=True)
class Ack:
    """What a token says: this recipient may acknowledge this alert, as it rang when the token was issued.

    `issued` is in whole seconds, and so may be up to one earlier than the ringing.
    """

    alert_id: int
    recipient: str
    issued: datetime


def sign(secret: str, alert_id: int, recipient: str, issued: datetime) -> str:
    """A token for a URL, signed with HMAC-SHA-256; equal arguments give an equal token."""
    token = _serializer(secret).dumps([alert_id, recipient, int(issued.timestamp())])
    return token if isinstance(token, str) else token.decode()


def read(secret: str, token: str, max_age: timedelta, now: datetime) -> Ack:
    """What the token says; compared in constant time.

    Raises Refused: 404 where it was not signed by us, 410 where it is older than `max_age`.
    """
    ack = _payload(secret, token)
    if now - ack.issued > max_age:
        raise Refused("This link has expired. Open the alert itself, or answer a newer message.", status=410)
    return ack


def _payload(secret: str, token: str) -> Ack:
    try:
        if len(token) > LONGEST_TOKEN:
            raise BadData("too long")
        alert_id, recipient, issued = _serializer(secret).loads(token)
        return Ack(int(alert_id), str(recipient), datetime.fromtimestamp(int(issued), UTC))
    except (BadData, ValueError, TypeError, OverflowError):
        raise Refused("This link is not one of ours, or it was cut off on its way.", status=404) from None


def _serializer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=SALT, signer_kwargs={"digest_method": sha256, "key_derivation": "hmac"})
