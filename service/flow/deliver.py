"""alert → notification: sends what the outbox holds, and marks each message by its outcome.

take up   marks what goes now `sending`, gives back what waits    holding.py
send      a whole batch at the same time
settle    marks what was sent, what is tried again or given up    settle.py
"""

import logging
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from functools import cache
from time import monotonic

from service.countries import zone
from service.errors import DeliveryError
from service.flow import STAGES
from service.flow.holding import Sending, take_up
from service.flow.installation import Installation
from service.flow.journey import arrive
from service.flow.settle import Outcome, settle
from service.notifications.bulletin import Links
from service.notifications.compose import compose, compose_several
from service.notifications.links import sign
from service.notifications.send import send
from service.rules.built_in import INTERNAL
from service.rules.model import ChannelRule, Rules
from service.store.queue import Claimed
from service.values import Message, Notice, Recipient

log = logging.getLogger(__name__)

# Messages sent at the same time by one worker: a whole batch and the slow ones of some before it.
AT_ONCE = 2 * STAGES["deliver"].batch
# A message that takes longer (seconds) is left to end by itself: one slow receiver must not keep all others waiting.
PATIENCE = 2.0
# Outcomes that become known within so long are noted together (seconds).
TOGETHER = 0.03


def work(installation: Installation, rows: Sequence[Claimed]) -> None:
    """Send the messages of these rows, each marked as soon as its outcome is known.

    They are marked `sending` first: a row found so later was being sent when its worker
    died, so it may have arrived, and the next try says so.  From then on nothing is raised:
    a message that was sent must not be worked on again because another's mark failed.
    """
    rules = installation.rulebook.newest()
    assert rules is not None
    longest = timedelta(seconds=installation.settings.send_timeout)
    with installation.database.writing() as db:
        ours = take_up(db, rows, rules, installation.now(), longest)
    tries = {senders().submit(outcome_of, installation, sending, rules) for sending in ours}
    for done in as_they_end(tries):
        mark(installation, done, rules)
    for slow in tries:
        slow.add_done_callback(lambda ended: mark(installation, [ended.result()], rules))


@cache
def senders() -> ThreadPoolExecutor:
    """Threads that last as long as the process, each with its connections; made on first use, after the fork."""
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="send")


def as_they_end(tries: set[Future[Outcome]]) -> Iterator[list[Outcome]]:
    """Outcomes as they become known, those that did meanwhile together; takes them out of `tries`.

    To mark them together costs one commit instead of many; a worker that dies meanwhile leaves what ended in
    those milliseconds in doubt, beside all that was still on its way.
    """
    until = monotonic() + PATIENCE
    while tries and (left := until - monotonic()) > 0:
        ended, _ = wait(tries, min(TOGETHER, left))
        tries -= ended
        if ended:
            yield [outcome.result() for outcome in ended]


def outcome_of(installation: Installation, sending: Sending, rules: Rules) -> Outcome:
    return Outcome(sending, deliver(installation, sending, rules))


def deliver(installation: Installation, sending: Sending, rules: Rules) -> DeliveryError | None:
    """Try to send one message; the error if it was not sent, or if nobody can tell."""
    row = sending.row
    try:
        channel = channel_of(row, rules)
        message = message_for(installation, sending, channel)
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


def message_for(installation: Installation, sending: Sending, channel: ChannelRule) -> Message:
    """The message as its recipient gets it: of the same notice, under the same Message-ID, at every try."""
    row, now = sending.row, installation.now()
    recipient = Recipient(row.recipient, row.channel, row.address)
    told = [
        (notice, links(installation, each, notice.decided_at, code))
        for each, notice, code in sending.told
        if notice is not None
    ]
    if sending.notice is None:
        raise DeliveryError("what it was to say is gone", permanent=True)
    if len(told) > 1:
        return compose_several(
            told, recipient, row.held, now=now, possible_duplicate=sending.doubtful, channel_kind=channel.kind
        )
    return compose(
        sending.notice,
        recipient,
        links=told[0][1],
        now=now,
        zone=zone_of(sending.notice),
        possible_duplicate=sending.doubtful,
        channel_kind=channel.kind,
    )


def zone_of(notice: Notice) -> tuple[str, str] | None:
    return zone(notice.incident.country) if notice.incident and notice.incident.country else None


def links(installation: Installation, row: Claimed, issued: datetime, code: str | None) -> Links:
    settings = installation.settings
    token = sign(settings.signing_secret, row.alert_id, row.recipient, issued)
    return Links(
        alert=f"{settings.address}/alerts/{row.alert_id}",
        acknowledge=f"{settings.address}/acknowledge/{token}",
        code=code,
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


def mark(installation: Installation, outcomes: Sequence[Outcome], rules: Rules) -> None:
    """Note outcomes together, or one by one where that fails.

    A row whose mark fails alone stays `sending`, and is sent again as a possible duplicate.
    """
    try:
        settle(installation, outcomes, rules)
    except Exception:
        if len(outcomes) == 1:
            log.exception("the outcome of message %s could not be noted", outcomes[0].row.id)
            return
        for outcome in outcomes:
            mark(installation, [outcome], rules)
