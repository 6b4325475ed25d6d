"""Hands one message to one recipient's channel through Apprise, and says how sure it is of the outcome."""

import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from service.errors import DeliveryError
from service.notifications import CHANNELS, connections
from service.notifications.channel import BadAddress
from service.notifications.outcome import by_status
from service.values import Message, Recipient

if TYPE_CHECKING:
    from apprise import AppriseAsset, AppriseResult, NotifyBase

# Shares of the whole time: a single wait ends before Apprise gives up on the whole, so
# that we learn which wait it was, and with it whether anything had been handed over.
CONNECT_SHARE, READ_SHARE = 0.4, 0.6
HTTP_STATUS_IN_LOG = re.compile(r"\berror=(\d{3})\b")
SHORTEST_SECRET = 4


def send(message: Message, recipient: Recipient, address: str, kind: str, timeout: float) -> None:
    """Send, and return only when the other side took the message.

    `address` is the channel's Apprise URL, a secret; `timeout`, in seconds, is
    for everything.  Raises DeliveryError: permanent (trying again cannot
    help), unknown (it may have arrived), or neither (it did not; try again).
    """
    failure = _failure(message, recipient, address, kind, timeout)
    if failure is None:
        return
    sentence = without_secrets(f"{kind} to {recipient.name}: {failure}", address)
    # Outside every handler, so that no context holds what was taken out of the sentence.
    raise DeliveryError(sentence, permanent=failure.permanent, unknown=failure.unknown, retry_after=failure.retry_after)


def _failure(message: Message, recipient: Recipient, address: str, kind: str, timeout: float) -> DeliveryError | None:
    """What went wrong; of an exception that nobody foresaw only its name, since its text may hold the address."""
    try:
        _send(message, recipient, address, kind, timeout)
    except DeliveryError as error:
        return error
    except Exception as error:
        return DeliveryError(f"it ended with {type(error).__name__}", unknown=True)
    return None


def _send(message: Message, recipient: Recipient, address: str, kind: str, timeout: float) -> None:
    from apprise import Apprise, NotifyFormat

    plugin = _plugin(message, recipient, address, kind, timeout)
    # A fresh object a call: Apprise slows down those that are used again.
    apprise = Apprise(asset=plugin.asset)
    apprise.add(plugin)
    # As text, or a service that speaks HTML would take a feed's words for its own.
    told = apprise.notify(body=message.text, title=message.subject, body_format=NotifyFormat.TEXT, timeout=timeout)
    _judge(told, plugin)


def _plugin(message: Message, recipient: Recipient, address: str, kind: str, timeout: float) -> "NotifyBase":
    """Raises DeliveryError (permanent) where the kind or the address is none we know."""
    if kind not in CHANNELS:
        raise DeliveryError(f"there is no channel of kind {kind!r}", permanent=True)
    try:
        plugin = CHANNELS[kind].plug(message, recipient, address, _asset())
    except BadAddress as error:
        raise DeliveryError(f"the channel's address cannot be used: {error}", permanent=True) from None
    except Exception as error:
        sentence = f"the channel's address cannot be read ({type(error).__name__})"
        raise DeliveryError(sentence, permanent=True) from None
    plugin.socket_connect_timeout = timeout * CONNECT_SHARE
    plugin.socket_read_timeout = timeout * READ_SHARE
    return plugin


@cache
def _asset() -> "AppriseAsset":
    from apprise import AppriseAsset

    return AppriseAsset(app_id="Tocsin", app_desc="Tocsin", app_url="", http_redirects=False)


def _judge(result: "AppriseResult", plugin: "NotifyBase") -> None:
    """Raises DeliveryError unless everything went through: as exact as the plug-in or, failing that, the log is."""
    from apprise import AppriseResultStatus

    failure = getattr(plugin, "failure", None)
    if isinstance(failure, DeliveryError):
        raise failure
    if result.status is AppriseResultStatus.SUCCESS:
        return
    if result.status is AppriseResultStatus.NOMATCH:
        raise DeliveryError("Apprise found nobody to send it to", permanent=True)
    if result.status is AppriseResultStatus.TIMEOUT:
        # What hangs still holds it.
        connections.forget()
        raise DeliveryError("it did not end in time", unknown=True)
    raise _from_log(result)


def _from_log(result: "AppriseResult") -> DeliveryError:
    """What Apprise's own plug-ins log of an HTTP answer; all else they tell leaves the outcome open."""
    logged = " ".join(entry.message for entry in result.logs())
    status = HTTP_STATUS_IN_LOG.search(logged)
    if status is not None:
        return by_status(int(status[1]), f"the service answered {status[1]}")
    return DeliveryError("Apprise could not say whether it arrived", unknown=True)


def without_secrets(sentence: str, address: str) -> str:
    """The sentence with every piece of the address that could be a password or a token taken out."""
    pieces = [address, *_pieces(address)]
    forms = {form for piece in pieces for form in (piece, unquote(piece)) if len(form) >= SHORTEST_SECRET}
    for form in sorted(forms, key=len, reverse=True):
        sentence = sentence.replace(form, "***")
    return sentence


def _pieces(address: str) -> list[str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        # Not to be taken apart by the rules: then at every character that could part it.
        return re.split(r"[/:@?&=#\[\]]+", address.partition("://")[2])
    pieces = [parts.username or "", parts.password or "", *parts.path.split("/"), parts.query]
    pieces += [value for name, value in parse_qsl(parts.query) if name in {"user", "pass"}]
    return [*pieces, parts.netloc] if parts.scheme == "slack" else pieces
