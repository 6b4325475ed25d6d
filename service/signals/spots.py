"""What the words of a text tell by themselves: causes, hazards, topics, tags, contexts, names of organisations."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from service.languages.lexicon import Lexicon
from service.signals.gate import Span

Named = tuple[int, int, int]  # where the name of an organisation stands, the end negative, and its number


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


def scanned(folded: str, spans: Sequence[Span], lexicon: Lexicon) -> tuple[dict[int, Spots], list[Named]]:
    """What each sentence tells, by its number, one that tells nothing left out; and every organisation's name."""
    labels, ends, many = lexicon.spot_list, [end for _, end in spans], len(lexicon.spot_list)
    found: defaultdict[int, Spots] = defaultdict(Spots)
    named: list[Named] = []
    for pattern, start, stop in lexicon.spots.find_matches_as_indexes(folded, overlapping=True):
        if pattern >= many:
            named.append((start, -stop, pattern - many))
        elif not (folded[stop : stop + 1].isalpha() or folded[start - 1 : start].isalpha()):
            here = found[bisect_right(ends, start)]
            for what, name in labels[pattern]:
                here.note(start, what, name)
    return found, named
