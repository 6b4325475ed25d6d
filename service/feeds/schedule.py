"""When a feed is polled next."""

import math
from datetime import datetime, timedelta

LONGEST_BACK_OFF = timedelta(hours=1)
LONGEST_WAIT = timedelta(hours=24)
SPREAD = 0.1


def next_poll(now: datetime, every: timedelta, failures: int, wait: float | None, jitter: float) -> datetime:
    """The next time to poll a feed.

    `every` doubles with each failure in a row, up to an hour (or `every`, where that is
    longer). Never sooner than the server's `wait` (seconds), of which at most 24 hours count.
    `jitter`, 0 to 1 as the caller drew it, adds up to a tenth so that feeds do not move in step.
    """
    delay = max(_backed_off(every, failures), _heeded(wait))
    return now + delay * (1 + SPREAD * min(max(jitter, 0.0), 1.0))


def _backed_off(every: timedelta, failures: int) -> timedelta:
    factor = 1 << min(max(failures, 0), 20)
    return max(every, min(every * factor, LONGEST_BACK_OFF))


def _heeded(wait: float | None) -> timedelta:
    if wait is None or math.isnan(wait) or wait <= 0:
        return timedelta(0)
    return timedelta(seconds=min(wait, LONGEST_WAIT.total_seconds()))
