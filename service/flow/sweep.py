"""What beat asks for every few seconds: ring whatever is due, and throw away what has had its time."""

from datetime import datetime, timedelta
from time import monotonic

from service import doorbell
from service.flow import STAGES, trouble
from service.flow.drain import LONGEST, PARKED
from service.flow.installation import Installation
from service.store import answered, codes, heard, queue, reports

# Rows deleted in one transaction.
AT_ONCE = 5000
STAGE_OF = {stage.queue: stage for stage in STAGES.values()}


def sweep(installation: Installation) -> list[str]:
    """Ring every stage whose queue holds something due; returns their names."""
    due = [STAGE_OF[name] for name in queue.due(installation.database, installation.now())]
    for stage in due:
        doorbell.ring(installation.settings.broker, stage.name, stage.lane)
    return [stage.name for stage in due]


def clean_up(installation: Installation) -> int:
    """Delete what has had its time, by the rules in force; returns how many reports.

    In small transactions, so that nobody waits long for the database, until none is left or time is over.
    """
    rules = installation.rulebook.newest()
    if rules is None:
        return 0
    now, until, deleted = installation.now(), monotonic() + LONGEST, 0
    # A key outlives the age at which its item would be ignored, whatever the feed's clock says.
    seen_before = (now - rules.retention.seen - timedelta(days=8)).date()
    more = True
    while more and monotonic() < until:
        with installation.database.writing() as db:
            count = reports.clean_up(db, now - rules.retention.quiet_reports, AT_ONCE)
            more = count + reports.forget(db, seen_before, AT_ONCE) > 0
        deleted += count
    with installation.database.writing() as db:
        answered.forget(db, now - answered.KEPT)
        codes.forget(db, now)
        heard.forget(db, now)
    close_parked(installation, now)
    return deleted


def close_parked(installation: Installation, now: datetime) -> None:
    """Close the troubles of queues that hold no parked row any more."""
    empty = [name for name, count in queue.parked(installation.database).items() if not count]
    with installation.database.writing() as db:
        for name in empty:
            trouble.end_all(db, f"{PARKED}{name}:", now)
