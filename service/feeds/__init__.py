"""Feeds: from an address to items.

    fetch.py        all HTTP: many addresses at once, every limit kept
      guard.py        refuses private addresses at the moment of connecting
      resolver.py     looks names up without holding up others
      decode.py       gzip and deflate, cut off at the size limit
      freshness.py    how long a server asks us to wait
      addresses.py    which URLs we follow, and how they are shown in errors
    syndication.py  RSS and Atom: bytes → items
      charset.py      bytes → text, whatever the feed says of itself
      prolog.py       what stands before the root element; refuses DTDs and web pages
      wellformed.py   entries of proper XML, quickly
      malformed.py    entries of broken XML, with feedparser
      dates.py        the dates feeds really write; calendar.py holds the names in them
    schedule.py     when to poll next

A kind of feed is one file with an `Adapter` and one row in KINDS.
"""

from collections.abc import Mapping
from types import MappingProxyType

from service.feeds.adapter import Adapter, ParsedFeed
from service.feeds.syndication import read as read_syndication

KINDS: Mapping[str, Adapter] = MappingProxyType({"rss": read_syndication})

__all__ = ["KINDS", "Adapter", "ParsedFeed"]
