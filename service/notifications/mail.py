"""E-mail: a text and an HTML letter, carried by SMTP."""

from typing import TYPE_CHECKING, Any

from jinja2 import Environment, StrictUndefined

from service.notifications.bulletin import Bulletin
from service.notifications.channel import JINJA, BadAddress, Channel, Written, understood
from service.values import Level, Message, Recipient

if TYPE_CHECKING:
    from apprise import AppriseAsset, NotifyBase

# Each level's band; white on any of them has a contrast of at least 5 to 1 (WCAG 2.2 asks 4.5).
COLOURS = {
    Level.NONE: "#44546a",
    Level.MINOR: "#7a5a00",
    Level.MODERATE: "#a64100",
    Level.SEVERE: "#b3151b",
    Level.EXTREME: "#6d0f3c",
}


def write(bulletin: Bulletin) -> Written:
    text = _plain.get_template("alert.txt.j2").render(b=bulletin).strip() + "\n"
    return Written(text, _html.get_template("alert.html.j2").render(b=bulletin, colour=COLOURS[bulletin.level]))


def plug(message: Message, recipient: Recipient, address: str, asset: "AppriseAsset") -> "NotifyBase":
    """A plug-in for one letter to the recipient's address (else the one in the server's address)."""
    from apprise.exception import AppriseException

    from service.notifications.smtp import Mail

    parsed: dict[str, Any] | None = Mail.parse_url(address)
    if not parsed or parsed.get("schema") not in {"mailto", "mailtos"}:
        raise BadAddress("it is not the address of a mail server (mailto:// or mailtos://)")
    if parsed.get("pgp_mode"):
        raise BadAddress("it asks for PGP, which we do not do")
    targets = [recipient.address] if recipient.address else parsed["targets"]
    try:
        mail = Mail(message=message, asset=asset, **{**understood(parsed), "targets": targets, "cc": None, "bcc": None})
    except (AppriseException, TypeError):
        raise BadAddress("it names no sender that mail could come from") from None
    if len(mail.targets) != 1:
        raise BadAddress("a letter goes to exactly one mail address")
    return mail


_plain = Environment(undefined=StrictUndefined, autoescape=False, **JINJA)
_html = Environment(undefined=StrictUndefined, autoescape=True, **JINJA)

CHANNEL = Channel("email", write, plug)
