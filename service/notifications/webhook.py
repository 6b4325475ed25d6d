"""The Apprise plug-in for Slack-compatible incoming webhooks on any host; imported only to send."""

import json
from typing import Any

import requests
import urllib3
from apprise import NotifyBase

from service.errors import DeliveryError
from service.notifications import connections
from service.notifications.outcome import by_status

# Enough of an answer to tell "ok" from an error.
LONGEST_ANSWER = 4096
# What a failed connection looks like before a byte of ours was sent.
NEVER_CONNECTED = (
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ConnectTimeoutError,
    urllib3.exceptions.NameResolutionError,
    urllib3.exceptions.SSLError,
    urllib3.exceptions.ProxyError,
)


# Apprise's annotations do not fit plug-ins (its class attributes are None); to mypy its base is anything.
Base: Any = NotifyBase


class Webhook(Base):  # type: ignore[misc]
    """`slackhook://host[:port]/path`, or `slackhooks://` over TLS.

    `failure` says, after a send that failed, what went wrong and how sure that is.
    """

    service_name = "Slack-compatible webhook"
    protocol = "slackhook"
    secure_protocol = "slackhooks"
    # Ours: the outbox sets the pace.
    request_rate_per_sec = 0
    body_maxlen = 35_000

    def __init__(self, endpoint: str, room: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.endpoint = endpoint
        self.room = room
        self.failure: DeliveryError | None = None
        # Ours, of the thread that made us: Apprise sends in a new thread each time.
        self.session = connections.session()

    def url(self, privacy: bool = False, *args: Any, **kwargs: Any) -> str:
        """Scheme and host alone: the rest of the address is the secret."""
        return f"{self.secure_protocol if self.secure else self.protocol}://{self.host}/****"

    def send(self, body: str, title: str = "", **kwargs: Any) -> bool:
        try:
            self._post({"text": body, "mrkdwn": True, "unfurl_links": False, "unfurl_media": False})
        except DeliveryError as failure:
            self.failure = failure
            return False
        return True

    def _post(self, payload: dict[str, Any]) -> None:
        if self.room:
            payload["channel"] = self.room
        try:
            with self.session.post(
                self.endpoint,
                json=payload,
                auth=(self.user, self.password) if self.user and self.password else None,
                timeout=self.request_timeout,
                verify=self.verify_certificate,
                allow_redirects=False,
                stream=True,
            ) as response:
                answer = response.raw.read(LONGEST_ANSWER, decode_content=True)
                _judge(response.status_code, answer, response.headers.get("Retry-After", ""))
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise _of_exception(error) from None


def _judge(status: int, answer: bytes, retry_after: str) -> None:
    """Raises DeliveryError unless the answer says that the message was taken."""
    if 300 <= status < 400:
        raise DeliveryError("the webhook redirects elsewhere, which is not followed", permanent=True)
    if not 200 <= status < 300:
        raise by_status(status, f"the webhook answered {status}", retry_after)
    if answer.strip().lower() in {b"", b"ok"}:
        return
    _judge_json(answer)


def _judge_json(answer: bytes) -> None:
    try:
        said = json.loads(answer)
    except ValueError:
        raise DeliveryError("the webhook answered with something other than “ok”", unknown=True) from None
    if isinstance(said, dict) and (said.get("ok") is False or said.get("success") is False):
        raise DeliveryError("the webhook answered that it did not take the message", permanent=True)


def _of_exception(error: Exception) -> DeliveryError:
    """Whether the message can have arrived; nothing of the exception's text, which holds the address."""
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema):
        return DeliveryError("the webhook's address cannot be used", permanent=True)
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.SSLError | requests.exceptions.ProxyError):
        return DeliveryError("the webhook could not be reached")
    inner = error.args[0] if error.args else None
    reason = getattr(inner, "reason", inner)
    if isinstance(error, requests.ConnectionError) and isinstance(reason, NEVER_CONNECTED):
        return DeliveryError("the webhook could not be reached")
    return DeliveryError("the webhook took the message but its answer did not arrive", unknown=True)
