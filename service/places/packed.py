"""The packed GeoNames table: mapped, not read, and searched where it lies.

`service.places.pack` writes it.  Sections, one behind the other, found by the
header: a guide (the first key of every block), where the blocks start, the
blocks of sorted keys, place rows, place names, and areas.  A key line is

    "\\n" key "\\t" traits entry*

in which every byte after the tab has its highest bit set, so that no key can be
mistaken for one: `traits` tells what else the key is, and an entry of four bytes
names a place row and its guards.  Nothing but the guide is read before it is
asked for.
"""

import mmap
import struct
from array import array
from bisect import bisect_right
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

MAGIC = b"TOCSINPL"
VERSION = 1
HEADER = struct.Struct("<8sII6I")  # magic, version, keys, and where each section ends
ROW = struct.Struct("<IIIHhhB")  # name, GeoNames id, people, area, latitude and longitude in hundredths, kind
BLOCK = 32  # keys of a block: as many as bytes.find passes in less time than one more step of bisect takes
GIVEN, SURNAME, WORD = 1, 2, 4  # traits of a key
GUARD_WORD, GUARD_PERSON, ALTERNATE = 1, 2, 4  # of an entry
TOWN, AREA, COUNTY = 0, 1, 2  # kinds of rows
NOWHERE = 327.67  # a latitude or longitude that is not known


class Entry(NamedTuple):
    """A place under a name, as packed."""

    row: int
    guards: int


class Line(NamedTuple):
    """What is packed for a key."""

    traits: int
    entries: tuple[Entry, ...]


class Row(NamedTuple):
    """A place as packed."""

    name: str
    geonames_id: int
    people: int
    area: int
    latitude: float
    longitude: float
    kind: int


NOTHING = Line(0, ())


class BadTableError(ValueError):
    """The file is none of ours, or of another version."""


class Table:
    """The table of one file."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, version, self.keys, *ends = HEADER.unpack_from(self._map)
        if magic != MAGIC or version != VERSION:
            raise BadTableError(f"{path.name} is no table of version {VERSION}")
        guide, blocks, self._keys_end, self._rows_end, self._names_end, self._areas_end = ends
        self._guide = self._map[HEADER.size : guide].split(b"\n")
        self._blocks = array("I", self._map[guide:blocks])
        self._keys_start = blocks

    def find(self, key: str) -> Line:
        """What is packed for a key; `NOTHING` if nothing is."""
        wanted = key.encode()
        block = self._block(bisect_right(self._guide, wanted) - 1)
        at = block.find(b"\n%b\t" % wanted)
        if at < 0:
            return NOTHING
        start = at + len(wanted) + 2
        end = block.find(b"\n", start)
        return unpacked(block[start:] if end < 0 else block[start:end])

    def begins(self, start: str) -> bool:
        """Does any key begin with this, and go on?"""
        wanted = start.encode()
        number = bisect_right(self._guide, wanted)
        following = number < len(self._guide) and self._guide[number].startswith(wanted)
        return following or b"\n" + wanted in self._block(number - 1)

    def _block(self, number: int) -> bytes:
        start = self._keys_start
        return self._map[start + self._blocks[number] : start + self._blocks[number + 1]] if number >= 0 else b""

    def row(self, number: int) -> Row:
        """A place by its number."""
        name, identity, people, area, latitude, longitude, kind = ROW.unpack_from(
            self._map, self._keys_end + number * ROW.size
        )
        start = self._rows_end + name
        text = self._map[start + 1 : start + 1 + self._map[start]].decode()
        return Row(text, identity, people, area, latitude / 100, longitude / 100, kind)

    @cached_property
    def areas(self) -> list[tuple[str, str]]:
        """Country (alpha-3) and name of every first-level area; the name is empty where it is not known."""
        lines = self._map[self._names_end : self._areas_end].decode().split("\n")
        return [(line[:3], line[4:]) for line in lines]

    def all_keys(self) -> list[str]:
        """Every key in the order of the file, for tests."""
        lines = self._map[self._keys_start : self._keys_end].split(b"\n")[1:]
        return [line.partition(b"\t")[0].decode() for line in lines]


def packed_line(line: Line) -> bytes:
    """The bytes behind a key's tab."""
    entries = b"".join(packed_entry(entry) for entry in line.entries)
    return bytes([0x80 | line.traits]) + entries


def packed_entry(entry: Entry) -> bytes:
    """Twenty-one bits of row number and seven of guards, seven to a byte."""
    return bytes([0x80 | entry.guards, *(0x80 | (entry.row >> shift) & 0x7F for shift in (0, 7, 14))])


def unpacked(data: bytes) -> Line:
    """The line `packed_line` made these bytes of."""
    seven = [byte & 0x7F for byte in data]
    entries = (
        Entry(seven[at + 1] | seven[at + 2] << 7 | seven[at + 3] << 14, seven[at]) for at in range(1, len(seven), 4)
    )
    return Line(seven[0], tuple(entries))
