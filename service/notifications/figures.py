"""A figure in words: the text's own hedge and noun, our plain and passive verb."""

import re
from collections.abc import Iterable, Sequence

from service.notifications.foreign import LOADED, clean, named, quoted
from service.values import Facet, Figure, Signal

NAME_LIMIT = 60
FEW = 4
WORD_LIMIT = 40
# Larger than this is a misreading, whatever it counts: there are not so many people.
LARGEST = 10_000_000_000

NOUNS_OF_UNITS = {"people": "people", "households": "households", "dwellings": "dwellings", "facilities": "facilities"}
HEDGES_OF_QUANTIFIERS = {"at_least": "at least", "at_most": "up to", "about": "about"}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A hedge made of these words is printed plainly; any other is the text's, in quotation marks.
PLAIN_HEDGES = _words(
    """almost nearly about around approximately roughly some estimated an at least most more than over above under
    fewer less not up to as many close just well only exactly or so close upwards of no half"""
)
PLAIN_AMOUNTS = PLAIN_HEDGES | _words("a dozens scores hundreds thousands tens millions several many few numerous")
HEDGES_BEHIND = frozenset({"or more", "or so", "plus"})
# A noun that looks like one is printed plainly, unless it takes a side; all else stands in quotation marks.
PLAIN_NOUN = re.compile(r"[A-Za-z][a-z'’-]*(?: [A-Za-z][A-Za-z'’-]*){0,4}")
COUNTED_WITH_OF = re.compile(r"(?:dozens|scores|hundreds|thousands|millions)$", re.IGNORECASE)

SERVICES = {
    "health": "health services",
    "education": "education",
    "water": "water supply",
    "power": "electricity",
    "food": "food or aid distribution",
    "communications": "communications",
    "transport": "transport links",
}
FACILITIES = {"health": "health facilities", "education": "schools"}
# What the text says happened to a service or a dwelling, in our plain word: the first that matches.
HAPPENED = tuple(
    (re.compile(stem, re.IGNORECASE), word)
    for stem, word in (
        (r"\bsuspen", "suspended"),
        (r"\bdestroy|\blevell?ed\b|\brazed\b|\bdemolish", "destroyed"),
        (r"\bdamag", "damaged"),
        (r"\bclos(?:e|ed|ing|ure)\b|\bshut", "closed"),
        (r"\bout of (?:service|action|order|operation)|\bnot? (?:longer )?(?:working|functioning)", "out of service"),
        (r"\battack|\bstruck\b|\bhit\b|\bshell|\bbomb", "hit"),
        (r"\bcut\b|\bsever", "cut"),
        (r"\bhalt|\bstop", "stopped"),
    )
)
ORDERED_TO_LEAVE = re.compile(r"\border(?:s|ed|ing)?\b|\btold to leave\b|\binstructed\b", re.IGNORECASE)


def quantity(signal: Signal) -> str:
    """How many of what: "almost 7,000 families", "dozens of people", "20 to 30 homes"."""
    amount, noun = number(signal), noun_of(signal)
    if COUNTED_WITH_OF.search(amount):
        return f"{amount} of {noun}"
    return f"{amount} {noun}".strip()


def number(signal: Signal) -> str:
    """The number with its hedge, as the text gives both; empty where it gives neither."""
    if signal.low is None and signal.high is None:
        return _plain_or_quoted(signal.vague, PLAIN_AMOUNTS)
    hedge, count = hedge_of(signal), _count(signal.low, signal.high)
    return f"{count} {hedge}" if hedge in HEDGES_BEHIND else f"{hedge} {count}".strip()


def hedge_of(signal: Signal) -> str:
    if signal.hedge:
        return _plain_or_quoted(signal.hedge, PLAIN_HEDGES)
    return HEDGES_OF_QUANTIFIERS.get(signal.quantifier, "")


def noun_of(signal: Signal) -> str:
    """The noun of the text; "civilians" only where the words quoted hold it; else the unit's plain noun."""
    noun = signal.noun or ""
    claimed = "civilian" in noun.casefold() and "civilian" not in signal.evidence.text.casefold()
    if noun and not claimed:
        line = clean(noun, WORD_LIMIT)
        plain = PLAIN_NOUN.fullmatch(line) and not LOADED.search(line)
        return line if plain else quoted(noun, WORD_LIMIT)
    if signal.kind == "suspension" and signal.unit in {None, "facilities"}:
        counted = signal.low is not None or signal.vague is not None
        return FACILITIES.get(signal.type, "facilities") if counted else SERVICES.get(signal.type, "services")
    return NOUNS_OF_UNITS.get(signal.unit or "people", "people")


