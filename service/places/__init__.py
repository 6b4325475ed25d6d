"""Names → places: the gazetteer, and a finder that settles each name for a whole document.

Towns are GeoNames' (https://www.geonames.org, CC BY 4.0), see ATTRIBUTION.md;
countries and the hand-made list go before them.
"""

from functools import cache

from service.places.finder import Finder, Mention
from service.places.gazetteer import Gazetteer, load

__all__ = ["Finder", "Gazetteer", "Mention", "areas", "finder"]


@cache
def finder() -> Finder:
    """The finder over the packed gazetteer."""
    return Finder(load())


def areas() -> dict[str, set[str]]:
    """First-level areas by country (alpha-3), as places name them."""
    return finder().gazetteer.areas()
