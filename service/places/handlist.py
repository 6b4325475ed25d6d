"""Countries, their capitals and peoples, and the hand-made list of places; a place is built when it is asked for."""

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from importlib.resources import files
from typing import Literal

from service.countries import Country, all_countries, demonyms
from service.places.known import Guard, Known
from service.places.spelling import key, keys, plain, spellings
from service.values import Place

# Country names that are as often something else: persons, an adjective, a word.
GUARDED_COUNTRIES = {"Jordan", "Georgia", "Chad", "Jersey", "America", "Holland", "CAR", "Wales", "England"}
GUARDED_CAPITALS = {"Victoria", "Hamilton", "Kingston", "Stanley", "Douglas", "Sofia", "Lima", "Paris", "Santiago"}
GUARDED_CAPITALS |= {"Washington", "Jamestown", "Georgetown", "Male", "The Valley", "Praia", "San José", "Bern"}
LESSER = ("Congo", "COG")  # who says Congo without more means the larger one
# How well a name is known beside GeoNames towns, which count the decimal logarithm of their people.
COUNTRY, CAPITAL, AREA, REGION, SITE, TOWN = 9.0, 6.0, 6.0, 6.0, 5.5, 5.3
Precision = Literal["admin1", "site", "region", "town"]
PRECISIONS: dict[str, Precision] = {"s": "site", "r": "region"}
WEIGHTS = {"admin1": AREA, "site": SITE, "region": REGION, "town": TOWN}
GUARDS: dict[str, Guard] = {"w": "word", "p": "person", "c": "comma"}

Maker = Callable[[str], Known]  # from a name as written
Row = tuple[str, str, str | None, bool]  # a line of the list, its country and area, and whether it is the area


class HandList:
    """Every name by its key, with the rows it stands in: they are read when they are asked for."""

    def __init__(self) -> None:
        self._countries: dict[str, list[tuple[str, Maker]]] = {}
        self._rows: list[Row] = []
        self._names: dict[str, list[int]] = {}
        self._read((files(__package__) / "gazetteer.txt").read_text(encoding="utf-8"))
        self._read_countries()

    def _read_countries(self) -> None:
        for one in all_countries().values():
            for name in (one.name, *one.other_names):
                self._add(name, partial(_country, one))
            if one.capital:
                self._add(one.capital, partial(_capital, one))
        for word, code in demonyms().items():
            self._add(word, partial(_people, all_countries()[code]))

    def _add(self, name: str, maker: Maker) -> None:
        for spelling in spellings(name):
            self._countries.setdefault(spelling, []).append((name, maker))

    def _read(self, content: str) -> None:
        country, area, rows, names = "", None, self._rows, self._names
        # Nearly all lines are ASCII, and quickest folded all at once.
        for line, lower in zip(content.split("\n"), content.lower().replace("-", " ").split("\n"), strict=True):
            mark = line[:1]
            if mark == "@":
                country, area = line[1:], None
            elif mark == "~":
                for name in line[1:].split(","):
                    self._add(name, partial(_people, all_countries()[country]))
            elif mark not in ("#", ""):
                if mark == "=":
                    area = line[1 : line.index("|")]
                for name in _keys(lower if line.isascii() else keys(line)):
                    names.setdefault(name, []).append(len(rows))
                rows.append((line, country, area, mark == "="))

    def look_up(self, name: str) -> list[Known]:
        """The places under a key, countries first, then in the order of the list."""
        found = [make(written) for written, make in self._countries.get(name, ())]
        for number in self._names.get(name, ()):
            row = self._rows[number]
            found.append(_place(row, _written(row[0], name)))
        return found

    def begins(self, start: str) -> bool:
        """Does any key begin with these words (a space at their end), and go on?"""
        return start in self._beginnings

    def areas(self) -> Mapping[tuple[str, str], str]:
        """Every first-level area of the list, by country and folded name."""
        return self._areas

    def area(self, country: str, name: str) -> str | None:
        """What the list calls the first-level area of this key, if it has it."""
        return self._areas.get((country, name))

    @cached_property
    def _beginnings(self) -> set[str]:
        found = set()
        for name in self.keys:
            space = name.find(" ")
            while space > 0:
                found.add(name[: space + 1])
                space = name.find(" ", space + 1)
        return found

    @cached_property
    def _areas(self) -> dict[tuple[str, str], str]:
        areas = [(line, country, area) for line, country, area, is_area in reversed(self._rows) if is_area and area]
        return {(country, key(name.lstrip("*"))): area for line, country, area in areas for name in _names(line)}

    @property
    def keys(self) -> list[str]:
        """Every key."""
        return [*self._countries.keys() | self._names.keys()]


def _names(line: str) -> list[str]:
    """The names of a row, with their marks."""
    name, others, _ = line.removeprefix("=").split("|", 2)
    return [name, *others.split(",")] if others else [name]


def _keys(folded: str) -> list[str]:
    """The keys of a row that was folded as a whole."""
    name, others, _ = folded.split("|", 2)
    names = [name.removeprefix("="), *others.split(",")] if others else [name.removeprefix("=")]
    if "'" in folded or "*" in folded or "^" in folded or "st" in folded or "mt" in folded or "ft" in folded:
        return [one for name in names if name[0] != "*" for one in spellings(name.lstrip("^"))]
    return names


def _written(line: str, name: str) -> str:
    """The name of a row that has this key."""
    return next(one for one in _names(line) if one[0] != "*" and name in spellings(one.lstrip("^")))


def _country(one: Country, written: str) -> Known:
    guard: Guard = "person" if written in GUARDED_COUNTRIES else ""
    weight = COUNTRY - (0.5 if (written, one.alpha3) == LESSER else 0)
    return Known(written, Place(one.name, one.alpha3, one.alpha3, precision="country"), guard, weight=weight)


def _capital(one: Country, written: str) -> Known:
    guard: Guard = "person" if written in GUARDED_CAPITALS else ""
    return Known(written, Place(written, one.alpha3, f"{one.alpha3}/-/{plain(written)}"), guard, weight=CAPITAL)


def _people(one: Country, written: str) -> Known:
    return Known(written, Place(one.name, one.alpha3, one.alpha3, precision="country"), adjective=True, weight=COUNTRY)


def _place(row: Row, written: str) -> Known:
    line, country, area, is_area = row
    name, _, latitude, longitude, *rest = line.removeprefix("=").split("|")
    flags = rest[0] if rest else ""
    listed: Precision = next((PRECISIONS[flag] for flag in flags if flag in PRECISIONS), "town")
    precision: Precision = "admin1" if is_area else listed
    identity = f"{country}/{plain(area or '')}" + ("" if is_area else f"/{plain(name)}")
    where = (float(latitude) if latitude else None, float(longitude) if longitude else None)
    place = Place(name, country, identity, None if precision == "region" else area, precision, *where)
    return Known(written.lstrip("^"), place, _guard(written, name, flags), weight=WEIGHTS[precision])


def _guard(written: str, name: str, flags: str) -> Guard:
    """What else one of a row's names is; another name of several words is hardly anything else."""
    guard: Guard = "comma" if written[0] == "^" else next((GUARDS[flag] for flag in flags if flag in GUARDS), "")
    return "" if guard in ("word", "person") and " " in written and written != name else guard
