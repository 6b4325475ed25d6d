"""The places we know, by name: countries, the hand-made list, and GeoNames behind them."""

from collections.abc import Iterable
from dataclasses import replace
from math import log10
from pathlib import Path

from service.places.handlist import HandList
from service.places.known import NO_STEM, Guard, Known, Name, Stem
from service.places.packed import ALTERNATE, AREA, COUNTY, GUARD_PERSON, GUARD_WORD, TOWN, Entry, Line, Row, Table
from service.places.spelling import bare_area, key, plain
from service.values import Place

__all__ = ["Gazetteer", "Known", "load", "plain"]

PACKED = Path(__file__).with_name("geonames.bin")
MOST_KEPT = 50_000  # names kept after they were looked up
POSSESSIVES = ("'s", "’s", "'S", "’S")
NEAR = 0.5  # degrees within which two places of one name are one
LEAST, A_COUNTY, MOST_AREA = 2.5, 4.9, 5.8  # weights of a village nobody counted, a county, and a large area
LESS_KNOWN = 0.3  # what another spelling takes off the weight of a place


class Gazetteer:
    """Looks names up, and keeps what it found."""

    def __init__(self, hand: HandList, table: Table) -> None:
        self.hand = hand
        self.table = table
        self._names: dict[str, Name | None] = {}
        self.stems: dict[str, Stem] = {}
        self._area_names: dict[int, tuple[str, str | None]] = {}

    def stem(self, written: str) -> Stem:
        """What these words are alone, and whether longer names begin with them; look in `stems` first."""
        if len(self.stems) >= MOST_KEPT:
            self.stems.clear()
        found = self.stems[written] = self._stem(written)
        return found

    def name(self, written: str) -> Name | None:
        """Every place of that name, or None."""
        try:
            return self._names[written]
        except KeyError:
            folded = key(written)
            return self._named(written, folded, self.table.find(folded))

    def _named(self, written: str, folded: str, line: Line) -> Name | None:
        """What a name means, its key and what is packed for that already looked up; kept."""
        if len(self._names) >= MOST_KEPT:
            self._names.clear()
        meanings = self._meanings(written, folded, line)
        found = self._names[written] = Name(written, meanings) if meanings else None
        return found

    def look_up(self, written: str) -> list[Known]:
        """Every place of that name, however it is capitalised or accented."""
        found = self.name(written)
        return list(found.meanings) if found else []

    def areas(self) -> dict[str, set[str]]:
        """First-level areas by country, as places name them."""
        found: dict[str, set[str]] = {}
        packed = (self._area(number) for number in range(len(self.table.areas)))
        listed = ((country, name) for (country, _), name in self.hand.areas().items())
        for country, name in (*packed, *listed):
            if name:
                found.setdefault(country, set()).add(name)
        return found

    def _stem(self, written: str) -> Stem:
        folded, cut = key(written), 0
        line = self.table.find(folded)
        name, traits = self._named(written, folded, line), line.traits
        if written.endswith(POSSESSIVES) and name is None:
            name, cut, traits = self.name(written[:-2]), 2, self.table.find(folded[:-2]).traits
        longer = any(self._begins(key(written + gap)) for gap in ((" ", ". ") if len(written) < 4 else (" ",)))
        return Stem(name, cut, longer, traits) if name or longer or traits else NO_STEM

    def _begins(self, start: str) -> bool:
        return self.hand.begins(start) or self.table.begins(start)

    def _meanings(self, written: str, name: str, packed: Line) -> tuple[Known, ...]:
        listed = _capitals_joined([one for one in self.hand.look_up(name) if _same_case(one, written)])
        if not listed and not packed.entries:
            bare = name.replace("'", "") if "'" in name[:-2] else name
            return self._meanings(bare, key(bare), self.table.find(key(bare))) if bare != name else ()
        rows = ((entry, self.table.row(entry.row)) for entry in packed.entries)
        return _ranked(self._joined(listed, rows, written))

    def _joined(self, listed: list[Known], rows: Iterable[tuple[Entry, Row]], written: str) -> list[Known]:
        """The list's places, those GeoNames has too as heavy as there, and the others of GeoNames behind them."""
        others = []
        for entry, row in rows:
            country, area = self._area(row.area)
            twin = next((at for at, one in enumerate(listed) if _same_place(one, row, country)), None)
            if twin is None:
                others.append(self._known(entry, row, country, area, written))
            else:
                listed[twin] = _with_row(listed[twin], row, area)
        return listed + [_behind(one, listed) for one in others]

    def _known(self, entry: Entry, row: Row, country: str, area: str | None, written: str) -> Known:
        guard: Guard = "word" if entry.guards & GUARD_WORD else "person" if entry.guards & GUARD_PERSON else ""
        weight = _weight(row) - (LESS_KNOWN if entry.guards & ALTERNATE else 0)
        own = (area or "") if row.kind == AREA else row.name if entry.guards & ALTERNATE else ""
        for one in self.hand.look_up(key(own)):
            if _same_place(one, row, country):
                return replace(one, name=written, guard=guard, weight=max(weight, one.weight - LESS_KNOWN))
        alternate = bool(entry.guards & ALTERNATE)
        return Known(written, _place(row, country, area), guard, weight=weight, listed=False, alternate=alternate)

    def _area(self, number: int) -> tuple[str, str | None]:
        """Country and area name, the area as the hand list calls it."""
        found = self._area_names.get(number)
        if found is None:
            country, name = self.table.areas[number]
            listed = self.hand.area(country, key(name)) or self.hand.area(country, bare_area(key(name)))
            found = self._area_names[number] = (country, listed or name or None)
        return found


