"""Finds the places a text names: longest match, settled once for the whole document."""

import re
from typing import NamedTuple

from service.places.document import Document
from service.places.gazetteer import Gazetteer
from service.places.known import Found, Stem
from service.places.spelling import words
from service.values import Place

MOST = 20_000  # names looked at in one document
MOST_WORDS = 7  # of a name
LETTER = "[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]"
# Behind a first letter: the rest of a word, with its apostrophes, or with the full stops of "U.S.".
TAIL = rf"{LETTER}{{0,40}}+(?:\.(?>(?:{LETTER}\.){{1,8}})|(?:['’ʻ‘`]{LETTER}{{1,40}}+){{0,3}})"
# The look-behind stands second so that the engine skips to capitals.
CAPITALISED = re.compile(rf"[A-ZÀ-ÖØ-ÞĀ-ɏḀ-ỿ](?<![^\W_].){TAIL}")
NEXT = re.compile(rf"[ \-–‑\u00a0.]{{1,2}}{LETTER}{TAIL}")
INNER = re.compile(r"(?<=[a-zß-öø-ÿ])[A-ZÀ-ÖØ-Þ]")
# How the words in lower case inside a name begin ("Rio de Janeiro", "Deir ez-Zor").
SMALL = words("of de di du do da la le lo al el es ez as ar ad an at az au en et am im su st sa on in i- d' d’ l' l’")
SMALL |= {"y "}
ARTICLE = re.compile(r"(?<![^\W_])(?:al|el|as|ar|ad|an|at|az|ash|es|et|ed|er|ez|ain|ayn|bir|tal|tel)-$", re.IGNORECASE)


class Mention(NamedTuple):
    """A place named at start:end of the text. `adjective`: only its people are named ("Syrian")."""

    start: int
    end: int
    place: Place
    adjective: bool = False


class Finder:
    """Finds places by their names in a gazetteer; callable, as the reader wants it."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def __call__(self, text: str, country: str | None = None) -> list[Mention]:
        """Every place named, in the order of the text; `country` (alpha-3) settles ambiguous names.

        In a text without capitals every word may be a name, as in a headline.
        """
        titled = text.title() if text.islower() else text
        text = titled if len(titled) == len(text) else text
        document = Document(text, self._names(text), self.gazetteer, country)
        return [Mention(one.start, one.end, known.place, known.adjective) for one, known in document.places()]

    def _names(self, text: str) -> list[Found]:
        found: list[Found] = []
        past, stems = 0, self.gazetteer.stems
        previous: re.Match[str] | None = None
        for word in CAPITALISED.finditer(text):
            written = word[0]
            stem = stems.get(written) or self.gazetteer.stem(written)
            if not (stem.name or stem.longer) and text[word.start() - 1 : word.start()] == "#":
                found += self._tagged(written, word.start())
            if (stem.name or stem.longer) and word.start() >= past:
                one = self._longest(text, word.start(), word.end(), stem)
                if one is not None:
                    one.before = _adjacent(text, previous, one.start)
                    found.append(one)
                    past = one.end
                    if len(found) >= MOST:
                        break
            previous = word
        return found

    def _tagged(self, written: str, start: int) -> list[Found]:
        """ "#KeralaFloods": the words of a hashtag up to a capital inside it."""
        ends = (capital.start() for capital in INNER.finditer(written))
        stems = ((end, self._stem(written[:end])) for end in ends)
        return [Found(start, start + end - stem.cut, stem) for end, stem in stems if stem.name][-1:]

    def _longest(self, text: str, start: int, end: int, stem: Stem) -> Found | None:
        article = ARTICLE.search(text, max(0, start - 5), start) if start and text[start - 1] == "-" else None
        longer = self._walked(text, article.start(), end, self._stem(text[article.start() : end])) if article else None
        return longer or self._walked(text, start, end, stem)

    def _walked(self, text: str, start: int, end: int, stem: Stem) -> Found | None:
        """The longest name from start, word by word; `stem` is what its words up to `end` are."""
        best = Found(start, end - stem.cut, stem) if stem.name else None
        more = MOST_WORDS
        while stem.longer and (more := more - 1):
            if stem.name is None and text[end + 1 : end + 2].islower() and text[end + 1 : end + 3] not in SMALL:
                break
            following = NEXT.match(text, end)
            if following is None:
                break
            end = following.end()
            stem = self._stem(text[start:end])
            if stem.name:
                best = Found(start, end - stem.cut, stem)
        return best

    def _stem(self, written: str) -> Stem:
        return self.gazetteer.stems.get(written) or self.gazetteer.stem(written)


def _adjacent(text: str, previous: re.Match[str] | None, start: int) -> str:
    """The capitalised word straight before, or nothing."""
    if previous is None or previous.end() < start - 2 or text[start - 1] != " ":
        return ""
    return previous[0] if text[previous.end() : start] in (" ", ". ") else ""
