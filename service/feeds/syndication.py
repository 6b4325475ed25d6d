"""RSS and Atom: bytes → items."""

import hashlib
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from service.errors import FeedError
from service.feeds import dates, malformed, wellformed
from service.feeds.adapter import ParsedFeed
from service.feeds.charset import read_text
from service.feeds.entry import Document, Entry
from service.feeds.prolog import root_onwards
from service.values import Item

MOST_ITEMS = 1000
# Of a feed with more entries than this, the rest is only counted.
MOST_ENTRIES = 20_000
LONGEST = {"guid": 1000, "link": 4000, "title": 2000, "html": 1_000_000, "publisher": 200}
MOST_PROBLEMS = 20
# A clock set wrong or a time zone left out explains a day, not more.
AHEAD = timedelta(days=1)

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?![A-Za-z])")
ENTRY = re.compile(r"<(?:[\w.-]{1,50}:)?(?:item|entry)[\s>]", re.IGNORECASE)


def read(body: bytes, *, url: str, content_type: str | None, now: datetime | None = None) -> ParsedFeed:
    """The items of an RSS or Atom feed, the newest 1,000 of them, in the feed's order.

    An item's `language` is what it says itself; what the feed says is the ParsedFeed's.
    Fields are bounded in length. A date that cannot be read is None, never the present;
    so is one more than a day after `now`, where `now` is given. An item with neither title
    nor text is kept, and says so in `error`.
    Raises FeedError where the body is no feed.
    """
    text, doubt = read_text(body, content_type)
    xml, junk = root_onwards(CONTROLS.sub("", text))
    document, fault = _document(xml, url)
    problems = [sentence for sentence in (doubt, junk, fault) if sentence]
    items = [_item(entry, now, problems) for entry in document.entries]
    items = _newest(_distinct(items), document.left, problems)
    language, title = _language(document.language), document.title.strip()[: LONGEST["title"]]
    return ParsedFeed(tuple(items), title or None, language, _bounded(problems))


def _document(xml: str, url: str) -> tuple[Document, str | None]:
    """What the XML holds, and what is wrong with it."""
    try:
        document = wellformed.read(xml, url, MOST_ENTRIES)
        fault = None
    except ET.ParseError as error:
        document, fault = Document(()), f"its XML is broken ({error})"
    if document.entries or (fault is None and not ENTRY.search(xml)):
        return document, fault
    document = malformed.read(xml, url, MOST_ENTRIES)
    if not document.entries and fault:
        raise FeedError(f"{fault}, and no item can be made out")
    cut = len(xml) > malformed.LONGEST
    how_far = f"the first {malformed.LONGEST:,} characters were read" if cut else "read as far as possible"
    return document, f"{fault or 'its items are not where they belong'}; {how_far}"


def _item(entry: Entry, now: datetime | None, problems: list[str]) -> Item:
    html = max(entry.bodies, key=len, default="")
    whole = {"title": entry.title.strip(), "html": html, "publisher": (entry.publisher or "").strip()}
    fields = {name: value[: LONGEST[name]] for name, value in whole.items()}
    link = entry.link if entry.link and len(entry.link) <= LONGEST["link"] else None
    item = Item(
        guid=entry.guid or entry.link or _digest(entry.title, html),
        link=link,
        title=fields["title"],
        html=fields["html"],
        published=_published(entry, now, problems),
        language=_language(entry.language),
        publisher=fields["publisher"] or None,
        error=None if fields["title"] or fields["html"] else "it has neither title nor text",
    )
    problems += [f"{_named(item)}: its {name} was cut" for name in whole if fields[name] != whole[name]]
    return item if len(item.guid) <= LONGEST["guid"] else replace(item, guid=_digest(item.guid))


def _published(entry: Entry, now: datetime | None, problems: list[str]) -> datetime | None:
    read_dates = (dates.parse(written) for written in entry.dates)
    moment = next((date for date in read_dates if date is not None), None)
    if moment is None and entry.dates:
        problems.append(f"the date {entry.dates[0][:60]!r} cannot be read")
    if moment is not None and now is not None and moment > now + AHEAD:
        problems.append(f"the date {entry.dates[0][:60]!r} lies in the future")
        return None
    return moment


def _distinct(items: Sequence[Item]) -> list[Item]:
    """No two items with one guid: repeated items are dropped, others told apart by what they say.

    Every holder of a shared guid gets a new one, the first too: which comes first changes
    from one poll to the next.
    """
    distinct = list(dict.fromkeys(items))
    holders = Counter(item.guid for item in distinct)
    return [
        replace(item, guid=f"{item.guid}#{_digest(item.link or '', item.title, item.html, str(item.published))}")
        if holders[item.guid] > 1
        else item
        for item in distinct
    ]


def _newest(items: list[Item], left: int, problems: list[str]) -> list[Item]:
    """At most MOST_ITEMS; an item without a date counts as new."""
    if left:
        problems.append(f"{left:,} items beyond the first {MOST_ENTRIES:,} were not looked at")
    if len(items) <= MOST_ITEMS:
        return items
    problems.append(f"{len(items) - MOST_ITEMS:,} items older than the newest {MOST_ITEMS:,} were left out")
    undated = datetime.max.replace(tzinfo=UTC)
    ranked = sorted(range(len(items)), key=lambda n: items[n].published or undated, reverse=True)
    return [items[n] for n in sorted(ranked[:MOST_ITEMS])]


def _bounded(problems: list[str]) -> tuple[str, ...]:
    if len(problems) <= MOST_PROBLEMS:
        return tuple(problems)
    return (*problems[:MOST_PROBLEMS], f"and {len(problems) - MOST_PROBLEMS:,} more problems")


def _named(item: Item) -> str:
    return f"item {(item.title or item.guid)[:60]!r}"


def _language(written: str | None) -> str | None:
    """The primary subtag of a language tag (BCP 47), in lower case: "en" of "en-GB"."""
    found = LANGUAGE.match((written or "").strip())
    return found[0].lower() if found else None


def _digest(*parts: str) -> str:
    joined = "\0".join(parts).encode("utf-8", "replace")
    return hashlib.blake2b(joined, digest_size=12).hexdigest()
