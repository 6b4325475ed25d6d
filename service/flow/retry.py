"""When to try again what failed (pure)."""

from datetime import datetime, timedelta

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
# With these waits the last try of a row is about six hours after the first.
MOST_ATTEMPTS = 15
# A message is tried for a week, as long as its link lives: receivers have outages, and what was not told is
# not over.
KEPT_TO_SEND = timedelta(days=7)
# A message that failed so often, and for so long, is a trouble the operators should know.
TRIES_TO_TELL = 6
FAILS_TO_TELL = timedelta(minutes=3)
# A receiver that fails is tried by one message, after a part of the time that it has been failing: it is found
# well again within seconds of minutes, within a minute of hours.
PART_OF_OUTAGE = 300
FIRST_PROBE, LONGEST_PROBE = timedelta(seconds=1), timedelta(minutes=1)
# What a receiver may ask for (Retry-After).
LONGEST_ASKED = timedelta(hours=1)
# A row whose worker died this often while it had it may be the cause: it is parked.
MOST_CRASHES = 4


def again_at(now: datetime, attempts: int, jitter: float, most: int | None = MOST_ATTEMPTS) -> datetime | None:
    """When to try a row again that failed `attempts` times; None: not again, park it (never where `most` is None).

    The wait doubles from five seconds to an hour; `jitter` in 0..1 lengthens it by up to a fifth, so
    that rows that failed together do not return together.
    """
    if most is not None and attempts >= most:
        return None
    wait = min(FIRST_WAIT * (1 << min(attempts - 1, 20)), LONGEST_WAIT)
    return now + wait * (1 + jitter / 5)


def probe_at(now: datetime, since: datetime, jitter: float, asked: float | None = None) -> datetime:
    """When to try a receiver again that has failed `since`; `asked`: not for so many seconds, says the receiver."""
    wait = min(max((now - since) / PART_OF_OUTAGE, FIRST_PROBE), LONGEST_PROBE) * (1 + jitter / 5)
    return now + max(wait, min(timedelta(seconds=max(asked or 0.0, 0.0)), LONGEST_ASKED))
