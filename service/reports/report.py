"""Item → report: one text, its fingerprint, and the key by which it is known again."""

import hashlib
import re
import unicodedata
from urllib.parse import urlsplit

from service.reports.html_text import plain_text
from service.values import Item, Report

LONGEST_TEXT = 200_000

# Between digits a separator is part of the figure: 1.5 million is not 15 million.
IN_NUMBERS = re.compile(r"(?<=\d)[\W_]+(?=\d)")
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
NOT_WORDS = re.compile(r"[^\w\0]+|_+")


def report_from(
    item: Item, *, feed_name: str, publisher: str | None, language: str | None, country: str | None
) -> Report:
    """The item as one plain text: title, newline, body, at most 200,000 characters.

    `publisher`, `language` and `country` are what is known of the feed: the item's own
    language goes before the feed's. The publisher is the item's, else the host of its
    link, else the feed's, else the feed's name.
    A remark in `error` never means that `text` is not to be read.
    """
    text, cut = _text(item)
    return Report(
        text=text,
        fingerprint=fingerprint(text),
        published=item.published,
        language=_storable(item.language) or language,
        link=_storable(item.link),
        publisher=_storable(item.publisher) or _storable(_host(item.link)) or publisher or feed_name,
        country=country,
        error=_storable(item.error) or cut,
    )


def fingerprint(text: str) -> str:
    """32 hexadecimal digits, equal for texts that differ in case, spacing and punctuation only."""
    folded = unicodedata.normalize("NFKC", text.casefold()).casefold()
    words = NOT_WORDS.sub("", IN_NUMBERS.sub("\0", folded))
    return hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=16).hexdigest()


def seen_key(feed_name: str, item: Item, report: Report) -> bytes:
    """16 bytes: equal when the same feed shows the same item with the same words again.

    An item whose text changed has another key: a toll that rises in a live article is news.
    """
    parts = "\0".join((feed_name, item.guid, report.fingerprint))
    return hashlib.blake2b(parts.encode("utf-8", "replace"), digest_size=16).digest()


def _text(item: Item) -> tuple[str, str | None]:
    """Title and body as one text, and a remark where it had to be cut."""
    title = " ".join(plain_text(item.title).split("\n"))
    body = _without_title(plain_text(item.html), title)
    text = "\n".join(filter(None, (title, body)))
    if len(text) <= LONGEST_TEXT:
        return text, None
    end = text.rfind("\n", LONGEST_TEXT // 2, LONGEST_TEXT)
    return text[: end if end > 0 else LONGEST_TEXT], f"its text was cut at {LONGEST_TEXT:,} characters"


def _without_title(body: str, title: str) -> str:
    first, _, rest = body.partition("\n")
    return rest if title and first.casefold() == title.casefold() else body


def _storable(text: str | None) -> str | None:
    """Without NUL and lone surrogates: databases refuse them. `plain_text` leaves none in the text itself."""
    return UNSTORABLE.sub("", text) if text else text


def _host(link: str | None) -> str | None:
    try:
        host = urlsplit(link or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
