"""`tocsin beat`: keeps time, puts alerts.yaml in force when it changes, and looks at how everything does."""

import argparse
import logging
import threading
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
    """Look at the file for ever, reading it only when it changed."""
    path = installation.settings.rules
    seen: object = ()
    pause = threading.Event()
    while True:
        stamp = _stamp(path)
        if stamp != seen:
            try:
                rulebook.watch(installation.database, path, installation.now())
                seen = stamp
            except Exception:
                log.exception("alerts.yaml could not be put in force; it is tried again")
        pause.wait(LOOK_EVERY)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def _leave_logging_alone(**_: object) -> None:
    """Celery sets up no logging where somebody answers this signal."""
