"""The sections of alerts.yaml, in the order of its parts: what is watched, when it rings, whom it reaches."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from functools import partial
from typing import Any, Final

from service.rules import areas, countries, delivery, fields, reach, ring, rotations, sources, teams, thresholds
from service.rules.feeds import feeds
from service.rules.files import Neighbours
from service.rules.known import Known
from service.rules.model import RING, Retention, Rules
from service.rules.reader import Reader, shaped
from service.rules.scalars import decimal
from service.rules.shapes import Key, peek, peek_text, record
from service.strict_yaml import Mistakes, Node

DAY: Final = timedelta(days=1)
EMPTY: Final[Mapping[str, Any]] = {}
NOWHERE: Final[frozenset[str]] = frozenset()


def alerts_file(root: Node, hash: str, known: Known, files: Neighbours) -> Reader[Rules]:
    """The reader of the whole file; what refers to names set in the file looks them up in `root`."""
    sections = {
        **watching(known),
        **figures(),
        **weight_of_sources(),
        **places(known),
        **reaching(root, known),
        **working(root, known, files),
        **keeping(),
    }
    return _checked(record(partial(_rules, hash), **sections), known)


def watching(known: Known) -> dict[str, Key]:
    back = fields.duration(timedelta(0), 30 * DAY)
    return {
        "feeds": Key(feeds(known), "What is watched: feeds by a name of your own", "{...}"),
        "first_poll_rings_back": Key(back, "How old news may be to ring on a feed's first poll, 0s to 30d", "72h"),
    }


def figures() -> dict[str, Key]:
    return {
        "thresholds": Key(thresholds.thresholds, "From where figures ring, by type", "{...}"),
        "floors": Key(thresholds.floors, "What rings at least this high, by tag", "{aid_worker: severe}"),
        "vague": Key(thresholds.vague, "Words that stand for numbers", "{cap: severe, words: {dozens: 24}}"),
        "watched": Key(thresholds.watched, "Crossings, ports and airstrips your supply uses: levels", default=EMPTY),
        "update_at": Key(decimal(1.01, 100), "A figure this many times what it was rings again within a level", "2"),
    }


def weight_of_sources() -> dict[str, Key]:
    caps = "The highest level while one origin alone reports, by the grade of its source"
    return {
        "single_origin": Key(sources.single_origin, caps, "{A-C: severe, D-F: moderate}"),
        "origins": Key(sources.origins, "Grades of organisations that texts quote, by name", default=EMPTY),
    }


def places(known: Known) -> dict[str, Key]:
    codes = known.countries
    sizes = "How many people a family stands for"
    return {
        "areas": Key(areas.areas(known), "Areas of interest, with thresholds of their own", default=()),
        "share_of_population": Key(countries.shares, "Displacement of this share has at least a level", default=EMPTY),
        "factors": Key(countries.factors(codes), "Groups of countries whose bounds are lowered by a factor", "{}"),
        "routine_evacuation": Key(
            countries.evacuation_factors(codes), "Where evacuating ahead of storms is routine", default=EMPTY
        ),
        "standing_crises": Key(
            countries.standing(codes), "Countries at war for long: grouped by area and day", default=NOWHERE
        ),
        "households": Key(countries.households(codes), sizes, "{where_unknown: 4, sizes: {}}"),
    }


def reaching(root: Node, known: Known) -> dict[str, Key]:
    kinds = {name: peek_text(channel, "kind") for name, channel in peek(root, "channels").items()}
    names: Collection[str] = peek(root, "recipients").keys()
    team_names: Collection[str] = peek(root, "teams").keys()
    routes = delivery.routes(known.countries, {*names, *peek(root, "rotations")}, team_names)
    return {
        "ring": Key(ring.ring, "How alerts of each level ring", default=RING),
        "channels": Key(delivery.channels(known.channel_kinds), "Ways out, by a name of your own", "{...}"),
        "recipients": Key(delivery.recipients(kinds, team_names), "People and rooms, by a name of your own", "{...}"),
        "routes": Key(routes, "Who hears of which countries and levels, by a name of your own", "{...}"),
        "operators": Key(delivery.operators(names), "Recipients told when Tocsin is in trouble", "[duty-officer]"),
    }


def working(root: Node, known: Known, files: Neighbours) -> dict[str, Key]:
    names: Collection[str] = peek(root, "recipients").keys()
    return {
        "teams": Key(teams.teams(known.countries, files), "Where people work, and when", default=EMPTY),
        "rotations": Key(rotations.rotations(names), "Who is on call in turns", default=EMPTY),
    }


def keeping() -> dict[str, Key]:
    quiet, seen = fields.duration(timedelta(hours=1), 365 * DAY), fields.duration(DAY, 365 * DAY)
    retention = record(
        Retention,
        quiet_reports=Key(quiet, "Reports in which nothing was found, 1h to 365d", "48h"),
        seen=Key(seen, "The memory of what was seen, 1d to 365d, no less than first_poll_rings_back", "14d"),
    )
    return {"retention": Key(retention, "How long things are kept", "{quiet_reports: 48h, seen: 14d}")}


def _rules(hash: str, *, households: Mapping[str, Any], vague: Mapping[str, Any], **sections: Any) -> Rules:
    return Rules(
        hash=hash,
        households=households["sizes"],
        household_for_level=households["where_unknown"],
        vague=vague["words"],
        vague_cap=vague["cap"],
        shares=sections.pop("share_of_population"),
        standing=sections.pop("standing_crises"),
        evacuation_factors=sections.pop("routine_evacuation"),
        **sections,
    )


# --- what only the whole file can tell ----------------------------------------


def _checked(read_rules: Reader[Rules], known: Known) -> Reader[Rules]:
    @shaped(**read_rules.schema)
    def read(node: Node, mistakes: Mistakes) -> Rules:
        rules = read_rules(node, mistakes)
        _refuse_forgetting(rules, node, mistakes)
        areas.refuse_raised(rules.areas, rules.thresholds, peek(node, "areas"), mistakes)
        delivery.refuse_unsigned(rules.channels, peek(node, "channels"), mistakes)
        reach.refuse_sleepers(rules, known.waking_kinds, peek(node, "routes"), mistakes)
        reach.refuse_leaks(rules, peek(node, "routes"), mistakes)
        reach.refuse_leaking_briefs(rules, peek(node, "rotations"), mistakes)
        return rules

    return read


def _refuse_forgetting(rules: Rules, node: Node, mistakes: Mistakes) -> None:
    if rules.retention.seen < rules.first_poll_rings_back:
        seen = peek(node, "retention")["seen"]
        problem = f"{seen.path} is shorter than first_poll_rings_back: what is past it is ignored"
        mistakes.add(seen.at, problem, f"Write at least {fields.in_words(rules.first_poll_rings_back)}")
