"""Is work getting done? A process that lives but lets its queue grow is not ready."""

from collections.abc import Iterator, Mapping

# A queue whose oldest row has waited longer than this is stuck (seconds of Tocsin's time).
STUCK_AFTER = 120.0


def reasons_not_ready(waited: Mapping[str, float], rules: str | None) -> Iterator[str]:
    """Why an installation is not ready, in sentences; nothing where it is.

    `waited` says for each queue how long its oldest due row has waited, in seconds.
    """
    for name, seconds in waited.items():
        if seconds > STUCK_AFTER:
            yield f"the queue '{name}' has waited {seconds:.0f} s"
    if rules is None:
        yield "no rules are in force yet"
