"""How long a server asks us to wait: Retry-After, and Cache-Control's max-age (RFC 9110, RFC 9111)."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from service.clock import machine_time

# A hostile or careless server may slow us down, never silence a feed for good.
LONGEST_RETRY = 24 * 3600.0
# What caches may keep for a week, an alarm service must still look at every hour.
LONGEST_FRESH = 3600.0

MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,12})", re.IGNORECASE)
STALE = re.compile(r"(?:^|[\s,])no-(?:cache|store)\b", re.IGNORECASE)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait by Retry-After (a number, or a date held against the server's own Date)."""
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,12}", value):
        return min(float(value), LONGEST_RETRY)
    until = _http_date(value)
    if until is None:
        return None
    sent = _http_date(headers.get("date", "")) or machine_time()
    return min(max((until - sent).total_seconds(), 0.0), LONGEST_RETRY)


def fresh_for(headers: Mapping[str, str]) -> float | None:
    """Seconds the answer stays good by Cache-Control, less its Age; None where it says nothing."""
    control = headers.get("cache-control", "")
    found = MAX_AGE.search(control)
    if found is None or STALE.search(control):
        return None
    age = headers.get("age", "").strip()
    spent = float(age) if re.fullmatch(r"[0-9]{1,12}", age) else 0.0
    return min(max(float(found[1]) - spent, 0.0), LONGEST_FRESH)


def wait(headers: Mapping[str, str]) -> float | None:
    """The longer of both, in seconds."""
    return max((w for w in (retry_after(headers), fresh_for(headers)) if w is not None), default=None)


def _http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
