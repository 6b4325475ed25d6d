"""The synthetic report: Tocsin writes itself a report, and its message must arrive here.

It takes the way of every other: read, assign, decide, deliver.  Only its beginning and its end are here; what tells
it from real ones is its country (`service.rules.built_in`), and `service.store.synthetic`.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from service import doorbell
from service.clock import machine_time
from service.errors import DeliveryError
from service.flow import STAGES
from service.flow.installation import Installation
from service.reports import fingerprint
from service.rules.built_in import COUNTRY, PUBLISHER
from service.store import incidents, synthetic, vitals
from service.store.database import Connection
from service.values import Journey, Message, Report

TEXT = """Tocsin writes to itself
At least {figure} civilians were killed in air strikes, says a report that was made up to see whether it arrives."""
# Figures told from 10,000 on, each by one report of many: a message of another journey does not count.
FIRST, FIGURES = 10_000, 80_000


def travel(installation: Installation) -> None:
    """Send a report on its way where it is time to, and remove what an earlier one left."""
    every = timedelta(seconds=installation.settings.synthetic_every)
    with installation.database.writing() as db:
        # Two that keep time must not send two, nor may a worker be gathering what is removed.
        incidents.hold(db, COUNTRY)
        last, now = vitals.get(db, Journey), machine_time()
        departs = bool(every) and (last is None or not timedelta(0) <= now - last.started_at < every)
        if last is not None and (departs or last.waiting_since is None):
            last = tidied(db, last)
        if departs:
            vitals.put(db, depart(db, last, now, installation.now()))
    if departs:
        doorbell.ring(installation.settings.broker, "read", STAGES["read"].lane)


def tidied(db: Connection, last: Journey) -> Journey:
    """The journey with nothing left of its report."""
    if last.report_id is None:
        return last
    synthetic.clear(db, last.report_id)
    after = replace(last, report_id=None)
    vitals.put(db, after)
    return after


def depart(db: Connection, last: Journey | None, started: datetime, now: datetime) -> Journey:
    """A new report, due to be read. `started` is the machine's time, `now` Tocsin's."""
    number = last.number + 1 if last else 1
    text = TEXT.format(figure=figure(number))
    report = Report(text, fingerprint(text), published=now, language="en", publisher=PUBLISHER, country=COUNTRY)
    report_id = synthetic.add(db, report, now)
    waiting = (last.waiting_since if last else None) or started
    before = last or Journey(0, None, started, waiting)
    return replace(before, number=number, report_id=report_id, started_at=started, waiting_since=waiting)


def figure(number: int) -> str:
    """What the report of a journey tells, as its message writes it."""
    return f"{FIRST + number % FIGURES:,}"


def arrive(installation: Installation, message: Message) -> None:
    """The internal receiver: note that the newest report's message came. Raises DeliveryError where it is no such."""
    with installation.database.writing() as db:
        journey, now = vitals.get(db, Journey), machine_time()
        if journey is None or figure(journey.number) not in message.text:
            raise DeliveryError("the message does not tell what the newest synthetic report did", permanent=True)
        if journey.waiting_since is not None:
            vitals.put(db, arrived(journey, now))


def arrived(journey: Journey, now: datetime) -> Journey:
    seconds = (now - journey.started_at).total_seconds()
    return replace(journey, waiting_since=None, arrived_at=now, seconds=seconds)
