"""When to try again what failed (pure)."""

from datetime import datetime, timedelta

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
# With these waits the last try of a row is about six hours after the first.
MOST_ATTEMPTS = 15
# A message is tried for a little under a week, as long as its link lives: receivers have outages, and what
# was not told is not over.
MOST_TRIES_TO_SEND = 160
# A message that failed so often (about three minutes on) is a trouble the operators should know.
TRIES_TO_TELL = 6
# A row whose worker died this often while it had it may be the cause: it is parked.
MOST_CRASHES = 4


def again_at(now: datetime, attempts: int, jitter: float, most: int = MOST_ATTEMPTS) -> datetime | None:
    """When to try a row again that failed `attempts` times; None: not again, park it.

    The wait doubles from five seconds to an hour; `jitter` in 0..1 lengthens it by up to a fifth, so
    that rows that failed together do not return together.
    """
    if attempts >= most:
        return None
    wait = min(FIRST_WAIT * (1 << min(attempts - 1, 20)), LONGEST_WAIT)
    return now + wait * (1 + jitter / 5)
