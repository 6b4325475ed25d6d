"""`tocsin worker`: the workers that do the stages' work."""

import argparse
import sys
import warnings

from celery.platforms import SecurityWarning
from celery.signals import setup_logging

from service import settings as environment
from service.cli.logs import set_up_logging
from service.embedded import tether
from service.embedded.child import Program
from service.embedded.supervisor import Supervisor
from service.flow import LANES

HELP = """Runs workers for both lanes, or for one: "intake" polls feeds, reads reports and assigns signals;
"alarm" decides and delivers. Each lane has slots of its own, so that slow feeds cannot delay an alarm."""

# Slots of a lane: polling must not keep reading waiting, nor one slow receiver every other.
SLOTS = 2


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lane", choices=LANES, help="run this lane only (default: both)")
    parser.add_argument(
        "--slots", type=int, default=SLOTS, metavar="N", help="tasks at the same time, a lane (%(default)s)"
    )


def run(options: argparse.Namespace) -> int:
    tether.hold()
    # Refused here rather than by every task.
    _ = environment.load().clock
    if options.lane is not None:
        return work(options.lane, options.slots)
    tocsin = (sys.executable, "-m", "service", "worker", "--slots", str(options.slots))
    Supervisor([Program(lane, (*tocsin, "--lane", lane)) for lane in LANES]).run()
    return 0


def work(lane: str, slots: int) -> int:
    """One Celery worker for one lane, in this process, until it is told to stop."""
    settings = environment.load()
    set_up_logging(settings)
    setup_logging.connect(_leave_logging_alone)
    # In a container root is nobody in particular; our messages are names of stages, never pickled code.
    warnings.filterwarnings("ignore", message="You're running the worker with superuser", category=SecurityWarning)
    from workers.app import app

    worker = app.Worker(
        queues=[lane],
        concurrency=slots,
        pool="prefork",
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    worker.start()
    return int(worker.exitcode or 0)


def _leave_logging_alone(**_: object) -> None:
    """Celery sets up no logging where somebody answers this signal."""
