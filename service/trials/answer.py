"""Why a thing did not ring, as a value: the stage that dropped it, and what came of each of its figures."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from service.alerts.route import covering
from service.incidents.assemble import assemble
from service.incidents.level import assess
from service.rules.model import Rules
from service.values import Dropped, Figure, Level, Signal

# In the order things come to them; `rang`: it did, after all.
Stage = Literal[
    "not_fetched", "waiting", "failed", "history", "not_read", "no_signal", "cannot_ring", "below_threshold",
    "part_of_alert", "no_route", "rang",
]  # fmt: skip
STAGES: tuple[Stage, ...] = Stage.__args__  # type: ignore[attr-defined]
# No figure is larger.
LARGEST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Heard:
    """A figure and what came of it. `from_` is the number it would take, None where no number would do.

    `wanted` is the level that this number gives: the lowest that rings, or the lowest that a route covers.
    """

    stage: Stage
    text: str
    type: str
    origin: str
    low: int | None
    words: str
    level: Level = Level.NONE
    incident: int | None = None
    alert: int | None = None
    wanted: Level = Level.NONE
    from_: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The stage that dropped a thing, in one sentence; with its figures, and the candidates the reader left out."""

    stage: Stage
    words: str
    report: int | None = None
    link: str | None = None
    title: str = ""
    language: str | None = None
    figures: tuple[Heard, ...] = ()
    dropped: tuple[Dropped, ...] = ()


def furthest(figures: Iterable[Heard]) -> Stage:
    """The stage of a thing is that of the figure that came furthest."""
    return max((heard.stage for heard in figures), key=STAGES.index, default="no_signal")


def judged(figure: Figure, said: Sequence[Figure], rules: Rules) -> Heard:
    """What the rules make of a figure among all that is said of its incident, alerts so far aside."""
    if not figure.signal.alertable:
        return heard(figure, "cannot_ring", why_quiet(figure.signal))
    incident = assemble(said)
    found = assess(incident, rules)
    ours = [crossing for crossing in found.crossings if crossing.type == figure.signal.type]
    words = "; ".join(crossing.words for crossing in ours) or "no threshold is set"
    told = replace(heard(figure, "rang", words), level=found.level)
    if not found.level:
        return _short_of(replace(told, stage="below_threshold"), figure, said, Level.MINOR, rules)
    if not covering(rules, incident.country, found.level):
        return _short_of(replace(told, stage="no_route"), figure, said, _covered(rules, incident.country), rules)
    return told


def heard(figure: Figure, stage: Stage, words: str) -> Heard:
    signal = figure.signal
    return Heard(stage, signal.evidence.text, signal.type, figure.origin, signal.low, words)


def why_quiet(signal: Signal) -> str:
    """Why a signal may not ring at all."""
    if signal.assertion != "reported":
        return f"it is told as {signal.assertion}"
    return "it is history" if signal.scope == "historic" else "it counts combatants"


def _covered(rules: Rules, country: str | None) -> Level:
    """The lowest level that a route covers for a country; NONE where none does."""
    return next((level for level in Level if level and covering(rules, country, level)), Level.NONE)


def _short_of(told: Heard, figure: Figure, said: Sequence[Figure], wanted: Level, rules: Rules) -> Heard:
    """With the least number that gives the wanted level, as the judgement itself finds it."""
    if not wanted:
        return told
    least = bisect_left(range(LARGEST), True, key=lambda number: _level(figure, number, said, rules) >= wanted)
    return replace(told, wanted=wanted, from_=least if least < LARGEST else None)


def _level(figure: Figure, number: int, said: Sequence[Figure], rules: Rules) -> Level:
    """The level of an incident were the number of one figure another."""
    other = replace(figure, signal=replace(figure.signal, low=number, high=number))
    return assess(assemble([other if one.id == figure.id else one for one in said]), rules).level
