"""Which places a document is about, the weightiest first."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from service.signals.protocol import Mention
from service.values import Place

MOST_ABOUT = 8
TITLE, LEAD, BODY = 5.0, 3.0, 1.0
BODY_AT_MOST = 4.0  # however often the rest of a text names a place, its title and lead tell more
UNTITLED_LEAD = 300  # characters that lead a text without a title
PEOPLE = 0.1  # how much a people named speaks for its country's places
Key = tuple[str, str | None]


class Named(NamedTuple):
    """A place as a text names it, with its direction; `guessed`: no gazetteer knows it."""

    start: int
    end: int
    place: Place
    guessed: bool = False


def about(named: Sequence[Named], peoples: Sequence[Mention], text: str) -> tuple[Place, ...]:
    """The places named, by how often and how early; without any, the country whose people are named."""
    title_end, lead_end = _ends(text)
    weights: dict[Key, float] = {}
    bodies: dict[Key, float] = {}
    best: dict[Key, Place] = {}
    for one in named:
        key = (one.place.name, one.place.country)
        if one.start < lead_end:
            weight = TITLE if one.start < title_end else LEAD
        else:
            bodies[key] = bodies.get(key, 0.0) + BODY
            weight = BODY if bodies[key] <= BODY_AT_MOST else 0.0
        weights[key] = weights.get(key, 0.0) + weight
        if key not in best or (one.place.precision == "admin1" and best[key].precision == "town"):
            best[key] = one.place
    if not best:
        return _peoples(peoples)
    speaking = Counter(one.place.country for one in peoples)
    ranked = sorted(best, key=lambda key: -weights[key] - PEOPLE * speaking[key[1]])
    return tuple(best[key] for key in ranked[:MOST_ABOUT])


def _ends(text: str) -> tuple[int, int]:
    """Where the title and the lead of a text end."""
    title_end = text.find("\n")
    lead_end = text.find("\n", title_end + 1) if title_end >= 0 else UNTITLED_LEAD
    return title_end, lead_end if lead_end >= 0 else len(text)


def _peoples(peoples: Sequence[Mention]) -> tuple[Place, ...]:
    countries = {one.place.country: one.place for one in peoples}
    return tuple(countries.values()) if len(countries) == 1 else ()


def spoken_of(places: Sequence[Place], peoples: Sequence[Mention]) -> dict[str, float]:
    """How much a document speaks of each country, by its places and its people."""
    weights: dict[str, float] = {}
    for place, weight in [*((one, 1.0) for one in places), *((one.place, 0.5) for one in peoples)]:
        if place.country:
            weights[place.country] = weights.get(place.country, 0.0) + weight
    return weights
