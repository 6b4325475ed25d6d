"""alerts.yaml as it is in force: one process stores a checked version, everyone reads the newest."""

import logging
from datetime import datetime
from pathlib import Path

from service import rules as rules_room
from service.errors import RulesError
from service.flow import trouble
from service.flow.known import known
from service.health.silence import feed_key
from service.rules.built_in import with_built_in
from service.rules.model import Rules
from service.store import feeds, rules, vitals
from service.store.database import Database
from service.values import Problem, Reload

log = logging.getLogger(__name__)

BAD_RULES = "rules"


class Rulebook:
    """The rules in force, parsed once a version."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._row_id: int | None = None
        self._rules: Rules | None = None

    def newest(self) -> Rules | None:
        """The newest version, or None before the first."""
        with self._database.reading() as db:
            if rules.newest_id(db) == self._row_id:
                return self._rules
            row = rules.newest(db)
        if row is not None:
            self._take(row.id, row.text)
        return self._rules

    def _take(self, row_id: int, text: str) -> None:
        """Read a version. One that another version of the program wrote may be strange to us: ours stays."""
        try:
            self._rules = with_built_in(rules_room.read(text, "alerts.yaml", known()))
        except RulesError as error:
            log.error("the rules in force cannot be read by this process, which keeps to those before: %s", error)
        self._row_id = row_id


def refresh(database: Database, path: Path, now: datetime) -> Rules:
    """Put the file in force if it differs from what is; all of it, or nothing.

    Raises RulesError where it is wrong, or OSError where it cannot be read: what was in force stays.
    """
    text = rules_room.text_of(path)
    found = rules_room.read(text, str(path), known())
    with database.writing() as db:
        if rules.activate(db, found.hash, text, now):
            for gone in feeds.follow(db, {feed.name: feed.url for feed in found.feeds}, now):
                trouble.end(db, feed_key(gone), now)
            log.info("rules %s are in force: %d feeds, %d routes", found.hash, len(found.feeds), len(found.routes))
        vitals.put(db, Reload(now, good=True))
        trouble.end(db, BAD_RULES, now)
    return found


def watch(database: Database, path: Path, now: datetime) -> None:
    """`refresh` for a process that must go on: a bad file changes nothing and opens an alert for the operators."""
    try:
        refresh(database, path, now)
    except (RulesError, OSError) as error:
        log.warning("alerts.yaml is refused; the rules in force stay: %s", error)
        in_force = Rulebook(database).newest()
        problem = Problem(BAD_RULES, "alerts.yaml is refused; the rules in force stay", str(error)[:2000])
        with database.writing() as db:
            vitals.put(db, Reload(now, good=False))
            if in_force is not None:
                trouble.begin(db, problem, in_force, now)
