"""A gateway's signed request → its sender and the words: HMAC-SHA256 over the time and the raw body."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from service.errors import Refused

# Bytes; an answer is a few words.
LARGEST_BODY = 64 * 1024
LONGEST_FIELD = 2000
# How far a gateway's clock may be from ours; an older request is not heard.
TOLERANCE = timedelta(minutes=5)
# The names gateways give the two fields we read, in any case.
SENDER, TEXT = ("sender", "from", "msisdn"), ("text", "body", "message")


@dataclass(frozen=True, slots=True)
class Heard:
    """Who says what; `digest` names the request, so that one that comes twice is known."""

    sender: str
    text: str
    digest: str


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The signature of a body sent at a time (seconds since 1970): hexadecimal, of `timestamp.body`."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def read(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> Heard:
    """The request, if the signature is right; compared in constant time.

    Raises Refused: 401 where the signature or its time is wrong or missing, 400 or 415 where the body is unreadable.
    """
    timestamp = headers.get("x-tocsin-timestamp", "")
    given = headers.get("x-tocsin-signature", "").removeprefix("sha256=")
    if not hmac.compare_digest(sign(secret, timestamp, body).encode(), given.encode()):
        raise Refused("The signature is missing or wrong.", status=401)
    if not _is_fresh(timestamp, now):
        raise Refused("The time of the signature is more than five minutes away from ours.", status=401)
    fields = _fields(headers.get("content-type", ""), body)
    digest = hashlib.sha256(f"{timestamp}.{given}".encode()).hexdigest()
    return Heard(_field(fields, SENDER), _field(fields, TEXT), digest)


def _is_fresh(timestamp: str, now: datetime) -> bool:
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    return abs(now.timestamp() - int(timestamp)) <= TOLERANCE.total_seconds()


def _fields(content_type: str, body: bytes) -> dict[str, object]:
    kind = content_type.partition(";")[0].strip().lower()
    try:
        if kind == "application/json":
            found = json.loads(body)
            return {str(name).lower(): value for name, value in found.items()} if isinstance(found, dict) else {}
        if kind == "application/x-www-form-urlencoded":
            pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=100)
            return {name.lower(): value for name, value in pairs}
    except (ValueError, RecursionError):
        raise Refused("The body cannot be read as its Content-Type says.", status=400) from None
    raise Refused("Send application/json or application/x-www-form-urlencoded.", status=415)


def _field(fields: Mapping[str, object], names: tuple[str, ...]) -> str:
    found = next((fields[name] for name in names if name in fields), None)
    if not isinstance(found, str) or not found.strip():
        raise Refused(f"The body has no '{names[0]}'.", status=400)
    return found[:LONGEST_FIELD].strip()
