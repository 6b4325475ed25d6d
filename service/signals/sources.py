"""Who says so: the organisation each sentence names as its source, through pronouns and class names."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from service.languages.entry import NOTHING
from service.signals.document import Document
from service.signals.tokens import Tokens

MOST_MODIFIERS = 3  # words that tell which officials
BACK = 4  # sentences a pronoun is followed back over
REACH = 90  # characters between a source and its verb


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source named in a text: start:end, its full name (None while only its class is known), its class."""

    start: int
    end: int
    name: str | None
    sort: str | None = None


class Sources:
    """Follows who speaks through a document."""

    def __init__(self, document: Document) -> None:
        self.document, self.text, self.folded = document, document.text, document.folded
        self.lexicon = document.lexicon
        self.known = list(self._organisations())
        self.starts = [one.start for one in self.known]
        self.by_class: dict[str, set[str]] = {}
        for one in self.known:
            if one.name and one.sort:
                self.by_class.setdefault(one.sort, set()).add(one.name)

    def of(self, number: int, depth: int = 0) -> str | None:
        """The source of a sentence's statements, or None."""
        words = self.document.tokens(number)
        self.number, self.depth = number, depth
        for match in self.lexicon.speaking.finditer(words.symbols):
            at = match.start()
            entry = words.entry(at)
            found, named = self._after(words, at) if entry.is_("source_before") else self._before(words, at)
            if named:
                return found
        return None

    def _last(self) -> str | None:
        """Whom "it" or "he" means: the source or the opening organisation of a sentence before."""
        number, depth = self.number, self.depth
        if depth >= BACK or number == 0:
            return None
        found = self.of(number - 1, depth + 1)
        self.number, self.depth = number - 1, depth + 1
        return found or self._opening(number - 1) or self._last()

    def _opening(self, number: int) -> str | None:
        start = self.document.spans[number][0]
        first = bisect_left(self.starts, start)
        return self.known[first].name if first < len(self.known) and self.starts[first] <= start + 5 else None

    def _after(self, words: Tokens, at: int) -> tuple[str | None, bool]:
        start = words.ends[at]
        end = min(words.ends[-1], start + REACH)
        nearest = next(self._named(start, end), None)
        return (self._resolve(nearest), True) if nearest else (None, False)

    def _before(self, words: Tokens, at: int) -> tuple[str | None, bool]:
        """The subject of a verb of saying; (None, True) for one without a name ("the rebels said")."""
        if words.entry(at + 1).is_("by"):
            return self._after(words, at + 1)
        subject = at - 1
        while subject >= 0 and (words.entry(subject).is_("adverb") or words.entry(subject).is_("have")):
            subject -= 1
        if subject < 0 or words.words[subject] in (",", '"'):
            return self._inverted(words, at)
        if words.entry(subject).is_("pronoun"):
            return self._last(), True
        start = max(words.starts[0], words.starts[at] - REACH)
        for earlier in range(at):
            if words.ends[earlier] > start and words.entry(earlier).is_("say"):
                start = words.ends[earlier]
        named = list(self._named(start, words.starts[at]))
        nameless = self._nameless(words, subject)
        if nameless and (not named or "," in words.words[bisect_left(words.starts, named[-1].end) : subject]):
            return nameless, True
        if named:
            return self._resolve(named[-1]), True
        return None, words.starts[at] - words.starts[0] < REACH

    def _nameless(self, words: Tokens, last: int) -> str | None:
        """ "two local officials said": a source without a name, in the text's own words."""
        if words.words[last] not in self.lexicon.words["nameless_sources"]:
            return None
        first = last
        while (
            first > max(0, last - MOST_MODIFIERS)
            and words.entry(first - 1) is NOTHING
            and words.words[first - 1].isalpha()
        ):
            first -= 1
        return self.text[words.starts[first] : words.ends[last]]

    def _inverted(self, words: Tokens, at: int) -> tuple[str | None, bool]:
        """A verb after a comma or a quotation: its subject stands before the comma, or follows."""
        start = max(words.starts[0], words.starts[at] - REACH)
        named = [one for one in self._named(start, words.starts[at]) if one.sort]
        if named:
            return self._resolve(named[-1]), True
        return self._after(words, at)

    def _resolve(self, named: Speaker) -> str | None:
        if named.name:
            return named.name
        candidates = self.by_class.get(named.sort or "", set())
        if len(candidates) == 1:
            return next(iter(candidates))
        last = self._last() if len(candidates) > 1 else None
        return last if last in candidates else None

    def _named(self, start: int, end: int) -> Iterator[Speaker]:
        """Sources between start and end: known organisations, classes of them, then capitalised names."""
        first = bisect_left(self.starts, start)
        found = [one for one in self.known[first : bisect_left(self.starts, end)] if one.end <= end]
        found += [
            Speaker(match.start(), match.end(), None, self.lexicon.classes[match.group()])
            for match in self.lexicon.source_classes.finditer(self.folded, start, end)
            if not self.text[match.start()].isupper()  # "Health Ministry" is a name, "health ministry" a class
        ]
        found += self._capitalised(start, end, found)
        return iter(sorted(found, key=lambda one: one.start))

    def _organisations(self) -> Iterator[Speaker]:
        """The known organisations the text names, the longest name where several match."""
        for pattern, start, end in self.lexicon.organisation_names.find_matches_as_indexes(self.folded):
            alias, organisation = self.lexicon.organisations[pattern]
            if self._whole(start, end) and (not alias.isupper() or self.text[start:end] == alias):
                yield Speaker(start, end, organisation.name, organisation.sort)

    def _whole(self, start: int, end: int) -> bool:
        return not self.folded[max(0, start - 1) : start].isalnum() and not self.folded[end : end + 1].isalnum()

    def _capitalised(self, start: int, end: int, taken: list[Speaker]) -> list[Speaker]:
        piece = self.text[start:end]
        if piece.isupper():
            return []
        found = []
        for match in self.lexicon.source_name.finditer(piece):
            at, to = match.start() + start, match.end() + start
            if any(one.start < to and at < one.end for one in taken):
                continue
            if name := self._official(at, to):
                found.append(Speaker(at, to, name))
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
