"""Decides which names of a document are places there, and which."""

from collections.abc import Sequence

from service.places import context
from service.places.gazetteer import Gazetteer
from service.places.known import CERTAIN, Found, Known, Name
from service.places.packed import GIVEN, SURNAME, WORD
from service.places.settling import JOINTS, Evidence, lies_in, meaning

AHEAD = 0.5  # by how much a town's weight must leave its namesakes abroad behind, to be it without more


class Document:
    """One text with the names found in it."""

    def __init__(self, text: str, found: list[Found], gazetteer: Gazetteer, hint: str | None) -> None:
        self.text, self.found, self.gazetteer = text, found, gazetteer
        _settle_neighbours(text, found)
        self.evidence = Evidence(found, hint)
        self.persons: set[str] = set()

    def places(self) -> list[tuple[Found, Known]]:
        """The names that are places here, with what they mean."""
        kept: list[tuple[Found, Known]] = []
        evidence = self.evidence
        for one in self.found:
            known = one.chosen or (one.name.meanings[0] if one.name.sure else meaning(one.name, evidence))
            if known is None:
                continue
            if known.adjective or (one.stem.easy and not one.before) or self._is_place(one, known, kept):
                kept.append((one, known))
        kept = [pair for pair in kept if not self._was_person(*pair)] if self.persons else kept
        return kept if any(known.place.country for _, known in kept) else self._doubtful()

    def _doubtful(self) -> list[tuple[Found, Known]]:
        """Where nothing is sure: the small towns that only one country has, of the country with most of them."""
        doubtful = [(one, one.name.meanings[0]) for one in self.found if self._may_be_town(one)]
        weights: dict[str | None, float] = {}
        for _, known in doubtful:
            weights[known.place.country] = weights.get(known.place.country, 0.0) + known.weight
        home = max(weights, key=weights.__getitem__, default=None)
        return [(one, known) for one, known in doubtful if known.place.country == home]

    def _may_be_town(self, one: Found) -> bool:
        top, others = one.name.meanings[0], one.name.meanings[1:]
        if top.guard or top.adjective or one.before or one.stem.traits & (GIVEN | SURNAME | WORD):
            return False
        if any(other.place.country != top.place.country and other.weight > top.weight - AHEAD for other in others):
            return False
        after = context.word_after(self.text, one.end).lower()
        return context.likely(self.text, one.start) or after in context.SORTS or one.start == 0

    def _is_place(self, one: Found, known: Known, kept: Sequence[tuple[Found, Known]]) -> bool:
        if known.guard == "comma":
            return one.chosen is not None
        if one.before and kept and kept[-1][0].end >= one.start - 2:
            one.before = ""  # a place stands before, no person
        after = context.word_after(self.text, one.end) if self.text[one.end : one.end + 1] == " " else ""
        after = after if after[:1].isupper() else ""
        if one.before.lower() in context.NO_TOWNS and known.place.precision == "town" and not known.listed:
            return False
        if self._person(one, known, after):
            self.persons.add(one.name.written)
            return False
        if known.guard and not (known.listed or one.chosen or known.place.country in self.evidence.countries):
            return context.sure(self.text, one.start)
        if known.guard == "word":
            return self._no_word(one, known, after)
        return known.weight >= CERTAIN or known.listed or one.chosen is not None or self._small(one, known)

    def _person(self, one: Found, known: Known, after: str) -> bool:
        """Is the name part of a person's, of a club's, or a storm's?"""
        if one.before.lower() in context.STORMS:
            return True
        if (known.place.precision == "country" and not known.guard) or (known.listed and not one.single):
            return False
        if context.CLUBS.match(self.text, one.end) or (one.before and self._named_before(one, known)):
            return True
        if not one.single or one.chosen:
            return False
        if after and self._named_after(one, known, after):
            return True
        says = _weak(known) and known.place.precision != "country" and context.SAYS.match(self.text, one.end)
        return bool(says)

    def _named_before(self, one: Found, known: Known) -> bool:
        folded, before = one.before.lower(), one.before
        if folded in context.TITLES:
            return True
        if folded in context.SORTS or (before.isupper() and len(before) > 1):
            return False
        traits = self._traits(before)
        if traits & GIVEN and not traits & WORD:
            return True
        if not (_weak(known) or traits & GIVEN) or context.headline(self.text, one.start):
            return False
        opens = context.opens_sentence(self.text, one.start - len(before) - 1)
        return not (opens and (traits & WORD or len(before) < 4))

    def _named_after(self, one: Found, known: Known, after: str) -> bool:
        if after.lower() in context.SORTS or (after.isupper() and len(after) > 1):
            return False
        traits = self._traits(after)
        surname = bool(traits & (SURNAME | GIVEN) and (known.guard == "person" or not traits & WORD))
        if (one.stem.traits & GIVEN and surname) or not _weak(known):
            return surname and bool(one.stem.traits & GIVEN)
        if known.place.precision in ("country", "admin1"):
            return surname
        return not context.headline(self.text, one.start)

    def _traits(self, word: str) -> int:
        return (self.gazetteer.stems.get(word) or self.gazetteer.stem(word)).traits

    def _no_word(self, one: Found, known: Known, after: str) -> bool:
        """A name that is also an ordinary word: is it the place here?"""
        text, start = self.text, one.start
        if one.chosen:
            return True
        if after and after.lower() not in context.SORTS and not after.isupper():
            return False
        small = known.weight < CERTAIN and not known.listed
        if context.likely(text, start):
            return not small or context.sure(text, start)
        if small or one.before:
            return False
        return not (one.name.written.isupper() or context.opens_sentence(text, start) or context.headline(text, start))

    def _small(self, one: Found, known: Known) -> bool:
        """A town of few people: is there something around that speaks for a place?"""
        if context.sure(self.text, one.start):
            return True
        if one.name.written.isupper() or known.guard or one.stem.traits & (GIVEN | SURNAME | WORD):
            return False
        return not one.single or self.evidence.countries.get(known.place.country, 0) > 1

    def _was_person(self, one: Found, known: Known) -> bool:
        """Was the name a person's elsewhere, and is nothing here that speaks for a place?"""
        named = one.name.written in self.persons and (known.guard == "person" or known.weight < CERTAIN)
        return named and one.chosen is None and not context.sure(self.text, one.start)


def _weak(known: Known) -> bool:
    return known.guard == "person" or (known.weight < CERTAIN and not known.listed)


def _settle_neighbours(text: str, found: list[Found]) -> None:
    """ "Paris, Texas": what a name lies in follows it, and settles both; the outermost first."""
    for at in range(len(found) - 2, -1, -1):
        inner, outer = found[at], found[at + 1]
        if outer.start - inner.end > 6 or text[inner.end : outer.start] not in JOINTS:
            continue
        name = Name(outer.name.written, (outer.chosen,)) if outer.chosen else outer.name
        if pair := lies_in(inner.name, name):
            inner.chosen, outer.chosen = pair
