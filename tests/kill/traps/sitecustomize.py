"""Traps for kill tests: Python imports this file by itself in every process that has its folder on PYTHONPATH.

A trap that is armed (a file `<point>.armed`) catches the first process that comes to its point without a pass (a file
`<point>.pass-<number>`): it writes down who it is and stands still, until it is killed or the test lets it go.

While the file `disk.full` is there, every write of a worker to a file is refused: RLIMIT_FSIZE is nought, the system
answers EFBIG where a full disk answers ENOSPC, and SQLite cannot commit.
"""

import json
import os
import resource
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

TRAPS = Path(os.environ["TEST_TRAPS"])
STANDS_STILL = 30.0
# What this thread works on, while it does.
doing = threading.local()


def trap(point: str) -> None:
    armed, sprung = TRAPS / f"{point}.armed", TRAPS / f"{point}.sprung"
    caught = TRAPS / f"{point}.{os.getpid()}.{threading.get_ident()}"
    if has_a_pass(point):
        return
    try:
        armed.rename(caught)
    except FileNotFoundError:
        return
    caught.write_text(json.dumps({"child": os.getpid(), "worker": os.getppid()}))
    caught.rename(sprung)
    until = time.monotonic() + STANDS_STILL
    while time.monotonic() < until and not (TRAPS / f"{point}.released").exists():
        time.sleep(0.02)


def has_a_pass(point: str) -> bool:
    """Take one, if one is left; no two take the same."""
    for found in TRAPS.glob(f"{point}.pass-*"):
        with suppress(FileNotFoundError):
            found.unlink()
            return True
    return False


def heed_the_disk() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0 if (TRAPS / "disk.full").exists() else most, most))


def lay() -> None:
    from service.desk import alerts
    from service.flow import deliver, drain
    from service.store.database import Database

    attempt, settle, send, writing = drain.attempt, deliver.settle, deliver.send, Database.writing
    acknowledge = alerts.acknowledge

    def trapped_attempt(installation, stage, work, rows):  # type: ignore[no-untyped-def]
        if rows:
            trap(f"before-{stage.name}")
        doing.name = stage.name
        attempt(installation, stage, work, rows)
        doing.name = None
        if rows:
            trap(f"after-{stage.name}")

    def trapped_acknowledge(*arguments):  # type: ignore[no-untyped-def]
        trap("before-answer")
        doing.name = "answer"
        done = acknowledge(*arguments)
        doing.name = None
        trap("after-answer")
        return done

    def trapped_send(*arguments):  # type: ignore[no-untyped-def]
        trap("before-send")
        send(*arguments)
        trap("after-send")

    def trapped_settle(*arguments):  # type: ignore[no-untyped-def]
        trap("sent")
        before, doing.name = getattr(doing, "name", None), "settle"
        try:
            settle(*arguments)
        finally:
            doing.name = before

    @contextmanager
    def trapped_writing(self: Database) -> Iterator[object]:
        heed_the_disk()
        with writing(self) as db:
            yield db
            if name := getattr(doing, "name", None):
                trap(f"before-commit-{name}")
                heed_the_disk()

    alerts.acknowledge = trapped_acknowledge
    drain.attempt, deliver.settle, deliver.send = trapped_attempt, trapped_settle, trapped_send
    Database.writing = trapped_writing  # type: ignore[method-assign, assignment]


def tell_who_we_are() -> None:
    """Leave our number where the test finds it, under the name of the command."""
    if sys.orig_argv[1:3] == ["-m", "service"]:
        (TRAPS / f"{sys.orig_argv[3]}.pid").write_text(str(os.getpid()))


tell_who_we_are()
lay()
