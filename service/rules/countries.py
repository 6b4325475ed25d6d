"""Reads the parts of alerts.yaml that tell one country from another."""

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from service.countries import HouseholdSize
from service.rules import fields
from service.rules.reader import Reader, noted, shaped, wrong
from service.rules.scalars import decimal, text
from service.rules.shapes import Key, entries, listing, mapping, not_empty, record, table
from service.rules.vocabulary import LEVELS
from service.strict_yaml import Mistakes, Node, shown
from service.values import Level


def households(countries: Collection[str]) -> Reader[dict[str, Any]]:
    """`where_unknown` and `sizes`: people in a household, from 1 to 20."""
    size = record(
        HouseholdSize,
        size=Key(decimal(1, 20), "People in an average household", "5.0"),
        source=Key(text, "Who says so", "who says so"),
    )
    return mapping(
        where_unknown=Key(decimal(1, 20), "The size taken for the level where none is known", "4"),
        sizes=Key(table(size, fields.country(countries)), "Sizes by country", "{}"),
    )


def factors(countries: Collection[str]) -> Reader[dict[str, float]]:
    """Groups of countries whose bounds are lowered by a factor; never raised, since lives count the same."""
    group = mapping(
        factor=Key(decimal(0.01, 1), "What bounds are multiplied by, 0.01 to 1", "0.5"),
        countries=Key(listing(fields.country(countries)), "Where", "[SDN]"),
    )
    every = table(group, fields.name)

    @shaped(**every.schema)
    def read(node: Node, mistakes: Mistakes) -> dict[str, float]:
        _refuse_shared(node, mistakes)
        groups = every(node, mistakes)
        return {code: parts["factor"] for parts in groups.values() for code in parts["countries"]}

    return read


def _refuse_shared(node: Node, mistakes: Mistakes) -> None:
    """Notes every country that stands in two groups."""
    owner: dict[str, str] = {}
    for name, code in _members(node, mistakes):
        first = owner.setdefault(str(code.value), name)
        if first != name:
            problem = f"{shown(str(code.value))} is in two groups, {first} and {name}"
            mistakes.add(code.at, problem, "Keep it in one")


def _members(node: Node, mistakes: Mistakes) -> Iterator[tuple[str, Node]]:
    """Each country of each group, ahead of their check."""
    for name, group in entries(node, mistakes).items():
        listed = group.value.get("countries") if isinstance(group.value, dict) else None
        if listed is not None and isinstance(listed.value, tuple):
            yield from ((name, code) for code in listed.value)


def evacuation_factors(countries: Collection[str]) -> Reader[dict[str, float]]:
    """The factor on the bounds of `evacuated` in disasters, 1 to 20, for each country where evacuating is routine."""
    listed = not_empty(
        listing(fields.country(countries)), "names no country, so the factor serves nowhere", "Name some: [PHL, JPN]"
    )
    section = mapping(
        factor=Key(decimal(1, 20), "What bounds of evacuated are multiplied by in disasters, 1 to 20", "4"),
        countries=Key(listed, "Where people are routinely evacuated ahead of danger", "[PHL, JPN]"),
    )
    return section.into(lambda parts: dict.fromkeys(parts["countries"], parts["factor"]))


def standing(countries: Collection[str]) -> Reader[frozenset[str]]:
    """Countries at war for long."""
    return listing(fields.country(countries)).into(frozenset)


# --- shares of the population ------------------------------------------------


@shaped(type="number", exclusiveMinimum=0, maximum=1)
def share(node: Node, mistakes: Mistakes) -> float:
    """A part of a whole: above 0, at most 1."""
    value = decimal(0, 1)(node, mistakes)
    if not value:
        raise wrong(node, mistakes, "a share above 0", "Write one in a hundred as 0.01")
    return value


by_level: Final = mapping(
    **{word: Key(share, f"The share of the population that is {word}, up to 1", default=None) for word in LEVELS}
)


@shaped(**by_level.schema)
def shares(node: Node, mistakes: Mistakes) -> Mapping[Level, float]:
    """The share of a country's population from which displacement has at least a level; it rises with the level."""
    given = {word: value for word, value in by_level(node, mistakes).items() if value is not None}
    for before, word in pairwise(given):
        if given[word] <= given[before]:
            at = entries(node, mistakes)[word]
            problem = f"{at.path} is {given[word]:g}, no more than the {given[before]:g} of {before}"
            raise noted(at, mistakes, problem, "Shares must rise with the level")
    return {LEVELS[word]: value for word, value in given.items()}
