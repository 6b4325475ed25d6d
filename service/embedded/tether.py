"""How a child learns that its parent is gone: its standard input ends.

A parent killed outright cannot stop its children.  Each holds the reading end of
a pipe whose writing end only the parent has, so it sees the end at once.
"""

import os
import signal
import sys
import threading

TETHERED = "TOCSIN_TETHERED"


def hold() -> None:
    """End this process in good order when the parent that tethered it is gone; nothing if none did."""
    if os.environ.pop(TETHERED, None):
        threading.Thread(target=_wait_for_the_end, name="tether", daemon=True).start()


def _wait_for_the_end() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
