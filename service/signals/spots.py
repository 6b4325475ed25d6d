"""What the words of a sentence tell by themselves: causes, hazards, topics, tags, contexts."""

from dataclasses import dataclass, field

from service.languages.lexicon import Lexicon
from service.signals.gate import Span


@dataclass(slots=True)
class Spots:
    """What the words of one sentence tell, each in the order of the text; `backing`: where its causes and contexts are.

    `blames` are the causes that outweigh a topic.
    """

    causes: list[str] = field(default_factory=list)
    blames: list[str] = field(default_factory=list)
    hazards: list[tuple[int, str]] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    backing: list[int] = field(default_factory=list)

    def note(self, at: int, what: str, name: str) -> None:
        """Takes down one word that stands at a place of the text."""
        if what == "hazard":
            self.hazards.append((at, name))
        elif what == "topic":
            self.topics.append(name)
        elif what == "tag":
            self.tags.append(name)
        else:
            self.backing.append(at)
            if what == "cause":
                self.causes.append(name)
                if name != "other":
                    self.blames.append(name)


NONE = Spots()


def spots_of(folded: str, span: Span, lexicon: Lexicon) -> Spots:
    """What the words that begin in a sentence tell."""
    start, end = span
    found, labels = Spots(), lexicon.spot_list
    stretch = folded[start : end + lexicon.longest_spot]  # the last may end behind it
    for pattern, first, last in lexicon.spots.find_matches_as_indexes(stretch, overlapping=True):
        at, stop = start + first, start + last
        if at < end and not (folded[stop : stop + 1].isalpha() or folded[at - 1 : at].isalpha()):
            for what, name in labels[pattern]:
                found.note(at, what, name)
    return found
