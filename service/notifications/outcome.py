"""What an answer's code says of a delivery: never, or try again."""

import re

from service.errors import DeliveryError

# Request Timeout and Too Many Requests (RFC 9110 15.5.9, RFC 6585 4): the only 4xx that ask for another try.
TRY_AGAIN = frozenset({408, 429})


def by_status(status: int, sentence: str, retry_after: str = "") -> DeliveryError:
    """An HTTP status that is not a success: 4xx will not change by itself, 5xx may.

    `retry_after` is the header's text; only seconds count, a date hangs on another's clock.
    """
    asked = float(retry_after) if re.fullmatch(r"[0-9]{1,6}", retry_after.strip()) else None
    permanent = 400 <= status < 500 and status not in TRY_AGAIN
    return DeliveryError(sentence, permanent=permanent, retry_after=asked)


def by_reply(code: int, sentence: str) -> DeliveryError:
    """An SMTP reply that is not a success: 5yz is permanent, 4yz transient (RFC 5321 4.2.1)."""
    return DeliveryError(sentence, permanent=500 <= code < 600)
