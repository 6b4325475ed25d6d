"""Reads the parts of alerts.yaml that say whom a message reaches: channels, recipients, routes."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any, Final

from service.rules import fields, times
from service.rules.model import ChannelRule, Contact, RecipientRule, Route, StepRule
from service.rules.reader import Reader, noted, read_value, shaped
from service.rules.scalars import one_of, switch, text, whole
from service.rules.shapes import Key, each, entries, items, listing, named, not_empty, peek, record
from service.strict_yaml import Mistakes, Node, shown
from service.values import NOBODY, Classification

MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
# Kinds of channel whose contacts must give an address, and how it is read; on others it may name a room.
ADDRESSED: Final[Mapping[str, Reader[str]]] = {"email": fields.mailbox, "sms": fields.phone}
EXAMPLES: Final = {"email": "name@example.org", "sms": '"+447700900123"'}
# The highest class each kind may carry where the file does not say: a chat room has more members than anyone counts.
CEILINGS: Final[Mapping[str, Classification]] = {"slack": Classification.INTERNAL}


def channels(kinds: Collection[str]) -> Reader[dict[str, ChannelRule]]:
    """Channels by name."""
    every = named(
        _channel,
        fields.name,
        kind=Key(one_of("a kind of channel", {kind: kind for kind in kinds}), "How it reaches people", "email"),
        secret=Key(fields.secret, "The name of the environment variable that holds its address", "TOCSIN_MAIL_URL"),
        ceiling=Key(fields.classification, "The highest class that may go this way", default=None),
        answers=Key(fields.secret, "The name of the variable with the secret that signs answers", default=None),
    )
    return every.into(lambda found: {channel.name: channel for channel in found})


def _channel(*, kind: str, ceiling: Classification | None, **values: Any) -> ChannelRule:
    highest = CEILINGS.get(kind, Classification.RESTRICTED) if ceiling is None else ceiling
    return ChannelRule(kind=kind, ceiling=highest, **values)


def refuse_unsigned(channels: Mapping[str, ChannelRule], nodes: Mapping[str, Node], mistakes: Mistakes) -> None:
    """Notes each channel that takes answers though its contacts have no address to know the sender by."""
    for channel in channels.values():
        if channel.answers is not None and channel.kind not in ADDRESSED:
            node = entries(nodes[channel.name], mistakes)["answers"]
            problem = f"{node.path} stands at a channel of kind {shown(channel.kind)}, where nobody has an address"
            mistakes.add(node.at, problem, f"Take it out; answers come in on {' or '.join(sorted(ADDRESSED))}")


def recipients(channel_kinds: Mapping[str, str], teams: Collection[str]) -> Reader[dict[str, RecipientRule]]:
    """Recipients by name; `channel_kinds` gives the kind of each channel in the file, `teams` its teams."""
    contacts = not_empty(
        _not_led_by_backup(listing(contact(channel_kinds))),
        "gives no way to reach them",
        "Add a contact: [{channel: mail, address: name@example.org}]",
    )
    example = "[{channel: mail, address: name@example.org}]"
    every = named(
        RecipientRule,
        somebody,
        contacts=Key(contacts, "Where they are reached: on all of these", example),
        team=Key(fields.reference("a team of this file", teams), "The name of one of teams", default=None),
        zone=Key(times.zone, "Their time zone, by its IANA name", default=None),
        language=Key(fields.language, "The language they would rather read", default=None),
        quiet=Key(times.quiet, "When only what is severe or extreme is sent, in their zone", default=None),
        digest=Key(fields.duration(5 * MINUTE, 24 * HOUR), "How long messages below severe are gathered", default=None),
        hourly=Key(whole(1, 1000), "The most messages an hour below severe; more become one", default=20),
    )

    @shaped(**every.schema)
    def read(node: Node, mistakes: Mistakes) -> dict[str, RecipientRule]:
        found = {recipient.name: recipient for recipient in every(node, mistakes)}
        each(lambda name: _refuse_placeless_quiet(found[name], node, mistakes), found)
        return found

    return read


@shaped(**fields.name.schema)
def somebody(node: Node, mistakes: Mistakes) -> str:
    """What a recipient or a rotation is called."""
    value = fields.name(node, mistakes)
    if value.casefold() == NOBODY:
        raise noted(node, mistakes, f"{shown(value)} means that no one is on call", "Call them otherwise")
    return value


def _not_led_by_backup(read_all: Reader[tuple[Contact, ...]]) -> Reader[tuple[Contact, ...]]:
    """As `read_all`, the first of them no backup."""

    @shaped(**read_all.schema)
    def read(node: Node, mistakes: Mistakes) -> tuple[Contact, ...]:
        found = read_all(node, mistakes)
        if found and found[0].backup:
            at = items(node, mistakes)[0]
            raise noted(at, mistakes, f"{at.path} is a backup, but no contact is before it", "Leave out 'backup: true'")
        return found

    return read


def _refuse_placeless_quiet(recipient: RecipientRule, node: Node, mistakes: Mistakes) -> None:
    if recipient.quiet and not recipient.zone:
        at = peek(node, recipient.name)["quiet"]
        raise noted(at, mistakes, f"{at.path} is in no time zone", "Add their zone beside it: 'zone: Asia/Damascus'")


def contact(channel_kinds: Mapping[str, str]) -> Reader[Contact]:
    """One way to reach a recipient; whether it has an address hangs on the channel's kind."""
    read_contact = record(
        Contact,
        channel=Key(fields.reference("a channel of this file", channel_kinds), "The name of one of channels", "mail"),
        address=Key(text, "An e-mail address or telephone number; elsewhere a room, topic or device", default=None),
        backup=Key(switch, "true: used only when those before it failed", default=False),
    )

    @shaped(**read_contact.schema)
    def read(node: Node, mistakes: Mistakes) -> Contact:
        value = read_contact(node, mistakes)
        kind = channel_kinds[value.channel]
        if value.address is not None:
            ADDRESSED.get(kind, fields.room)(entries(node, mistakes)["address"], mistakes)
        elif kind in ADDRESSED:
            raise noted(node, mistakes, f"{node.path} has no address", f"Add 'address: {EXAMPLES[kind]}'")
        return value

    return read


