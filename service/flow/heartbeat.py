"""Tells a dead man's switch outside that all is well. Its address is a secret: whoever has it can keep it quiet."""

import logging

import httpx

log = logging.getLogger(__name__)

# Seconds for the whole ping, connecting included.
TIMEOUT = 10.0


def ping(url: str) -> bool:
    """Ask the address for an answer; where none comes that is logged, never with the address, and no alarm."""
    try:
        answer = httpx.get(url, timeout=TIMEOUT, follow_redirects=False)
    except Exception as error:
        log.warning("the heartbeat could not be sent (%s)", type(error).__name__)
        return False
    if not answer.is_success:
        log.warning("the heartbeat was answered with %d", answer.status_code)
    return answer.is_success
