"""Traps for kill tests: Python imports this file by itself in every process that has its folder on PYTHONPATH.

A trap that is armed (a file `<point>.armed`) catches the first process that comes to its point: it writes
down who it is and stands still, until it is killed or the test lets it go.
"""

import json
import os
import time
from pathlib import Path

TRAPS = Path(os.environ["TEST_TRAPS"])
STANDS_STILL = 30.0


def trap(point: str) -> None:
    armed, sprung = TRAPS / f"{point}.armed", TRAPS / f"{point}.sprung"
    try:
        armed.rename(TRAPS / f"{point}.{os.getpid()}")
    except FileNotFoundError:
        return
    caught = TRAPS / f"{point}.{os.getpid()}"
    caught.write_text(json.dumps({"child": os.getpid(), "worker": os.getppid()}))
    caught.rename(sprung)
    until = time.monotonic() + STANDS_STILL
    while time.monotonic() < until and not (TRAPS / f"{point}.released").exists():
        time.sleep(0.02)


def lay() -> None:
    from service.flow import deliver, drain

    attempt, settle = drain.attempt, deliver.settle

    def trapped_attempt(installation, stage, work, rows):  # type: ignore[no-untyped-def]
        if rows:
            trap(f"before-{stage.name}")
        attempt(installation, stage, work, rows)
        if rows:
            trap(f"after-{stage.name}")

    def trapped_settle(*arguments):  # type: ignore[no-untyped-def]
        trap("sent")
        settle(*arguments)

    drain.attempt, deliver.settle = trapped_attempt, trapped_settle


lay()
