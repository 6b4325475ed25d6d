"""An entry as its XML gave it: strings still, not yet judged."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit


@dataclass(frozen=True, slots=True)
class Entry:
    """`title` and `bodies` are HTML, the fullest form first among equals; `dates` are as written."""

    guid: str = ""
    link: str | None = None
    title: str = ""
    bodies: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    language: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A feed's entries in its own order; `left` counts those beyond the most we look at."""

    entries: tuple[Entry, ...]
    title: str = ""
    language: str | None = None
    left: int = 0


def absolute(base: str, link: str) -> str | None:
    """The link made absolute, or None where it is no web address."""
    try:
        url = urljoin(base, link.strip())
        parts = urlsplit(url)
        return url if parts.scheme in {"http", "https"} and parts.hostname else None
    except ValueError:
        return None
