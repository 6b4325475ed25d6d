"""Who says so: the organisation each sentence names as its source, through pronouns and class names."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from service.languages.lexicon import Lexicon
from service.signals.terms import Term

REACH = 90  # characters between a source and its verb
CAPITALISED = r"[A-ZÀ-ÞĀ-ſА-Я][\w.&'’–-]*"
NAME = re.compile(rf"(?<!\w){CAPITALISED}(?: (?:(?:of|for|and|on|the|de|du) ){{0,2}}{CAPITALISED}){{0,7}}")


@dataclass(frozen=True, slots=True)
class Named:
    """A source named in a text: start:end, its full name (None while only its class is known), its class."""

    start: int
    end: int
    name: str | None
    sort: str | None = None


@dataclass
class Sources:
    """Follows who speaks through a document; give it the sentences in order."""

    text: str
    folded: str
    lexicon: Lexicon
    last: str | None = None

    def __post_init__(self) -> None:
        self.known = list(self._organisations())
        self.starts = [one.start for one in self.known]
        self.by_class: dict[str, set[str]] = {}
        for one in self.known:
            if one.name and one.sort:
                self.by_class.setdefault(one.sort, set()).add(one.name)

    def of(self, words: list[Term]) -> str | None:
        """The source of a sentence's statements, or None; remembers it for "it added"."""
        for at, term in enumerate(words):
            if term.is_("source_before"):
                found, named = self._after(words, at)
            elif term.is_("say"):
                found, named = self._before(words, at)
            else:
                continue
            if named:
                self.last = found
                return found
        self._remember_opening(words)
        return None

    def _remember_opening(self, words: list[Term]) -> None:
        """A sentence that opens with an organisation makes it the "it" of the next."""
        if words:
            start = words[0].start
            first = bisect_left(self.starts, start)
            if first < len(self.known) and self.starts[first] <= start + 4:
                self.last = self.known[first].name

    def _after(self, words: list[Term], at: int) -> tuple[str | None, bool]:
        start = words[at].end
        end = min(words[-1].end, start + REACH)
        nearest = next(self._named(start, end), None)
        return (self._resolve(nearest), True) if nearest else (None, False)

    def _before(self, words: list[Term], at: int) -> tuple[str | None, bool]:
        """The subject of a verb of saying; (None, True) for one without a name ("the rebels said")."""
        if at + 1 < len(words) and words[at + 1].is_("by"):
            return self._after(words, at + 1)
        subject = at - 1
        while subject >= 0 and (words[subject].is_("adverb") or words[subject].is_("have")):
            subject -= 1
        if subject < 0 or words[subject].word in (",", '"'):
            return self._inverted(words, at)
        if words[subject].is_("pronoun"):
            return self.last, True
        start = max(words[0].start, words[at].start - REACH)
        for term in words[:at]:
            if term.is_("say") and term.end > start:
                start = term.end
        named = list(self._named(start, words[at].start))
        if named:
            return self._resolve(named[-1]), True
        return None, words[at].start - words[0].start < REACH

    def _inverted(self, words: list[Term], at: int) -> tuple[str | None, bool]:
        """A verb after a comma or a quotation: its subject stands before the comma, or follows."""
        start = max(words[0].start, words[at].start - REACH)
        named = [one for one in self._named(start, words[at].start) if one.sort]
        if named:
            return self._resolve(named[-1]), True
        return self._after(words, at)

    def _resolve(self, named: Named) -> str | None:
        if named.name:
            return named.name
        candidates = self.by_class.get(named.sort or "", set())
        if len(candidates) == 1:
            return next(iter(candidates))
        return self.last if self.last in candidates else None

    def _named(self, start: int, end: int) -> Iterator[Named]:
        """Sources between start and end: known organisations, classes of them, then capitalised names."""
        first = bisect_left(self.starts, start)
        found = [one for one in self.known[first : bisect_left(self.starts, end)] if one.end <= end]
        found += [
            Named(match.start(), match.end(), None, self.lexicon.classes[match.group().lower()])
            for match in self.lexicon.class_pattern.finditer(self.folded, start, end)
            if not self.text[match.start()].isupper()  # "Health Ministry" is a name, "health ministry" a class
        ]
        found += self._capitalised(start, end, found)
        return iter(sorted(found, key=lambda one: one.start))

    def _organisations(self) -> Iterator[Named]:
        """The known organisations the text names, the longest name where several match."""
        matches = self.lexicon.organisation_names.find_matches_as_indexes(self.folded, overlapping=True)
        past = 0
        for pattern, start, end in sorted(matches, key=lambda match: (match[1], -match[2])):
            alias, organisation = self.lexicon.organisations[pattern]
            if start >= past and self._whole(start, end) and (not alias.isupper() or self.text[start:end] == alias):
                past = end
                yield Named(start, end, organisation.name, organisation.sort)

    def _whole(self, start: int, end: int) -> bool:
        return not self.folded[max(0, start - 1) : start].isalnum() and not self.folded[end : end + 1].isalnum()

    def _capitalised(self, start: int, end: int, taken: list[Named]) -> list[Named]:
        piece = self.text[start:end]
        if piece.isupper():
            return []
        found = []
        for match in NAME.finditer(piece):
            at, to = match.start() + start, match.end() + start
            if any(one.start < to and at < one.end for one in taken):
                continue
            if name := self._official(at, to):
                found.append(Named(at, to, name))
        return found

    def _official(self, start: int, end: int) -> str | None:
        """A capitalised name that speaks for an office: it, or the word after it, is a word of office."""
        words = self.text[start:end].split()
        while words and words[0].lower() in self.lexicon.words["source_stops"]:
            words.pop(0)
        offices = self.lexicon.words["source_words"]
        if any(word.lower().rstrip(".'’s") in offices or word.lower() in offices for word in words):
            return " ".join(words) if len(words) > 1 else None
        following = re.match(r"(?:'s|’s)? ((?:\w+ )?)(\w+)", self.text[end : end + 40])
        if words and following and following[2].lower() in offices:
            return " ".join(words) + " " + following[1] + following[2]
        return None
