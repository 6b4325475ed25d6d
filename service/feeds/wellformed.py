"""Entries of a feed that is proper XML: RSS 0.9x, 1.0, 2.0 and Atom, read from one tree."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from urllib.parse import urljoin

from service.feeds.entry import Document, Entry, absolute

XML = "{http://www.w3.org/XML/1998/namespace}"
ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
PREFIXES = {
    "": "rss",
    "http://purl.org/rss/1.0": "rss",
    "http://my.netscape.com/rdf/simple/0.9": "rss",
    "http://channel.netscape.com/rdf/simple/0.9": "rss",
    "http://backend.userland.com/rss2": "rss",
    "http://backend.userland.com/RSS2": "rss",
    "http://blogs.law.harvard.edu/tech/rss": "rss",
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/atom/ns": "atom",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/terms": "dc",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
}
# Characters of one entry's markup; syndication.py keeps half as many.
LONGEST = 2_000_000
# Decimal or hexadecimal digits, without the zeros before them.
REFERENCE = re.compile(r"&#(?:0*+([0-9]*+)|x0*+([0-9a-fA-F]*+));")
ITEMS = {"rss:item", "atom:entry"}
# The earliest fit one wins: when a thing was said comes before when it was touched again.
DATES = (
    "rss:pubDate",
    "atom:published",
    "atom:issued",
    "dc:date",
    "dc:issued",
    "dc:created",
    "atom:updated",
    "atom:modified",
    "dc:modified",
)
BODIES = ("content:encoded", "atom:content", "rss:description", "atom:summary", "dc:description")
PUBLISHERS = ("rss:source", "dc:publisher", "dc:source")


def read(xml: str, url: str, most: int) -> Document:
    """The first `most` entries. Raises ElementTree.ParseError where it is not well-formed."""
    root = _tree(xml)
    holders = [root, *(child for child in root if name(child.tag) == "rss:channel")]
    found = [(holder, child) for holder in holders for child in holder if name(child.tag) in ITEMS]
    channel = _children(holders[-1])
    base = _base(root, url)
    return Document(
        entries=tuple(_entry(item, base if holder is root else _base(holder, base)) for holder, item in found[:most]),
        title=_first(channel, "rss:title", "atom:title"),
        language=_first(channel, "rss:language", "dc:language") or root.get(f"{XML}lang"),
        left=max(len(found) - most, 0),
    )


def _tree(xml: str) -> ET.Element:
    """The root; a reference to what is no character costs that reference, not the whole feed."""
    try:
        return _parsed(xml)
    except ET.ParseError:
        mended = without_impossible(xml)
        if mended == xml:
            raise
        return _parsed(mended)


def _parsed(xml: str) -> ET.Element:
    return ET.fromstring(xml.encode("utf-8", "replace"), ET.XMLParser(encoding="utf-8"))


def without_impossible(xml: str) -> str:
    """The XML with U+FFFD for references such as `&#xD800;` that XML does not allow (XML 1.0, 4.1)."""
    return REFERENCE.sub(lambda found: found[0] if _is_character(found[1], found[2]) else "\ufffd", xml)


def _is_character(decimal: str | None, hexadecimal: str | None) -> bool:
    """Is it a Char (XML 1.0, 2.2)? Judged by length first: int() refuses thousands of digits."""
    digits = decimal or hexadecimal or ""
    if len(digits) > 7:
        return False
    number = int(digits or "0", 10 if decimal else 16)
    if number < 0x20:
        return number in {0x9, 0xA, 0xD}
    return number <= 0xD7FF or 0xE000 <= number <= 0xFFFD or 0x10000 <= number <= 0x10FFFF


@lru_cache(maxsize=1024)
def name(tag: str) -> str:
    """A tag as prefix:name with the prefixes above; names of unknown namespaces keep none of them."""
    namespace, _, local = tag.rpartition("}")
    prefix = PREFIXES.get(namespace.removeprefix("{").rstrip("/#"))
    return f"{prefix}:{local}" if prefix else tag


def _children(element: ET.Element) -> dict[str, list[ET.Element]]:
    children: dict[str, list[ET.Element]] = {}
    for child in element:
        children.setdefault(name(child.tag), []).append(child)
    return children


def _entry(item: ET.Element, base: str) -> Entry:
    children, base = _children(item), _base(item, base)
    return Entry(
        guid=_first(children, "rss:guid", "atom:id") or item.get(ABOUT, "") or _first(children, "dc:identifier"),
        link=next(_links(item, children, base), None),
        title=next(_markups(children, ("rss:title", "atom:title", "dc:title")), ""),
        bodies=tuple(_markups(children, BODIES)),
        dates=tuple(_texts(children, DATES)),
        language=_first(children, "dc:language") or item.get(f"{XML}lang"),
        publisher=next(_texts(children, PUBLISHERS), None) or _atom_source(children),
    )


def _texts(children: dict[str, list[ET.Element]], names: tuple[str, ...]) -> Iterator[str]:
    for one in names:
        for element in children.get(one, ()):
            if text := _text(element):
                yield text


def _first(children: dict[str, list[ET.Element]], *names: str) -> str:
    return next(_texts(children, names), "")


def _text(element: ET.Element) -> str:
    return ("".join(element.itertext()) if len(element) else element.text or "").strip()


def _markups(children: dict[str, list[ET.Element]], names: tuple[str, ...]) -> Iterator[str]:
    for one in names:
        for element in children.get(one, ()):
            if html := _markup(element).strip():
                yield html


def _markup(element: ET.Element) -> str:
    """The element's content as HTML: escaped inside the XML, written out as elements, or plain (RFC 4287, 3.1)."""
    if len(element):
        return serialised(element)
    text = element.text or ""
    # Without a type attribute many write HTML all the same, so only a stated "text" is taken at its word.
    return escape(text, quote=False) if element.get("type") in {"text", "text/plain"} else text


