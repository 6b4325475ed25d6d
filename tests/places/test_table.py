"""The packed table: its order, its guards, what it leaves out, and that the hand list goes before it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.places.choosing import GREAT
from service.places.gazetteer import MOST_KEPT, PACKED, load
from service.places.pack import packed
from service.places.packed import (
    GIVEN,
    GUARD_PERSON,
    GUARD_WORD,
    NOTHING,
    SURNAME,
    TOWN,
    WORD,
    BadTableError,
    Entry,
    Line,
    Table,
    packed_line,
    unpacked,
)
from service.places.spelling import key, spellings
from service.places.vocabulary import Vocabulary, own_list

TABLE = Table(PACKED)
KEYS = TABLE.all_keys()
GAZETTEER = load()


def test_the_keys_are_sorted_and_single() -> None:
    encoded = [name.encode() for name in KEYS]
    assert encoded == sorted(set(encoded)) and len(KEYS) == TABLE.keys > 150_000
    assert PACKED.stat().st_size < 9_000_000


@given(st.sampled_from(KEYS))
def test_every_key_is_found_with_sound_places(name: str) -> None:
    line = TABLE.find(name)
    assert line.entries or line.traits
    for entry in line.entries:
        row = TABLE.row(entry.row)
        country, _ = TABLE.areas[row.area]
        assert row.name and len(country) == 3
        assert row.kind != TOWN or (-90 <= row.latitude <= 90 and -180 <= row.longitude <= 180)


@given(st.sampled_from(KEYS))
def test_a_key_begins_with_each_of_its_words(name: str) -> None:
    words = name.split(" ")
    assert all(TABLE.begins(" ".join(words[:end]) + " ") for end in range(1, len(words)))


@given(st.text(max_size=30))
def test_any_text_may_be_looked_up(name: str) -> None:
    assert (TABLE.find(name) == NOTHING) == (name not in KEYS)
    assert all(known.place.country for known in GAZETTEER.look_up(name))


def test_the_towns_of_a_name_come_the_largest_first() -> None:
    rows = [TABLE.row(entry.row).people for entry in TABLE.find("springfield").entries]
    assert len(rows) > 3 and rows == sorted(rows, reverse=True)


@pytest.mark.parametrize("name", ["reading", "nice", "split", "police", "mobile", "same", "most"])
def test_words_are_guarded(name: str) -> None:
    assert all(entry.guards & GUARD_WORD for entry in TABLE.find(name).entries)


@pytest.mark.parametrize("name", ["charlotte", "lincoln", "houston", "kent", "hassan", "preston"])
def test_persons_are_guarded_where_the_town_is_not_great(name: str) -> None:
    line = TABLE.find(name)
    small = [entry for entry in line.entries if TABLE.row(entry.row).people < 1_000_000]
    assert line.traits & (GIVEN | SURNAME) and small and all(entry.guards & GUARD_PERSON for entry in small)


@pytest.mark.parametrize("name", ["moscow", "aleppo", "mogadishu", "kabul", "manila"])
def test_great_towns_are_not_guarded(name: str) -> None:
    first = TABLE.find(name).entries[0]
    assert not first.guards & (GUARD_WORD | GUARD_PERSON)


def test_what_is_hardly_ever_a_place_is_left_out() -> None:
    kept = [entry for name in own_list("not_places.txt") for entry in TABLE.find(name).entries]
    assert all(TABLE.row(entry.row).people >= GREAT for entry in kept)


def test_the_hand_list_goes_first() -> None:
    (aleppo, *others) = GAZETTEER.look_up("Aleppo")
    assert aleppo.listed and aleppo.place.id == "SYR/aleppo/aleppo"
    assert all(one.place.precision != "town" or one.place.country != "SYR" for one in others)
    (gaza, *_) = GAZETTEER.look_up("Gaza")
    assert gaza.place.id == "PSE/gaza strip"


def test_another_spelling_of_a_listed_place_is_that_place() -> None:
    assert {known.place.id for known in GAZETTEER.look_up("Quetta City") or GAZETTEER.look_up("Quetta")} == {
        "PAK/balochistan/quetta"
    }


def test_a_town_only_geonames_knows_has_its_id_and_its_area() -> None:
    (known, *_) = GAZETTEER.look_up("Jeddah")
    assert known.place.id == "geonames:105343" and known.place.admin1 == "Mecca"


@given(st.sampled_from(GAZETTEER.hand.keys))
def test_every_name_of_the_hand_list_is_found_under_its_key(name: str) -> None:
    known = GAZETTEER.hand.look_up(name)
    assert known and all(name in spellings(one.name) for one in known)


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(name: str) -> None:
    assert key(key(name)) == key(name)


def test_what_is_kept_is_bounded() -> None:
    gazetteer = load()
    for number in range(MOST_KEPT + 10):
        gazetteer.stem(f"x{number}")
    assert len(gazetteer.stems) <= MOST_KEPT


@given(st.integers(0, 127), st.lists(st.tuples(st.integers(0, 2**21 - 1), st.integers(0, 127)), max_size=20))
def test_lines_are_packed_and_unpacked(traits: int, entries: list[tuple[int, int]]) -> None:
    line = Line(traits, tuple(Entry(*entry) for entry in entries))
    data = packed_line(line)
    assert unpacked(data) == line and min(data) >= 0x80


def town(identity: int, name: str, people: int, **more: object) -> dict[str, object]:
    return {
        "geonameid": identity, "name": name, "latitude": 1.25, "longitude": -2.5, "countrycode": "KE",
        "admin1code": "05", "population": people, "alternatenames": [],
    } | more  # fmt: skip


WORDS = Vocabulary({"harvest": 4.0}, frozenset({"asha"}), frozenset({"otieno"}))
TOWNS = [
    town(1, "Harvest", 9_000),
    town(2, "Asha", 9_000),
    town(3, "Lodwar Town", 80_000, alternatenames=["Lodwar Toun", "لودوار", "LDW", "Something Else"]),
    town(4, "Ok", 90_000),
    town(5, "Nairobi", 4_000_000, latitude=-1.29),
    town(6, "Sued", 900, countrycode="DE"),
]


def test_packing(tmp_path: Path) -> None:
    areas = {"KE.05": ("Turkana County", 77), "KE.06": ("Nowhere County", 78)}
    data = packed(TOWNS, [], areas, WORDS)  # type: ignore[arg-type]
    assert data == packed(TOWNS, [], areas, WORDS)  # type: ignore[arg-type]
    (tmp_path / "table.bin").write_bytes(data)
    table = Table(tmp_path / "table.bin")
    assert {"lodwar town", "lodwar toun", "nairobi", "turkana", "turkana county", "otieno"} < set(table.all_keys())
    assert not {"ok", "sued", "something else", "ldw"} & set(table.all_keys())
    assert table.find("harvest").entries[0].guards == GUARD_WORD and table.find("harvest").traits == WORD
    assert table.find("asha").entries[0].guards == GUARD_PERSON
    row = table.row(table.find("nairobi").entries[0].row)
    assert (row.name, row.geonames_id, row.latitude, table.areas[row.area]) == (
        "Nairobi", 5, -1.29, ("KEN", "Turkana County"),
    )  # fmt: skip


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(bytes(100))
    with pytest.raises(BadTableError):
        Table(tmp_path / "other.bin")
