"""What the words of a sentence tell by themselves: causes, hazards, topics, tags, contexts."""

from dataclasses import dataclass, field

from service.languages.lexicon import Lexicon
from service.signals.gate import Span


@dataclass(slots=True)
class Spots:
    """What the words of one sentence tell, each in the order of the text; `backing`: where its causes and contexts are.

    `blames` are the causes that outweigh a topic.  What may be the very word of a deed has its place.
    """

    causes: list[str] = field(default_factory=list)
    blames: list[tuple[int, str]] = field(default_factory=list)
    hazards: list[tuple[int, str]] = field(default_factory=list)
    topics: list[tuple[int, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    backing: list[int] = field(default_factory=list)

    def note(self, at: int, what: str, name: str) -> None:
        """Takes down one word that stands at a place of the text."""
        if what == "hazard":
            self.hazards.append((at, name))
        elif what == "topic":
            self.topics.append((at, name))
        elif what == "tag":
            self.tags.append(name)
        else:
            self.backing.append(at)
            if what == "cause":
                self.causes.append(name)
                if name != "other":
                    self.blames.append((at, name))


NONE = Spots()
LONGEST_TAG, SHORTEST = 40, 4  # characters of a hashtag looked at, and of a word inside one


def spots_of(folded: str, span: Span, lexicon: Lexicon) -> Spots:
    """What the words that begin in a sentence tell."""
    start, end = span
    found, labels = Spots(), lexicon.spot_list
    stretch = folded[start : end + lexicon.longest_spot]  # the last may end behind it
    for pattern, first, last in lexicon.spots.find_matches_as_indexes(stretch, overlapping=True):
        at, stop = start + first, start + last
        if at < end and not folded[stop : stop + 1].isalpha() and _begins(folded, at, stop):
            for what, name in labels[pattern]:
                found.note(at, what, name)
    return found


def _begins(folded: str, start: int, stop: int) -> bool:
    """Does a word begin there? In a hashtag words stand together ("#abflood"), the last of them the telling one."""
    if not folded[start - 1 : start].isalpha():
        return True
    tag = folded.rfind("#", max(0, start - LONGEST_TAG), start)
    return tag >= 0 and stop - start >= SHORTEST and folded[tag + 1 : start].isalnum()
