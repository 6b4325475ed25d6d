"""What alerts.yaml may name: the kinds, languages and countries this version knows."""

from functools import cache

from service.countries import all_countries
from service.feeds import KINDS
from service.languages import available
from service.notifications import CHANNELS
from service.places import areas
from service.rules import Known


@cache
def known() -> Known:
    """What this version of Tocsin offers to rules."""
    return Known(
        feed_kinds=KINDS.keys(),
        channel_kinds=CHANNELS.keys(),
        languages=available(),
        countries=all_countries().keys(),
        admin1=areas(),
        waking_kinds=[kind for kind, channel in CHANNELS.items() if channel.wakes],
    )
