"""Where it happened, and which places a document is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.languages.lexicon import Lexicon
from service.signals.protocol import Mention
from service.values import Place, PlaceFrom

MOST_ABOUT = 8
TITLE, LEAD, BODY = 5.0, 3.0, 1.0
BODY_AT_MOST = 4.0  # however often the rest of a text names a place, its title and lead tell more
NAME = re.compile(r"[^\W\d_a-z][\w'’ʻ-]*(?:[ -](?:(?:de|del|al|el|la|and) )?[^\W\d_a-z][\w'’ʻ-]*){0,4}")
WORD = re.compile(r"[^\W\d_][\w'-]*")
CLAUSE = re.compile(r"[;:]|, (?:as|while|when|after)\b")


@dataclass(frozen=True, slots=True)
class Named:
    """A place as a text names it; `area`: a direction or an area word goes with the name."""

    start: int
    end: int
    place: Place
    guessed: bool = False


@dataclass
class Places:
    """The places of one document."""

    text: str
    folded: str
    lexicon: Lexicon
    named: list[Named]
    adjectives: list[Mention]
    about: tuple[Place, ...] = ()

    def in_span(self, start: int, end: int) -> list[Named]:
        return [one for one in self.named if start <= one.start < end]


def document_places(text: str, folded: str, lexicon: Lexicon, mentions: Sequence[Mention]) -> Places:
    """Every mention with its direction and area word, and the places the document is about."""
    attributes = [one for one in mentions if one.adjective or _bound(one, folded)]
    named = [_with_words(one, text, folded, lexicon) for one in mentions if not (one.adjective or _bound(one, folded))]
    _areas(named, folded, lexicon)
    found = Places(text, folded, lexicon, named, attributes)
    found.about = _about(found)
    return found


def _bound(mention: Mention, folded: str) -> bool:
    """ "UK-based", "Iran-backed": the name only describes something else."""
    return folded[mention.end : mention.end + 1] == "-" and folded[mention.end + 1 : mention.end + 2].isalpha()


def _with_words(mention: Mention, text: str, folded: str, lexicon: Lexicon) -> Named:
    """ "north-western Syria" is a region of its own."""
    before = re.search(r"([\w-]+) $", folded[max(0, mention.start - 24) : mention.start])
    direction = lexicon.directions.get(before[1]) if before else None
    if direction is None or before is None or mention.place.precision not in ("country", "admin1"):
        return Named(mention.start, mention.end, mention.place)
    written = text[mention.start : mention.end]
    name = f"{direction} {mention.place.name if written.isupper() and len(written) > 3 else written}"
    place = replace(mention.place, name=name, id=None, precision="region")
    return Named(mention.start - len(before[1]) - 1, mention.end, place)


def _areas(named: list[Named], folded: str, lexicon: Lexicon) -> None:
    """ "Aleppo and Idlib provinces": an area word after the last name makes all of them areas."""
    areas = lexicon.words["area_words"]
    for number in range(len(named) - 1, -1, -1):
        one = named[number]
        after = WORD.match(folded, one.end + 1) if folded[one.end : one.end + 1] == " " else None
        joined = number + 1 < len(named) and folded[one.end : named[number + 1].start] in (" and ", ", ", ", and ")
        plural = joined and named[number + 1].place.precision == "admin1" and after is not None
        if one.place.admin1 and one.place.precision == "town" and ((after and after.group() in areas) or plural):
            named[number] = replace(one, place=_area(one.place))


def _area(place: Place) -> Place:
    return replace(place, precision="admin1", name=place.name, admin1=place.admin1 or place.name)


def _about(found: Places) -> tuple[Place, ...]:
    title_end = found.text.find("\n")
    lead_end = found.text.find("\n", title_end + 1) if title_end >= 0 else 300
    lead_end = lead_end if lead_end >= 0 else len(found.text)
    weights: dict[tuple[str, str | None], float] = {}
    bodies: dict[tuple[str, str | None], float] = {}
    best: dict[tuple[str, str | None], Place] = {}
    for one in found.named:
        key = (one.place.name, one.place.country)
        weight = TITLE if one.start < title_end else LEAD if one.start < lead_end else 0.0
        if not weight:
            weight = BODY if bodies.get(key, 0) < BODY_AT_MOST else 0.0
            bodies[key] = bodies.get(key, 0) + weight
        weights[key] = weights.get(key, 0) + weight
        if key not in best or (one.place.precision == "admin1" and best[key].precision == "town"):
            best[key] = one.place
    for one_adjective in found.adjectives:
        _nudge(weights, one_adjective.place)
    ranked = sorted(best, key=lambda key: -weights[key])
    chosen = [best[key] for key in ranked[:MOST_ABOUT]]
    return tuple(chosen) or _peoples(found)


def _nudge(weights: dict[tuple[str, str | None], float], place: Place) -> None:
    """A people named ("Syrian") speaks a little for its country's places."""
    for key in weights:
        if key[1] == place.country:
            weights[key] += 0.1


def _peoples(found: Places) -> tuple[Place, ...]:
    """Without any place named, the country whose people are named, if it is one only."""
    countries = {one.place.country: one.place for one in found.adjectives}
    return tuple(countries.values()) if len(countries) == 1 else ()


def people_of(found: Places, start: int, end: int) -> str | None:
    """The country of the people named in start:end ("two million Ukrainians"), where it is one only."""
    countries = {one.place.country for one in found.adjectives if start <= one.start and one.end <= end}
    return countries.pop() if len(countries) == 1 else None


