"""Alert → message → channel: what is said, and how it goes out.

`compose.compose` writes a Notice for one recipient, `send.send` hands the
Message to its channel through Apprise, `links` signs the link to acknowledge.

To add a channel: one file with its `Channel`, one row here.
"""

from collections.abc import Mapping
from types import MappingProxyType

from service.notifications import internal, mail, push, slack, sms
from service.notifications.channel import Channel

CHANNELS: Mapping[str, Channel] = MappingProxyType(
    {
        "slack": slack.CHANNEL,
        "email": mail.CHANNEL,
        "sms": sms.CHANNEL,
        "push": push.CHANNEL,
    }
)

# With the one that leads to Tocsin itself, which alerts.yaml is not offered.
EVERY: Mapping[str, Channel] = MappingProxyType({**CHANNELS, "internal": internal.CHANNEL})
