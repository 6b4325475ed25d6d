"""How names are compared: without case, accents, typographic apostrophes, and hyphens."""

import re
import unicodedata

# What Unicode does not take apart though readers of English do.
LETTERS: dict[int, str] = str.maketrans(
    {"’": "'", "‘": "'", "ʻ": "'", "ʼ": "'", "ʿ": "'", "ʾ": "'", "`": "'", "´": "'", "ı": "i"}
    | dict(zip("łŁøØđĐħĦŧŦðÐ", "lLoOdDhHtTdD", strict=True))
    | {"æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th", "ə": "a", "Ə": "A"}
)
HYPHENS: dict[int, str] = str.maketrans(dict.fromkeys("-–‑\u00a0", " "))
SHORTENED = {"st": "saint", "st.": "saint", "ste": "sainte", "ste.": "sainte", "ft": "fort", "ft.": "fort"}
SHORTENED |= {"mt": "mount", "mt.": "mount"}
SORT_OF_AREA = re.compile(
    r" (?:oblast'?|province|region|state|governorate|(?:autonomous |capital )?district|county|pradesh|prefecture"
    r"|department|municipality|division|parish|kray|krai|republic|regional state)$"
)
SPACES = re.compile(r" {2,}")


def words(text: str) -> frozenset[str]:
    """The words of a list written as one text, that it may be read as one."""
    return frozenset(text.split())


def plain(name: str) -> str:
    """A name without case, accents and typographic apostrophes."""
    if name.isascii():
        return name.lower()
    marks_off = unicodedata.normalize("NFD", name.translate(LETTERS))
    return "".join(char for char in marks_off if not unicodedata.combining(char)).casefold()


def key(name: str) -> str:
    """What a name is kept under: "Port au Prince" as "Port-au-Prince", "St. Louis" as "Saint Louis"."""
    folded = name.lower().replace("-", " ") if name.isascii() else plain(name).translate(HYPHENS)
    if " " not in folded:
        return folded
    if "  " in folded:
        folded = SPACES.sub(" ", folded)
    first, _, rest = folded.partition(" ")
    return f"{SHORTENED[first]} {rest}" if first in SHORTENED else folded


def keys(text: str) -> str:
    """A row with each of its names made its key, but names shortened at their beginning ("St.") not made longer."""
    return plain(text).translate(HYPHENS)


def spellings(name: str) -> set[str]:
    """The keys of a name: with its apostrophes, and as those write who leave them out."""
    folded = key(name)
    return {folded, folded.replace("'", "")} if "'" in folded else {folded}


def bare_area(folded: str) -> str:
    """The key of an area without the word for what it is: "cauca" of "cauca department"."""
    return SORT_OF_AREA.sub("", folded)
