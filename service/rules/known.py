"""What the rest of Tocsin offers that a rule may name."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """Kinds of feed and of channel, codes of the languages we read (ISO 639-1), of countries (alpha-3)."""

    feed_kinds: Collection[str]
    channel_kinds: Collection[str]
    languages: Collection[str]
    countries: Collection[str]
