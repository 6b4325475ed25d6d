"""Drills: begun, looked at while answers come, ended."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from service.alerts import drill
from service.alerts.acts import Officer
from service.alerts.drill import ANSWERS, Answer, Drilling, Reached
from service.desk.alerts import Desk
from service.errors import Refused
from service.rules import built_in
from service.store import alerts, outbox
from service.store.database import Connection, Database
from service.store.outcomes import keep
from service.values import Alert, Drill, Line
from service.watching import watch


def begin(desk: Desk, route: str, wait: timedelta, officer: Officer) -> int:
    """Tell everyone a route may come to; returns the drill's number.

    Raises Refused: 404 where there is no such route, 422 where it reaches nobody, or waits too short or too long.
    """
    rules = desk.rules
    found = next((one for one in rules.routes if one.name == route), None)
    if found is None:
        choice = ", ".join(one.name for one in rules.routes[:20] if one.name != built_in.NAME)
        raise Refused(f"There is no route '{route}'. Choose from {choice}.", status=404)
    by = Line(officer.name, "", source=officer.source, why=officer.why)
    with desk.database.writing() as db:
        outcome = drill.begun(found, watch(db, rules, officer.at), by, wait, officer.at)
        key = alerts.drill_key(route, officer.at)
        return keep(db, outcome, officer.at, key).id


def show(database: Database, number: int) -> Drilling:
    """A drill as far as it has come. Raises Refused (404)."""
    with database.reading() as db:
        alert = alerts.get(db, number)
        told = alerts.notice(db, number, 1) if alert and alert.kind == "drill" else None
        if alert is None or told is None or told.drill is None:
            raise Refused(f"There is no drill {number}.", status=404)
        return _drilling(db, alert, told.drill)


def newest(database: Database, most: int) -> list[Drilling]:
    """The last drills, newest first."""
    with database.reading() as db:
        found = alerts.drills(db, most)
        told = alerts.notices(db, [(alert.id, 1) for alert in found])
        drills = {id: notice.drill for (id, _), notice in told.items()}
        return [_drilling(db, alert, about) for alert in found if (about := drills.get(alert.id))]


def end(database: Database, number: int, officer: Officer) -> None:
    """End a drill, so that it is not left open; nobody is told. One that has ended stays so."""
    with database.writing() as db:
        alert = alerts.get(db, number, for_update=True)
        if alert is not None and alert.kind == "drill" and alert.state != "closed":
            alerts.save(db, replace(alert, state="closed", acknowledgements=()))
            alerts.log(db, number, officer.at, officer.name, "closed", "the exercise is over", officer.source)


def _drilling(db: Connection, alert: Alert, about: Drill) -> Drilling:
    messages: dict[str, list[Reached]] = {}
    for row in outbox.of_alert(db, alert.id):
        if row.reason == "drill":
            messages.setdefault(row.recipient, []).append(Reached(row.channel, row.state, row.error or "", row.sent_at))
    return drill.so_far(alert, about, messages, _answers(alerts.logged(db, alert.id)))


def _answers(lines: Sequence[Any]) -> list[Answer]:
    return [Answer(line.actor, line.at, line.source) for line in lines if line.act in ANSWERS]
