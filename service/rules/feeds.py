"""Reads the feeds of alerts.yaml."""

from datetime import timedelta
from typing import Any

from service.rules import fields
from service.rules.known import Known
from service.rules.model import FeedRule
from service.rules.reader import Reader, shaped
from service.rules.scalars import one_of, text
from service.rules.shapes import Key, entries, named, not_empty, peek_text
from service.strict_yaml import Mistakes, Node, shown
from service.values import Classification

UNREAD = "Leave it out: Tocsin cannot read that language yet, and counts such texts as not read"


def feeds(known: Known) -> Reader[tuple[FeedRule, ...]]:
    """Feeds in the order of the file, no address twice."""
    languages = one_of("a language", {code: code for code in known.languages}, UNREAD)
    every = named(
        _feed,
        fields.name,
        url=Key(fields.url, "The address, http or https, without a password in it", "https://example.org/rss.xml"),
        kind=Key(one_of("a kind of feed", {kind: kind for kind in known.feed_kinds}), "The format", "rss"),
        every=Key(fields.duration(timedelta(seconds=1), timedelta(days=7)), "How often to ask, 1s to 7d", "5m"),
        grade=Key(fields.grade, "How far the source is trusted; F without it", default="F"),
        country=Key(fields.country(known.countries), "The country all of it is about, if it is one", default=None),
        language=Key(languages, "The language of its texts (ISO 639-1); without it each text tells", default=None),
        publisher=Key(text, "Who publishes it, as messages name them", default=None),
        **{"class": Key(fields.classification, "How far its reports may travel", default=Classification.PUBLIC)},
    )

    @shaped(**every.schema)
    def read(node: Node, mistakes: Mistakes) -> tuple[FeedRule, ...]:
        _refuse_repeated_addresses(node, mistakes)
        return every(node, mistakes)

    return not_empty(read, "is empty, so nothing would be watched", "Add a feed")


def _feed(**values: Any) -> FeedRule:
    # `class` is a word of Python's own.
    return FeedRule(classification=values.pop("class"), **values)


def _refuse_repeated_addresses(node: Node, mistakes: Mistakes) -> None:
    first: dict[str, str] = {}
    for name, feed in entries(node, mistakes).items():
        address = fields.same_address(peek_text(feed, "url"))
        if address and first.setdefault(address, name) != name:
            url = entries(feed, mistakes)["url"]
            problem = f"{url.path} is the address of {shown(first[address])} as well"
            mistakes.add(url.at, problem, "Keep one of the two feeds")
