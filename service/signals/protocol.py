"""What the reader is given: someone who finds the places a text names."""

from collections.abc import Sequence
from typing import Protocol

from service.values import Place


class Mention(Protocol):
    """A place named at start:end of the text. `adjective`: only its people are named ("Syrian")."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def place(self) -> Place: ...
    @property
    def adjective(self) -> bool: ...


class PlaceFinder(Protocol):
    """Finds every place in a text, resolved for the whole document, in the order of the text.

    `country` (ISO 3166-1 alpha-3) is where the feed is about, to settle names borne by several places.
    """

    def __call__(self, text: str, country: str | None = None) -> Sequence[Mention]: ...
