"""Readers of single values: durations, addresses, grades, countries, names of secrets."""

import re
from collections.abc import Collection
from datetime import timedelta
from typing import Final
from urllib.parse import SplitResult, urlsplit

from service.countries import by_alpha2, by_name
from service.rules.reader import Reader, noted, read_value, shaped, wrong
from service.rules.scalars import one_of, text
from service.rules.vocabulary import CLASSES, GRADES, LEVELS, LEVELS_OR_NONE
from service.strict_yaml import Mistakes, Node
from service.values import Classification, Level

SECOND: Final = timedelta(seconds=1)
UNITS_OF_TIME: Final = {"s": SECOND, "m": 60 * SECOND, "h": 3600 * SECOND, "d": 86400 * SECOND}
DURATION: Final = re.compile(r"([0-9]{1,6})([smhd])", re.ASCII)

level: Final[Reader[Level]] = one_of("an alert level", LEVELS, "Choose minor, moderate, severe or extreme").shaped(
    title="level"
)
level_or_none: Final[Reader[Level]] = one_of(
    "an alert level", LEVELS_OR_NONE, "Choose none, minor, moderate, severe or extreme"
).shaped(title="level_or_none")
classification: Final[Reader[Classification]] = one_of(
    "a class", CLASSES, "Choose public, internal or restricted"
).shaped(title="class")
grade: Final[Reader[str]] = one_of(
    "an Admiralty grade", {letter: letter for letter in GRADES}, "Write one capital letter from A to F"
).shaped(title="grade")


def duration(low: timedelta, high: timedelta) -> Reader[timedelta]:
    """A whole number with its unit: 90s, 2m, 72h, 14d. Bounds included."""

    @shaped(title="duration", type="string", pattern=f"^{DURATION.pattern}$")
    def read(node: Node, mistakes: Mistakes) -> timedelta:
        value = read_value(node)
        match = DURATION.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            raise wrong(node, mistakes, "a duration", "Write a number and its unit: 90s, 2m, 72h or 14d")
        span = int(match[1]) * UNITS_OF_TIME[match[2]]
        if not low <= span <= high:
            what = f"between {in_words(low)} and {in_words(high)}"
            raise wrong(node, mistakes, what, "Choose a duration in that range")
        return span

    return read


def in_words(span: timedelta) -> str:
    """A duration as alerts.yaml writes it, in the largest unit that fits."""
    for letter in "dhms":
        if span >= UNITS_OF_TIME[letter] and not span % UNITS_OF_TIME[letter]:
            return f"{span // UNITS_OF_TIME[letter]}{letter}"
    return f"{span.total_seconds():g}s"


def country(known: Collection[str]) -> Reader[str]:
    """A country's code, ISO 3166-1 alpha-3, in capitals."""

    @shaped(title="country", enum=sorted(known))
    def read(node: Node, mistakes: Mistakes) -> str:
        code = read_value(node)
        if not isinstance(code, str) or code not in known:
            raise wrong(node, mistakes, "a country", _which_country(str(code), known))
        return code

    return read


def _which_country(word: str, known: Collection[str]) -> str:
    # No guess by likeness: SRY is like URY, and an alarm for Uruguay helps nobody in Syria.
    meant = word.upper() if word.upper() in known else by_alpha2(word) or by_name(word)
    if meant in known:
        return f"Did you mean {meant!r}?"
    return "Write its three letters of ISO 3166-1: SYR, UKR, SDN"


@shaped(title="language", type="string", pattern="^[a-z]{2}$")
def language(node: Node, mistakes: Mistakes) -> str:
    """A language by its two letters of ISO 639-1, whether or not we read it."""
    value = read_value(node)
    if not isinstance(value, str) or not re.fullmatch("[a-z]{2}", value):
        raise wrong(node, mistakes, "a language", "Write its two letters of ISO 639-1: ar, uk, fr")
    return value


def reference(what: str, names: Collection[str]) -> Reader[str]:
    """The name of something set elsewhere; editors are told only that it is text, since they cannot look there."""
    return Reader(one_of(what, {name: name for name in names}).read, text.schema)


@shaped(**{**text.schema, "title": "name", "maxLength": 60})
def name(node: Node, mistakes: Mistakes) -> str:
    """What a feed, channel, recipient or route is called: at most 60 characters of one line."""
    value = text(node, mistakes)
    if len(value) > 60:
        raise wrong(node, mistakes, "a name of up to 60 characters", "Shorten it")
    return value


