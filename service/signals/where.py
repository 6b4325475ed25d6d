"""Where it happened: the names of a sentence, and which of them a fact belongs to."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from service.languages.entry import NOTHING
from service.signals.about import Named, about, spoken_of
from service.signals.document import Document
from service.signals.guessing import guesses
from service.signals.protocol import Mention
from service.signals.tokens import Tokens
from service.signals.weighing import Parts, apart, standing
from service.values import Evidence, Place, PlaceFrom, Weighed

NAME = re.compile(r"[\w'-]+")
FARTHEST = 900.0  # what costs more is no place of the fact
WIDE = 24  # characters around a fact in which it may be said to hold for the whole country
# A country named once, by one of its towns, beside one named so often that the town is rather a namesake there.
ALONE, SPOKEN_OF = 1.0, 2.0


@dataclass
class Places:
    """The places of one document."""

    document: Document
    named: list[Named]
    adjectives: list[Mention]
    about: tuple[Place, ...] = ()
    _in_sentence: dict[int, list[Named]] = field(default_factory=dict)
    _standing: dict[int, tuple[Parts, float]] = field(default_factory=dict)
    _meant: dict[int, Place] = field(default_factory=dict)
    _nearby: dict[int, Named | None] = field(default_factory=dict)

    def in_sentence(self, number: int) -> list[Named]:
        """The places a sentence names, guessed ones included; worked out once."""
        if number not in self._in_sentence:
            start, end = self.document.spans[number]
            first = bisect_left(self.named, start, key=_start)
            known = self.named[first : bisect_left(self.named, end, first, key=_start)]
            words = self.document.tokens(number)
            self._in_sentence[number] = [*known, *guesses(words, self.document.text, known, self.adjectives)]
        return self._in_sentence[number]

    def standing(self, one: Named, words: Tokens) -> tuple[Parts, float]:
        """What speaks for and against a name wherever the fact stands, and its sum; worked out once."""
        if one.start not in self._standing:
            parts = standing(one, self.named, words, self.document.text)
            self._standing[one.start] = (parts, sum(parts.values()))
        return self._standing[one.start]

    def cost(self, one: Named, evidence: tuple[int, int], words: Tokens) -> float:
        """How badly a name fits a fact."""
        parts, total = self.standing(one, words)
        return total + sum(apart(one, evidence, words, leads="led" in parts).values())

    def meant(self, best: Named) -> Place:
        """The place a name of a sentence means; worked out once."""
        if best.start not in self._meant:
            self._meant[best.start] = _at_home(self.narrowed(best), self)
        return self._meant[best.start]

    def nearby(self, number: int) -> Named | None:
        """The place that leads a sentence near by; worked out once."""
        if number not in self._nearby:
            self._nearby[number] = _nearby(self, number)
        return self._nearby[number]

    @cached_property
    def countrywide(self) -> bool:
        """Is anything in the document told of a whole country?"""
        folded = self.document.folded
        return any(words in folded for words in self.document.lexicon.words["countrywide"])

    def narrowed(self, best: Named) -> Place:
        """A place as written, with the country of whatever it stands in ("Mazabuka, Zambia")."""
        known, name = best.place, self.document.text[best.start : best.end]
        if known.country is not None:
            fields = (known.country, known.id, known.admin1, known.precision, known.latitude, known.longitude)
            return Place(name, *fields)
        place = replace(known, name=name)
        at = bisect_left(self.named, best.end, key=_start)
        near = sorted(self.named[max(0, at - 3) : at + 3], key=lambda one: abs(one.start - best.end))
        country = next((one.place.country for one in near[:3] if one.place.country), None)
        return replace(place, country=country or max(self.spoken_of, key=self.spoken_of.__getitem__, default=None))

    @cached_property
    def spoken_of(self) -> dict[str, float]:
        """How much the document speaks of each country."""
        return spoken_of(self.about, self.adjectives)


def _start(one: Named | Mention) -> int:
    return one.start


def document_places(document: Document, mentions: Sequence[Mention]) -> Places:
    """Every mention with its direction and area word, and the places the document is about."""
    folded = document.folded
    attributes, named = [], []
    for one in mentions:
        if one.adjective or _bound(one, folded) or _water(one, document):
            attributes.append(one)
        else:
            named.append(_with_direction(one, document))
    _areas(named, document)
    return Places(document, named, attributes, about(named, attributes, document.text))


def _bound(mention: Mention, folded: str) -> bool:
    """ "UK-based", "Iran-backed": the name only describes something else."""
    return folded[mention.end : mention.end + 1] == "-" and folded[mention.end + 1 : mention.end + 2].isalpha()


def _water(mention: Mention, document: Document) -> bool:
    """ "the South China Sea", "the Gulf of Mexico", "the Red Sea": the name is that of a sea."""
    folded, lists = document.folded, document.lexicon.words
    around = folded[max(0, mention.start - 24) : mention.end + 24]
    if not any(word in around for word in lists["waters"]):
        return False
    match = NAME.match(folded, mention.end + 1)
    after = match.group() if match else ""
    if after in lists["waters"]:
        return True
    before = folded[max(0, mention.start - 24) : mention.start].split()[-2:] or [""]
    if folded[mention.start : mention.end].rpartition(" ")[2] in lists["waters"] and after not in lists["area_words"]:
        return document.lexicon.entries.get(before[-1], NOTHING).is_("the")
    return before[0] in lists["waters"] and document.lexicon.entries.get(before[-1], NOTHING).is_("of")


def _with_direction(mention: Mention, document: Document) -> Named:
    """ "north-western Syria" is a region of its own."""
    place, start = mention.place, mention.start
    if place.precision not in ("country", "admin1") or document.folded[start - 1 : start] != " ":
        return Named(start, mention.end, place)
    word = document.folded[max(0, start - 24) : start - 1].rpartition(" ")[2]
    direction = document.lexicon.directions.get(word)
    if direction is None:
        return Named(start, mention.end, place)
    written = document.text[start : mention.end]
    name = f"{direction} {place.name if written.isupper() and len(written) > 3 else written}"
    return Named(start - len(word) - 1, mention.end, replace(place, name=name, id=None, precision="region"))


def _areas(named: list[Named], document: Document) -> None:
    """ "Aleppo and Idlib provinces": an area word after the last name makes all of them areas."""
    folded, areas, joins = document.folded, document.lexicon.words["area_words"], document.lexicon.joins
    for number in range(len(named) - 1, -1, -1):
        one = named[number]
        if not one.place.admin1 or one.place.precision != "town":
            continue
        after = NAME.match(folded, one.end + 1) if folded[one.end : one.end + 1] == " " else None
        joined = number + 1 < len(named) and folded[one.end : named[number + 1].start] in joins
        plural = joined and named[number + 1].place.precision == "admin1" and after is not None
        if (after and after.group() in areas) or plural:
            named[number] = one._replace(place=replace(one.place, precision="admin1"))


def people_of(found: Places, start: int, end: int) -> str | None:
    """The country of the people named in start:end ("two million Ukrainians"), where it is one only."""
    first = bisect_left(found.adjectives, start, key=_start)
    inside = found.adjectives[first : bisect_left(found.adjectives, end, first, key=_start)]
    countries = {one.place.country for one in inside if one.end <= end}
    return countries.pop() if len(countries) == 1 else None


def leads_away(found: Places, number: int, place: Place) -> bool:
    """Does the sentence name the place as where somebody went ("fled to Poland")?"""
    words = found.document.tokens(number)
    for one in found.in_sentence(number):
        if found.document.text[one.start : one.end] == place.name:
            at = bisect_right(words.starts, one.start) - 2
            return words.word(at) in words.lexicon.words["destinations"]
    return False


def place_of(found: Places, number: int, evidence: tuple[int, int]) -> tuple[Place | None, PlaceFrom | None]:
    """The place of a fact and where it was taken from ("sentence" or "report"), or (None, None)."""
    words = found.document.tokens(number)
    candidates = [one for one in found.in_sentence(number) if not _from_elsewhere(one, found, words)]
    if country := _countrywide(found, evidence):
        return country, "sentence" if any(one.place == country for one in candidates) else "report"
    if candidates:
        cost, _, best = min((found.cost(one, evidence, words), one.start, one) for one in candidates)
        if cost < FARTHEST:
            return found.meant(best), "sentence"
    near = found.nearby(number)
    if near and not _in_passing(near.place, found):
        return found.narrowed(near), "report"
    return (_at_home(found.about[0], found), "report") if found.about else (None, None)


def _from_elsewhere(one: Named, found: Places, words: Tokens) -> bool:
    """Does the name only tell what other country people are from ("labourers from Jharkhand" who died in Bhutan)?"""
    home = found.about[0].country if found.about else None
    return home not in (None, one.place.country) and "hails" in found.standing(one, words)[0]


def _at_home(place: Place, found: Places) -> Place:
    """A town of a country the document does not speak of otherwise is of the one it speaks of: "Basel", in Aleppo."""
    weights = found.spoken_of
    home = max(weights, key=weights.__getitem__, default=None)
    alone = place.precision in ("town", "site", "admin1") and weights.get(place.country or "", 0.0) <= ALONE
    if home is None or home == place.country or not alone or weights[home] < SPOKEN_OF:
        return place
    return Place(place.name, home)


def _countrywide(found: Places, evidence: tuple[int, int]) -> Place | None:
    """ "a nationwide blackout": the country the document is about, if the fact is told of all of it."""
    if not found.countrywide:
        return None
    stretch = found.document.folded[max(0, evidence[0] - WIDE) : evidence[1] + WIDE]
    if not any(words in stretch for words in found.document.lexicon.words["countrywide"]):
        return None
    return next((place for place in found.about if place.precision == "country"), None)


def weighed(found: Places, number: int, evidence: Evidence) -> list[Weighed]:
    """Each name of a sentence with all that speaks for and against it as the place of a fact, the best first."""
    words, around = found.document.tokens(number), (evidence.start, evidence.end)
    rows = []
    for one in found.in_sentence(number):
        parts, _ = found.standing(one, words)
        every = parts | apart(one, around, words, leads="led" in parts)
        rows.append(Weighed(evidence, found.document.text[one.start : one.end], tuple(every.items())))
    return sorted(rows, key=lambda row: row.total)


def _nearby(found: Places, number: int) -> Named | None:
    """The place that a sentence just before, else just after, names with a preposition, the most exact."""
    for near in (number - 1, number - 2, number + 1):
        if not 0 <= near < len(found.document.spans) or (near == 0 and found.document.titled):
            continue
        words = found.document.tokens(near)
        led = [one for one in found.in_sentence(near) if not one.guessed and "led" in found.standing(one, words)[0]]
        if led:
            return min(led, key=lambda one: found.standing(one, words)[1])
    return None


def _in_passing(place: Place, found: Places) -> bool:
    """Does the document speak more of another country than of the one the place is in?"""
    weights = found.spoken_of
    return place.country is not None and weights.get(place.country, 0.0) < max(weights.values(), default=0.0)
