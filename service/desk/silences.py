"""What shall not ring for a time: previewed, made, and ended before its time. None is ever deleted."""

from datetime import datetime

from service.alerts.acts import Officer, is_held, unsilenced
from service.alerts.silencing import PAST, Hidden, Wanted, hidden, silence
from service.countries import all_countries
from service.desk.alerts import Desk
from service.errors import Refused
from service.store import admin_log, alerts, listings, silences
from service.store.admin_log import Entry
from service.store.database import Connection
from service.store.outcomes import keep
from service.values import Silence
from service.watching import watch

# Alerts looked at to tell what a silence hides; a month of a large installation.
MOST_LOOKED_AT = 2000


def preview(desk: Desk, wanted: Wanted, officer: Officer) -> Hidden:
    """What a silence would hide. Raises Refused (422) where it cannot be."""
    asked = silence(wanted, desk.rules, all_countries(), officer)
    with desk.database.reading() as db:
        return _hidden(db, asked, officer.at)


def make(desk: Desk, wanted: Wanted, officer: Officer) -> tuple[Silence, Hidden]:
    """Make a silence; what rings by it already is held back from its next step on.

    Raises Refused (422) where it cannot be, or hides too much.
    """
    asked = silence(wanted, desk.rules, all_countries(), officer)
    with desk.database.writing() as db:
        found = _hidden(db, asked, officer.at)
        if found.too_broad:
            raise Refused(found.too_broad, status=422)
        made = silences.add(db, asked)
        _log(db, made, "silenced", officer, f"until {made.end:%Y-%m-%d %H:%M} UTC: {words(made)}")
    return made, found


def end(desk: Desk, number: int, officer: Officer) -> Silence:
    """Let a silence end now; what it held back rings. Raises Refused: 404, 409 where it is over."""
    rules = desk.rules
    with desk.database.writing() as db:
        held = silences.get(db, number)
        if held is None:
            raise Refused(f"There is no silence {number}.", status=404)
        if held.end <= officer.at:
            raise Refused(f"Silence {number} is over since {held.end:%Y-%m-%d %H:%M} UTC.", status=409)
        silences.end(db, held, officer.at)
        _log(db, held, "silence ended", officer)
        watched = watch(db, rules, officer.at)
        for alert_id in alerts.unfinished_ids(db):
            alert = alerts.get(db, alert_id, for_update=True)
            if alert is not None and is_held(alert, held):
                outcome = unsilenced(alert, held, officer, watched)
                keep(db, outcome, officer.at)
        after = silences.get(db, number)
    assert after is not None
    return after


def words(silence: Silence) -> str:
    """What a silence is about."""
    where = ", ".join(silence.countries) or "all countries"
    return f"{', '.join(silence.types) or 'everything'} in {where}, up to {silence.level.word}"


def _hidden(db: Connection, asked: Silence, now: datetime) -> Hidden:
    lately = listings.Wanted(kind="incident", since=now - PAST)
    return hidden(asked, listings.alerts(db, None, MOST_LOOKED_AT, lately))


def _log(db: Connection, silence: Silence, act: str, officer: Officer, detail: str = "") -> None:
    admin_log.add(
        db, Entry(officer.at, officer.name, act, f"silence {silence.id}", officer.source, officer.why, detail)
    )
