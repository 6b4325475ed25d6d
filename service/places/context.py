"""What stands around a name: whether it is a place here, or a word, or a person."""

import re

from service.places.spelling import words

# What stands before a name that only a place follows, and before one that is a place as a rule.
SURE = tuple(
    f" {phrase} "
    for phrase in (
        *("in", "in the", "near", "outside", "around", "across", "throughout", "inside", "into", "capital,"),
        *(f"{sort} of" for sort in ("city", "town", "village", "province", "state", "region", "district", "island")),
        *(f"{sort} of" for sort in ("port", "capital", "outskirts", "governorate", "camp", "suburb", "north", "south")),
        *("east of", "west of", "camp at", "northern", "southern", "eastern", "western", "central", "neighborhood of"),
    )
)
LIKELY = (*SURE, " at ", " from ", " of ", " to ", " between ", " towards ", " toward ", " leaving ", " reached ")
REACH = max(map(len, LIKELY))
TITLES = words(
    "mr mrs ms miss dr prof professor sir lady lord president premier chancellor minister senator sen gov governor rep"
    " representative congressman general gen colonel col major maj captain capt lt lieutenant sgt sergeant cpl corporal"
    " commander cmdr admiral adm judge justice sheriff mayor king queen prince princess sheikh sheik shaikh imam mullah"
    " ayatollah pope bishop archbishop cardinal rev reverend father sister brother saint coach manager striker"
    " midfielder defender goalkeeper actor actress singer author writer ambassador secretary spokesman spokeswoman"
    " spokesperson envoy detective officer deputy baron count duke earl hurricane typhoon cyclone storm tropical"
)
# Words of a place's name or of what stands in it, capitalised as the place is; and days, which may follow any name.
SORTS = words(
    "airport airbase area avenue barracks base bay beach border bridge camp canal canton cathedral center centre"
    " church city clinic coast college county creek crossing dam delta desert district division east eastern estate"
    " fort governorate gulf harbor harbour heights highlands hill hills hospital hotel island islands junction jail"
    " lagoon lake lower market mosque mount mountain mountains municipality new north northeast northern northwest"
    " oblast old parish park peninsula plain plateau police port prefecture prison province provincial quarter rayon"
    " refugee region regional reservoir river road rural school sea shore site south southeast southern southwest"
    " springs square stadium state strait street suburb territory terminal town township university upper urban"
    " valley village ward west western zone international greater central downtown metropolitan el al fc ap afp"
    " monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december"
)
STORMS = words("hurricane typhoon cyclone storm")  # before a name that is theirs, be it a country's
NO_TOWNS = words("mount mt lake cape")  # before a name of their own, not of the town that bears it too
CLUBS = re.compile(
    r" (?:United|FC|Utd|Rovers|Wanderers|Hotspur|Albion|Athletic"
    r"|Post|Times|Journal|Wire|Press|Herald|Tribune|Newsroom)\b"
)
SAYS = re.compile(
    r",? (?:said|says|told|added|adds|tweeted|wrote|writes|was born|who|himself|herself|scored|struck|won|beat|lost"
    r"|hit|took|shot|finished|recalled|played|plays|testified|pleaded|is survived|has been charged)\b"
)
AFTER = re.compile(r" ([^\W\d_][\w'’]*)")


def sure(text: str, start: int) -> bool:
    """Does a word stand before that only a place follows?"""
    return _before(text, start).endswith(SURE)


def likely(text: str, start: int) -> bool:
    """Does a word stand before that a place follows as a rule?"""
    return _before(text, start).endswith(LIKELY)


def _before(text: str, start: int) -> str:
    return (" " + text[max(0, start - REACH) : start]).lower()


def opens_sentence(text: str, start: int) -> bool:
    """Would any word be capitalised here?"""
    before = text[max(0, start - 3) : start].rstrip(" \"'“‘(")
    return not before or before[-1] in ".!?\n:"


def headline(text: str, start: int) -> bool:
    """Is this a line in which nearly every word is capitalised?"""
    line_start = max(text.rfind("\n", max(0, start - 150), start) + 1, start - 150, 0)
    line_end = text.find("\n", start, start + 150)
    words = [w for w in text[line_start : line_end if line_end >= 0 else start + 150].split() if w[0].isalpha()]
    small = sum(word[0].islower() and len(word) > 3 for word in words)
    return len(words) > 2 and small * 5 <= len(words)


def word_after(text: str, end: int) -> str:
    """The word straight after, behind one space; empty if there is none."""
    found = AFTER.match(text, end)
    return found[1] if found else ""
