"""Slack, and what speaks its incoming webhooks: Mattermost, Rocket.Chat, a host of one's own."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from service.notifications.bulletin import Bulletin
from service.notifications.channel import IGNORED_OPTIONS, JINJA, BadAddress, Channel, Written, understood
from service.values import Message, Recipient

if TYPE_CHECKING:
    from apprise import AppriseAsset, NotifyBase

# Slack advises 4,000 characters a message; Rocket.Chat refuses more than 5,000.
LONGEST_TEXT = 4000
# Slack's three control characters, then what Markdown-speaking servers act on besides: mentions
# and links made of plain characters, parted by a word joiner or replaced by a look-alike.
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
ESCAPES |= {"@": "@\u2060", "://": ":/\u2060/", "](": "]\u2060(", "`": "'", "*": "∗", "~": "∼"}
# Options in an address that are for Apprise, not for the webhook.
OPTIONS = IGNORED_OPTIONS | {"verify", "cto", "rto", "tz", "image", "footer", "blocks", "timestamp", "mode"}


def write(bulletin: Bulletin) -> Written:
    """In mrkdwn; a bulletin too long for one message loses its last bullets, or the ends of its lists, never links."""
    for shorter in _shorter(bulletin):
        text = _template.render(b=shorter).strip()
        if len(text) <= LONGEST_TEXT:
            break
    return Written(text)


def _shorter(bulletin: Bulletin) -> Iterator[Bulletin]:
    """The bulletin, then shorter and shorter."""
    listed = len(bulletin.bullets)
    for count in range(listed, -1, -1):
        yield replace(bulletin, bullets=bulletin.bullets[:count], unlisted=bulletin.unlisted + listed - count)
    for most in range(max((len(section.lines) for section in bulletin.sections), default=0) - 1, -1, -1):
        yield replace(bulletin, sections=tuple(section.cut(most) for section in bulletin.sections))


def escape(text: object) -> str:
    """Plain text for mrkdwn, unable to mention, link or format; what is marked up already passes."""
    if isinstance(text, Markup):
        return str(text)
    line = str(text)
    for character, safe in ESCAPES.items():
        line = line.replace(character, safe)
    return line


def anchor(url: str, label: str) -> Markup:
    """Slack's link: `<url|label>`."""
    address = url.replace("&", "&amp;").replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")
    return Markup(f"<{address}|{escape(label)}>")


def plug(message: Message, recipient: Recipient, address: str, asset: "AppriseAsset") -> "NotifyBase":
    """A plug-in for one webhook; the recipient's address, if any, names a room (`#alerts`)."""
    from service.notifications.webhook import Webhook

    whole = own_scheme(address)
    parsed: dict[str, Any] | None = Webhook.parse_url(whole)
    if not parsed or not parsed.get("host"):
        raise BadAddress("it is not the address of an incoming webhook")
    return Webhook(endpoint(whole), room=recipient.address, asset=asset, **understood(parsed))


def endpoint(address: str) -> str:
    """Where a `slackhook(s)://` address posts to: without its user, and without options meant for Apprise."""
    parts = urlsplit(address)
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k not in OPTIONS])
    scheme = "https" if parts.scheme == "slackhooks" else "http"
    return urlunsplit((scheme, parts.netloc.rpartition("@")[2], parts.path or "/", query, ""))


def own_scheme(address: str) -> str:
    """Every way to write a webhook's address as our `slackhook(s)://host/path`.

    `slack://A/B/C` is Apprise's short form for a webhook at Slack itself.  Raises BadAddress for others.
    """
    parts = urlsplit(address)
    match parts.scheme:
        case "slackhook" | "slackhooks":
            return address
        case "http" | "https":
            return f"slackhook{parts.scheme[4:]}{address[len(parts.scheme) :]}"
        case "slack" if parts.netloc.startswith("T") and parts.path.count("/") >= 2:
            tokens = [parts.netloc, *parts.path.strip("/").split("/")[:2]]
            return f"slackhooks://hooks.slack.com/services/{'/'.join(tokens)}"
    raise BadAddress(
        "it is not the address of an incoming webhook (https://…, slackhooks://host/path or slack://A/B/C)"
    )


_environment = Environment(finalize=escape, undefined=StrictUndefined, autoescape=False, **JINJA)
_environment.globals["anchor"] = anchor
_template = _environment.get_template("alert.slack.j2")

CHANNEL = Channel("slack", write, plug)
