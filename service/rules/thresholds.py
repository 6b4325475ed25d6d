"""Reads the parts of alerts.yaml that turn figures into levels."""

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Any, Final

from service.rules import fields
from service.rules.model import Bounds, HouseholdSize, Threshold
from service.rules.reader import Reader, noted, read_value, wrong
from service.rules.scalars import decimal, one_of, text, whole
from service.rules.shapes import Key, each, entries, items, listing, mapping, record, table
from service.rules.vocabulary import CAUSES, GRADES, TAGS, TYPES, UNITS
from service.strict_yaml import Mistakes, Node, shown
from service.values import Cause, Level

# More than there are people; a longer number is a slip of the finger.
MOST: Final = 10_000_000_000
IN_ORDER: Final = "Write the lower bounds of minor, moderate, severe and extreme: [3, 10, 30, 100]"


def bounds(node: Node, mistakes: Mistakes) -> Bounds:
    """Four lower bounds, each above the one before."""
    found = items(node, mistakes)
    if len(found) != 4:
        raise wrong(node, mistakes, "four bounds", IN_ORDER)
    one, two, three, four = each(lambda place: whole(1, MOST)(found[place], mistakes), range(4)).values()
    values = (one, two, three, four)
    for item, value, before in zip(found[1:], values[1:], values, strict=False):
        if value <= before:
            problem = f"{item.path} is {value:,}, no more than the {before:,} before it"
            raise noted(item, mistakes, problem, "Bounds must rise from minor to extreme")
    return values


def bounds_as(node: Node, mistakes: Mistakes) -> Bounds | Cause:
    """Four bounds, or the name of the cause whose bounds serve."""
    if isinstance(node.value, str):
        return one_of("a cause", {cause: cause for cause in CAUSES})(node, mistakes)
    return bounds(node, mistakes)


PARTS: Final[dict[str, Key]] = {
    **{cause: Key(bounds_as, default=None) for cause in CAUSES},
    **{unit: Key(bounds, default=None) for unit in ("people", *UNITS)},
    "unnumbered": Key(fields.level_or_none, default=None),
}


def threshold(node: Node, mistakes: Mistakes) -> Threshold:
    """When one type rings: bounds for people whatever the cause, or parts by cause and by unit."""
    if isinstance(node.value, tuple):
        return Threshold(dict.fromkeys(CAUSES, bounds(node, mistakes)), {})
    if not isinstance(read_value(node), dict):
        raise wrong(node, mistakes, "bounds, or a mapping with bounds by cause or unit", IN_ORDER)
    parts = mapping(**PARTS)(node, mistakes)
    if not any(parts.values()) and parts["unnumbered"] is None:
        remedy = "Give bounds, or write 'unnumbered: none' if it shall never ring"
        raise noted(node, mistakes, f"{node.path} says nothing", remedy)
    by_unit = {unit: parts[unit] for unit in UNITS if parts[unit]}
    return Threshold(_by_cause(node, parts, mistakes), by_unit, parts["unnumbered"] or Level.NONE)


def _by_cause(node: Node, parts: Mapping[str, Any], mistakes: Mistakes) -> dict[Cause, Bounds]:
    """Bounds for every cause: those not written are conflict's, the lower ones."""
    given: dict[str, Any] = {cause: parts[cause] for cause in CAUSES if parts[cause]}
    if not given:
        return dict.fromkeys(CAUSES, parts["people"]) if parts["people"] else {}
    if parts["people"]:
        problem = f"{node.path} has bounds for people twice: by cause, and under 'people'"
        raise noted(node, mistakes, problem, "Keep one of the two")
    if not isinstance(given.get("conflict"), tuple):
        problem = f"{node.path} has no bounds for 'conflict', which other causes fall back on"
        raise noted(node, mistakes, problem, "Add them: 'conflict: [200, 1000, 10000, 50000]'")
    return {cause: _followed(node, cause, given, mistakes) for cause in CAUSES}


def _followed(node: Node, cause: Cause, given: Mapping[str, Any], mistakes: Mistakes) -> Bounds:
    written = given.get(cause, "conflict")
    target = given.get(written) if isinstance(written, str) else written
    if isinstance(target, tuple):
        one, two, three, four = target
        return one, two, three, four
    at = entries(node, mistakes)[cause]
    raise noted(at, mistakes, f"{at.path} points to {written!r}, which has no bounds of its own", "Write four bounds")


def thresholds(node: Node, mistakes: Mistakes) -> dict[str, Threshold]:
    """A threshold for every type: one left out would never ring, and nobody would know."""
    read = mapping(**{name: Key(threshold, "{unnumbered: minor}") for name in TYPES})
    return read(node, mistakes)


tag = one_of("a tag of signals", {name: name for name in TAGS})
floors: Final[Reader[dict[str, Level]]] = table(fields.level, tag)


def vague_word(node: Node, mistakes: Mistakes) -> str:
    """A word as signals hold it: small letters, spaces."""
    return text(node, mistakes).replace("_", " ").lower()


vague: Final = mapping(
    cap=Key(fields.level, "severe"),
    words=Key(table(whole(1, MOST), vague_word), "{dozens: 24}"),
)


# --- sources ----------------------------------------------------------------


def single_origin(node: Node, mistakes: Mistakes) -> dict[str, Level]:
    """A cap for each grade; keys are a grade or a run of them (A-C)."""
    caps: dict[str, Level] = {}
    for letters, level in table(fields.level, grades)(node, mistakes).items():
        for letter in letters:
            if letter in caps:
                raise noted(node, mistakes, f"{node.path} names the grade {letter} twice", "Name each once")
            caps[letter] = level
    if missing := [letter for letter in GRADES if letter not in caps]:
        problem = f"{node.path} leaves out the grade {', '.join(missing)}"
        raise noted(node, mistakes, problem, "Name every grade from A to F: 'D-F: moderate'")
    return caps


def grades(node: Node, mistakes: Mistakes) -> str:
    """The letters of a grade or of a run of grades."""
    first, dash, last = str(node.value).partition("-")
    known = all(letter in GRADES and len(letter) == 1 for letter in (first, last if dash else first))
    if not known or (dash and first >= last):
        raise wrong(node, mistakes, "a grade, or a run of grades", "Write A, or A-C")
    return GRADES[GRADES.index(first) : GRADES.index(last or first) + 1]


# --- countries --------------------------------------------------------------


def households(countries: Collection[str]) -> Reader[dict[str, Any]]:
    """`where_unknown` and `sizes`: people in a household, from 1 to 20."""
    size = record(HouseholdSize, size=Key(decimal(1, 20), "5.0"), source=Key(text, "who says so"))
    return mapping(
        where_unknown=Key(decimal(1, 20), "4"),
        sizes=Key(table(size, fields.country(countries)), "{}"),
    )


def factors(countries: Collection[str]) -> Reader[dict[str, float]]:
    """Groups of countries whose bounds are lowered by a factor; never raised, since lives count the same."""
    group = mapping(
        factor=Key(decimal(0.01, 1), "0.5"),
        countries=Key(listing(fields.country(countries)), "[SDN]"),
    )
    return partial(_factors, group)


def _factors(group: Reader[dict[str, Any]], node: Node, mistakes: Mistakes) -> dict[str, float]:
    _refuse_shared(node, mistakes)
    groups = table(group, fields.name)(node, mistakes)
    return {code: parts["factor"] for parts in groups.values() for code in parts["countries"]}


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
