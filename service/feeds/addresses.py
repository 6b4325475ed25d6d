"""Which URLs we follow, and how a URL is shown: never with its credentials or query."""

from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from service.errors import FeedError

LONGEST_URL = 4000


@dataclass(frozen=True, slots=True)
class Target:
    """A URL taken apart: `url` without credentials and fragment, and the credentials with it."""

    url: str
    credentials: tuple[str, str] | None = None

    @property
    def origin(self) -> str:
        """Scheme, host and port: where credentials may go."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    def follow(self, location: str) -> "Target":
        """Where a Location header leads; credentials go along only within the same origin.

        Raises FeedError as `target` does.
        """
        try:
            there = target(urljoin(self.url, location))
        except ValueError:
            raise FeedError(f"it redirects to {shown(location)}, which is not a URL") from None
        return Target(there.url, self.credentials if there.origin == self.origin else None)


def target(url: str) -> Target:
    """Raises FeedError where the URL is none, or is neither http nor https."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise FeedError(f"{shown(url)} is not a URL") from None
    if len(url) > LONGEST_URL or not url.isprintable() or " " in url or "\\" in url:
        raise FeedError(f"{shown(url)} is not a URL: too long, or with characters no URL has")
    if parts.scheme not in {"http", "https"}:
        raise FeedError(f"{shown(url)} is not fetched: only http and https are")
    if not host:
        raise FeedError(f"{shown(url)} is not a URL: it names no host")
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port is not None else "")
    credentials = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    return Target(urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, "")), credentials)


def shown(url: str) -> str:
    """The URL as errors and logs may print it: keys and passwords live in the parts left out."""
    address, query, _ = url.partition("?")
    scheme, separator, rest = address.partition("#")[0].partition("://")
    if not separator:
        scheme, rest = "", address
    host, slash, path = rest.partition("/")
    text = scheme + separator + host.rpartition("@")[2] + slash + path
    return "".join(c if c.isprintable() else "?" for c in text[:200]) + ("?…" if query else "")
