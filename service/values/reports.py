"""feed → report."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Item:
    """One entry as its feed gave it; `error` says what of it could not be read."""

    guid: str
    link: str | None
    title: str
    html: str
    published: datetime | None
    language: str | None = None
    publisher: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One item made readable. `text` is title, newline, body, in plain text.

    `published` is None where the feed gave no date that can be read.
    `country` is the feed's own (ISO 3166-1 alpha-3), the last resort for a place.
    `fingerprint` is a digest of the folded text, equal for equal stories.
    """

    text: str
    fingerprint: str
    published: datetime | None = None
    language: str | None = None
    link: str | None = None
    publisher: str | None = None
    country: str | None = None
    error: str | None = None

    @property
    def title(self) -> str:
        return self.text.partition("\n")[0]
