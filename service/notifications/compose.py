"""Writes the message that one recipient gets on one channel about one notice."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from service.notifications import EVERY
from service.notifications.bulletin import Bulletin, Links
from service.notifications.foreign import clip
from service.notifications.several import several
from service.notifications.times import Zone
from service.notifications.wording import bulletin
from service.values import Level, Message, Notice, Recipient

__all__ = ["Links", "compose", "compose_several"]

LONGEST_SUBJECT = 180


def compose(
    notice: Notice,
    recipient: Recipient,
    *,
    links: Links,
    now: datetime,
    zone: Zone | None,
    possible_duplicate: bool = False,
    channel_kind: str,
) -> Message:
    """The notice in words, in the channel's mark-up, with the identity that every try of it shares.

    `zone` is the incident's (IANA name, label people know), None for UTC only.
    Raises ValueError where the notice is about nothing, and
    KeyError for an unknown kind of channel.
    """
    told = bulletin(notice, links, now, zone, duplicate=possible_duplicate)
    return _message(told, notice, recipient, links, possible_duplicate, channel_kind)


def compose_several(
    told: Sequence[tuple[Notice, Links]],
    recipient: Recipient,
    why: str,
    *,
    now: datetime,
    possible_duplicate: bool = False,
    channel_kind: str,
) -> Message:
    """Several notices in one message, a line each, under the identity of the first; `why` they waited."""
    written_about = several(told, why, now, duplicate=possible_duplicate)
    notice, links = told[0]
    return _message(written_about, notice, recipient, links, possible_duplicate, channel_kind)


def _message(
    told: Bulletin, notice: Notice, recipient: Recipient, links: Links, possible_duplicate: bool, channel_kind: str
) -> Message:
    written = EVERY[channel_kind].write(told)
    return Message(
        subject=subject(told) if written.subject is None else written.subject,
        text=written.text,
        html=written.html,
        message_id=message_id(notice, recipient, links),
        headers=headers(notice, recipient, links, possible_duplicate),
    )


def subject(told: Bulletin) -> str:
    mark = " [possible duplicate]" if told.duplicate else ""
    return clip(told.subject, LONGEST_SUBJECT - len(mark)) + mark


def message_id(notice: Notice, recipient: Recipient, links: Links) -> str:
    """One for each (alert, recipient, channel, reason, revision): a second try has the same (RFC 5322 3.6.4)."""
    local = f"{notice.alert_id}.{notice.revision}.{notice.reason}.{_digest(recipient)}"
    return f"<alert.{local}@{_host(links)}>"


def headers(
    notice: Notice, recipient: Recipient, links: Links, possible_duplicate: bool
) -> tuple[tuple[str, str], ...]:
    """Threads an alert's messages under one root that is never sent, and tells machines what this is."""
    root = f"<alert.{notice.alert_id}.{_digest(recipient)}@{_host(links)}>"
    every = [
        ("References", root),
        ("In-Reply-To", root),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        ("X-Tocsin-Alert", str(notice.alert_id)),
        ("X-Tocsin-Revision", str(notice.revision)),
        ("X-Tocsin-Reason", notice.reason),
        ("X-Tocsin-Level", notice.level.name.lower()),
    ]
    if notice.level >= Level.SEVERE:
        every.append(("Importance", "high"))
    if possible_duplicate:
        every.append(("X-Tocsin-Possible-Duplicate", "yes"))
    return tuple(every)


def _digest(recipient: Recipient) -> str:
    whole = "\n".join((recipient.name, recipient.channel, recipient.address or ""))
    return sha256(whole.encode()).hexdigest()[:12]


def _host(links: Links) -> str:
    return urlsplit(links.alert).hostname or "tocsin.invalid"
