"""SMS: one short message of whole facts, carried by any of Apprise's SMS services."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from service.notifications import gsm, services
from service.notifications.bulletin import Bulletin
from service.notifications.channel import BadAddress, Channel, Written
from service.notifications.foreign import clip
from service.notifications.gist import Gist, inert
from service.notifications.headline import DONE, REASONS
from service.values import Message, Recipient

if TYPE_CHECKING:
    from apprise import AppriseAsset, NotifyBase

DUPLICATE = "possible duplicate"
# Our own longer words, shortened as far as they stay clear.
SHORTER = (
    (re.compile(r"(?<=\d),(?=\d{3})"), ""),
    (re.compile(r"\bat least (?=\d)(\d+)"), r"\1+"),
    (re.compile(r"\breported (?=killed|injured|missing)"), ""),
    (re.compile(r"\bnot verified by us\b"), "unverified"),
)
# How far a place is cut when nothing else is left to leave out.
PLACES = (60, 40, 24, 16, 10)


def write(bulletin: Bulletin) -> Written:
    """The first wording that fits, from the fullest on; what a message holds is never cut inside a figure."""
    wordings = map(gsm.plain, chain(_with_facts(bulletin), _without(bulletin)))
    return Written(next(filter(gsm.fits, wordings), _shortest(bulletin)), subject="")


def _with_facts(bulletin: Bulletin) -> Iterator[str]:
    """As many facts as there is room for; with outlets and days where that leaves room for one fact."""
    for with_outlets, with_days in ((True, True), (True, False), (False, False)):
        for count in range(len(bulletin.gist.facts), 0, -1):
            yield _worded(bulletin, with_outlets, with_days, count, bulletin.gist.place)
    for place in _places(bulletin.gist):
        yield _worded(bulletin, False, False, 1, place)


def _without(bulletin: Bulletin) -> Iterator[str]:
    for place in _places(bulletin.gist):
        yield _worded(bulletin, False, False, 0, place)


def _places(gist: Gist) -> Iterator[str]:
    """The place shorter and shorter; at last the country's code, which is in the GSM alphabet."""
    yield from (clip(gist.place, longest) for longest in PLACES)
    if gist.country:
        yield gist.country


def _worded(bulletin: Bulletin, with_outlets: bool, with_days: bool, count: int, place: str) -> str:
    gist = bulletin.gist
    where = f"{place} {gist.days}" if with_days and gist.days else place
    facts = ", ".join(gist.facts[:count])
    unsaid = len(gist.facts) - count
    more = f", {unsaid} more" if unsaid and count else ""
    told = f"{where}: {facts}{more}." if facts else f"{where.rstrip('.')}{'' if where.endswith('…') else '.'}"
    return _shorter(f"{_flags(bulletin, with_outlets)} {_who(bulletin)}{told}{_answer(bulletin)}")


def _who(bulletin: Bulletin) -> str:
    """ "Amira is checking. ": what somebody did is told before what happened."""
    return f"{inert(bulletin.note)}. " if bulletin.note and bulletin.flags[0] in DONE else ""


def _flags(bulletin: Bulletin, with_outlets: bool) -> str:
    """ "SEVERE unverified, 1 outlet."; before it why people are told now, where that is not news."""
    flags = [flag for flag in bulletin.flags if with_outlets or not flag[:1].isdigit()]
    why = f"{flags.pop(0)}: " if flags[0] in REASONS.values() else ""
    first, *others = flags
    others += [DUPLICATE] if bulletin.duplicate else []
    return f"{why}{first} {', '.join(others)}.".replace(" .", ".")


def _answer(bulletin: Bulletin) -> str:
    return f" Ack: send {bulletin.code}" if bulletin.code else ""


def _shortest(bulletin: Bulletin) -> str:
    """Level and code alone, which always fit."""
    return gsm.plain(f"Tocsin: {bulletin.level.name}, see the alert's page.{_answer(bulletin)}")


def _shorter(text: str) -> str:
    for long, short in SHORTER:
        text = long.sub(short, text)
    return text


def plug(message: Message, recipient: Recipient, address: str, asset: "AppriseAsset") -> "NotifyBase":
    """A plug-in of an SMS service, for one message to the recipient's number."""
    if not recipient.address:
        raise BadAddress("a short message needs a telephone number")
    service, parsed = services.parsed(address)
    if not any(token.startswith("target_phone") for token in service.template_tokens):
        raise BadAddress("it is not the address of an SMS service")
    given: dict[str, Any] = {**parsed, "targets": [recipient.address]}
    return services.instance(service, given, asset)


CHANNEL = Channel("sms", write, plug, wakes=True)