def place_of(
    found: Places, sentence: tuple[int, int], evidence: tuple[int, int]
) -> tuple[Place | None, PlaceFrom | None]:
    """The place of a fact and where it was taken from ("sentence" or "report"), or (None, None)."""
    candidates = found.in_span(*sentence)
    candidates += _guesses(found, sentence, candidates)
    if candidates:
        best = min(candidates, key=lambda one: (_cost(found, one, evidence), one.start))
        if _cost(found, best, evidence) < 900:
            return _narrowed(found, best, candidates), "sentence"
    return (found.about[0], "report") if found.about else (None, None)


def _narrowed(found: Places, best: Named, candidates: list[Named]) -> Place:
    """The place as written, with the country of whatever it stands in ("Mazabuka, Zambia")."""
    place = replace(best.place, name=found.text[best.start : best.end])
    if place.country is None:
        near = sorted(candidates, key=lambda one: abs(one.start - best.end))
        country = next((one.place.country for one in near if one.place.country), None)
        return replace(place, country=country or _main_country(found))
    return place


def _main_country(found: Places) -> str | None:
    weights: dict[str, float] = {}
    for place in found.about:
        if place.country:
            weights[place.country] = weights.get(place.country, 0) + 1
    for one in found.adjectives:
        if one.place.country:
            weights[one.place.country] = weights.get(one.place.country, 0) + 0.5
    return max(weights, key=lambda country: weights[country]) if weights else None


EXACTNESS = {"site": -25, "town": 0, "admin1": 15, "region": 45, "country": 60}


def _cost(found: Places, one: Named, evidence: tuple[int, int]) -> float:
    """How badly a named place fits a fact: by distance, side, preposition and exactness."""
    start, end = evidence
    leads = _leads(found, one)
    country = one.place.precision == "country"
    if country and not leads and 0 <= start - one.end <= 1:
        return 1000  # who acts, not where
    distance = max(0, one.start - end) if one.start >= start else 1.4 * max(0, start - one.end)
    between = found.folded[min(one.end, end) : max(one.start, start)]
    return (
        distance
        + EXACTNESS[one.place.precision]
        - 60 * leads
        + 120 * (country and not leads)
        + 50 * _sidelong(found, one)
        + 150 * _reference(found, one)
        + 40 * len(CLAUSE.findall(between))
        + 20 * one.guessed
    )


def _leads(found: Places, one: Named) -> bool:
    """Does a place preposition, or "the city of", stand before the name?"""
    before = re.search(r"(?:([\w-]+) )?([\w-]+) (?:the )?$", found.folded[max(0, one.start - 30) : one.start])
    if before is None:
        return False
    words = found.lexicon.words
    named_area = before[2] == "of" and before[1] in words["area_words"] | words["site_words"]
    return named_area or before[2] in words["place_prepositions"]


def _sidelong(found: Places, one: Named) -> bool:
    """Is the name a possessive, the last of a chain ("Foshan, Guangdong"), a destination or a dateline?"""
    before = found.folded[max(0, one.start - 8) : one.start]
    written = found.text[one.start : one.end]
    chained = before.endswith(", ") and any(0 < one.start - other.end < 14 for other in found.named)
    dateline = written.isupper() and len(written) > 3 and not found.text[one.end : one.end + 60].isupper()
    return chained or dateline or before.endswith((" with ", " to ")) or found.folded[one.end : one.end + 2] == "'s"


def _reference(found: Places, one: Named) -> bool:
    """ "20 km west of Aleppo": the place is only where one measures from."""
    before = re.search(r"([\w-]+) (?:of|from) (?:the )?(?:\w+ )?$", found.folded[max(0, one.start - 34) : one.start])
    return before is not None and before[1] in found.lexicon.words["bearings"]


def _guesses(found: Places, sentence: tuple[int, int], known: list[Named]) -> list[Named]:
    """Capitalised names after a place preposition that no gazetteer knows."""
    text = found.text
    piece = text[sentence[0] : sentence[1]]
    words = WORD.findall(piece)
    if sum(word[0].isupper() for word in words) > 0.6 * len(words):
        return []
    guesses = []
    for match in NAME.finditer(text, *sentence):
        start, end = match.span()
        if not _taken(found, start, end, known) and _may_be_place(found, start, end):
            guesses.append(Named(start, end, Place(text[start:end]), guessed=True))
    return guesses


def _may_be_place(found: Places, start: int, end: int) -> bool:
    """A capitalised name straight after a place preposition, that is no other known kind of name."""
    folded, words = found.folded, found.lexicon.words
    before = re.search(r"([\w-]+) (?:the )?(?:(\w+) (?:of )?)?$", folded[max(0, start - 40) : start])
    after = WORD.match(folded, end + 1)
    first = folded[start:end].split()[0]
    if (
        before is None
        or first in words["not_places"]
        or (after and after.group() in words["site_words"] and folded[after.end() : after.end() + 4] == " of ")
    ):
        return False
    if "-" in folded[start:end] and found.text[folded.index("-", start) + 1].islower():
        return False
    straight = before[2] is None or before[2] in words["site_words"] | words["area_words"]
    return (before[1] in words["place_prepositions"] and straight) or before[2] in words["place_prepositions"]


def _taken(found: Places, start: int, end: int, known: list[Named]) -> bool:
    spans = [(one.start, one.end) for one in known] + [(one.start, one.end) for one in found.adjectives]
    return any(first < end and start < last for first, last in spans)
