"""alert → notification: sends what the outbox holds, and marks each message by its outcome."""

import logging
import os
import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime

from service.countries import zone
from service.errors import DeliveryError
from service.flow import STAGES, trouble
from service.flow.installation import Installation
from service.flow.journey import arrive
from service.flow.retry import MOST_TRIES_TO_SEND, TRIES_TO_TELL, again_at
from service.notifications.bulletin import Links
from service.notifications.compose import compose
from service.notifications.links import sign
from service.notifications.send import send
from service.rules.built_in import INTERNAL
from service.rules.model import ChannelRule, Rules
from service.store import alerts, outbox, queue
from service.store.database import Connection
from service.store.queue import OUTBOX, Claimed
from service.values import Message, Notice, Problem, Recipient

log = logging.getLogger(__name__)

# Messages sent at the same time by one worker: a whole batch, so that none waits for another.
AT_ONCE = STAGES["deliver"].batch


def work(installation: Installation, rows: Sequence[Claimed]) -> None:
    """Send the messages of these rows, each marked as soon as its outcome is known.

    They are marked `sending` first: a row found so later was being sent when its worker
    died, so it may have arrived, and the next try says so.  From then on nothing is raised:
    a message that was sent must not be worked on again because another's mark failed.
    """
    rules = installation.rulebook.newest()
    assert rules is not None
    with installation.database.writing() as db:
        doubtful = outbox.begin(db, rows)
        ours = [row for row in rows if row.id in doubtful]
        notices = {row.id: alerts.notice(db, row.alert_id, row.revision) for row in ours}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        tries = {pool.submit(deliver, installation, row, notices[row.id], rules, doubtful[row.id]): row for row in ours}
        for done in as_completed(tries):
            mark(installation, tries[done], done.result(), rules)


def deliver(
    installation: Installation, row: Claimed, notice: Notice | None, rules: Rules, doubtful: bool
) -> DeliveryError | None:
    """Try to send one message; the error if it was not sent, or if nobody can tell."""
    try:
        if notice is None:
            raise DeliveryError("what it was to say is gone", permanent=True)
        channel = channel_of(row, rules)
        message = message_for(installation, row, notice, channel, doubtful)
        recipient = Recipient(row.recipient, row.channel, row.address)
        hand_over(installation, message, recipient, channel)
    except DeliveryError as error:
        return error
    except Exception as error:
        log.exception("message %s could not be sent", row.id)
        return DeliveryError(f"{type(error).__name__} while it was made", unknown=True)
    return None


def hand_over(installation: Installation, message: Message, recipient: Recipient, channel: ChannelRule) -> None:
    """Out into the world; or, on the internal channel, to the receiver that Tocsin has itself. Raises DeliveryError."""
    if channel.kind == INTERNAL:
        arrive(installation, message)
    else:
        send(message, recipient, secret_of(channel), channel.kind, installation.settings.send_timeout)


def message_for(
    installation: Installation, row: Claimed, notice: Notice, channel: ChannelRule, doubtful: bool
) -> Message:
    """The message as its recipient gets it: of the same notice, under the same Message-ID, at every try."""
    now = installation.now()
    return compose(
        notice,
        Recipient(row.recipient, row.channel, row.address),
        links=links(installation, row, notice.decided_at),
        now=now,
        zone=zone(notice.incident.country) if notice.incident and notice.incident.country else None,
        possible_duplicate=doubtful,
        channel_kind=channel.kind,
    )


def links(installation: Installation, row: Claimed, issued: datetime) -> Links:
    settings = installation.settings
    token = sign(settings.signing_secret, row.alert_id, row.recipient, issued)
    return Links(
        alert=f"{settings.address}/alerts/{row.alert_id}",
        acknowledge=f"{settings.address}/acknowledge/{token}",
    )


def channel_of(row: Claimed, rules: Rules) -> ChannelRule:
    if row.channel not in rules.channels:
        raise DeliveryError(f"the channel '{row.channel}' is no longer in alerts.yaml", permanent=True)
    return rules.channels[row.channel]


def secret_of(channel: ChannelRule) -> str:
    """The channel's Apprise address, from the environment: it is a credential."""
    address = os.environ.get(channel.secret, "")
    if not address:
        raise DeliveryError(f"{channel.secret} is not set, so nothing can be sent by '{channel.name}'")
    return address


def mark(installation: Installation, row: Claimed, error: DeliveryError | None, rules: Rules) -> None:
    """Note one outcome. Where that fails the row stays `sending`, and is sent again as a possible duplicate."""
    try:
        settle(installation, row, error, rules)
    except Exception:
        log.exception("the outcome of message %s could not be noted", row.id)


def settle(installation: Installation, row: Claimed, error: DeliveryError | None, rules: Rules) -> None:
    """Mark one message sent, to be tried again, or given up."""
    now = installation.now()
    with installation.database.writing() as db:
        if error is None:
            queue.finish(db, OUTBOX, [row], state="sent", sent_at=now)
            if not outbox.is_stuck(db, row, TRIES_TO_TELL):
                trouble.end(db, trouble_key(row), now)
            return
        log.warning("message %s to %s by %s: %s", row.id, row.recipient, row.channel, error)
        tries = row.attempts + 1
        again = None if error.permanent else again_at(now, tries, random.random(), MOST_TRIES_TO_SEND)
        doubt = {"doubtful": True} if error.unknown else {}
        queue.fail(db, OUTBOX, row, str(error), again, state="pending" if again else "failed", **doubt)
        if again is None:
            log_given_up(db, row, error, now)
        if (again is None or tries >= TRIES_TO_TELL) and row.reason != "problem":
            trouble.begin(db, undelivered(row, error), rules, now)


def log_given_up(db: Connection, row: Claimed, error: DeliveryError, now: datetime) -> None:
    alerts.log(db, row.alert_id, now, trouble.TOCSIN, "not delivered", f"{row.recipient} by {row.channel}: {error}")


def undelivered(row: Claimed, error: DeliveryError) -> Problem:
    """The trouble of a recipient whom messages do not reach; over with the next one that does."""
    return Problem(trouble_key(row), f"Messages to {row.recipient} by {row.channel} are not delivered", str(error))


def trouble_key(row: Claimed) -> str:
    return f"delivery:{row.channel}:{row.recipient}"
