"""Where an account plays: places with coordinates, areas, distances."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from service.values import Figure, Place, Precision

EARTH = 6371.0  # radius, km
EXACT: tuple[Precision, ...] = ("town", "site")
# Settlements nearer than this are one place to a reporter: a city and its suburbs (km).
ONE_PLACE = 12.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A town or a site: its gazetteer id or else its name, and where it lies, if anybody knows."""

    name: str
    id: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """The towns and first-level areas that something plays in, all of one country.

    `centres` are where areas lie, `regions` what has no bounds ("central Kenya"): these part nothing.
    """

    spots: frozenset[Spot] = frozenset()
    areas: frozenset[str] = frozenset()
    centres: frozenset[Spot] = frozenset()
    regions: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.spots or self.areas)

    @property
    def names(self) -> frozenset[str]:
        """Its places and areas, as words."""
        return self.areas | {spot.name for spot in self.spots | self.centres}

    @property
    def towns(self) -> frozenset[str]:
        """Its towns and sites, as words."""
        return frozenset(spot.name for spot in self.spots)

    def __or__(self, other: "Ground") -> "Ground":
        return Ground(
            self.spots | other.spots,
            self.areas | other.areas,
            self.centres | other.centres,
            self.regions | other.regions,
        )


def ground_of(figure: Figure) -> Ground:
    """Where a figure's own sentence, or its report, says it happened."""
    signal = figure.signal
    if signal.place is None:
        return Ground(areas=_names(signal.admin1))
    precision = signal.precision or "town"
    return ground_at(
        Place(
            signal.place, signal.country, signal.place_id, signal.admin1, precision, signal.latitude, signal.longitude
        )
    )


def ground_at(place: Place) -> Ground:
    """The ground of one place; none of a country, which says nothing."""
    if place.precision == "country":
        return Ground()
    spot = Spot(place.name.casefold(), place.id or place.name.casefold(), place.latitude, place.longitude)
    if place.precision in EXACT:
        return Ground(frozenset((spot,)), _names(place.admin1))
    if place.precision == "region" and place.admin1 is None:
        return Ground(regions=_names(place.name))
    centre = frozenset((spot,)) if place.latitude is not None else frozenset[Spot]()
    return Ground(areas=_names(place.admin1 or place.name), centres=centre)


def _names(area: str | None) -> frozenset[str]:
    return frozenset((area.casefold(),)) if area else frozenset()


def same_spot(one: Spot, other: Spot) -> bool:
    """One settlement, by its identity, its name or its being next to the other."""
    return one.id == other.id or one.name == other.name or _near(one, other)


def _near(one: Spot, other: Spot) -> bool:
    far = distance(one, other)
    return far is not None and far < ONE_PLACE


def distance(one: Spot, other: Spot) -> float | None:
    """Kilometres between two spots as the crow flies; None where it is not known."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    north, south = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude - one.longitude)
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))


def apart(one: Ground, other: Ground) -> float | None:
    """Kilometres between the nearest places of two grounds, towns where both have them; None where not known."""
    here, there = (one.spots or one.centres), (other.spots or other.centres)
    known = [far for a in here for b in there if (far := distance(a, b)) is not None]
    return min(known, default=None)
