"""Which GeoNames places and names go into the packed table, and with which guards."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from service.countries import all_countries, demonyms
from service.places.packed import ALTERNATE, AREA, COUNTY, GUARD_PERSON, GUARD_WORD, NOWHERE, TOWN, Entry
from service.places.spelling import bare_area, key, spellings, words
from service.places.vocabulary import Vocabulary, own_list

# Countries whose villages news of crises names, by what was reported of them since 1980 (ISO 3166 alpha-2).
CRISES = words(
    "AF AM AZ BA BD BF BI CD CF CM CO DZ EC EG ER ET GE GT HN HR HT IL IQ IR JO KE KG KH LB LK LR LY ML MM MZ NE NG NI"
    " NP PE PH PK PS RS RW SD SL SN SO SS SV SY TD TJ TL TR TZ UA UG VE XK YE ZW"
)
# Countries whose names of towns begin with the Arabic article, which news leaves out as often as not.
ARABIC = words("AE BH DZ EG IQ JO KW LB LY MA MR OM PS QA SA SD SY TN YE")
ARTICLE = re.compile(r"(?:al|el|ar|as|ad|an|at|az|ash|es|et|er|ed) (?=[a-z']{5})")
LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ž][A-Za-zÀ-ÖØ-öø-ÿĀ-žḀ-ỿ' ’`.-]+")
LEAST_PEOPLE = 1000  # of a town, outside the countries above
MANY, CITY = 15_000, 100_000
GREAT = 1_000_000  # a city so large that its name is no longer first of all a word or a person's
ALIKE = 0.6  # how much a spelling has in common with the name it is kept for
MOST_SPELLINGS, MOST_NAMESAKES = 5, 12
FREQUENT = 3.0  # Zipf scale: a word of which one reads once in a million


@dataclass(frozen=True)
class Choice:
    """A place that goes in; `country` is alpha-2."""

    name: str
    others: tuple[str, ...]
    geonames_id: int
    people: int
    area: int
    latitude: float
    longitude: float
    kind: int
    country: str


def towns(rows: Iterable[dict[str, Any]], numbers: dict[str, int]) -> Iterator[Choice]:
    """The towns that go in."""
    for row in rows:
        name = re.sub(r"\s*[(\[,/].*", "", row["name"]).strip()
        number = numbers.get(f"{row['countrycode']}.{row['admin1code']}")
        people, country = row["population"], row["countrycode"]
        if number is None or not LATIN.fullmatch(name) or not (people >= LEAST_PEOPLE or country in CRISES):
            continue
        others = row["alternatenames"] if people >= MANY or country in CRISES else ()
        yield Choice(
            name, (*_alike(name, others), *_bare(name, country)), row["geonameid"], people, number,
            row["latitude"], row["longitude"], TOWN, country,
        )  # fmt: skip


def _alike(name: str, others: Iterable[str]) -> list[str]:
    """The spellings of a name in Latin letters, not its translations."""
    wanted, found = key(name), dict[str, float]()
    matcher = SequenceMatcher(None, "", wanted, autojunk=False)
    for other in others:
        if LATIN.fullmatch(other) and len(other) >= 4 and not other.isupper() and (folded := key(other)) != wanted:
            matcher.set_seq1(folded)
            if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
                found[folded] = matcher.ratio()
    ranked = sorted(found, key=lambda one: (-found[one], one))
    return [one for one in ranked if found[one] >= ALIKE][:MOST_SPELLINGS]


def _bare(name: str, country: str) -> list[str]:
    """ "Al Qadarif" as "Qadarif"."""
    bare = ARTICLE.sub("", key(name), count=1) if country in ARABIC else ""
    return [bare] if bare and bare != key(name) else []


def areas(
    names: dict[str, tuple[str, int]], numbers: dict[str, int], rows: Iterable[dict[str, Any]]
) -> Iterator[Choice]:
    """The first-level areas; as many people as in their towns, and where those live."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for row in rows:
        here, weight = sums[f"{row['countrycode']}.{row['admin1code']}"], row["population"] + 1
        for at, value in enumerate((row["population"], weight, weight * row["latitude"], weight * row["longitude"])):
            here[at] += value
    for code, (name, identity) in sorted(names.items()):
        if code in numbers and LATIN.fullmatch(name):
            people, weight, latitude, longitude = sums[code]
            bare = bare_area(key(name))
            where = (latitude / weight, longitude / weight) if weight else (0.0, 0.0)
            yield Choice(name, (bare,), identity, min(int(people), 2**32 - 1), numbers[code], *where, AREA, code[:2])


def counties(rows: Iterable[dict[str, str]], numbers: dict[str, int]) -> Iterator[Choice]:
    """The counties of the United States, which news of floods and fires names oftener than towns."""
    for row in rows:
        number = numbers.get(f"US.{row['state']}")
        if number is not None and row["name"].endswith((" County", " Parish", " Borough")):
            yield Choice(row["name"], (), 0, 0, number, NOWHERE, NOWHERE, COUNTY, "US")


def entries(places: list[Choice], vocabulary: Vocabulary) -> dict[str, list[Entry]]:
    """Key → its places, the largest first, as `places` are; each with its guards."""
    never, found = own_list("not_places.txt") | _of_countries(), defaultdict[str, list[Entry]](list)
    taken: dict[tuple[str, str], set[tuple[int, int]]] = defaultdict(set)
    for number, place in enumerate(places):
        for name, alternate in _keys(place):
            here = taken[name, place.country]
            known = (place.area, place.kind) in here or (len(here) >= MOST_NAMESAKES and place.kind == TOWN)
            if known or len(name) < 3 or (name in never and (place.people < GREAT or place.kind == AREA)):
                continue
            guards = guards_of(name, place, vocabulary)
            if not (alternate and guards):
                here.add((place.area, place.kind))
                found[name].append(Entry(number, guards | alternate))
    return dict(found)


def _keys(place: Choice) -> list[tuple[str, int]]:
    own = sorted(spellings(place.name))
    others = sorted({one for other in place.others for one in spellings(other)} - set(own))
    return [(one, 0) for one in own] + [(one, ALTERNATE) for one in others]


def _of_countries() -> frozenset[str]:
    """Names of countries and peoples: a village of the same name is not meant."""
    names = (name for one in all_countries().values() for name in (one.name, *one.other_names))
    return frozenset(map(key, (*names, *demonyms())))


def guards_of(name: str, place: Choice, vocabulary: Vocabulary) -> int:
    """What else a name is, unless the place is so large that it comes to mind first."""
    if place.kind == COUNTY:
        return 0
    parts = name.split()
    zipf = min(vocabulary.words.get(part, 0.0) for part in parts)
    ordinary = zipf >= (FREQUENT if place.people >= CITY else 1.0)
    great = GREAT if len(parts) == 1 else CITY
    if ordinary and (place.people < great or place.kind == AREA):
        return GUARD_WORD
    person = len(parts) == 1 and (name in vocabulary.given or name in vocabulary.surnames)
    return GUARD_PERSON if person and place.people < GREAT else 0
