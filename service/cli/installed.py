"""What commands need of an installation that may be running elsewhere: its database, its rules, its clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from service import rules as rules_room
from service import settings as environment
from service.alerts.acts import Officer
from service.cli.keys import clock_of
from service.clock import Clock
from service.desk.alerts import Desk
from service.desk.keys import COMMAND_LINE
from service.errors import SettingsError, TocsinError
from service.known import known
from service.rulebook import Rulebook
from service.rules import Rules
from service.rules.built_in import with_built_in
from service.settings import Settings
from service.store.database import Database
from service.store.migrate import is_newest


@dataclass(frozen=True)
class Installed:
    """A database with the rules in force, the time it was there when the command began, and its clock."""

    desk: Desk
    rules: Rules
    now: datetime
    clock: Clock

    @property
    def database(self) -> Database:
        return self.desk.database

    def officer(self, name: str, why: str = "") -> Officer:
        """Who acts from the command line, now."""
        return Officer(name, self.clock.now(), COMMAND_LINE, why.strip())


def has_database(settings: Settings) -> bool:
    return not settings.embedded_database or (settings.data / "tocsin.db").exists()


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The database that settings name. Raises SettingsError where there is none, or it is of another version."""
    if not has_database(settings):
        raise SettingsError(f"There is no database in {settings.data.resolve()}: TOCSIN_DATA names its folder")
    database = Database(settings.database)
    try:
        with database.reading() as db:
            if not is_newest(db):
                raise SettingsError(
                    "The database is of another version of Tocsin: bring it to this one, `tocsin migrate`"
                )
        yield database
    finally:
        database.close()


@contextmanager
def installed() -> Iterator[Installed]:
    """The installation that the environment names.

    Raises SettingsError where there is none, it is of another version, or it never had rules.
    """
    settings = environment.load()
    with opened(settings) as database:
        desk = Desk(database, Rulebook(database))
        rules = desk.rulebook.newest()
        if rules is None:
            raise SettingsError("No rules were ever in force here: start Tocsin once with `tocsin up`")
        clock = clock_of(settings)
        yield Installed(desk, rules, clock.now(), clock)


def rules_of(path: Path) -> Rules:
    """The rules in a file as they would be in force.

    Raises RulesError with every mistake, TocsinError where it cannot be read.
    """
    try:
        text = rules_room.text_of(path)
    except OSError as error:
        raise TocsinError(f"{path}: {error.strerror}") from None
    return with_built_in(rules_room.read(text, str(path), known(), rules_room.Neighbours(path.parent)))
