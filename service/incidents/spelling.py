"""Names by how they sound, however they are written in Latin letters: "Khurmatu" and "Xurmatu"."""

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import normalize

WORD = re.compile(r"[^\W\d_]{4,}")
# What one letter of another script becomes in Latin ones, by romanisation: one sign for all of them.
SIGNS = (("kh", "x"), ("ch", "x"), ("gh", "g"), ("ph", "f"), ("dj", "j"), ("q", "k"), ("c", "k"))
SILENT = str.maketrans("", "", "aeiouywh")  # vowels are written as one hears them, and so is an h
TELLING = 3  # consonants from which on they tell a name


def sounds(names: Iterable[str]) -> frozenset[str]:
    """Every word of names, by its sound."""
    return frozenset(sound(word) for name in names for word in WORD.findall(name))


def longest(name: str) -> str:
    """The word that tells a name: "Zamboanga" of "Zamboanga City"."""
    return max(WORD.findall(name), key=len, default="")


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """The consonants of a word in plain letters, doubles once; a word of few is told by all its letters."""
    plain = "".join(sign for sign in normalize("NFKD", word.casefold()) if sign.isalpha())
    heard = plain
    for written, sign in SIGNS:
        heard = heard.replace(written, sign)
    heard = re.sub(r"^h", "g", heard)  # "Huliaipole", "Gulyaypole"
    heard = re.sub(r"(.)\1+", r"\1", heard[:1] + heard[1:].translate(SILENT))
    return heard if len(heard) >= TELLING else plain
