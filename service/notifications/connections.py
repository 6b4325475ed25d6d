"""Connections to receivers that are kept for the next message: one session a thread, for a few seconds."""

import threading
from http.cookiejar import DefaultCookiePolicy
from time import monotonic

import requests

# Receivers close what is idle after five seconds or more.  A message sent into a connection that is just being closed
# is one whose outcome nobody knows, so ours are closed first (seconds).
KEPT = 4.0

_thread = threading.local()


def session() -> requests.Session:
    """This thread's session, a new one after a while without use; it keeps no cookie."""
    if monotonic() - getattr(_thread, "used", 0.0) > KEPT:
        forget()
    if getattr(_thread, "session", None) is None:
        _thread.session = requests.Session()
        _thread.session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    _thread.used = monotonic()
    kept: requests.Session = _thread.session
    return kept


def forget() -> None:
    """The next message of this thread gets new connections."""
    old: requests.Session | None = getattr(_thread, "session", None)
    _thread.session = None
    if old is not None:
        old.close()
