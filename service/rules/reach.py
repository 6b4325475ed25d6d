"""What only channels, recipients and routes together can tell: who would sleep through it, and what would leak."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from service.rules.model import ChannelRule, FeedRule, Route, Rules
from service.strict_yaml import Mistakes, Node, shown
from service.values import Level

# What a covered country is called that no route names.
ELSEWHERE = "countries that no route names"
MOST_NAMED = 8


def refuse_sleepers(rules: Rules, waking: Collection[str], routes: Mapping[str, Node], mistakes: Mistakes) -> None:
    """Notes each route that carries Extreme alerts of a country whose phones would all stay silent."""
    silent: dict[str, list[str]] = {}
    for country, covering in coverage(rules.routes).items():
        if covering and not any(wakes(rules, route, waking) for route in covering):
            silent.setdefault(covering[0].name, []).append(country)
    for name, countries in silent.items():
        problem = f"{routes[name].path} has no channel that wakes a phone for Extreme alerts of {_some(countries)}"
        remedy = f"Name a recipient in 'to' who has a contact on a channel of kind {' or '.join(sorted(waking))}"
        mistakes.add(routes[name].at, problem, remedy)


def refuse_leaks(rules: Rules, routes: Mapping[str, Node], mistakes: Mistakes) -> None:
    """Notes each channel of a route whose ceiling is below the class of a feed that goes that way."""
    for route in rules.routes:
        feeds = sorted(carried(rules, route), key=lambda feed: feed.classification, reverse=True)
        for channel in channels_of(rules, route):
            if feeds and feeds[0].classification > channel.ceiling:
                _leak(feeds[0], channel, routes[route.name], mistakes)


def refuse_leaking_briefs(rules: Rules, rotations: Mapping[str, Node], mistakes: Mistakes) -> None:
    """Notes each channel whose ceiling is below the class of a feed, and by which a rotation's people are briefed."""
    highest = max(rules.feeds, key=lambda feed: feed.classification, default=None)
    for rotation in rules.rotations.values():
        for channel in _channels(rules, rotation.people):
            if highest is not None and highest.classification > channel.ceiling:
                _leak(highest, channel, rotations[rotation.name], mistakes)


def _leak(feed: FeedRule, channel: ChannelRule, node: Node, mistakes: Mistakes) -> None:
    problem = (
        f"{node.path} leaks: reports of the feed {shown(feed.name)} are {feed.classification.word},"
        f" the channel {shown(channel.name)} may carry what is {channel.ceiling.word} at most"
    )
    remedy = f"Reach its recipients another way, or write 'ceiling: {feed.classification.word}' at the channel"
    mistakes.add(node.at, problem, remedy)


def coverage(routes: Collection[Route]) -> dict[str, list[Route]]:
    """For every country some route names, and for all others, the routes an Extreme alert of it goes by."""
    named = dict.fromkeys(country for route in routes for country in sorted(route.countries))
    extreme = [route for route in routes if route.level <= Level.EXTREME]
    covered = {country: [r for r in extreme if not r.countries or country in r.countries] for country in named}
    return {ELSEWHERE: [route for route in extreme if not route.countries], **covered}


def wakes(rules: Rules, route: Route, waking: Collection[str]) -> bool:
    """Does somebody wake who is told at once? Of a rotation everyone must: nobody knows whose turn it will be."""
    return any(all(_wakes(rules, person, waking) for person in people) for people in _people(rules, route.to) if people)


def _wakes(rules: Rules, person: str, waking: Collection[str]) -> bool:
    # A backup comes late, and only if those before it fail.
    contacts = (contact for contact in rules.recipients[person].contacts if not contact.backup)
    return any(rules.channels[contact.channel].kind in waking for contact in contacts)


def _people(rules: Rules, names: Iterable[str]) -> list[tuple[str, ...]]:
    """Whom each name stands for, now or at some time."""
    return [rules.rotations[name].people if name in rules.rotations else (name,) for name in names]


def channels_of(rules: Rules, route: Route) -> list[ChannelRule]:
    """The channels that a route's recipients are reached by, at any step and by any contact, each once."""
    return _channels(rules, (person for one in _people(rules, route.names) for person in one))


def _channels(rules: Rules, people: Iterable[str]) -> list[ChannelRule]:
    contacts = (contact for person in people for contact in rules.recipients[person].contacts)
    return [rules.channels[name] for name in dict.fromkeys(contact.channel for contact in contacts)]


def carried(rules: Rules, route: Route) -> Iterator[FeedRule]:
    """The feeds whose reports may go this way; one about no country in particular may tell of any."""
    for feed in rules.feeds:
        if not route.countries or feed.country is None or feed.country in route.countries:
            yield feed


def _some(countries: Collection[str]) -> str:
    first = list(countries)[:MOST_NAMED]
    return ", ".join(first) + (f" and {len(countries) - MOST_NAMED} more" if len(countries) > MOST_NAMED else "")
