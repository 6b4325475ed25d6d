"""Names by their sound."""

import pytest

from service.incidents.spelling import longest, sound, sounds


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Khurmatu", "Xurmatu"),
        ("Huliaipole", "Gulyaypole"),
        ("Qarqana", "Kerkennah"),
        ("Miragoâne", "Miragwàn"),
        ("El Fasher", "Al-Fashir"),
        ("Kherson", "Cherson"),
        ("Dernah", "Derna"),
    ],
)
def test_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    assert sounds([one]) & sounds([other])


@pytest.mark.parametrize(
    ("one", "other"), [("Aleppo", "Homs"), ("Kharkiv", "Kherson"), ("Izza", "Azaz"), ("Odesa", "Adas")]
)
def test_other_names_do_not(one: str, other: str) -> None:
    assert not sounds([one]) & sounds([other])


def test_a_name_of_few_consonants_is_told_by_its_letters() -> None:
    assert sound("Gaza") == "gaza"


def test_a_name_is_told_by_its_longest_word() -> None:
    assert longest("Deir ez-Zor") == "Deir" and longest("Zamboanga City") == "Zamboanga" and longest("12") == ""
