"""The rules in force: the newest version that is stored, parsed once."""

import logging

from service import rules as rules_room
from service.errors import RulesError
from service.known import known
from service.rules import Neighbours, Rules
from service.rules.built_in import with_built_in
from service.store import rules
from service.store.database import Database

log = logging.getLogger(__name__)


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
            self._take(row.id, row.text, Neighbours(texts=row.files))
        return self._rules

    def _take(self, row_id: int, text: str, files: Neighbours) -> None:
        """Read a version. One that another version of the program wrote may be strange to us: ours stays."""
        try:
            self._rules = with_built_in(rules_room.read(text, "alerts.yaml", known(), files))
        except RulesError as error:
            log.error("the rules in force cannot be read by this process, which keeps to those before: %s", error)
        self._row_id = row_id
