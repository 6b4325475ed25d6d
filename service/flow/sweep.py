"""What beat asks for every few seconds: ring whatever is due, and throw away what has had its time."""

from datetime import timedelta

from service import doorbell
from service.flow import STAGES
from service.flow.installation import Installation
from service.store import queue, reports

STAGE_OF = {stage.queue: stage for stage in STAGES.values()}


def sweep(installation: Installation) -> list[str]:
    """Ring every stage whose queue holds something due; returns their names."""
    due = [STAGE_OF[name] for name in queue.due(installation.database, installation.now())]
    for stage in due:
        doorbell.ring(installation.settings.broker, stage.name, stage.lane)
    return [stage.name for stage in due]


def clean_up(installation: Installation) -> int:
    """Delete quiet reports and keys past their time, by the rules in force; returns how many reports."""
    rules = installation.rulebook.newest()
    if rules is None:
        return 0
    now, keep = installation.now(), rules.retention
    with installation.database.writing() as db:
        # A key outlives the age at which its item would be ignored, whatever the feed's clock says.
        seen_before = (now - keep.seen - timedelta(days=8)).date()
        return reports.clean_up(db, now - keep.quiet_reports, seen_before)
