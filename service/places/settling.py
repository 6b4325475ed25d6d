"""What each name of a document means: all names are settled together, by what the document speaks of."""

from collections.abc import Iterable

from service.places.known import CERTAIN, Found, Known, Name
from service.places.spelling import key
from service.values import Place

HINT = 2.0  # evidence the country of a feed counts
FAMOUS, FAR_AHEAD = 6.0, 0.9  # a place of a million, and by how much it leaves its namesakes behind
SPOKEN_OF = 3.0  # what it adds to a weight that the document speaks of the country
SAME_AREA = 1.5  # and what, that it names the area
JOINTS = frozenset({", ", " (", ", in ", " in ", ", the "})  # between a town and what it lies in


class Evidence:
    """The countries and areas a document speaks of."""

    __slots__ = ("areas", "countries")

    def __init__(self, found: Iterable[Found], hint: str | None) -> None:
        self.countries: dict[str | None, float] = {hint: HINT} if hint else {}
        self.areas: set[tuple[str | None, str | None]] = set()
        unsure: dict[tuple[str | None, str | None], set[str]] = {}
        for one in found:
            top = one.chosen or one.name.meanings[0]
            if one.name.sure or one.chosen:
                self._add(top.place)
            elif top.weight >= CERTAIN and top.place.precision == "town":
                unsure.setdefault((top.place.country, top.place.admin1), set()).add(one.name.written)
        self._neighbours(unsure)

    def _neighbours(self, unsure: dict[tuple[str | None, str | None], set[str]]) -> None:
        """Two towns of one area, each with namesakes, speak for it together ("Augusta and Savannah")."""
        for area, names in unsure.items():
            if len(names) > 1:
                self.areas.add(area)
                self.countries[area[0]] = self.countries.get(area[0], 0) + 1

    def _add(self, place: Place) -> None:
        self.countries[place.country] = self.countries.get(place.country, 0) + 1
        if place.precision == "admin1":
            self.areas.add((place.country, place.admin1))


def meaning(name: Name, evidence: Evidence) -> Known | None:
    """What a name means in this document, or None where it is too small a place to be meant without more."""
    top = name.meanings[0]
    if len(name.meanings) > 1:
        top = _best(name, evidence)
    if top.place.precision == "region" and not top.listed and len(name.meanings) > 1:  # which Washington County?
        return top if (top.place.country, top.place.admin1) in evidence.areas else None
    if top.alternate and evidence.countries and top.place.country not in evidence.countries:
        return None
    if top.weight >= CERTAIN or top.place.country in evidence.countries:
        return top
    return None


def _best(name: Name, evidence: Evidence) -> Known:
    """The weightiest, of the countries spoken of first.

    A famous place gives way only to one of an area named, unless it is meant by another spelling of its name.
    """
    top = name.meanings[0]
    countries = evidence.countries
    if name.sure or (len(name.best) == 1 and not evidence.areas):
        return top
    famous = top.weight >= FAMOUS and not top.guard and key(top.place.name) == key(name.written)

    def rank(one: Known) -> float:
        place = one.place
        spoken = place.country in countries
        near = spoken and (place.country, place.admin1) in evidence.areas and place.precision != "admin1"
        far_behind = famous and top.weight - one.weight > FAR_AHEAD and not near
        many = min(countries.get(place.country, 0), 8) * 0.15
        return one.weight + (SPOKEN_OF + many if spoken and not far_behind else 0) + (SAME_AREA if near else 0)

    return max(name.meanings, key=rank)


def lies_in(inner: Name, outer: Name) -> tuple[Known, Known] | None:
    """The meanings of "Paris" and "Texas" in "Paris, Texas", if the one lies in the other."""
    for area in outer.meanings:
        place = area.place
        if place.precision not in ("country", "admin1", "region") or area.adjective:
            continue
        for one in inner.meanings:
            if one.place.country == place.country and one.place.precision != "country" and _inside(one, area):
                return one, area
    return None


def _inside(one: Known, area: Known) -> bool:
    place = area.place
    return one.place.id != place.id and (place.precision != "admin1" or one.place.admin1 == place.admin1)
