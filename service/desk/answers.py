"""Answers that come in from a telephone or by mail: the same acts as at the desk, and what to say back."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from service.alerts.acts import CLOSED, Officer
from service.answers.sender import Said, is_contact
from service.answers.text import Answer, read
from service.desk.alerts import OUTDATED, Acknowledged, Answered, Desk, acknowledge, close
from service.errors import Refused
from service.store import alerts, codes, heard, outbox
from service.store.database import Connection
from service.values import Alert, CloseReason

log = logging.getLogger(__name__)

MOST_WRONG, WITHIN = 5, timedelta(hours=1)

UNKNOWN = "No alert of yours has the code {code}. The code is at the end of our message: four characters, as in A7K2."
UNREAD = "No code was found. Answer with the four characters from our message alone, as in A7K2."
UNCLEAR = "Nothing was done: only a part of the answer was understood. Answer with {code} alone to take the alert."
TOO_MANY = "Too many wrong codes. Try again in an hour, or use the link in our message."


@dataclass(frozen=True, slots=True)
class Addressed:
    """The alert a code leads to, the recipient who has it, and the latest ringing that reached them."""

    alert: Alert
    recipient: str
    told: int | None


def answer(desk: Desk, said: Said, now: datetime) -> str:
    """Do what the words ask for; returns what to say back. The same message again changes nothing."""
    with desk.database.reading() as db:
        before = heard.said(db, said.digest)
    if before is not None:
        return before
    reply = _answer(desk, said, now)
    with desk.database.writing() as db:
        heard.remember(db, said.digest, reply, now)
    return reply


def _answer(desk: Desk, said: Said, now: datetime) -> str:
    found = read(said.text)
    if found is None:
        return UNREAD
    with desk.database.writing() as db:
        if codes.wrong(db, said.sender, now - WITHIN) >= MOST_WRONG:
            return TOO_MANY
        alert = _alert_of(db, desk, said, found, now)
    return UNKNOWN.format(code=found.code) if alert is None else _do(desk, alert, found, said, now)


def _alert_of(db: Connection, desk: Desk, said: Said, found: Answer, now: datetime) -> Addressed | None:
    """What the code leads to, if it is the sender's own; else a wrong guess, and never told which of the two."""
    row = codes.find(db, found.code, now)
    alert = alerts.get(db, row.alert_id) if row and is_contact(desk.rules, row.recipient, said) else None
    if alert is None:
        codes.note_wrong(db, said.sender, now)
        log.warning("an answer by %s quotes a code that is not its sender's", said.kind)
        return None
    return Addressed(alert, row.recipient, outbox.newest_sent(db, alert.id, row.recipient))


# --- the acts -------------------------------------------------------------------


def _do(desk: Desk, addressed: Addressed, found: Answer, said: Said, now: datetime) -> str:
    if found.act is None:
        return UNCLEAR.format(code=found.code)
    officer = Officer(addressed.recipient, now, said.kind)
    revision = said.revision or addressed.told
    answered = None if revision is None else Answered(revision, now)
    try:
        if found.act == "acknowledge":
            return told(acknowledge(desk, addressed.alert.id, officer, answered), officer.name)
        return _close(desk, addressed.alert, officer, found.act, answered)
    except Refused as refused:
        return str(refused)


def _close(desk: Desk, alert: Alert, officer: Officer, reason: CloseReason, answered: Answered | None) -> str:
    after = close(desk, alert.id, officer, reason, answered)
    return f"Closed: alert {after.id}, {after.level.word}, {CLOSED[reason]}. Whoever was told is told so."


def told(after: Acknowledged, recipient: str) -> str:
    """What became of an acknowledgement, in words for whoever sent it."""
    alert = after.alert
    if after.outdated:
        return OUTDATED.format(alert=alert)
    if after.first:
        return f"You have it: alert {alert.id}, {alert.level.word}, is acknowledged by {recipient}."
    if alert.owner == recipient:
        return f"You had it already: alert {alert.id}, {alert.level.word}."
    return f"Noted, {alert.owner} was first: alert {alert.id}, {alert.level.word}."
