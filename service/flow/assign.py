"""signal → incident: gathers a country's new figures, and whatever was said after them, into incidents."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from service.alerts.life import joined
from service.flow.installation import Installation
from service.incidents.assemble import assemble
from service.incidents.gather import Gathering, gather, standing
from service.incidents.match import LONGEST
from service.incidents.pins import rulings
from service.incidents.profile import Profile, as_data, from_data, whole
from service.store import alerts, incidents, queue, signals
from service.store.database import Connection
from service.store.incidents import Kept
from service.store.queue import CELLS, Claimed
from service.store.signals import NOWHERE, Placed
from service.values import TOCSIN, Alert, Figure

Told = Mapping[int, Placed]


def work(installation: Installation, rows: Sequence[Claimed]) -> None:
    """Each cell by itself: what two of them write must not hang together."""
    rules = installation.rulebook.newest()
    assert rules is not None
    for row in rows:
        now = installation.now()
        with installation.database.writing() as db:
            assign(db, row.country, row.country in rules.standing, now)
            queue.finish(db, CELLS, [row])


def assign(db: Connection, country: str, by_day: bool, now: datetime) -> None:
    """Gather all that waits in a country, in one transaction that holds it; `by_day`: it is a standing crisis.

    Incidents are a pure function of the set of figures; what was said before the oldest that waits stands.
    """
    incidents.hold(db, country)
    at = signals.begin(db, country)
    if at is None:
        return
    gathering, at = before(db, country, Gathering(by_day, rulings(incidents.pins(db, country))), at)
    told = signals.since(db, country, at)
    gather((placed.figure for placed in told.values()), gathering)
    told |= united(db, told, gathering)
    keep(db, country, told, gathering, now)
    signals.gathered(db, country)


def before(db: Connection, country: str, gathering: Gathering, at: datetime) -> tuple[Gathering, datetime]:
    """What was gathered before a moment, or before one from which on figures wait for others, or incidents were two."""
    known = signals.whereabouts(db, gathering.rulings.leaders)
    said_at = {id: said_at for id, (said_at, _) in known.items()}
    while True:
        at = gathering.rulings.begin(at, said_at)
        gathering.homes = {id: home for id, (said_at, home) in known.items() if said_at < at}
        kept = reachable(db, country, at, gathering)
        begins = whole(at, (profile for _, profile in kept if profile))
        if begins == at:
            break
        at = begins
    gathering.profiles |= standing_at(db, country, at, gathering, kept)
    return gathering, at


def reachable(db: Connection, country: str, at: datetime, gathering: Gathering) -> list[tuple[Kept, Profile | None]]:
    """The incidents that reports from a moment on may join, or that have such already."""
    also = {home for home in gathering.homes.values() if home is not None} | signals.incidents_since(db, country, at)
    kept = incidents.founded_since(db, country, at - LONGEST, also)
    return [(one, from_data(one.profile) if one.profile else None) for one in kept]


def standing_at(
    db: Connection, country: str, at: datetime, gathering: Gathering, kept: Sequence[tuple[Kept, Profile | None]]
) -> dict[int, Profile]:
    """Incidents as they stood at a moment.

    One told of later is put together again from its reports before; so is one that was made before there were profiles.
    """
    found = {one.id: profile for one, profile in kept if profile and one.last_said < at}
    later = {one.id: profile for one, profile in kept if one.id not in found}
    told = signals.of_reports_in(db, country, later.keys(), before=at)
    homes = {id: placed.incident_id if placed.incident_id in later else None for id, placed in told.items()}
    two = {id: profile.two_before(at) for id, profile in later.items() if profile}
    return found | dict(standing((placed.figure for placed in told.values()), homes, gathering, two))


def united(db: Connection, told: Told, gathering: Gathering) -> Told:
    """What was said before of incidents that now became part of others, which it goes to as well."""
    found = {
        id: placed
        for gone in gathering.united
        for id, placed in signals.in_incident(db, gone).items()
        if id not in told
    }
    for id, placed in found.items():
        gathering.move(id, placed.incident_id or NOWHERE, placed.why)
    return found


def keep(db: Connection, country: str, told: Told, gathering: Gathering, now: datetime) -> None:
    """Store what changed: where figures belong, the incidents that gained or lost one, and whom their alerts follow."""
    moved = {id for id, placed in told.items() if placed.incident_id != (gathering.homes[id] or NOWHERE)}
    changed = {home for id in moved for home in (told[id].incident_id, gathering.homes[id]) if home}
    told_anew = moved | {id for id, placed in told.items() if placed.why != gathering.why[id]}
    signals.put(db, {id: (gathering.homes[id], gathering.why[id]) for id in sorted(told_anew)})
    members = signals.of_incidents(db, changed)
    for id in sorted(changed, key=lambda id: (not members[id], id)):
        if members[id]:
            save(db, country, members[id], gathering.profiles[id], now)
        else:
            follow(db, id, most_now_in(id, told, gathering), now)


def save(db: Connection, country: str, figures: Sequence[Figure], profile: Profile, now: datetime) -> None:
    """Store one incident, due to be decided upon."""
    last_said = max(figure.said_at for figure in figures)
    kept = Kept(profile.founder, last_said, as_data(profile))
    incidents.save(db, country, replace(assemble(figures), id=kept.id), kept, profile.founded, now)


def most_now_in(gone: int, told: Told, gathering: Gathering) -> int | None:
    """The incident that most of an incident's figures are in now, the oldest of equals; None where they are in none."""
    homes = [gathering.homes[id] for id, placed in told.items() if placed.incident_id == gone]
    counted = Counter(home for home in homes if home is not None)
    return min(counted, key=lambda home: (-counted[home], gathering.profiles[home].rank), default=None)


def follow(db: Connection, gone: int, into: int | None, now: datetime) -> None:
    """An incident became part of another: its number leads there, and its alert goes on as the other's."""
    incidents.merge(db, gone, into)
    # Held, so that an officer's act comes before or after, not between.
    alert = alerts.open_by(db, alerts.incident_key(gone), for_update=True)
    if alert is None:
        return
    other = alerts.open_by(db, alerts.incident_key(into), for_update=True) if into is not None else None
    if into is None:
        alerts.end(db, alert)
        alerts.log(db, alert.id, now, TOCSIN, "closed", "its incident is no more: nothing in it may ring by itself")
        return
    if other is None:
        alerts.move(db, alert, into)
        alerts.log(db, alert.id, now, TOCSIN, "moved", f"incident {gone} became part of incident {into}")
    else:
        alerts.end(db, alert)
        alerts.log(db, alert.id, now, TOCSIN, "closed", f"its incident became part of that of alert {other.id}")
        take_over(db, other, alert, now)


def take_over(db: Connection, alert: Alert, gone: Alert, now: datetime) -> None:
    """Let an alert go on with what nobody answered of one that became part of it."""
    after = joined(alert, gone, now)
    alerts.save(db, after)
    if after.state != alert.state or after.snoozed_until != alert.snoozed_until:
        detail = f"alert {gone.id}, which nobody had answered, became part of it"
        alerts.log(db, alert.id, now, TOCSIN, "opened again", detail)
