"""Entries of a feed that is not well-formed XML, as far as feedparser can make them out."""

from io import BytesIO
from typing import Any

from service.errors import FeedError
from service.feeds.entry import Document, Entry, absolute
from service.feeds.wellformed import without_impossible

# feedparser takes up to 6 seconds for a million characters, so a broken feed is cut short.
LONGEST = 1_000_000


def read(xml: str, url: str, most: int) -> Document:
    """The first `most` entries in the first LONGEST characters; none where nothing can be made out.

    Raises FeedError where even that fails.
    """
    import feedparser  # slow to import, and most feeds are well-formed

    try:
        parsed = feedparser.parse(
            # A stream, never the value itself: feedparser opens files and URLs it is given by name.
            BytesIO(without_impossible(xml[:LONGEST]).encode("utf-8", "replace")),
            # No address either: it would join guids to it, and an item would change its identity
            # whenever its feed breaks.
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # what it raises on rubbish is written down nowhere
        raise FeedError(f"its XML is broken beyond reading ({type(error).__name__})") from error
    return Document(
        # Plain dictionaries: feedparser's own answer for keys that are not there, with a warning.
        entries=tuple(_entry(dict(entry), url) for entry in parsed.entries[:most]),
        title=parsed.feed.get("title", ""),
        language=parsed.feed.get("language"),
        left=max(len(parsed.entries) - most, 0),
    )


def _entry(entry: dict[str, Any], url: str) -> Entry:
    contents = [content.get("value", "") for content in entry.get("content", ())]
    return Entry(
        guid=entry.get("id", ""),
        link=absolute(url, entry.get("link") or "") if entry.get("link") else None,
        title=entry.get("title", ""),
        bodies=tuple(filter(None, [*contents, entry.get("summary", "")])),
        dates=tuple(filter(None, (entry.get(key) for key in ("published", "created", "updated")))),
        language=entry.get("language"),
        publisher=entry.get("source", {}).get("title") or entry.get("publisher"),
    )
