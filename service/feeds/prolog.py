"""What stands before a feed's root element: taken off, and refused where it is dangerous or no feed."""

import re

from service.errors import FeedError

# Possessive: this scans hostile text once, never again.
MISC = re.compile(r"(?>(?:\s|<\?.*?\?>|<!--.*?-->)*)", re.DOTALL)
DOCTYPE = re.compile(r"<!doctype\b[^<>\[]*+", re.IGNORECASE)
ROOT = re.compile(r"<(?:[\w.-]{1,50}:)?([A-Za-z][\w.-]*)")
FEED_ROOTS = {"rss", "rdf", "feed", "channel"}
FEED_START = re.compile(r"<\?xml\b|<(?:rss|feed|rdf:rdf)\b", re.IGNORECASE)
LONGEST_JUNK = 10_000


def root_onwards(text: str) -> tuple[str, str | None]:
    """The text from its root element on, and a sentence where junk stood before it.

    Raises FeedError for a DTD with declarations (entities can unfold without end), for a
    web page, and for anything else that is no RSS or Atom.
    """
    text, problem = _without_junk(text.lstrip("\ufeff\0 \t\r\n"))
    if not text.strip():
        raise FeedError("it sent nothing")
    start = _after_doctype(text, MISC.match(text))
    root = ROOT.match(text, start)
    name = root[1].lower() if root else ""
    if name == "html":
        raise FeedError("it sent a web page, not a feed")
    if name not in FEED_ROOTS:
        raise FeedError(f"it sent <{name[:40]}>, not RSS or Atom" if name else f"it sent {_kind(text)}, not a feed")
    return text[start:], problem


def _without_junk(text: str) -> tuple[str, str | None]:
    """Scripts that print a warning before the feed are common enough to forgive."""
    if not text or text[0] == "<":
        return text, None
    found = FEED_START.search(text[:LONGEST_JUNK])
    if found is None:
        return text, None
    return text[found.start() :], f"{found.start()} characters stood before its XML"


def _after_doctype(text: str, misc: re.Match[str] | None) -> int:
    start = misc.end() if misc else 0
    doctype = DOCTYPE.match(text, start)
    if doctype is None:
        return start
    end = doctype.end()
    if text[end : end + 1] != ">":
        raise FeedError("it declares a DTD of its own, which is refused: entities can unfold without end")
    after = MISC.match(text, end + 1)
    return after.end() if after else end + 1


def _kind(text: str) -> str:
    return "JSON" if text.lstrip()[:1] in {"{", "["} else "text"
