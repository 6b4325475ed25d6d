"""What every kind of feed is turned into, and the shape of the function that does it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from service.values import Item


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed once read: its items in the order given.

    `problems` are sentences for the operator about what was repaired, bounded or left out.
    """

    items: tuple[Item, ...]
    title: str | None = None
    language: str | None = None
    problems: tuple[str, ...] = ()


class Adapter(Protocol):
    """Bytes of one kind of feed → its items.

    `url` is where the bytes came from (links may be relative to it), `content_type` the
    HTTP header. `now`, where given, lets the adapter tell dates that lie in the future.
    Raises FeedError where the bytes are not a feed of this kind.
    """

    def __call__(
        self, body: bytes, *, url: str, content_type: str | None, now: datetime | None = None
    ) -> ParsedFeed: ...
