"""Whether and when: assertion, scope, victims, certainty, as the words around a deed tell."""

from dataclasses import dataclass
from datetime import date

from service.languages.lexicon import Noun
from service.signals.chunks import Chunk
from service.signals.dates import RECENT, years
from service.signals.slots import Bound
from service.values import Assertion, Certainty, Scope, Victims

NEAR, FAR = 4, 14  # chunks a negation, a modal may stand before the deed


@dataclass(frozen=True, slots=True)
class Clues:
    """What a whole sentence tells: its marks, and its time against publication (or the text's latest year)."""

    marks: frozenset[str]
    folded: str
    published: date | None = None
    latest_year: int | None = None
    event: date | None = None

    @property
    def fresh(self) -> bool:
        """Does it date the event to shortly before publication?"""
        return self.event is not None and self.published is not None and self.published - self.event <= RECENT


def assertion(found: list[Chunk], bound: Bound) -> Assertion:
    """Reported, forecast or negated."""
    if bound.thing is not None and bound.thing.zero:
        return "negated"
    before = _clause_before(found, bound)
    if any(chunk.is_("denied") for chunk in before) or any(chunk.is_("not") for chunk in before[:NEAR]):
        return "negated"
    return "forecast" if any(chunk.is_("may") for chunk in before[:FAR]) else "reported"


def _clause_before(found: list[Chunk], bound: Bound) -> list[Chunk]:
    """The chunks before the deed in its clause, nearest first; a comma inside the subject is passed."""
    inside: list[Chunk] = []
    subject = bound.thing.start if bound.thing is not None else None
    for number in range(bound.at - 1, max(-1, bound.at - FAR - 6), -1):
        chunk = found[number]
        outside = chunk.word == "," and (subject is None or chunk.end <= subject)
        if outside or _opens_clause(chunk) or (number < bound.at - 2 and _other_verb(chunk)):
            break
        inside.append(chunk)
    return inside


def _opens_clause(chunk: Chunk) -> bool:
    if chunk.is_("may"):
        return False
    return chunk.word in (";", ":", "(") or chunk.is_("split") or (chunk.is_("say") and not chunk.is_("adverb"))


def _other_verb(chunk: Chunk) -> bool:
    verbal = any(deed.form in ("acts", "done", "state") for deed in chunk.entry.deeds)
    return chunk.role == "deed" and verbal and not chunk.entry.marks


def scope(clues: Clues, bound: Bound) -> Scope:
    """New, a running total, or history."""
    if historic(clues):
        return "historic"
    running = bound.deed.form in ("tally", "named") or "total" in clues.marks
    return "total" if running else "new"


def historic(clues: Clues) -> bool:
    """Does the sentence speak of an earlier time?

    A word of the past does, unless it only dates the beginning of what goes on
    ("since it began a year ago"); so does a year before the news.  Last year's
    is history unless what happened is dated to the last RECENT days.
    """
    since = "since" in clues.marks
    if clues.fresh:
        return False
    if "past" in clues.marks and not since:
        return True
    reference = clues.published.year if clues.published else clues.latest_year
    named = years(clues.folded)
    if not named or reference is None or max(named) >= reference:
        return False
    return not (since and max(named) == reference - 1)


def victims(kind: str, noun: Noun | None) -> Victims | None:
    """Only casualties have victims; where the text names none, they are counted as civilians (GUIDELINE)."""
    if kind != "casualty":
        return None
    return noun.victims if noun and noun.victims else "civilian"


def certainty(clues: Clues, said: Assertion) -> Certainty:
    """CAP's word, at most Likely: no machine observes."""
    if said == "negated":
        return "Unlikely"
    return "Possible" if said == "forecast" or "unsure" in clues.marks else "Likely"
