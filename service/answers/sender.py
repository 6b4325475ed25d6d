"""Words that came in, and whether their sender is somebody we reach."""

import re
from dataclasses import dataclass

from service.rules.model import Contact, Rules
from service.values import Recipient


@dataclass(frozen=True, slots=True)
class Said:
    """Words that came in: on a channel of this kind ("sms", "email"), from this address there.

    `digest` names the message, so that one that comes twice acts once.  `revision` is the ringing it
    replies to, where it says.
    """

    kind: str
    sender: str
    text: str
    digest: str
    revision: int | None = None


def is_contact(rules: Rules, recipient: str, said: Said) -> bool:
    """Is the sender's address among those the recipient is reached by, on a channel of the kind?"""
    rule = rules.recipients.get(recipient)
    return rule is not None and any(is_at(rules, contact, said.kind, said.sender) for contact in rule.contacts)


def is_at(rules: Rules, contact: Contact, kind: str, sender: str) -> bool:
    of_kind = rules.channels[contact.channel].kind == kind
    return of_kind and contact.address is not None and same(kind, contact.address, sender)


def same(kind: str, one: str, other: str) -> bool:
    """Gateways write +44 as 0044 or 44; mail programs write addresses in any case."""
    if kind == "sms":
        return _digits(one) == _digits(other) != ""
    return one.casefold() == other.casefold()


def _digits(number: str) -> str:
    return re.sub(r"[^0-9]", "", number).removeprefix("00")


def known(rules: Rules, kind: str, sender: str) -> Recipient | None:
    """The recipient, and the channel, that a sender's address belongs to."""
    for rule in rules.recipients.values():
        for contact in rule.contacts:
            if is_at(rules, contact, kind, sender):
                return Recipient(rule.name, contact.channel, contact.address)
    return None
