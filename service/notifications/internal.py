"""The internal channel: what Tocsin sends itself, to see that it arrives; `service.flow.journey` takes it."""

from typing import TYPE_CHECKING

from service.notifications import mail
from service.notifications.bulletin import Bulletin
from service.notifications.channel import BadAddress, Channel, Written
from service.values import Message, Recipient

if TYPE_CHECKING:
    from apprise import AppriseAsset, NotifyBase


def write(bulletin: Bulletin) -> Written:
    return Written(mail.write(bulletin).text)


def plug(message: Message, recipient: Recipient, address: str, asset: "AppriseAsset") -> "NotifyBase":
    """Never asked for: nothing of it goes out."""
    raise BadAddress("the internal channel leads nowhere else")


CHANNEL = Channel("internal", write, plug)
