"""Reads areas of interest: places with thresholds of their own."""

from collections.abc import Iterable, Mapping
from itertools import product
from typing import Final

from service.rules import fields
from service.rules.known import Known
from service.rules.model import AreaRule, Bounds, Threshold
from service.rules.reader import Reader, noted, shaped
from service.rules.scalars import text
from service.rules.shapes import Key, each, entries, items, listing, mapping, named, not_empty, peek
from service.rules.thresholds import threshold
from service.rules.vocabulary import CASUALTY, CAUSES, LEVELS, MEANINGS, TYPES, UNITS
from service.strict_yaml import Mistakes, Node, shown
from service.values import Cause, Level, Unit

NONE: Final[frozenset[str]] = frozenset()

own_thresholds: Final = not_empty(
    mapping(**{name: Key(threshold, MEANINGS[name], default=None) for name in TYPES}).into(
        lambda found: {name: value for name, value in found.items() if value is not None}
    ),
    "is empty, so the area changes nothing",
    "Add bounds of its own: {displaced: [100, 500, 5000, 20000]}",
)


def areas(known: Known) -> Reader[tuple[AreaRule, ...]]:
    """Areas in the order of the file."""
    every = named(
        AreaRule,
        fields.name,
        countries=Key(_countries(known).into(frozenset), "Its country, or countries", "[SYR]"),
        admin1=Key(
            listing(text).into(frozenset), "First-level areas of its one country; without them, all of it", default=NONE
        ),
        thresholds=Key(own_thresholds, "Its own thresholds; other types keep the main ones", "{displaced: [...]}"),
    )

    @shaped(**every.schema)
    def read(node: Node, mistakes: Mistakes) -> tuple[AreaRule, ...]:
        found, written = every(node, mistakes), entries(node, mistakes)
        each(lambda place: _check_admin1(found[place], written[found[place].name], known, mistakes), range(len(found)))
        _refuse_overlaps(found, written, mistakes)
        return found

    return read


def _countries(known: Known) -> Reader[tuple[str, ...]]:
    listed = listing(fields.country(known.countries))
    return not_empty(listed, "names no country, so the area is nowhere", "Name its country: [SYR]")


def _check_admin1(area: AreaRule, node: Node, known: Known, mistakes: Mistakes) -> None:
    """Notes first-level areas whose country is unclear, or that their country does not have."""
    if not area.admin1:
        return
    written = entries(node, mistakes)["admin1"]
    if len(area.countries) > 1:
        problem = f"{written.path} stands beside {len(area.countries)} countries, so nobody can tell whose they are"
        raise noted(written, mistakes, problem, "Write an area for each country")
    (country,) = area.countries
    if names := known.admin1.get(country):
        within, listed = fields.reference(f"a first-level area of {country}", names), items(written, mistakes)
        each(lambda place: within(listed[place], mistakes), range(len(listed)))


def _refuse_overlaps(areas: Iterable[AreaRule], written: Mapping[str, Node], mistakes: Mistakes) -> None:
    """Notes every area that sets a type for a place where an earlier one does: nobody could tell which holds.

    A whole country and a first-level area in it do not clash: the more exact holds.
    """
    owner: dict[tuple[str, str, str], str] = {}
    for area in areas:
        spots = list(product(sorted(area.countries), sorted(area.admin1) or [""], area.thresholds))
        if clash := next((spot for spot in spots if spot in owner), None):
            country, admin1, name = clash
            at = written[area.name]
            problem = f"{at.path} sets {name} for {admin1 or country}, as {shown(owner[clash])} does"
            mistakes.add(at.key, problem, "Keep it in one of the two, or make one more exact with admin1")
        owner |= dict.fromkeys(spots, area.name)


# --- a life counts the same everywhere ----------------------------------------


def refuse_raised(
    areas: Iterable[AreaRule], main: Mapping[str, Threshold], written: Mapping[str, Node], mistakes: Mistakes
) -> None:
    """Notes every threshold for casualties that is higher in an area than in the main section."""
    for area, name in product(areas, CASUALTY):
        if name in area.thresholds and (how := _raised(area.thresholds[name], main[name])):
            at = peek(written[area.name], "thresholds")[name]
            remedy = "A life counts the same everywhere: let it ring no later than the main one, or leave it out"
            mistakes.add(at.at, f"{at.path} {how}", remedy)


def _raised(own: Threshold, main: Threshold) -> str:
    """How one threshold is higher than another, in words; empty where it is not."""
    if own.unnumbered < main.unnumbered:
        levels = f"{_word(own.unnumbered)}, below the {_word(main.unnumbered)} of the main one"
        return f"where no number is given is {levels}"
    for cause, unit in product(CAUSES, ("people", *UNITS)):
        if how := _raised_bounds(_bounds(own, cause, unit), _bounds(main, cause, unit)):
            return how
    return ""


def _bounds(threshold: Threshold, cause: Cause, unit: Unit) -> Bounds | None:
    return threshold.by_unit.get(unit, threshold.by_cause.get(cause))


def _raised_bounds(own: Bounds | None, main: Bounds | None) -> str:
    if main is None:
        return ""
    if own is None:
        return f"has no bounds, where the main one has {list(main)}"
    raised = ((word, one, other) for word, one, other in zip(LEVELS, own, main, strict=True) if one > other)
    return next((f"is {word} from {one:,}, above the {other:,} of the main one" for word, one, other in raised), "")


def _word(level: Level) -> str:
    return level.name.lower()
