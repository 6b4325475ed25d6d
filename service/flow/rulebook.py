"""alerts.yaml is put in force: one process stores a checked version, everyone uses the newest."""

import logging
from datetime import datetime
from pathlib import Path

from service import rules as rules_room
from service.errors import RulesError
from service.flow import trouble
from service.health.silence import feed_key
from service.known import known
from service.rulebook import Rulebook
from service.rules import Neighbours, Rules
from service.store import feeds, rules, vitals
from service.store.database import Database
from service.values import Problem, Reload

log = logging.getLogger(__name__)

BAD_RULES = "rules"


def refresh(database: Database, path: Path, now: datetime, files: Neighbours | None = None) -> Rules:
    """Put the file, with those it names, in force if it differs from what is; all of it, or nothing.

    Raises RulesError where it is wrong, or OSError where it cannot be read: what was in force stays.
    """
    text = rules_room.text_of(path)
    files = files or Neighbours(path.parent)
    found = rules_room.read(text, str(path), known(), files)
    with database.writing() as db:
        if rules.activate(db, found.hash, text, now, files.texts):
            for gone in feeds.follow(db, {feed.name: feed.url for feed in found.feeds}, now):
                trouble.end(db, feed_key(gone), now)
            log.info("rules %s are in force: %d feeds, %d routes", found.hash, len(found.feeds), len(found.routes))
        vitals.put(db, Reload(now, good=True))
        trouble.end(db, BAD_RULES, now)
    return found


def watch(database: Database, path: Path, now: datetime) -> set[Path]:
    """`refresh` for a process that must go on: a bad file changes nothing and opens an alert for the operators.

    Returns the files to look at from now on: this one, and those it names.
    """
    files = Neighbours(path.parent)
    try:
        refresh(database, path, now, files)
    except (RulesError, OSError) as error:
        log.warning("alerts.yaml is refused; the rules in force stay: %s", error)
        in_force = Rulebook(database).newest()
        problem = Problem(BAD_RULES, "alerts.yaml is refused; the rules in force stay", str(error)[:2000])
        with database.writing() as db:
            vitals.put(db, Reload(now, good=False))
            if in_force is not None:
                trouble.begin(db, problem, in_force, now)
    return {path, *files.asked}
