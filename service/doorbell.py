"""Rings a stage: a message on the broker that says "something is due", and nothing else.

A failure is only logged, since the next sweep rings whatever is due.
"""

import logging
from functools import cache

from celery import Celery
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)

# A bell nobody heard by then is stale: a sweep has rung since (seconds).
STALE_AFTER = 30
# A bell is tried once: waiting for a broker that is gone would hold up the stage that rings.
AT_ONCE = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}


def ring(broker: str, stage: str, lane: str) -> None:
    """Ask a worker of the lane to drain the stage's queue."""
    try:
        _celery(broker).send_task(f"tocsin.{stage}", queue=lane, expires=STALE_AFTER, retry=False)
    except (OperationalError, OSError) as error:
        log.warning("the bell of %s could not be rung, the next sweep will: %s", stage, error)


def failure(broker: str) -> str | None:
    """Why the broker does not answer, by the error's name alone (its text may hold a password); None where it does."""
    try:
        with _celery(broker).connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, timeout=5)
    except Exception as error:
        return type(error).__name__
    return None


@cache
def _celery(broker: str) -> Celery:
    bell = Celery("tocsin-doorbell", broker=broker, set_as_current=False)
    bell.conf.update(task_ignore_result=True, broker_transport_options=transport_options() | AT_ONCE)
    return bell


def transport_options() -> dict[str, object]:
    """Limits (seconds) so that a broker that hangs cannot hang us."""
    limits = {"socket_timeout": 30, "socket_connect_timeout": 5, "socket_keepalive": True}
    return limits | {"interval_start": 0.1, "interval_step": 0.2, "interval_max": 1}
