"""Whether and when: assertion, scope, victims, certainty, as the words around a deed tell."""

from dataclasses import dataclass
from datetime import date

from service.languages.lexicon import Noun
from service.signals.bind import Bound
from service.signals.chunks import Chunk
from service.signals.dates import RECENT, years
from service.values import Assertion, Certainty, Scope, Victims

NEAR, FAR = 4, 14  # chunks a negation, a modal may stand before the deed


@dataclass(frozen=True, slots=True)
class Time:
    """What is known of a sentence's time: its year of reference (of publication) and the event's date."""

    published: date | None
    latest_year: int | None
    event: date | None


def assertion(found: list[Chunk], bound: Bound) -> Assertion:
    """Reported, forecast or negated."""
    if bound.thing is not None and bound.thing.zero:
        return "negated"
    before = list(_clause_before(found, bound))
    if any(chunk.is_("denied") for chunk in before) or any(chunk.is_("not") for chunk in before[:NEAR]):
        return "negated"
    if any(chunk.is_("may") for chunk in before[:FAR]):
        return "forecast"
    return "reported"


def _clause_before(found: list[Chunk], bound: Bound) -> list[Chunk]:
    """The chunks before the deed in its clause, nearest first; a subject counts as inside."""
    inside: list[Chunk] = []
    depth = 0
    for number in range(bound.at - 1, max(-1, bound.at - FAR - 6), -1):
        chunk = found[number]
        if (
            chunk.word in (";", ":", "(")
            or (chunk.is_("say") and not chunk.is_("adverb") and not chunk.is_("may"))
            or (chunk.is_("split") and not chunk.is_("may"))
        ):
            break
        if chunk.word == ",":
            depth += 1
            if depth > 1 or bound.thing is None or chunk.end <= bound.thing.start:
                break
        if chunk.role == "deed" and chunk.end <= bound.at and number < bound.at - 2 and not chunk.entry.marks:
            verb = any(deed.form in ("acts", "done", "state") for deed in chunk.entry.deeds)
            if verb:
                break
        inside.append(chunk)
    return inside


def scope(found: list[Chunk], folded: str, bound: Bound, time: Time) -> Scope:
    """New, a running total, or history."""
    if historic(folded, time) or (_past(found) and not _fresh(time)):
        return "historic"
    if bound.deed.form == "tally" or any(chunk.is_("total") for chunk in found):
        return "total"
    return "new"


def _past(found: list[Chunk]) -> bool:
    """A word of the past, unless it only dates the beginning of what still goes on ("since it began a year ago")."""
    since = any(chunk.is_("since") for chunk in found)
    return any(chunk.is_("past") for chunk in found) and not since


def _fresh(time: Time) -> bool:
    return time.event is not None and time.published is not None and time.published - time.event <= RECENT


def historic(folded: str, time: Time) -> bool:
    """Does the sentence name a year before the news? Last year's is history unless the event is recent."""
    reference = time.published.year if time.published else time.latest_year
    named = years(folded)
    if not named or reference is None or _fresh(time):
        return False
    oldest, since = max(named), "since" in folded
    if oldest >= reference:
        return min(named) < reference - 1 and since and oldest == min(named)
    return not (since and oldest == reference - 1)


def victims(kind: str, noun: Noun | None) -> Victims | None:
    """Only casualties have victims; where the text names none, they are counted as civilians (GUIDELINE)."""
    if kind != "casualty":
        return None
    return noun.victims if noun and noun.victims else "civilian"


def certainty(found: list[Chunk], said: Assertion) -> Certainty:
    """CAP's word, at most Likely: no machine observes."""
    if said == "negated":
        return "Unlikely"
    if said == "forecast" or any(chunk.is_("unsure") for chunk in found):
        return "Possible"
    return "Likely"
