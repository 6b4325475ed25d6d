"""`tocsin up`: everything from one parent, on this machine."""

import argparse
import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service import settings as environment
from service.cli.logs import set_up_logging
from service.clock import forget, keep, machine_time
from service.embedded import broker
from service.embedded.child import Program
from service.embedded.supervisor import Supervisor
from service.errors import RulesError, SettingsError
from service.flow import LANES
from service.flow.rulebook import refresh
from service.rulebook import Rulebook
from service.rules.model import Rules
from service.settings import Settings
from service.store.database import Database
from service.store.migrate import upgrade

HELP = """Starts the broker, the workers, beat and the web application as children of one process, with the database
in the data folder, and keeps them running until Ctrl-C or SIGTERM. With TOCSIN_DATABASE_URL or TOCSIN_BROKER_URL
set, that part is not embedded but used where it is."""


def arguments(_parser: argparse.ArgumentParser) -> None:
    """It takes none: addresses are settings, the rest is in alerts.yaml."""


def run(_options: argparse.Namespace) -> int:
    settings = environment.load()
    set_up_logging(settings)
    settings.data.mkdir(parents=True, exist_ok=True)
    with only_one(settings.data):
        settings = with_kept_clock(settings)
        rules = prepare(settings)
        welcome(settings, rules)
        Supervisor(programs(settings)).run()
    print("Tocsin has stopped.", file=sys.stderr)
    return 0


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data folder. Raises SettingsError where another `up` does."""
    with (data / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SettingsError(f"Another `tocsin up` is running on the data folder {data.resolve()}") from None
        yield


def prepare(settings: Settings) -> Rules:
    """The database migrated, the rules in force, the secret made. Raises RulesError where there are no good rules."""
    database = Database(settings.database)
    try:
        upgrade(database)
        _ = settings.signing_secret
        return rules_in_force(settings, database)
    finally:
        database.close()


def rules_in_force(settings: Settings, database: Database) -> Rules:
    """alerts.yaml if it is good; else, said loudly, those in force before."""
    try:
        return refresh(database, settings.rules, settings.clock.now())
    except (RulesError, OSError) as error:
        before = Rulebook(database).newest()
        if before is None:
            raise SettingsError(f"There are no rules to work by. {error}") from error
        print(f"{error}\nThe rules in force stay: {before.hash}", file=sys.stderr)
        return before


def programs(settings: Settings) -> list[Program]:
    """The children, the broker first: the others need it at once."""
    tocsin = (sys.executable, "-m", "service")
    shared = {"TOCSIN_CLOCK": settings.clock_spec}
    children = [Program(lane, (*tocsin, "worker", "--lane", lane), shared) for lane in LANES]
    children += [Program("beat", (*tocsin, "beat"), shared), Program("web", (*tocsin, "web"), shared)]
    return [embedded_broker(settings), *children] if settings.embedded_broker else children


def embedded_broker(settings: Settings) -> Program:
    socket = settings.broker_socket
    command = broker.command(socket, settings.data.resolve())
    return Program("broker", command, before=lambda: broker.end_leftover(socket), leaned_on=True, muted=broker.MUTED)


def with_kept_clock(settings: Settings) -> Settings:
    """A moved clock kept in a file that all children read; a restart with the same line goes on with it."""
    if not settings.clock_spec:
        forget(settings.kept_clock)
        return settings
    if Path(settings.clock_spec).is_absolute():
        return settings
    keep(settings.kept_clock, settings.clock_spec)
    return settings.model_copy(update={"clock_spec": str(settings.kept_clock)})


def welcome(settings: Settings, rules: Rules) -> None:
    """Say where everything is, and what is missing for messages to leave."""
    secrets = [channel.secret for channel in rules.channels.values() if channel.secret]
    unset = [name for name in secrets if not os.environ.get(name)]
    now = settings.clock.now()
    lines = [
        f"console    {settings.address}/",
        f"data       {settings.data.resolve()}",
        f"rules      {settings.rules} ({rules.hash}): {len(rules.feeds)} feeds, {len(rules.routes)} routes",
    ]
    if abs(now - machine_time()).total_seconds() > 1:
        lines.append(f"clock      moved to {now:%Y-%m-%d %H:%M} UTC")
    if unset:
        lines.append(f"not set    {', '.join(unset)}: messages by these channels wait, a week at most")
    print("Tocsin is up. Ctrl-C stops it.\n  " + "\n  ".join(lines), file=sys.stderr, flush=True)
