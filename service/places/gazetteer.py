"""The places we know, by folded name: countries, capitals, areas, and towns of current crises."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Literal

from service.countries import all_countries, demonyms
from service.values import Place

# Country names that are as often something else: persons, an adjective, a word.
GUARDED_COUNTRIES = {"Jordan", "Georgia", "Chad", "Jersey", "America", "Holland", "CAR", "Wales", "England"}
GUARDED_CAPITALS = {"Victoria", "Hamilton", "Kingston", "Stanley", "Douglas", "Sofia", "Lima", "Paris", "Santiago"}
GUARDED_CAPITALS |= {"Washington", "Jamestown", "Georgetown", "Male", "The Valley", "Praia", "San José", "Bern"}
Guard = Literal["", "word", "person"]


@dataclass(frozen=True, slots=True)
class Known:
    """A place under one of its names. `guard`: what else the name is."""

    name: str
    place: Place
    guard: Guard = ""
    adjective: bool = False


def plain(name: str) -> str:
    """A name without case, accents and typographic apostrophes: the key it is kept under."""
    marks_off = unicodedata.normalize("NFD", name.replace("’", "'").replace("ʻ", "'"))
    return "".join(char for char in marks_off if not unicodedata.combining(char)).casefold()


@dataclass
class Gazetteer:
    """Names and what they may mean, the weightier meaning first; `first_words` tells how long names get."""

    names: dict[str, list[Known]] = field(default_factory=dict)
    first_words: dict[str, int] = field(default_factory=dict)

    def add(self, known: Known) -> None:
        key = plain(known.name)
        self.names.setdefault(key, []).append(known)
        words = key.replace("-", " ").split()
        for first in {words[0], words[0].rstrip(".")}:
            self.first_words[first] = max(self.first_words.get(first, 0), len(words))

    def look_up(self, name: str) -> list[Known]:
        """Every place of that name, however it is capitalised or accented."""
        return self.names.get(plain(name), [])


def load() -> Gazetteer:
    """The packed gazetteer: countries first, then capitals, then the hand-made list."""
    gazetteer = Gazetteer()
    for known in (*_countries(), *_capitals(), *_demonyms(), *_hand_list()):
        gazetteer.add(known)
    return gazetteer


def _countries() -> Iterator[Known]:
    for one in all_countries().values():
        place = Place(one.name, one.alpha3, one.alpha3, precision="country")
        for name in (one.name, *one.other_names):
            yield Known(name, place, "person" if name in GUARDED_COUNTRIES else "")


def _capitals() -> Iterator[Known]:
    for one in all_countries().values():
        if one.capital:
            place = Place(one.capital, one.alpha3, f"{one.alpha3}/-/{plain(one.capital)}", precision="town")
            yield Known(one.capital, place, "person" if one.capital in GUARDED_CAPITALS else "")


def _demonyms() -> Iterator[Known]:
    for word, code in demonyms().items():
        country = all_countries()[code]
        yield Known(word, Place(country.name, code, code, precision="country"), adjective=True)


def _hand_list() -> Iterator[Known]:
    content = (files(__package__) / "gazetteer.txt").read_text(encoding="utf-8")
    country, area = "", None
    for line in content.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("@"):
            country, area = line[1:], None
            continue
        row = line.removeprefix("=").split("|")
        if line.startswith("="):
            area = row[0]
        yield from _row(row, country, area, is_area=line.startswith("="))


def _row(row: list[str], country: str, area: str | None, *, is_area: bool) -> Iterator[Known]:
    name, others, latitude, longitude, *rest = row
    flags = rest[0] if rest else ""
    precision: Literal["admin1", "site", "region", "town"] = (
        "admin1" if is_area else "site" if "s" in flags else "region" if "r" in flags else "town"
    )
    identity = f"{country}/{plain(area or '')}" + ("" if is_area else f"/{plain(name)}")
    guard: Guard = "word" if "w" in flags else "person" if "p" in flags else ""
    admin1 = None if precision == "region" else area
    where = (float(latitude) if latitude else None, float(longitude) if longitude else None)
    place = Place(name, country, identity, admin1, precision, *where)
    for one in (name, *filter(None, others.split(","))):
        yield Known(one, place, guard)