def serialised(element: ET.Element) -> str:
    """The content of an element as HTML, left off (unclosed) once it is longer than any we keep.

    By hand, since ElementTree's own way recurses, and hostile depth would end it.
    """
    pieces = [escape(element.text or "", quote=False)]
    unfinished = [(iter(element), "")]
    length = 0
    while unfinished and length < LONGEST:
        children, closing = unfinished[-1]
        child = next(children, None)
        if child is None:
            pieces.append(closing)
            unfinished.pop()
            continue
        local = child.tag.rpartition("}")[2]
        attributes = "".join(f' {key.rpartition("}")[2]}="{escape(value)}"' for key, value in child.attrib.items())
        pieces.append(f"<{local}{attributes}>{escape(child.text or '', quote=False)}")
        length += len(pieces[-1])
        unfinished.append((iter(child), f"</{local}>{escape(child.tail or '', quote=False)}"))
    return "".join(pieces)


def _links(item: ET.Element, children: dict[str, list[ET.Element]], base: str) -> Iterator[str]:
    """Every address that could be the item's page, the likeliest first."""
    for one in ("feedburner:origLink", "rss:link", "atom:link"):
        for element in children.get(one, ()):
            if element.get("rel", "alternate") != "alternate":
                continue
            written = element.get("href") or _text(element)
            if written and (link := absolute(_base(element, base), written)):
                yield link
    for element in children.get("rss:guid", ()):
        guid = _text(element)
        if element.get("isPermaLink", "true") != "false" and guid.startswith(("http://", "https://")):
            yield from filter(None, [absolute(base, guid)])
    yield from filter(None, [absolute(base, item.get(ABOUT, ""))] if item.get(ABOUT) else [])


def _atom_source(children: dict[str, list[ET.Element]]) -> str | None:
    """An entry taken over from another feed names that feed (RFC 4287, 4.2.11)."""
    for source in children.get("atom:source", ()):
        if title := _first(_children(source), "atom:title"):
            return title
    return None


def _base(element: ET.Element, base: str) -> str:
    """Where relative links below the element start (XML Base)."""
    own = element.get(f"{XML}base")
    if not own:
        return base
    try:
        return urljoin(base, own)
    except ValueError:
        return base
