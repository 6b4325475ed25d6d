"""Whether and when: assertion, scope, victims, certainty, as the words around a deed tell."""

from dataclasses import dataclass
from datetime import date

from service.languages.entry import Noun
from service.signals.bind import Bound
from service.signals.dates import RECENT, years
from service.signals.sides import Sides
from service.signals.tokens import Tokens
from service.values import Assertion, Certainty, Scope, Victims


@dataclass(slots=True)
class Clues:
    """What a whole sentence tells: its marks, and its time against publication (or the text's latest year).

    `event` is the day it happened.
    """

    words: Tokens
    folded: str
    published: date | None = None
    latest_year: int | None = None
    event: date | None = None

    def has(self, mark: str) -> bool:
        """Does any word of the sentence carry the mark?"""
        return self.words.lexicon.anywhere(mark).search(self.words.symbols) is not None

    @property
    def fresh(self) -> bool:
        """Did it happen on a day shortly before publication?"""
        return self.event is not None and self.published is not None and self.published - self.event <= RECENT


def assertion(sides: Sides, bound: Bound) -> Assertion:
    """Reported, forecast or negated."""
    if bound.thing is not None and bound.thing.zero:
        return "reported" if bound.deed.form == "absent" else "negated"
    if sides.holds("negated", bound.at):
        return "negated"
    beside = f"{bound.deed.form}.{bound.rule.rpartition('.')[2]}" in sides.tape.lexicon.beside
    return "forecast" if sides.holds("forecast_near" if beside else "forecast", bound.at) else "reported"


def scope(clues: Clues, past: bool, bound: Bound) -> Scope:
    """New, a running total, or history; `past`: whether the sentence is `historic`."""
    if past:
        return "historic"
    tallied = bound.thing is not None and bound.thing.tallied
    running = tallied or bound.deed.form in ("tally", "toll", "named") or clues.has("total")
    return "total" if running else "new"


def historic(clues: Clues) -> bool:
    """Does the sentence speak of an earlier time?

    A word of the past does, unless it only dates the beginning of what goes on
    ("since it began a year ago"); so does a span of years, unless a superlative is measured
    by it ("the worst in recent years"), and a year before the news.  Last year's
    is history unless what happened is dated to the last RECENT days.
    """
    if clues.fresh:
        return False
    past = clues.has("past") or (clues.has("span") and not clues.has("superlative"))
    if past and not clues.has("since"):
        return True
    reference = clues.published.year if clues.published else clues.latest_year
    named = years(clues.folded)
    if not named or reference is None or max(named) >= reference:
        return False
    return not (max(named) == reference - 1 and clues.has("since"))


def victims(kind: str, noun: Noun | None) -> Victims | None:
    """Only casualties have victims; where the text names none, they count as civilians, so that it rings."""
    if kind != "casualty":
        return None
    return noun.victims if noun and noun.victims else "civilian"


def certainty(clues: Clues, said: Assertion) -> Certainty:
    """CAP's word, at most Likely: no machine observes."""
    if said == "negated":
        return "Unlikely"
    return "Possible" if said == "forecast" or clues.has("unsure") else "Likely"
