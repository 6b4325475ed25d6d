"""What a notification says where there is room for little: place, days, and one short fact a figure with its origin."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.notifications import figures
from service.notifications.foreign import clip
from service.notifications.headline import short_area
from service.notifications.times import days
from service.values import Facet, Incident

LONGEST_ORIGIN = 24
MOST_FACTS = 6


@dataclass(frozen=True, slots=True)
class Gist:
    """The weightiest of a notice; each of `facts` stands by itself and is left out as a whole.

    `country` is its code, for where the place is too long or in another script.  Where nothing happened
    but to Tocsin itself, there is a place only, which says what.
    """

    place: str
    country: str = ""
    days: str = ""
    facts: tuple[str, ...] = ()


NO_GIST = Gist("")


def gist(incident: Incident, groups: Sequence[Sequence[Facet]], this_year: int) -> Gist:
    """Of an incident, its groups of facets in the order of their weight."""
    return Gist(
        place=inert(short_area(incident)),
        country=clip(incident.country or "", 3),
        days=days(incident.started, incident.ended, this_year),
        facts=tuple(dict.fromkeys(map(inert, _facts(groups[:MOST_FACTS])))),
    )


def inert(text: str) -> str:
    """Without addresses that a telephone would make links of."""
    return text.replace("://", ":")


def _facts(groups: Sequence[Sequence[Facet]]) -> Iterator[str]:
    for group in groups:
        words = figures.phrase([facet.recommended.signal for facet in group], brief=True)
        yield f"{words} ({initials(figures.origin_of(group[0].recommended))})"


def initials(name: str) -> str:
    """ "International Rescue Committee" as "IRC", as a name of three capital words or more is known; else the name."""
    capital = [word for word in name.split() if word[:1].isupper()]
    if len(capital) < 3 or "“" in name:
        return clip(name, LONGEST_ORIGIN)
    return "".join(word if word.isupper() else word[0] for word in capital)
