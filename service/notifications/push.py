"""Push: a title and a few lines for a telephone's screen, carried by ntfy, Pushover, Gotify and their like."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit, urlunsplit

from service.notifications import services
from service.notifications.bulletin import Bulletin
from service.notifications.channel import BadAddress, Channel, Written
from service.notifications.foreign import clip
from service.notifications.gist import inert
from service.notifications.headline import REASONS
from service.values import Message, Recipient

if TYPE_CHECKING:
    from apprise import AppriseAsset, NotifyBase

# Pushover takes 1,024 characters and a title of 250; a screen shows the first forty or so.
LONGEST_TEXT, LONGEST_TITLE = 1000, 120
LONGEST_DETAILS = 300
# Services whose applications can ring through the night. Chats are not among them: people mute them.
SERVICES = frozenset(
    [
        *("ntfy", "ntfys", "pover", "gotify", "gotifys", "pbul", "psafer", "psafers", "spush", "prowl", "join"),
        *("bark", "barks", "pushy", "pushdeer", "pushdeers", "signl4", "pagerduty", "opsgenie", "splunk", "victorops"),
        *("ilert", "spike"),
    ]
)


def write(bulletin: Bulletin) -> Written:
    """As many facts as there is room for; the link to acknowledge is never left out."""
    gist = bulletin.gist
    for count in range(len(gist.facts), -1, -1):
        text = "\n".join(_lines(bulletin, count))
        if len(text) <= LONGEST_TEXT:
            break
    return Written(text, subject=clip(f"{', '.join(_flags(bulletin))}: {gist.place}", LONGEST_TITLE))


def _flags(bulletin: Bulletin) -> Iterator[str]:
    yield from (flag.replace("not verified by us", "unverified") for flag in bulletin.flags)
    if bulletin.duplicate:
        yield "possible duplicate"


def _lines(bulletin: Bulletin, count: int) -> Iterator[str]:
    if bulletin.note and bulletin.flags[0] in REASONS.values():
        yield inert(clip(bulletin.note, LONGEST_DETAILS))
    yield from bulletin.gist.facts[:count]
    if unsaid := len(bulletin.gist.facts) - count:
        yield f"and {unsaid} more"
    if bulletin.gist.days:
        yield f"Happened {bulletin.gist.days}"
    if bulletin.details:
        yield inert(clip(bulletin.details, LONGEST_DETAILS))
    if bulletin.acknowledge:
        yield f"I am checking: {bulletin.acknowledge}"
    else:
        yield from (f"{link.label}: {link.url}" for link in bulletin.links[-1:])


def plug(message: Message, recipient: Recipient, address: str, asset: "AppriseAsset") -> "NotifyBase":
    """A plug-in of a push service; the recipient's address, if any, names a topic or a device there."""
    if urlsplit(address).scheme not in SERVICES:
        raise BadAddress("it is not the address of a push service")
    service, parsed = services.parsed(_with_target(address, recipient.address))
    return services.instance(service, {**parsed, **_targets(service, parsed, recipient.address)}, asset)


def _targets(service: Any, parsed: dict[str, Any], target: str | None) -> dict[str, list[str]]:
    if target is None:
        return {}
    if "targets" not in service.template_tokens:
        raise BadAddress("this service knows no topics or devices: leave the contact's address out")
    return {"targets": [target]}


def _with_target(address: str, target: str | None) -> str:
    """The address with the target at its end: without any, ntfy would take its host for a topic at ntfy.sh."""
    if target is None:
        return address
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{quote(target, safe='')}"))


CHANNEL = Channel("push", write, plug, wakes=True)
