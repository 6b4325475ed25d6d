"""feed → report: fetches feeds that are due, all at once, and stores the items not seen before."""

import asyncio
import hashlib
import logging
import random
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime

from service import feeds as feed_kinds
from service.errors import ClaimLost, FeedError
from service.feeds.fetch import Fetched, Limits, Request, fetch_all
from service.feeds.schedule import next_poll
from service.flow import trouble
from service.flow.installation import Installation
from service.health import pulse as pulse_room
from service.health.silence import feed_key, silence
from service.reports import report_from, seen_key
from service.rules.model import FeedRule, Rules
from service.store import queue, reports
from service.store.database import Connection
from service.store.queue import FEEDS, Claimed
from service.store.reports import NewReport
from service.values import Item, Pulse

log = logging.getLogger(__name__)


def work(installation: Installation, rows: Sequence[Claimed]) -> None:
    """Fetch the feeds of these rows concurrently, then store each one's answer by itself."""
    rules = installation.rulebook.newest()
    assert rules is not None
    by_name = {feed.name: feed for feed in rules.feeds}
    polled = [row for row in rows if row.name in by_name]
    with installation.database.writing() as db:
        queue.finish(db, FEEDS, [row for row in rows if row.name not in by_name])
    requests = [Request(by_name[row.name].url, row.etag, row.last_modified) for row in polled]
    answers = asyncio.run(fetch_all(requests, limits(installation)))
    for row, answer in zip(polled, answers, strict=True):
        take(installation, row, by_name[row.name], answer, rules)


def limits(installation: Installation) -> Limits:
    settings = installation.settings
    return Limits(settings.fetch_timeout, settings.fetch_limit, allow_private=settings.allow_private_addresses)


def take(installation: Installation, row: Claimed, feed: FeedRule, answer: Fetched | FeedError, rules: Rules) -> None:
    """Store what one feed answered, or that it failed; one bad feed never stops the others."""
    now = installation.now()
    try:
        if isinstance(answer, FeedError):
            raise answer
        body = changed(row, answer)
        found = list(read(row, feed, answer, body, rules, now)) if body is not None else []
        keep(installation, row, feed, answer, body, found, now)
    except ClaimLost as lost:
        log.info("%s: %s", feed.name, lost)
    except Exception as error:
        log.warning("%s: %s", feed.name, error, exc_info=not isinstance(error, FeedError))
        with suppress(ClaimLost), installation.database.writing() as db:
            failed(db, row, feed, error, rules, now)


def changed(row: Claimed, answer: Fetched) -> bytes | None:
    """The body, unless it is the one we had: a server may say so, or send it all the same."""
    return None if answer.body is None or digest(answer.body) == row.digest else answer.body


def keep(
    installation: Installation,
    row: Claimed,
    feed: FeedRule,
    answer: Fetched,
    body: bytes | None,
    found: Sequence[NewReport],
    now: datetime,
) -> None:
    """Store the items not seen before, and move the cursor, in one transaction."""
    pulse: Pulse = row.pulse or Pulse()
    if body is not None:
        pulse = pulse_room.changed(pulse, [new.report for new in found])
    with installation.database.writing() as db:
        new = reports.add(db, row.id, found, now)
        pulse = pulse_room.brought(pulse, now) if new else pulse
        if body is None and row.changed_at is not None:
            reports.stood_still(db, row.id, row.changed_at.date(), now.date())
        arrived(db, row, feed, answer, body, pulse, now)
    if new:
        log.info("%s: %d new of %d items", feed.name, new, len(found))


def read(
    row: Claimed, feed: FeedRule, answer: Fetched, body: bytes, rules: Rules, now: datetime
) -> Iterator[NewReport]:
    """The items of a body as reports. Raises FeedError."""
    parsed = feed_kinds.KINDS[feed.kind](body, url=answer.url, content_type=answer.content_type, now=now)
    for problem in parsed.problems:
        log.warning("%s: %s", feed.name, problem)
    if answer.moved_to:
        log.warning("%s has moved for good to %s: change its url in alerts.yaml", feed.name, answer.moved_to)
    horizon = now - rules.retention.seen
    for item in parsed.items:
        if item.published is None or item.published > horizon:
            yield new_report(row, feed, item, parsed.language, rules, now)


def new_report(
    row: Claimed, feed: FeedRule, item: Item, language: str | None, rules: Rules, now: datetime
) -> NewReport:
    report = report_from(
        item,
        feed_name=feed.name,
        publisher=feed.publisher,
        language=feed.language or language,
        country=feed.country,
    )
    outcome = "history" if is_history(row, item, rules, now) else None
    return NewReport(seen_key(feed.name, item, report), report, outcome)


def is_history(row: Claimed, item: Item, rules: Rules, now: datetime) -> bool:
    """A feed's first poll sets a baseline: what it already held, and what has no date, rings for nothing."""
    first_poll = row.arrived_at is None
    return first_poll and (item.published is None or item.published < now - rules.first_poll_rings_back)


def arrived(
    db: Connection, row: Claimed, feed: FeedRule, answer: Fetched, body: bytes | None, pulse: Pulse, now: datetime
) -> None:
    """Move the cursor, in the transaction that stores the items."""
    cursor: dict[str, object] = {"polled_at": now, "arrived_at": now, "pulse": pulse}
    if answer.body is not None:
        cursor |= {"etag": answer.etag, "last_modified": answer.last_modified}
    if body is not None:
        cursor |= {"digest": digest(body), "changed_at": now}
    due_at = next_poll(now, feed.every, 0, answer.wait, random.random())
    queue.finish(db, FEEDS, [row], due_at, **cursor)
    trouble.end(db, feed_key(feed.name), now)


def failed(db: Connection, row: Claimed, feed: FeedRule, error: Exception, rules: Rules, now: datetime) -> None:
    """Try later, for ever: a feed is never given up, but its silence is told."""
    failures = row.attempts + 1
    wait = error.retry_after if isinstance(error, FeedError) else None
    due_at = next_poll(now, feed.every, failures, wait, random.random())
    queue.fail(db, FEEDS, row, str(error), due_at, polled_at=now)
    problem = silence(feed.name, failures, str(error))
    if problem is not None:
        trouble.begin(db, problem, rules, now)


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
