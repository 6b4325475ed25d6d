"""What is in force beside alerts.yaml: the way of the synthetic report, which no file can change.

Its country is one of the codes that ISO 3166-1 leaves to users (XAA to XZZ), so nothing real is ever in it; its
source has a grade of its own and its area the lowest bounds, so that it rings under any thresholds; and its route
leads to a receiver inside Tocsin.
"""

from dataclasses import replace
from typing import Final

from service.rules.model import AreaRule, ChannelRule, Contact, RecipientRule, Route, Rules, Threshold
from service.values import Level

COUNTRY: Final = "XTS"
# Of its feed, channel, recipient and route; nothing else is called so.
NAME: Final = "tocsin:synthetic"
PUBLISHER: Final = "Tocsin itself"
# The kind of channel that leads to Tocsin itself; alerts.yaml is not offered it.
INTERNAL: Final = "internal"
GRADE: Final = "S"


def people(rules: Rules) -> dict[str, RecipientRule]:
    """The recipients that a file names: those that an officer can choose from."""
    return {name: rule for name, rule in rules.recipients.items() if name != NAME}


def with_built_in(rules: Rules) -> Rules:
    """The rules of a file as they are in force."""
    lowest = Threshold({"unknown": (1, 1, 1, 1)}, {})
    return replace(
        rules,
        single_origin={**rules.single_origin, GRADE: Level.EXTREME},
        origins={**rules.origins, PUBLISHER.casefold(): GRADE},
        areas=(*rules.areas, AreaRule(NAME, frozenset({COUNTRY}), frozenset(), {"killed": lowest})),
        channels={**rules.channels, NAME: ChannelRule(NAME, INTERNAL, secret="")},
        recipients={**rules.recipients, NAME: RecipientRule(NAME, (Contact(NAME),))},
        routes=(*rules.routes, Route(NAME, frozenset({COUNTRY}), Level.EXTREME, (NAME,))),
    )
