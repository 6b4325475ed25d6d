"""Missing is not zero: a feed that keeps failing is a trouble of its own."""

from service.values import Problem

# Failures in a row before anyone is told: fewer are the web's daily weather.
FAILURES_TO_TELL = 5


def feed_key(name: str) -> str:
    """What the trouble of a feed is known by, so that it is told once and closed when it is over."""
    return f"feed:{name}"


def silence(name: str, failures: int, error: str) -> Problem | None:
    """The problem to tell about a feed that failed so often in a row, or None so far."""
    if failures < FAILURES_TO_TELL:
        return None
    return Problem(feed_key(name), f"The feed '{name}' has failed {failures} times in a row", error)
