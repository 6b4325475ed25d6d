"""Answers by mail: reads what came into the mailbox, does what it asks for, and writes back what happened."""

import hashlib
import logging
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from service.answers.letter import Letter, read, words_of
from service.answers.sender import Said, known
from service.errors import DeliveryError
from service.flow import trouble
from service.flow.deliver import secret_of
from service.flow.installation import Installation
from service.flow.mailbox import Mailbox, opened
from service.notifications.foreign import clean
from service.notifications.send import send
from service.rules.model import Rules
from service.store import heard
from service.values import Message, Problem

log = logging.getLogger(__name__)

# What does as an answer asks and says what to write back: the desk's.
Answering = Callable[[Said, datetime], str]

NAME = "listen"
# Mails read in one turn, and the longest a turn may take.
MOST = 50
TURN = timedelta(minutes=3)
# A mailbox out of reach for so long is a trouble the operators should know.
PATIENCE = timedelta(minutes=5)
MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,300}>")


def listen(installation: Installation, answer: Answering) -> int:
    """Deal with the mails that are unseen, if there is a mailbox and nobody else is reading it; returns how many."""
    rules = installation.rulebook.newest()
    if not installation.settings.imap_url or rules is None:
        return 0
    with installation.database.writing() as db:
        if not heard.take_turn(db, NAME, TURN):
            return 0
    try:
        return _listen(installation, rules, answer)
    finally:
        with installation.database.writing() as db:
            heard.end_turn(db, NAME)


def _listen(installation: Installation, rules: Rules, answer: Answering) -> int:
    settings = installation.settings
    try:
        with opened(settings.imap_url, settings.send_timeout) as mailbox:
            uids = mailbox.unseen(MOST)
            for uid in uids:
                hear(installation, rules, answer, mailbox, uid)
    except DeliveryError as error:
        log.warning("answers by mail: %s", error)
        note_trouble(installation, rules, error)
        return 0
    end_trouble(installation)
    return len(uids)


def hear(installation: Installation, rules: Rules, answer: Answering, mailbox: Mailbox, uid: str) -> None:
    """One mail: done and committed first, then answered, then marked seen; one that is found again acts once."""
    raw = mailbox.read(uid)
    letter = read(raw)
    if letter is None or letter.automatic or not letter.sender:
        log.info("mail %s in the mailbox is no person's answer", uid)
    else:
        words = words_of(letter)
        said = Said("email", letter.sender, words, hashlib.sha256(raw).hexdigest(), letter.revision)
        reply = answer(said, installation.now())
        write_back(installation, rules, letter, reply)
    mailbox.mark_seen(uid)


def write_back(installation: Installation, rules: Rules, letter: Letter, reply: str) -> None:
    """Tell the sender what happened, by the channel we reach them on; strangers are told nothing."""
    to = known(rules, "email", letter.sender)
    if to is None:
        log.warning("an answer by mail is from nobody in alerts.yaml")
        return
    try:
        secret = secret_of(rules.channels[to.channel])
        send(message(letter, reply), to, secret, "email", installation.settings.send_timeout)
    except DeliveryError as error:
        log.warning("an answer by mail was dealt with, but its sender could not be told: %s", error)


def message(letter: Letter, reply: str) -> Message:
    """What happened, as a reply that no program answers."""
    headers = [("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")]
    if MESSAGE_ID.fullmatch(letter.message_id):
        headers += [("In-Reply-To", letter.message_id), ("References", letter.message_id)]
    return Message(f"Re: {clean(letter.subject, 150)}", f"{reply}\n", headers=tuple(headers))


def note_trouble(installation: Installation, rules: Rules, error: DeliveryError) -> None:
    now = installation.now()
    with installation.database.writing() as db:
        if now - heard.failing_since(db, NAME, now) >= PATIENCE:
            problem = Problem(NAME, "Answers by mail are not read", f"{error}. Links in messages work.")
            trouble.begin(db, problem, rules, now)


def end_trouble(installation: Installation) -> None:
    with installation.database.writing() as db:
        if heard.well(db, NAME):
            trouble.end(db, NAME, installation.now())