# What no address holds unescaped (RFC 3986, appendix A), for use inside a regular expression's brackets.
ODD: Final = r""" "<>\\^`{|}"""
WEB_ADDRESS: Final = rf"^[hH][tT][tT][pP][sS]?://[^{ODD}@/?#]+([/?#][^{ODD}]*)?$"


@shaped(type="string", maxLength=2000, pattern=WEB_ADDRESS)
def url(node: Node, mistakes: Mistakes) -> str:
    """The public address of a feed: http or https, without credentials."""
    value = read_value(node)
    if not isinstance(value, str) or not 0 < len(value) <= 2000:
        raise wrong(node, mistakes, "a web address", "Write it in full: https://example.org/rss.xml")
    parts = _split(value)
    # An address that may carry a password must not be repeated in a log.
    if "@" in (value if parts is None else parts.netloc):
        problem = f"{node.path} holds a user name or a password"
        raise noted(node, mistakes, problem, "Take it out: everyone who reviews this file can read it")
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname or _odd(value):
        raise wrong(node, mistakes, "a web address", "Write it in full: https://example.org/rss.xml")
    return value


def _split(value: str) -> SplitResult | None:
    try:
        parts = urlsplit(value)
        return parts if parts.port != 0 else None
    except ValueError:  # an impossible port or bracket
        return None


def _odd(value: str) -> bool:
    return not value.isprintable() or re.search(f"[{ODD}]", value) is not None


def same_address(value: str) -> str:
    """A form equal for addresses that lead to one place; empty for what is no address."""
    parts = _split(value)
    if parts is None or not parts.hostname:
        return ""
    port = "" if parts.port in {None, 80, 443} else parts.port
    return f"{parts.hostname}:{port}{parts.path.rstrip('/')}?{parts.query}"


ENVIRONMENT_NAME: Final = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+", re.ASCII)


@shaped(type="string", maxLength=64, pattern=f"^{ENVIRONMENT_NAME.pattern}$")
def secret(node: Node, mistakes: Mistakes) -> str:
    """The name of an environment variable. Anything else is never repeated: it may be the secret."""
    value = read_value(node)
    if isinstance(value, str) and ENVIRONMENT_NAME.fullmatch(value) and len(value) <= 64:
        return value
    if not isinstance(value, str) or re.fullmatch(r"\w{0,30}", value):
        problem = f"{node.path} is not the name of an environment variable"
        raise noted(node, mistakes, problem, "Write capitals, digits and underscores, as in TOCSIN_SLACK_URL")
    problem = f"{node.path} seems to hold the secret itself, not the name of an environment variable"
    raise noted(
        node,
        mistakes,
        problem,
        "Put it into the environment, write the variable's name here, and renew the secret",
    )


# RFC 5321 limits the parts to 64 and 255 characters; of its forms we take the one mail is really sent to.
MAILBOX: Final = re.compile(
    r"(?=.{1,64}@.{4,255}$)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9]",
)


@shaped(**text.schema)
def mailbox(node: Node, mistakes: Mistakes) -> str:
    """An e-mail address."""
    value = read_value(node)
    if not isinstance(value, str) or not MAILBOX.fullmatch(value):
        raise wrong(node, mistakes, "an e-mail address", "Write it as name@example.org")
    return value


# ITU-T E.164: a country code and up to fifteen digits in all; the shortest numbers in use have seven.
PHONE: Final = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)


@shaped(**text.schema)
def phone(node: Node, mistakes: Mistakes) -> str:
    """A telephone number."""
    value = read_value(node)
    if not isinstance(value, str) or not PHONE.fullmatch(value):
        remedy = 'Write it with its country code, digits only, in quotes: "+447700900123"'
        raise wrong(node, mistakes, "a telephone number", remedy)
    return value


@shaped(**text.schema)
def room(node: Node, mistakes: Mistakes) -> str:
    """The name of a room on a channel. An address is never repeated: it would hold a secret."""
    value = text(node, mistakes)
    if "://" in value:
        problem = f"{node.path} seems to hold a channel's own address, which is a secret"
        raise noted(node, mistakes, problem, "Name the room only, as in '#crisis', and renew the secret")
    return value
