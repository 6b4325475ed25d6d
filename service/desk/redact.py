"""Redacting a report: its words go from everywhere they are stored, and a line of the admins' log stays.

What it counted stays as well: no alert falls silent by it.  The figures of its incidents are pinned together as
they are, or the incident might fall apart when it is next gathered, with less to tell it by.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from service.alerts.acts import Officer
from service.desk.incidents import Whole, note, together
from service.desk.removal import Removal, removal_of, without_words
from service.errors import Refused
from service.incidents.assemble import assemble
from service.store import admin_log, incidents, redaction, signals
from service.store.admin_log import Entry
from service.store.database import Connection, Database
from service.values import Figure

ACT = "redacted"


@dataclass(frozen=True, slots=True)
class Redacted:
    """The stub that stays: who redacted a report when and why, and the SHA-256 of the text that was there.

    `incidents` are those that it tells of; `copies` other reports of theirs with the very same text.
    """

    report_id: int
    who: str
    at: datetime
    why: str
    digest: str | None
    incidents: tuple[int, ...] = ()
    copies: tuple[int, ...] = ()


def redact(database: Database, report_id: int, admin: Officer) -> Redacted:
    """Remove the words of a report. Raises Refused: 404 where there is none, 409 where it was redacted before."""
    with database.writing() as db:
        row = redaction.report(db, report_id)
        if row is None:
            raise Refused(f"There is no report {report_id}.", status=404)
        refuse_twice(db, report_id)
        redaction.clear(db, row)
        places = held(db, report_id)
        said = figures_of(db, report_id, places)
        removal = removal_of(report_id, row.text or "", row.link, said)
        told = tell_again(db, removal, said, admin)
        forget(db, removal, places, row.feed_id)
        stub = Redacted(report_id, admin.name, admin.at, admin.why, digest(row.text), *told)
        log(db, stub, admin)
    return stub


def refuse_twice(db: Connection, report_id: int) -> None:
    before = admin_log.last(db, ACT, subject(report_id))
    if before is not None:
        raise Refused(f"Report {report_id} was redacted by {before.actor} on {before.at:%Y-%m-%d %H:%M} UTC.")


def held(db: Connection, report_id: int) -> list[str]:
    """The countries a report tells of, which nobody else gathers or rings until the transaction ends."""
    places = redaction.countries(db, report_id)
    for country in places:
        incidents.hold(db, country)
        if signals.waits_anew(db, country):
            raise Refused("What officers did a moment ago is still being gathered: repeat it in a few seconds.")
    redaction.hold_alerts(db, places)
    return places


def figures_of(db: Connection, report_id: int, places: Sequence[str]) -> list[Figure]:
    return [figure for country in places for figure in signals.of_report(db, country, report_id)]


def tell_again(
    db: Connection, removal: Removal, said: Sequence[Figure], admin: Officer
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Store the figures without words, and their incidents put together again; these, and copies of the report."""
    for figure in said:
        redaction.put_figure(db, without_words(figure))
    homes = sorted({id for _, id in signals.whereabouts(db, {figure.id for figure in said}).values() if id})
    prints = {figure.fingerprint for figure in said if figure.fingerprint}
    copies: set[int] = set()
    for id in homes:
        figures = {number: placed.figure for number, placed in signals.in_incident(db, id).items()}
        keep_together(db, Whole(id, incidents.country_of(db, id) or "", figures), admin)
        redaction.put_incident(db, removal.value(replace(assemble(list(figures.values())), id=id)), admin.at)
        note(db, id, ACT, admin, subject(removal.report_id))
        copies |= {figure.report_id for figure in figures.values() if figure.fingerprint in prints}
    return tuple(homes), tuple(sorted(copies - {removal.report_id}))


def keep_together(db: Connection, whole: Whole, admin: Officer) -> None:
    """Pin an incident's figures as they are, and say so of each: reasons quote the words of other reports."""
    pins = together(whole.figures.values(), whole.id, admin)
    if pins:
        incidents.add_pins(db, whole.country, pins)
    redaction.explain(db, whole.figures, f"kept here by {admin.name}")


def forget(db: Connection, removal: Removal, places: Sequence[str], feed_id: int) -> None:
    """Remove the words from whatever repeats them."""
    redaction.change_gone(db, places, removal.value)
    redaction.change_notices(db, places, removal.report_id, removal.value)
    redaction.change_lines(db, places, removal.phrases, removal.line)
    redaction.change_errors(db, places, feed_id, removal.prose)
    redaction.change_answers(db, removal.prose, removal.data)


def log(db: Connection, stub: Redacted, admin: Officer) -> None:
    detail = f"SHA-256 of the text: {stub.digest}" if stub.digest else "its text was no longer kept"
    entry = Entry(admin.at, admin.name, ACT, subject(stub.report_id), admin.source, admin.why, detail)
    admin_log.add(db, entry)


def digest(text: str | None) -> str | None:
    return hashlib.sha256(text.encode()).hexdigest() if text is not None else None


def subject(report_id: int) -> str:
    return f"report {report_id}"
