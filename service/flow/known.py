"""What alerts.yaml may name: the kinds, languages and countries this version knows."""

from functools import cache

from service.countries import all_countries
from service.feeds import KINDS
from service.languages import available
from service.notifications import CHANNELS
from service.rules import Known


@cache
def known() -> Known:
    return Known(
        feed_kinds=frozenset(KINDS),
        channel_kinds=frozenset(CHANNELS),
        languages=frozenset(available()),
        countries=frozenset(all_countries()),
    )
