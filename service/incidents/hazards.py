"""Which hazards are of one happening, how long they last, how far they reach."""

from collections.abc import Set

from service.values import Hazard

# What comes of one another, or is told by one word or the other of the same event.
FAMILIES: tuple[frozenset[Hazard], ...] = (
    frozenset(("storm", "rain", "flood", "landslide")),
    frozenset(("earthquake", "landslide", "collapse")),
    frozenset(("rain", "collapse")),
    frozenset(("flood", "collapse")),
    frozenset(("landslide", "collapse")),
    frozenset(("volcano", "rain")),
    frozenset(("volcano", "earthquake")),
    frozenset(("wildfire", "fire", "heat")),
    frozenset(("drought", "heat")),
    frozenset(("storm", "cold")),
    frozenset(("fire", "explosion", "collapse")),
    frozenset(("explosion", "bombing", "mine")),
    frozenset(("explosion", "strike")),
    frozenset(("explosion", "crash", "fire")),
    frozenset(("strike", "fighting", "fire")),
    frozenset(("strike", "collapse")),
    frozenset(("raid", "fighting", "fire")),
    frozenset(("raid", "strike")),
    frozenset(("raid", "bombing")),
    frozenset(("bombing", "strike", "fighting")),
    frozenset(("protest", "fighting", "raid")),
    frozenset(("storm", "vessel")),
    frozenset(("flood", "vessel")),
    frozenset(("crash", "vessel")),
    frozenset(("explosion", "raid")),
    frozenset(("strike", "vessel")),
    frozenset(("flood", "outbreak")),
)
# Over in minutes or hours: told of again, it is told of as that day's.
SUDDEN: frozenset[Hazard] = frozenset(
    ("explosion", "collapse", "fire", "vessel", "crash", "strike", "bombing", "raid", "mine", "protest")
)
# These have one day too, though they are told of for weeks.
INSTANT: frozenset[Hazard] = SUDDEN | {"earthquake", "landslide"}
# One event strikes whole provinces, and is told of by provinces.
WIDE: frozenset[Hazard] = frozenset(
    ("earthquake", "flood", "storm", "rain", "volcano", "drought", "cold", "heat", "outbreak", "fighting")
)


# Rain is told of with whatever it brings.
RAIN_BRINGS: frozenset[Hazard] = frozenset(("storm", "flood", "landslide", "rain"))


def shared(one: Set[Hazard], other: Set[Hazard]) -> set[Hazard]:
    """The hazards that both name."""
    both = set(one & other)
    if "rain" in one | other and one & RAIN_BRINGS and other & RAIN_BRINGS:
        both |= (one | other) & RAIN_BRINGS
    return both


def related(one: Set[Hazard], other: Set[Hazard]) -> bool:
    """Can two texts that name these hazards tell of one happening?"""
    return any(one & family and other & family for family in FAMILIES)


def sudden(hazards: Set[Hazard]) -> bool:
    """Is it over in a day? So where nothing else is named."""
    return bool(hazards) and hazards <= SUDDEN


def instant(hazards: Set[Hazard]) -> bool:
    """Has it one day of its own? So where nothing else is named."""
    return bool(hazards) and hazards <= INSTANT


def wide(hazards: Set[Hazard]) -> bool:
    """Does it strike whole provinces?"""
    return bool(hazards & WIDE)
