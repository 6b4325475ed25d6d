"""Reads the parts of alerts.yaml that turn figures into levels."""

from collections.abc import Mapping
from typing import Any, Final

from service.rules import fields
from service.rules.model import Bounds, Threshold
from service.rules.reader import Reader, noted, read_value, shaped, wrong
from service.rules.scalars import one_of, text, whole
from service.rules.shapes import Key, each, entries, items, mapping, table
from service.rules.vocabulary import CAUSES, MEANINGS, TAGS, TYPES, UNITS
from service.strict_yaml import Mistakes, Node
from service.values import Cause, Level

# More than there are people; a longer number is a slip of the finger.
MOST: Final = 10_000_000_000
IN_ORDER: Final = "Write the lower bounds of minor, moderate, severe and extreme: [3, 10, 30, 100]"


@shaped(
    title="bounds",
    type="array",
    items=whole(1, MOST).schema,
    minItems=4,
    maxItems=4,
    uniqueItems=True,
)
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


a_cause: Final[Reader[Cause]] = one_of("a cause", {cause: cause for cause in CAUSES})


@shaped(anyOf=[bounds.schema, a_cause.schema])
def bounds_as(node: Node, mistakes: Mistakes) -> Bounds | Cause:
    """Four bounds, or the name of the cause whose bounds serve."""
    return a_cause(node, mistakes) if isinstance(node.value, str) else bounds(node, mistakes)


BY_CAUSE: Final = "Bounds for people (under housing: dwellings) by cause, or another cause whose bounds serve"
PARTS: Final[dict[str, Key]] = {
    **{cause: Key(bounds_as, BY_CAUSE, default=None) for cause in CAUSES},
    "people": Key(bounds, "Bounds for people whatever the cause; instead of causes", default=None),
    **{unit: Key(bounds, f"Bounds for figures in {unit}", default=None) for unit in UNITS},
    "unnumbered": Key(fields.level_or_none, "The level where a text gives no number; none without it", default=None),
}
read_parts: Final = mapping(**PARTS).shaped(
    minProperties=1,
    dependentRequired={cause: ["conflict"] for cause in CAUSES if cause != "conflict"},
    **{"not": {"required": ["people", "conflict"]}},
)


@shaped(title="threshold", anyOf=[bounds.schema, read_parts.schema])
def threshold(node: Node, mistakes: Mistakes) -> Threshold:
    """When one type rings: bounds for people whatever the cause, or parts by cause and by unit."""
    if isinstance(node.value, tuple):
        return Threshold(dict.fromkeys(CAUSES, bounds(node, mistakes)), {})
    if not isinstance(read_value(node), dict):
        raise wrong(node, mistakes, "bounds, or a mapping with bounds by cause or unit", IN_ORDER)
    parts = read_parts(node, mistakes)
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


# Every type is needed: one left out would never ring, and nobody would know.
thresholds: Final[Reader[dict[str, Threshold]]] = mapping(
    **{name: Key(threshold, MEANINGS[name], "{unnumbered: minor}") for name in TYPES}
)

tag = one_of("a tag of signals", {name: name for name in TAGS}).shaped(title="tag")
floors: Final[Reader[dict[str, Level]]] = table(fields.level, tag)

# As signals hold it: small letters, spaces.
vague_word: Final = text.into(lambda word: word.replace("_", " ").lower())

vague: Final = mapping(
    cap=Key(fields.level, "The highest level such a word can reach alone", "severe"),
    words=Key(table(whole(1, MOST), vague_word), "The least that each word may mean", "{dozens: 24}"),
)

# --- what one's own supply uses -------------------------------------------

watched: Final[Reader[dict[str, Level]]] = table(fields.level, text.into(str.casefold))
