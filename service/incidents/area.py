"""What people would call the place of a happening: "North-west Syria", or "Beledweyne, Hiiraan, Somalia"."""

from collections import Counter
from collections.abc import Iterable, Sequence

from service.countries import country
from service.values import Figure, Place

# More areas than this say no more than the region's own name.
MOST_AREAS = 4


def area_name(figures: Sequence[Figure], iso3: str | None) -> str:
    """The region that titles and leads name, else the town of most figures with its area and country."""
    places = [place for figure in figures for place in figure.about if place.country in (iso3, None)]
    region = next((place.name for place in places if place.precision == "region"), None)
    if region:
        return region
    home = country(iso3) if iso3 else None
    areas = ", ".join(admin1_names(figures, iso3)[:MOST_AREAS])
    parts = (_town(figures), areas, home.name if home else "")
    return ", ".join(dict.fromkeys(part for part in parts if part)) or "Place not known"


def admin1_names(figures: Sequence[Figure], iso3: str | None) -> tuple[str, ...]:
    """First-level areas of a happening, in alphabetical order: those it is about, then those of its figures."""
    about = _names(place for figure in figures for place in figure.about if place.country == iso3)
    return tuple(sorted(about)) or tuple(sorted({f.signal.admin1 for f in figures if f.signal.admin1}))


def _names(places: Iterable[Place]) -> set[str]:
    return {place.admin1 or place.name for place in places if place.precision == "admin1"}


def _town(figures: Sequence[Figure]) -> str:
    named = Counter(f.signal.place for f in figures if f.signal.place and f.signal.alertable)
    return named.most_common(1)[0][0] if named else ""