def routes(countries: Collection[str], names: Collection[str], teams: Collection[str]) -> Reader[tuple[Route, ...]]:
    """Routes in the order of the file."""
    to = not_empty(
        listing(fields.reference("a recipient or rotation of this file", names)),
        "names nobody, so this route reaches nobody",
        "Name a recipient: [duty-officer]",
    )
    every = named(
        Route,
        fields.name,
        countries=Key(all_or(countries), "Countries, or all (as without it)", default=frozenset()),
        level=Key(fields.level, "The lowest level that goes this way", "moderate"),
        to=Key(to, "Names of recipients and rotations, told at once", "[duty-officer]"),
        team=Key(
            fields.reference("a team of this file", teams),
            "The team whose answer stops the steps; without it anybody's does",
            default=None,
        ),
        steps=Key(listing(step(to)), "Whom to tell next while nobody answers", default=()),
    )
    return not_empty(every, "is empty, so nobody would ever be told of anything", "Add a route")


def step(to: Reader[tuple[str, ...]]) -> Reader[StepRule]:
    """Whom to tell next, and how long after the step before."""
    after = fields.duration(timedelta(minutes=1), timedelta(days=1))
    return record(
        StepRule,
        to=Key(to, "Names of recipients and rotations", "[manager]"),
        after=Key(after, "How long after the step before, 1m to 1d; without it the level's next_person", default=None),
    )


def all_or(countries: Collection[str]) -> Reader[frozenset[str]]:
    """The word `all`, or a list of countries; all are an empty set."""
    some = not_empty(
        listing(fields.country(countries)),
        "names no country, so this route covers nothing",
        "Write 'all', or name countries: [SYR, LBN]",
    )

    @shaped(anyOf=[{"const": "all"}, some.schema])
    def read(node: Node, mistakes: Mistakes) -> frozenset[str]:
        return frozenset() if read_value(node) == "all" else frozenset(some(node, mistakes))

    return read


def operators(recipient_names: Collection[str]) -> Reader[tuple[str, ...]]:
    """Who is told when something is wrong with Tocsin itself."""
    return not_empty(
        listing(fields.reference("a recipient of this file", recipient_names)),
        "names nobody, so nobody would hear that Tocsin itself is in trouble",
        "Name a recipient: [duty-officer]",
    )