def load() -> Gazetteer:
    """The gazetteer: the hand list read, the packed table opened."""
    return Gazetteer(HandList(), Table(PACKED))


def _same_case(known: Known, written: str) -> bool:
    """An acronym ("US", "CAR") is one only in capitals."""
    return not (known.name.isupper() and len(known.name) <= 4) or written == known.name


def _place(row: Row, country: str, area: str | None) -> Place:
    identity = f"geonames:{row.geonames_id}"
    if row.kind == COUNTY:
        return Place(row.name, country, f"{country}/{plain(area or '')}/{plain(row.name)}", area, "region")
    if row.kind == AREA:
        return Place(area or row.name, country, identity, area, "admin1", row.latitude, row.longitude)
    return Place(row.name, country, identity, area, "town", row.latitude, row.longitude)


def _weight(row: Row) -> float:
    weight = max(LEAST, log10(row.people or 1)) if row.kind != COUNTY else A_COUNTY
    return weight if row.kind == TOWN else min(MOST_AREA, weight)


def _same_place(one: Known, row: Row, country: str) -> bool:
    """Is this place of the list the one of this row?  A capital without coordinates is."""
    place = one.place
    if one.adjective or place.country != country or (place.precision == "admin1") != (row.kind == AREA):
        return False
    if row.kind == COUNTY:
        return place.precision == "region" and place.latitude is not None
    if place.latitude is None or place.longitude is None:
        return place.precision != "country"
    return row.kind != TOWN or (
        abs(place.latitude - row.latitude) < NEAR and abs(place.longitude - row.longitude) < NEAR
    )


def _with_row(one: Known, row: Row, area: str | None) -> Known:
    place = one.place
    if place.latitude is None or (place.precision == "town" and place.admin1 is None):
        place = replace(place, admin1=place.admin1 or area, latitude=row.latitude, longitude=row.longitude)
    return replace(one, place=place, weight=max(one.weight, _weight(row)))


def _behind(one: Known, listed: list[Known]) -> Known:
    """Of a country's places of one name, the list's come first; but a town before the area named after it."""
    weights = [o.weight for o in listed if o.place.country == one.place.country and not _named_after(o, one)]
    return replace(one, weight=min(one.weight, min(weights) - 0.5)) if weights else one


def _named_after(area: Known, town: Known) -> bool:
    """Is this the area a town of the same name lies in?"""
    one, other = area.place, town.place
    same = one.country == other.country and one.admin1 == other.admin1 and other.precision == "town"
    return same and one.precision == "admin1" and key(one.name) == key(other.name)


def _capitals_joined(listed: list[Known]) -> list[Known]:
    """A capital of the list of countries is the same town in the hand list; so are parts of a country."""
    kept = []
    for one in listed:
        same = [other for other in listed if other is not one and other.place.country == one.place.country]
        capital = one.place.precision == "town" and (one.place.id or "").split("/")[1:2] == ["-"]
        part = one.place.precision == "country" and not one.adjective
        if not (part and any(o.place.precision in ("admin1", "region") for o in same)) and not (
            capital and any(other.place.precision == "town" for other in same)
        ):
            kept.append(one)
    return kept


def _ranked(meanings: list[Known]) -> tuple[Known, ...]:
    """The weightiest first; of an area and the town it is named after, the town."""
    lighter = []
    for one in meanings:
        towns = [other.weight for other in meanings if _named_after(one, other)]
        lighter.append(replace(one, weight=min(one.weight, *towns) - 0.01) if towns else one)
    return tuple(sorted(lighter, key=lambda one: -one.weight))
