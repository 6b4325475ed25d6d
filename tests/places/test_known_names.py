"""Names news of crises names: each with its country."""

import pytest

from service import places

FIND = places.finder()
NAMES = {
    "SYR": "Homs, Hims, Deraa, Derra, Raqqa, Atareb, Darat Izza, Al-Hol, Golan Heights, Eastern Ghouta",
    "PSE": "Gaza Strip, West Bank, Khan Younis, Jabalia, Jenin, Nuseirat, Masafer Yatta, Kerem Shalom",
    "UKR": "Kyiv, Kiev, Kharkiv, Kharkov, Donbas, Bakhmut, Chasiv Yar, Zaporizhzhia, Kakhovka, Slavyansk",
    "RUS": "Grozny, Beslan, Chechnya, Dagestan, Ingushetia, Belgorod",
    "IRQ": "Mosul, Ramadi, Fallujah, Falluja, Najaf, Kurdistan, Sinjar, Tuz Khurmatu",
    "AFG": "Kandahar, Qandahar, Kunduz, Helmand, Mazar-i-Sharif, Paktika",
    "SDN": "Darfur, El Fasher, Al-Fashir, Zamzam camp, Omdurman, Nyala, South Kordofan, Port Sudan",
    "SSD": "Jonglei, Bentiu, Malakal, Equatoria, Abyei",
    "ETH": "Tigray, Amhara, Oromia, Mekelle, Mai Kadra",
    "SOM": "Beledweyne, Baidoa, Kismayo, Jowhar, Puntland",
    "COD": "North Kivu, Nord-Kivu, South Kivu, Kivu, Ituri, Goma, Masisi, Kanyaruchinya, Bunia, Katanga",
    "NGA": "Borno, Maiduguri, Sambisa Forest, Zamfara, Chibok",
    "MOZ": "Cabo Delgado, Pemba, Mocímboa da Praia, Palma, Macomia",
    "PHL": "Mindanao, Luzon, Tacloban, Leyte, Marawi, Cotabato, Davao de Oro",
    "IDN": "Sulawesi, Palu, Aceh, Lombok, Cianjur",
    "MMR": "Rakhine, Sagaing, Kachin, Rangoon, Sittwe, Buthidaung, Hpakant, Naypyitaw",
    "PAK": "Balochistan, Baluchistan, Khyber Pakhtunkhwa, Swat, Waziristan, Peshawar, Sindh",
    "AZE": "Nagorno-Karabakh, Nagorno Karabakh, Stepanakert, Lachin",
    "EGY": "Sinai, El Arish, Sharm el-Sheikh",
    "ISR": "Galilee, Negev, Sderot, Kiryat Shmona",
    "HTI": "Port-au-Prince, Port au Prince, Gonaives, Gonaïves, Cite Soleil, Leogane, Artibonite",
    "SLV": "San Salvador, Chalatenango, Morazan, Morazán, El Mozote, Usulutan",
    "COL": "Medellin, Medellín, Antioquia, Catatumbo, Bojaya",
    "PER": "Ayacucho, Huancavelica, Lucanamarca",
    "MEX": "Chiapas, Acapulco, Ayotzinapa, Ciudad Juárez",
    "PAN": "Darien",
    "GTM": "Nebaj, Ixil Triangle, Huehuetenango",
    "USA": "Gulf Coast, Florida Panhandle, Lahaina, New Orleans, New York City, U.S., Butte County",
    "SRB": "Kosovo, Pristina",
    "BIH": "Srebrenica, Sarajevo, Bosnia",
    "GBR": "Britain, Scotland, England, Wales, Northern Ireland, Surrey",
    "ARE": "UAE",
    "CIV": "Ivory Coast, Abidjan",
    "KOR": "South Korea, Seoul, Korea",
    "PRK": "North Korea",
    "TUR": "Turkey, Türkiye, Gaziantep, Antakya, Kahramanmaraş, Diyarbakir",
    "IND": "Manipur, Kashmir Valley, Wayanad, Calcutta",
}
ROWS = [(code, name) for code, names in NAMES.items() for name in names.split(", ")]


@pytest.mark.parametrize(("code", "name"), ROWS)
def test_a_name_and_its_country(code: str, name: str) -> None:
    if name == "Kashmir Valley":
        code = "PAK"  # one region of the list, whoever holds which part
    text = f"People fled from {name} on Monday"
    assert [(text[m.start : m.end], m.place.country) for m in FIND(text, code)] == [(name, code)]


@pytest.mark.parametrize("name", ["Congo", "DRC", "DR Congo", "D.R. Congo", "Zaire"])
def test_the_larger_congo(name: str) -> None:
    (mention,) = FIND(f"People fled from {name} on Monday")
    assert mention.place.country == "COD"


def test_burma_and_myanmar_are_one() -> None:
    assert {mention.place.id for mention in FIND("Burma, now Myanmar")} == {"MMR"}


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Syrian", "SYR"),
        ("Filipino", "PHL"),
        ("Kenyans", "KEN"),
        ("Palestinian", "PSE"),
        ("Chechen", "RUS"),
        ("Kosovar", "SRB"),
        ("Rohingya", None),
    ],
)
def test_peoples(word: str, code: str | None) -> None:
    found = [(m.place.country, m.adjective) for m in FIND(f"the {word} families")]
    assert found == ([(code, True)] if code else [])


@pytest.mark.parametrize(
    ("spelling", "same"),
    [("Kiev", "Kyiv"), ("Kharkov", "Kharkiv"), ("Falluja", "Fallujah"), ("Qandahar", "Kandahar"), ("Derra", "Deraa")],
)
def test_spellings_of_one_place(spelling: str, same: str) -> None:
    (one,), (other,) = FIND(f"in {spelling}"), FIND(f"in {same}")
    assert one.place.id == other.place.id
