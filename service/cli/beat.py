"""`tocsin beat`: keeps time, puts alerts.yaml in force when it changes, and looks at how everything does."""

import argparse
import logging
import threading
from collections.abc import Mapping
from pathlib import Path

from celery.signals import setup_logging

from service import settings as environment
from service.cli.logs import set_up_logging
from service.embedded import tether
from service.flow import rulebook, watch
from service.flow.installation import Installation

log = logging.getLogger(__name__)

HELP = """Rings every few seconds whatever is due, and watches alerts.yaml: a changed file is checked and, if it is
good, put in force for everyone in one step. It also sends the synthetic report, tells the operators what is wrong,
and pings TOCSIN_HEARTBEAT_URL while nothing is. Run one beat; two do no harm but for twice the bells."""

# How often the file is looked at (seconds).
LOOK_EVERY = 5.0

# What tells one state of a file from another; None where there is no such file.
Stamp = tuple[int, int, int]
Seen = Mapping[Path, Stamp | None]


def arguments(_parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(_options: argparse.Namespace) -> int:
    tether.hold()
    settings = environment.load()
    set_up_logging(settings)
    _ = settings.clock  # a wrong one is refused here, not at every sweep
    setup_logging.connect(_leave_logging_alone)
    for work in (watch_rules, watch.watch):
        threading.Thread(target=work, args=(Installation(settings),), name=work.__name__, daemon=True).start()
    from workers.app import app

    # In memory: what beat last did is of no interest after a restart, everything due is rung anyway.
    app.Beat(scheduler_cls="celery.beat:Scheduler", quiet=True).run()
    return 0


def watch_rules(installation: Installation) -> None:
    """Look at the file, and those it names, for ever."""
    seen: Seen = {}
    pause = threading.Event()
    while True:
        try:
            seen = look(installation, seen)
        except Exception:
            log.exception("alerts.yaml could not be put in force; it is tried again")
        pause.wait(LOOK_EVERY)


def look(installation: Installation, seen: Seen) -> Seen:
    """Read the files if one of them changed; returns them as they were before that."""
    path = installation.settings.rules
    found = {file: _stamp(file) for file in {path, *seen}}
    if found == seen:
        return seen
    named = rulebook.watch(installation.database, path, installation.now())
    # One just named was read without a stamp taken before: it is read once more.
    return {file: found.get(file) for file in named}


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def _leave_logging_alone(**_: object) -> None:
    """Celery sets up no logging where somebody answers this signal."""
