"""Countries: ISO 3166-1 codes, the names texts use, peoples, capitals and their time zones, people and households."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = [
    "Country",
    "HouseholdSize",
    "all_countries",
    "by_alpha2",
    "by_name",
    "country",
    "demonyms",
    "household_size",
    "peoples",
    "population",
    "zone",
]


@dataclass(frozen=True, slots=True)
class Country:
    """One country or territory of ISO 3166-1; `demonyms` are English, the adjective first."""

    alpha3: str
    alpha2: str
    name: str
    other_names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str | None
    zone: str | None


@dataclass(frozen=True, slots=True)
class HouseholdSize:
    """People in an average household, and who says so, with the year ("DHS 2022")."""

    size: float
    source: str


@cache
def all_countries() -> Mapping[str, Country]:
    """Every country by its alpha-3 code."""
    return {row[0]: _country(row) for row in _rows("countries.txt")}


def _rows(file: str) -> Iterator[list[str]]:
    """The cells of each row of one of our files; its head tells what they hold and where that is from."""
    content = (files(__package__) / file).read_text(encoding="utf-8")
    return (line.split("|") for line in content.splitlines() if line and not line.startswith("#"))


def _country(row: list[str]) -> Country:
    alpha3, alpha2, name, others, demonyms_, capital, zone_ = row
    return Country(alpha3, alpha2, name, _names(others), _names(demonyms_), capital or None, zone_ or None)


def _names(cell: str) -> tuple[str, ...]:
    return tuple(name for name in cell.split(",") if name)


def country(alpha3: str) -> Country | None:
    """The country of an alpha-3 code in any case, or None."""
    return all_countries().get(alpha3.upper())


@cache
def _by_alpha2() -> Mapping[str, str]:
    return {one.alpha2: one.alpha3 for one in all_countries().values()}


def by_alpha2(alpha2: str) -> str | None:
    """The alpha-3 code of an alpha-2 code in any case, or None."""
    return _by_alpha2().get(alpha2.upper())


@cache
def _by_name() -> Mapping[str, str]:
    return {name.casefold(): one.alpha3 for one in all_countries().values() for name in (one.name, *one.other_names)}


def by_name(name: str) -> str | None:
    """The alpha-3 code of a country's name or one of its other names, in any case, or None."""
    return _by_name().get(name.strip().casefold())


@cache
def demonyms() -> Mapping[str, str]:
    """English demonyms as written ("Syrian", "Syrians") → alpha-3 code."""
    found = {}
    for one in all_countries().values():
        for word in one.demonyms:
            found[word] = one.alpha3
            if plural := _plural(word):
                found[plural] = one.alpha3
    return found


def _plural(word: str) -> str | None:
    invariable = ("ese", "ish", "sh", "ch", "ss", "yz")
    return None if word.endswith(invariable) else word + "s"


def peoples(language: str) -> tuple[str, ...]:
    """What a language calls peoples in the plural ("Syrians"); known for English only so far."""
    if language != "en":
        return ()
    words = (_plural(word) for one in all_countries().values() for word in one.demonyms)
    return tuple(word.lower() for word in words if word)


def nationals(language: str) -> tuple[str, ...]:
    """What a language calls one of a people ("a Syrian"); known for English only so far."""
    if language != "en":
        return ()
    return tuple(word.lower() for one in all_countries().values() for word in one.demonyms)


def zone(alpha3: str) -> tuple[str, str] | None:
    """The IANA zone of a country's capital, and the city to name it by ("Asia/Damascus", "Damascus").

    None for a code we do not know or a territory without a capital or zone.
    """
    found = country(alpha3)
    if found is None or found.zone is None:
        return None
    return found.zone, found.capital or found.name


@cache
def _populations() -> Mapping[str, int]:
    return {code: int(people) for code, people in _rows("population.txt")}


def population(alpha3: str) -> int | None:
    """Inhabitants of a country or territory, by its alpha-3 code in any case (source and year: `population.txt`).

    None for a code we do not know or a territory where nobody has settled.
    """
    return _populations().get(alpha3.upper())


@cache
def _household_sizes() -> Mapping[str, HouseholdSize]:
    return {code: HouseholdSize(float(size), source) for code, size, source in _rows("households.txt")}


def household_size(alpha3: str) -> HouseholdSize | None:
    """People in an average household of a country, by its alpha-3 code in any case; None where no figure is known.

    As published (sources: `households.txt`): an average over the whole country, not of its displaced.
    """
    return _household_sizes().get(alpha3.upper())
