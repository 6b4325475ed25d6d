"""What an answer's code says of a delivery: never, or try again."""

from service.errors import DeliveryError

# Request Timeout and Too Many Requests (RFC 9110 15.5.9, RFC 6585 4): the only 4xx that ask for another try.
TRY_AGAIN = frozenset({408, 429})


def by_status(status: int, sentence: str) -> DeliveryError:
    """An HTTP status that is not a success: 4xx will not change by itself, 5xx may."""
    return DeliveryError(sentence, permanent=400 <= status < 500 and status not in TRY_AGAIN)


def by_reply(code: int, sentence: str) -> DeliveryError:
    """An SMTP reply that is not a success: 5yz is permanent, 4yz transient (RFC 5321 4.2.1)."""
    return DeliveryError(sentence, permanent=500 <= code < 600)
