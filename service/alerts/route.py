"""Who is told: routes by country and level, each recipient's contacts once."""

from collections.abc import Collection, Iterable

from service.rules import built_in
from service.rules.model import Route, Rules
from service.values import Level, Recipient


def recipients(rules: Rules, country: str | None, level: Level) -> tuple[Recipient, ...]:
    """Everyone whose route covers this country and level, in the order of the file."""
    return contacts(rules, (name for route in covering(rules, country, level) for name in route.to))


def covering(rules: Rules, country: str | None, level: Level) -> list[Route]:
    """The routes that alerts of this country and level go by, in the order of the file."""
    return [route for route in rules.routes if level >= route.level and _covers(route.countries, country)]


def operators(rules: Rules) -> tuple[Recipient, ...]:
    """Who is told when something is wrong with Tocsin itself."""
    return contacts(rules, rules.operators)


def contacts(rules: Rules, names: Iterable[str], *, backups: bool = False) -> tuple[Recipient, ...]:
    """Every contact of the named recipients, each once; those that are backups only where they are asked for."""
    found = (
        Recipient(name, contact.channel, contact.address)
        for name in names
        for contact in rules.recipients[name].contacts
        if backups or not contact.backup
    )
    return tuple(dict.fromkeys(found))


def next_contact(rules: Rules, name: str, used: Collection[Recipient]) -> Recipient | None:
    """The recipient's first backup not yet used; None where there is none left."""
    rule = rules.recipients.get(name)
    backups = (Recipient(name, one.channel, one.address) for one in rule.contacts if one.backup) if rule else ()
    return next((one for one in backups if one not in used), None)


def _covers(countries: frozenset[str], country: str | None) -> bool:
    # A report that names no country goes to everyone rather than to no one; the synthetic one to nobody else.
    everywhere = not countries or country is None
    return country in countries or (everywhere and country != built_in.COUNTRY)
