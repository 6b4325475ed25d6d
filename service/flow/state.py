"""Everything that is known of how Tocsin does, gathered: a few milliseconds, whatever is stored."""

import shutil
from datetime import datetime

from service.clock import machine_time
from service.health.state import FeedState, Room, State
from service.settings import Settings
from service.store import feeds, gauges, queue, rules, vitals
from service.store.database import Connection, Database
from service.values import Journey, Look, Pulse


def gathered(settings: Settings, database: Database) -> State:
    """The state as it is; waiting is counted in the machine's seconds, however fast Tocsin's clock runs."""
    now, rate = settings.clock.now(), settings.clock.rate
    waited = queue.oldest_due(database, now)
    with database.reading() as db:
        in_force, oldest = rules.newest(db), gauges.oldest_message(db)
        return State(
            now=now,
            machine=machine_time(),
            waited={name: seconds / rate for name, seconds in waited.items()},
            undelivered=(now - oldest).total_seconds() / rate if oldest else 0.0,
            feeds=tuple(feed_states(db)),
            rules=in_force.hash if in_force else None,
            skew=skew(vitals.time_there(db)),
            room=room(settings, database),
            journey=vitals.get(db, Journey) if settings.synthetic_every else None,
            every=settings.synthetic_every,
            look=vitals.get(db, Look),
            look_every=settings.watch_every,
        )


def feed_states(db: Connection) -> list[FeedState]:
    return [
        FeedState(row.id, row.name, row.attempts, row.error, row.arrived_at, row.pulse or Pulse())
        for row in feeds.followed(db)
    ]


def skew(there: datetime | None) -> float | None:
    """How far the database's clock is ahead of ours, in seconds."""
    return None if there is None else (there - machine_time()).total_seconds()


def room(settings: Settings, database: Database) -> Room | None:
    """Space for the database, where it is a file in the data folder."""
    if not database.is_sqlite or not settings.data.is_dir():
        return None
    usage = shutil.disk_usage(settings.data)
    return Room(usage.free, usage.total)
