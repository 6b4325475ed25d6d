"""What becomes of messages once their outcome is known: rows, receivers, the next contact, the operators."""

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from service.alerts.life import unreached
from service.alerts.route import next_contact
from service.errors import DeliveryError
from service.flow import trouble
from service.flow.holding import Sending, cap_key
from service.flow.installation import Installation
from service.flow.retry import FAILS_TO_TELL, KEPT_TO_SEND, LONGEST_WAIT, TRIES_TO_TELL, again_at, probe_at
from service.rules.model import Rules
from service.store import alerts, outbox, queue, receivers, waiting
from service.store.database import Connection
from service.store.outcomes import keep
from service.store.queue import OUTBOX, Claimed
from service.values import CALLS, TOCSIN, Notice, Problem
from service.watching import watch

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One message, and why it was not sent; None where it was."""

    sending: Sending
    error: DeliveryError | None

    @property
    def row(self) -> Claimed:
        return self.sending.row


def settle(installation: Installation, outcomes: Sequence[Outcome], rules: Rules) -> None:
    """Mark messages sent, to be tried again, or given up: all of them, or none."""
    now = installation.now()
    # In one order everywhere, so that two workers cannot wait for each other.
    ordered = sorted(outcomes, key=lambda outcome: receivers.of(outcome.row))
    with installation.database.writing() as db:
        sent(db, [outcome.sending for outcome in ordered if outcome.error is None], now)
        for outcome in ordered:
            if outcome.error is not None:
                not_sent(db, outcome.sending, outcome.error, rules, now)


# --- sent ---------------------------------------------------------------------


def sent(db: Connection, sendings: Sequence[Sending], now: datetime) -> None:
    rows = [sending.row for sending in sendings]
    queue.finish(db, OUTBOX, rows, state="sent", sent_at=now)
    for sending in sendings:
        if sending.carried:
            waiting.finish_carried(db, [told.row for told in sending.carried], state="sent", sent_at=now)
    for receiver, row in {receivers.of(row): row for row in rows}.items():
        if receivers.is_well(db, receiver):
            waiting.release(db, row, now)
    for key, row in {trouble_key(row): row for row in rows}.items():
        if trouble.is_on(db, key) and not outbox.is_stuck(db, row, TRIES_TO_TELL):
            trouble.end(db, key, now)
    for key in {cap_key(row) for row in rows if row.held == "hourly cap"}:
        trouble.end(db, key, now)


# --- not sent -----------------------------------------------------------------


def not_sent(db: Connection, sending: Sending, error: DeliveryError, rules: Rules, now: datetime) -> None:
    row, notice = sending.row, sending.notice
    log.warning("message %s to %s by %s: %s", row.id, row.recipient, row.channel, error)
    if error.permanent or (notice is not None and now - notice.decided_at >= KEPT_TO_SEND):
        give_up(db, sending, error, rules, now)
        try_next(db, row, now)
        return
    # One that may have arrived is never the next in line: it comes back by itself.
    alone = error.unknown or sending.doubtful
    again = again_at(now, row.attempts + 1, random.random(), None) if alone else now + LONGEST_WAIT
    doubt = {"doubtful": True} if error.unknown else {}
    queue.fail(db, OUTBOX, row, str(error), again, state="pending", **doubt)
    since = rest(db, row, error, now)
    if now - since >= FAILS_TO_TELL:
        reroute(db, row, rules, now)
    if notice is not None and row.attempts + 1 >= TRIES_TO_TELL and now - notice.decided_at >= FAILS_TO_TELL:
        tell(db, row, error, rules, now)


def rest(db: Connection, row: Claimed, error: DeliveryError, now: datetime) -> datetime:
    """Let the receiver rest, and what is due to it wait, but for the next in line; since when it fails."""
    receiver = receivers.of(row)
    since = receivers.failed(db, receiver, now)
    at = probe_at(now, since, random.random(), error.retry_after)
    receivers.rest(db, receiver, at)
    if since == now:
        waiting.hold_back(db, row, now, now + LONGEST_WAIT)
    waiting.next_in_line(db, row, now, at)
    return since


def reroute(db: Connection, row: Claimed, rules: Rules, now: datetime) -> None:
    """Tell by their next contact, once, those whose messages wait for this row's receiver, while it is tried again."""
    elsewhere = [one for one in waiting.resting(db, row) if next_contact(rules, one.recipient, ())]
    found = alerts.notices(db, [(one.alert_id, one.revision) for one in elsewhere])
    for one in elsewhere:
        by_next_contact(db, one, found.get((one.alert_id, one.revision)), rules, now)


def try_next(db: Connection, row: Claimed, now: datetime) -> None:
    """A verdict on one message says nothing of its receiver: where that fails, the next message tries it."""
    if receivers.rest(db, receivers.of(row), now):
        waiting.next_in_line(db, row, now, now)


# --- given up -----------------------------------------------------------------


def give_up(db: Connection, sending: Sending, error: DeliveryError, rules: Rules, now: datetime) -> None:
    """Park a message with those it carries, and tell each by the recipient's next contact."""
    doubt = {"doubtful": True} if error.unknown else {}
    queue.fail(db, OUTBOX, sending.row, str(error), None, state="failed", **doubt)
    waiting.finish_carried(db, [told.row for told in sending.carried], state="failed", error=str(error)[:2000], **doubt)
    for row, notice, _ in sending.told:
        told = f"{row.recipient} by {row.channel}: {error}"
        alerts.log(db, row.alert_id, now, TOCSIN, "not delivered", told)
        if not by_next_contact(db, row, notice, rules, now):
            nobody_reached(db, row, rules, now)
    tell(db, sending.row, error, rules, now)


def by_next_contact(db: Connection, row: Claimed, notice: Notice | None, rules: Rules, now: datetime) -> bool:
    """Tell it by the recipient's next contact that was not used for it, if there is one."""
    contact = next_contact(rules, row.recipient, outbox.contacts_of(db, row))
    if contact is None or notice is None:
        return False
    outbox.add(db, notice, [contact], now)
    alerts.log(db, row.alert_id, now, TOCSIN, "next contact", f"{row.recipient} by {contact.channel}")
    return True


def nobody_reached(db: Connection, row: Claimed, rules: Rules, now: datetime) -> None:
    """The recipient has no contact left; where nobody else got the message either, the next step comes now."""
    alerts.log(db, row.alert_id, now, TOCSIN, "not reached", f"{row.recipient} has no other contact")
    # That others learn what became of it is nothing to wake the next person for.
    alert = alerts.get(db, row.alert_id, for_update=True)
    if alert is not None and row.reason in CALLS and not outbox.reaches_anybody(db, row):
        outcome = unreached(alert, row.recipient, watch(db, rules, now), now)
        keep(db, outcome, now)


def tell(db: Connection, row: Claimed, error: DeliveryError, rules: Rules, now: datetime) -> None:
    """Tell the operators, unless it is their own messages that fail."""
    if row.reason != "problem":
        trouble.begin(db, undelivered(row, error), rules, now)


def undelivered(row: Claimed, error: DeliveryError) -> Problem:
    """The trouble of a recipient whom messages do not reach; over with the next one that does."""
    return Problem(trouble_key(row), f"Messages to {row.recipient} by {row.channel} are not delivered", str(error))


def trouble_key(row: Claimed) -> str:
    return f"delivery:{row.channel}:{row.recipient}"
