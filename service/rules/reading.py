"""alerts.yaml → Rules, or every mistake in it."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from service.errors import RulesError
from service.rules import delivery, fields, thresholds
from service.rules.feeds import feeds
from service.rules.known import Known
from service.rules.model import Retention, Rules
from service.rules.reader import Reader, SkippedError
from service.rules.scalars import decimal
from service.rules.shapes import Key, peek, peek_text, record
from service.strict_yaml import LINE_END, MAX_CHARACTERS, Mistakes, Node, UnreadableError, compose, position_of

DAY: Final = timedelta(days=1)


def read(text: str, file: str, known: Known) -> Rules:
    """The rules in a text; `file` is the name printed with mistakes.

    Raises RulesError listing every mistake found.
    """
    mistakes = Mistakes(file)
    root = compose(text, mistakes)
    rules = None
    if root is not None:
        with suppress(SkippedError, UnreadableError):
            rules = alerts_file(root, digest(text), known)(root, mistakes)
    mistakes.refuse()
    assert rules is not None, "a reader notes a mistake wherever it gives no value"
    return rules


def digest(text: str) -> str:
    """What names a version: the first 12 hexadecimal digits of the text's SHA-256, in UTF-8."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:12]


def text_of(path: Path) -> str:
    """A rules file's text as Path.read_text gives it; what is past the largest size is not read.

    Raises OSError where it cannot be read, RulesError where it is no UTF-8.
    """
    limit = 4 * MAX_CHARACTERS  # UTF-8 takes up to four bytes a character
    with path.open("rb") as file:
        data = file.read(limit + 1)
    try:
        text = data.decode(errors="strict" if len(data) <= limit else "replace")
    except UnicodeDecodeError as error:
        mistakes = Mistakes(str(path))
        at = position_of(data[: error.start].decode(), error.start)
        mistakes.add(at, "This is not UTF-8 text", "Save the file with the encoding UTF-8")
        raise RulesError(mistakes.found()) from None
    return LINE_END.sub("\n", text)


# --- the file's shape -------------------------------------------------------


def alerts_file(root: Node, hash: str, known: Known) -> Reader[Rules]:
    """The reader of the whole file; what refers to names set in the file looks them up in `root`."""
    kinds = {name: peek_text(channel, "kind") for name, channel in peek(root, "channels").items()}
    names = peek(root, "recipients").keys()
    return _checked(
        record(
            partial(_rules, hash),
            feeds=Key(feeds(known), "{...}"),
            thresholds=Key(thresholds.thresholds, "{...}"),
            floors=Key(thresholds.floors, "{aid_worker: severe}"),
            vague=Key(thresholds.vague, "{cap: severe, words: {dozens: 24}}"),
            single_origin=Key(thresholds.single_origin, "{A-C: severe, D-F: moderate}"),
            households=Key(thresholds.households(known.countries), "{where_unknown: 4, sizes: {}}"),
            factors=Key(thresholds.factors(known.countries), "{}"),
            update_at=Key(decimal(1.01, 100), "2"),
            first_poll_rings_back=Key(fields.duration(timedelta(0), 30 * DAY), "72h"),
            retention=Key(retention, "{quiet_reports: 48h, seen: 14d}"),
            channels=Key(delivery.channels(known.channel_kinds), "{...}"),
            recipients=Key(delivery.recipients(kinds), "{...}"),
            routes=Key(delivery.routes(known.countries, names), "{...}"),
            operators=Key(delivery.operators(names), "[duty-officer]"),
        )
    )


def _rules(hash: str, *, households: Mapping[str, Any], vague: Mapping[str, Any], **sections: Any) -> Rules:
    return Rules(
        hash=hash,
        households=households["sizes"],
        household_for_level=households["where_unknown"],
        vague=vague["words"],
        vague_cap=vague["cap"],
        **sections,
    )


retention: Final = record(
    Retention,
    quiet_reports=Key(fields.duration(timedelta(hours=1), 365 * DAY), "48h"),
    seen=Key(fields.duration(DAY, 365 * DAY), "14d"),
)


def _checked(read_rules: Reader[Rules]) -> Reader[Rules]:
    """Adds what only the whole file can tell."""

    def read(node: Node, mistakes: Mistakes) -> Rules:
        rules = read_rules(node, mistakes)
        if rules.retention.seen < rules.first_poll_rings_back:
            seen = peek(node, "retention")["seen"]
            problem = f"{seen.path} is shorter than first_poll_rings_back: what is past it is ignored"
            mistakes.add(seen.at, problem, f"Write at least {fields.in_words(rules.first_poll_rings_back)}")
        return rules

    return read
