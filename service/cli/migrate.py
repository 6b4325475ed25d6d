"""`tocsin migrate`: the database brought to the newest schema."""

import argparse

from service import settings as environment
from service.cli.logs import set_up_logging
from service.store.database import Database
from service.store.migrate import upgrade

HELP = "Brings the database to the newest schema; safe to run again, and by several processes at once."


def arguments(_parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(_options: argparse.Namespace) -> int:
    settings = environment.load()
    set_up_logging(settings)
    if settings.embedded_database:
        settings.data.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database)
    try:
        upgrade(database)
    finally:
        database.close()
    print("The database has the newest schema.")
    return 0
