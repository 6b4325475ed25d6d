"""Finds the places a text names: longest match, settled once for the whole document."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from service.places.gazetteer import Gazetteer, Known, plain
from service.values import Place

LONGEST = 6  # words of a name
MOST = 20_000  # names looked at in one document
WORD = re.compile(r"[^\W\d_][^\W_]{0,40}(?:\.(?:[^\W\d_]\.)+|['’ʻ][^\W\d_]{1,40}|)", re.UNICODE)
GAP = re.compile(r"[ \-–\u00a0.]{1,2}")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named at start:end of the text. `adjective`: only its people are named ("Syrian")."""

    start: int
    end: int
    place: Place
    adjective: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name of the text and everything it may mean."""

    start: int
    end: int
    meanings: list[Known]


class Finder:
    """Finds places by their names in a gazetteer; callable, as the reader wants it."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def __call__(self, text: str, country: str | None = None) -> list[Mention]:
        """Every place named, in the order of the text; `country` (alpha-3) settles ambiguous names."""
        candidates = list(self._candidates(text))
        evidence = _countries(candidates, country)
        mentions = (_settled(one, evidence) for one in candidates)
        return [mention for mention in mentions if mention is not None]

    def _candidates(self, text: str) -> Iterable[Candidate]:
        words = [match for match in WORD.finditer(text) if text[match.start()].isupper()]
        past, taken = 0, 0
        for at, word in enumerate(words):
            if word.start() < past or taken >= MOST:
                continue
            found = self._longest(text, words, at)
            if found and not self._something_else(text, found):
                taken += 1
                past = found.end
                yield found

    def _longest(self, text: str, words: list[re.Match[str]], at: int) -> Candidate | None:
        start = words[at].start()
        limit = self.gazetteer.first_words.get(plain(words[at].group().split("'")[0].split("’")[0]), 0)
        limit = max(limit, self.gazetteer.first_words.get(plain(words[at].group()), 0))
        if not limit:
            return None
        for end in reversed(list(_ends(text, start, min(limit, LONGEST)))):
            meanings = self.gazetteer.look_up(text[start:end])
            meanings = [one for one in meanings if _same_case(one, text[start:end])]
            if meanings:
                return Candidate(start, end, meanings)
        return None

    def _something_else(self, text: str, found: Candidate) -> bool:
        """Is the name here an ordinary word, or part of a person's name?"""
        guards = {one.guard for one in found.meanings}
        if "word" in guards:
            return text[found.start : found.end].isupper() or _opens_sentence(text, found.start)
        if guards == {""} or "," in text[found.end : found.end + 1]:
            return False
        return _capital_before(text, found.start) or _capital_after(text, found.end)


def _ends(text: str, start: int, most: int) -> Iterable[int]:
    """Where names of one to `most` words from start would end; small words inside a name may be lower case."""
    position = start
    for _ in range(most):
        word = WORD.match(text, position)
        if word is None:
            return
        piece = word.group()
        for mark in ("'s", "’s"):
            if piece.endswith(mark):
                yield word.end() - 2
        base = re.match(r"[^\W_]+", piece)
        if base and base.end() < len(piece) and piece[base.end()] in "'’":
            yield position + base.end()
        yield word.end()
        gap = GAP.match(text, word.end())
        if gap is None:
            return
        position = gap.end()


def _same_case(known: Known, written: str) -> bool:
    """An acronym ("US", "CAR") is one only in capitals."""
    return not (known.name.isupper() and len(known.name) <= 4) or written == known.name


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" \"'“‘(")
    return not before or before[-1] in ".!?\n:"


def _capital_before(text: str, start: int) -> bool:
    before = re.search(r"([^\W\d_]+)[ ]$", text[max(0, start - 24) : start])
    if before is None or not before[1][0].isupper() or before[1].isupper():
        return False
    return not _opens_sentence(text, start - len(before[0])) or len(before[1]) > 3


def _capital_after(text: str, end: int) -> bool:
    after = re.match(r" ([^\W\d_])[^\W\d_]*", text[end : end + 30])
    return after is not None and after[1].isupper() and not text[:end].isupper() and not after[0][1:].isupper()


def _countries(candidates: list[Candidate], hint: str | None) -> Counter[str]:
    """How much the document speaks of each country, by its unambiguous names."""
    evidence: Counter[str] = Counter()
    if hint:
        evidence[hint] += 3
    for one in candidates:
        countries = {known.place.country for known in one.meanings if known.place.country}
        if len(countries) == 1:
            evidence[countries.pop()] += 1
    return evidence


def _settled(found: Candidate, evidence: Counter[str]) -> Mention | None:
    """The meaning whose country the document speaks of most; the gazetteer's order decides a tie.

    Of an area and the town it is named after, the town is meant unless words around say otherwise.
    """
    order = {id(known): number for number, known in enumerate(found.meanings)}

    def rank(known: Known) -> tuple[int, int, int]:
        exact = {"country": 0, "site": 0, "town": 1, "region": 2, "admin1": 3}[known.place.precision]
        return -evidence[known.place.country or ""], exact, order[id(known)]

    best = min(found.meanings, key=rank)
    return Mention(found.start, found.end, _same_town(found, best.place), best.adjective)


def _same_town(found: Candidate, place: Place) -> Place:
    """A capital stands in the list of capitals without its area, and in the hand list with it."""
    if place.admin1 is not None or place.precision != "town":
        return place
    others = [k.place for k in found.meanings if k.place.country == place.country and k.place.admin1]
    town = next((other for other in others if other.precision == "town"), None)
    return town or (replace(place, admin1=others[0].admin1) if others else place)
