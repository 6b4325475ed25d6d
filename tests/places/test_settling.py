"""Names that several places, persons or words bear, settled by what stands around them and in the document."""

import pytest

from service import places

FIND = places.finder()


def found(text: str, country: str | None = None) -> list[tuple[str, str | None, str | None]]:
    return [(text[m.start : m.end], m.place.country, m.place.admin1) for m in FIND(text, country) if not m.adjective]


def countries(text: str, country: str | None = None) -> dict[str, str | None]:
    return {name: code for name, code, _ in found(text, country)}


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("Hail the size of eggs fell on Paris, Texas", "Paris", "USA", "Texas"),
        ("Hail fell on Paris and Lyon", "Paris", "FRA", "Île-de-France"),
        ("A fire in Mazabuka, Zambia, spread", "Mazabuka", "ZMB", "Southern Province"),
        ("A quake struck Foshan, near Guangdong's coast", "Foshan", "CHN", "Guangdong"),
        ("Birmingham, Alabama, opened shelters", "Birmingham", "USA", "Alabama"),
        ("Birmingham and Manchester in Britain", "Birmingham", "GBR", "England"),
        ("Rockets fell on Tripoli and Misrata in Libya", "Tripoli", "LBY", "Tripoli"),
        ("Clashes in Tripoli, in the north of Lebanon", "Tripoli", "LBN", "North Lebanon"),
        ("Hyderabad in Pakistan's Sindh was under water", "Hyderabad", "PAK", "Sindh"),
        ("Villages in Guerrero and Oaxaca, Mexico", "Guerrero", "MEX", "Guerrero"),
        ("Fires in Butte County", "Butte County", "USA", None),
        ("Crews left Washington County, Oregon", "Washington County", "USA", "Oregon"),
        ("Fires near Larimer County, Colorado", "Larimer County", "USA", None),
    ],
)
def test_which_of_several(text: str, name: str, country: str, admin1: str | None) -> None:
    (place,) = [one for one in found(text) if one[0] == name]
    assert place == (name, country, admin1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GOMA, DR Congo (Agency) - Rebels entered", [("GOMA", "COD"), ("DR Congo", "COD")]),
        ("ST. GEORGE'S, Grenada - The storm", [("ST. GEORGE'S", "GRD"), ("Grenada", "GRD")]),
        ("MIAMI, Fla. - Residents", [("MIAMI", "USA"), ("Fla", "USA")]),
        ("PARADISE, Calif. (Agency) -- The fire", [("PARADISE", "USA"), ("Calif", "USA")]),
        ("PORT-AU-PRINCE - Gangs", [("PORT-AU-PRINCE", "HTI")]),
        ("SAN SALVADOR, El Salvador — Guerrillas", [("SAN SALVADOR", "SLV"), ("El Salvador", "SLV")]),
        ("DERRY, Northern Ireland - Police", [("DERRY", "GBR"), ("Northern Ireland", "GBR")]),
    ],
)
def test_datelines(text: str, expected: list[tuple[str, str]]) -> None:
    assert [one[:2] for one in found(text)] == expected


def test_states_are_short_only_behind_a_comma() -> None:
    assert found("The Miss. was late, and Ill. health kept Cal away") == []


def test_an_area_named_elsewhere_in_the_text_settles_a_town() -> None:
    text = "Tornadoes crossed Ohio on Friday. In Athens the roof of a school was torn off. Ohio sent crews."
    assert countries(text)["Athens"] in ("USA", "GRC")
    assert countries("The ferry from Piraeus, Greece, to Athens")["Athens"] == "GRC"


def test_the_feed_settles_a_name_nothing_else_does() -> None:
    assert countries("Roads around Valencia are closed", "VEN")["Valencia"] == "VEN"
    assert countries("Roads around Valencia are closed", "ESP")["Valencia"] == "ESP"


@pytest.mark.parametrize(
    "text",
    [
        "Michael Jordan beat Jordan once more",
        "Jordan Smith said nothing",
        "President Lincoln spoke, and Mrs Washington wept",
        "Paris Hilton arrived with Jack London",
        "John Kerry spoke; Kerry then left",
        "Hassan said that Ahmed had called",
        "Sgt. Hamilton and Judge Austin disagreed",
        "Captain Sydney Carton bowed to Florence Nightingale",
        "Omar Hama and Fadi Douma were freed",
    ],
)
def test_persons(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Most Of The Many Police Men Came Central",
        "Same Man, Same Date",
        "SAME OLD SONG",
        "In March and May the Sun shone, said the Guardian",
        "Apple and Amazon rose; Ford, Shell and Orange fell",
        "Hamas and Hezbollah met the Taliban",
        "Monday Will Be Nice",
        "Reading Matters",
        "Read More: Bath Time",
        "Mobile phones sold well. Split the bill.",
        "United beat City 2-1 at the Stadium of Light",
    ],
)
def test_words_are_no_places(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Trains from Reading to Bath stood still", "Reading"),
        ("A lorry drove into a crowd in Nice", "Nice"),
        ("FLOODS IN READING, ENGLAND, AND IN BATH", "READING"),
        ("The storm reached Mobile, Alabama", "Mobile"),
        ("A quake in Bam, Iran", "Bam"),
        ("Villagers fled to Hit, Iraq", "Hit"),
        ("Fire swept through Paradise, California", "Paradise"),
    ],
)
def test_words_that_are_places_here(text: str, name: str) -> None:
    assert name in countries(text)


@pytest.mark.parametrize(
    "text",
    [
        "The striker Mert Altintas, Szymon Nowy and Ola Borg scored",
        "Shares in Magna and Weir rose in London",
        "Gordon, Preston and Ashby finished ahead of Milton",
    ],
)
def test_odd_villages_are_not_found_in_ordinary_news(text: str) -> None:
    assert set(countries(text)) <= {"London"}


def test_a_small_town_counts_where_its_country_is_spoken_of() -> None:
    assert countries("Shells fell on Novohrodivka, Ukraine")["Novohrodivka"] == "UKR"
    assert countries("Ukraine said that its troops had left. Novohrodivka burns, Ukraine's army said.") == {
        "Ukraine": "UKR",
        "Novohrodivka": "UKR",
    }
    assert "Novohrodivka" not in countries("A singer called Novohrodivka")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the University of Aleppo", "Aleppo"),
        ("Aleppo University", "Aleppo"),
        ("Baghdad Airport", "Baghdad"),
        ("Zaatari camp", "Zaatari camp"),
        ("Idlib province", "Idlib"),
        ("Kabul's hospitals", "Kabul"),
        ("#Syria", "Syria"),
        ("the Gaza-Egypt border", "Gaza"),
        ("in al-Bab", "al-Bab"),
        ("at Saint Petersburg", "Saint Petersburg"),
        ("near St. Petersburg, Florida", "St. Petersburg"),
    ],
)
def test_what_stands_beside_a_place(text: str, name: str) -> None:
    assert name in countries(text)


def test_a_hashtag_of_several_words_may_begin_with_a_name() -> None:
    assert found("#PabloPH and #KeralaFloods, #LosCabos") == [("Kerala", "IND", "Kerala")]


def test_a_whole_text_in_capitals() -> None:
    text = "SEVEN KILLED IN KASSALA, SUDAN. MOST OF THE DEAD WERE MEN. POLICE SAID MANY FLED TO GEDAREF"
    assert countries(text) == {"KASSALA": "SDN", "SUDAN": "SDN", "GEDAREF": "SDN"}
