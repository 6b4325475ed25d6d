"""What the rest of Tocsin offers that a rule may name."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Known:
    """Kinds of feed and of channel, codes of the languages we read (ISO 639-1), of countries (alpha-3).

    `waking_kinds` are the kinds of channel that wake a phone.
    `admin1` names the first-level areas of countries as places name them; of a country
    that is not in it, any name may be written.
    """

    feed_kinds: Collection[str]
    channel_kinds: Collection[str]
    languages: Collection[str]
    countries: Collection[str]
    admin1: Mapping[str, Collection[str]] = field(default_factory=dict)
    waking_kinds: Collection[str] = ()