def origin_of(figure: Figure) -> str:
    """Who says so; a figure never stands without it."""
    return named(figure.origin or figure.publisher, NAME_LIMIT) or "origin not named"


def said(figure: Figure) -> str:
    return f"{quantity(figure.signal)} ({origin_of(figure)})"


def label(signal: Signal) -> str:
    """What a bullet about this figure is called."""
    if signal.kind == "suspension":
        return "Stopped"
    if signal.type == "evacuated":
        return "Ordered to leave" if _is_order(signal) else "Evacuated"
    return {"housing": "Homes", "displaced": "Displaced"}.get(signal.type, clean(signal.type, 20).capitalize())


def phrase(signals: Sequence[Signal], *, brief: bool = False) -> str:
    """What a headline says of one figure, or of services that one sentence stops together."""
    first = signals[0]
    if first.kind == "suspension":
        return _stopped(signals)
    return f"{quantity(first)} {_verb(first, brief)}"


def _verb(signal: Signal, brief: bool) -> str:
    if signal.kind == "casualty":
        so_far = " so far" if signal.scope == "total" else ""
        return f"reported {clean(signal.type, 20)}{so_far}"
    if signal.type == "housing":
        return happened(signal, "lost")
    if signal.type == "evacuated":
        return "ordered to leave" if _is_order(signal) else "evacuated"
    if brief:
        return "displaced"
    return "now living displaced" if signal.scope == "total" else "newly displaced"


def _stopped(signals: Sequence[Signal]) -> str:
    first = signals[0]
    if first.unit in {"people", "households", "dwellings"}:
        return f"{quantity(first)} without {SERVICES.get(first.type, 'services')}"
    amounts = list(dict.fromkeys(map(number, signals)))
    counted = [noun_of(signal) for signal in signals] if len(amounts) == 1 else [quantity(s) for s in signals]
    things = " and ".join(dict.fromkeys(counted))
    shared = f"{amounts[0]} " if len(amounts) == 1 and amounts[0] else ""
    return f"{shared}{things} {happened(first, 'stopped')}"


def happened(signal: Signal, otherwise: str) -> str:
    """The plain word for what the text says was done."""
    return next((word for stem, word in HAPPENED if stem.search(signal.evidence.text)), otherwise)


def together(facets: Sequence[Facet]) -> list[tuple[Facet, ...]]:
    """Facets in groups: services that one sentence stops share a group, any other facet is alone."""
    groups: list[list[Facet]] = []
    for facet in facets:
        group = next((g for g in groups if _same_words(g[0], facet)), None)
        if group is None:
            groups.append([facet])
        else:
            group.append(facet)
    return [tuple(group) for group in groups]


def _same_words(one: Facet, other: Facet) -> bool:
    if not one.kind == other.kind == "suspension" or one.recommended.report_id != other.recommended.report_id:
        return False
    a, b = one.recommended.signal.evidence, other.recommended.signal.evidence
    return a.start < b.end and b.start < a.end


def _is_order(signal: Signal) -> bool:
    return ORDERED_TO_LEAVE.search(signal.evidence.text) is not None


def _count(low: int | None, high: int | None) -> str:
    numbers = [n for n in dict.fromkeys((low, high)) if n is not None]
    if any(not 0 <= n <= LARGEST for n in numbers):
        return "a number we cannot read"
    return " to ".join(f"{n:,}" for n in numbers)


def _plain_or_quoted(words: str | None, plain: frozenset[str]) -> str:
    line = clean(words, WORD_LIMIT)
    lowered = line.lower()
    if all(word.strip(",") in plain for word in lowered.split()):
        return lowered
    return quoted(words, WORD_LIMIT)


def few(told: Iterable[str]) -> list[str]:
    """The first few, and how many more there are."""
    every = list(told)
    return every[:FEW] + ([f"and {len(every) - FEW} more"] if len(every) > FEW else [])
