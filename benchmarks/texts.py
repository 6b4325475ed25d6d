"""The documents the reader is measured on: ordinary news and dense crisis reports, equal for equal seeds.

The sentences are in `news.txt` and `crisis.txt`, the names in `names.txt`.  Figures, names and
places differ from document to document, so that no cache looks better than it would in service.
"""

import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

CRISIS_EVERY = 20  # one document of mixed news in this many tells of a crisis
FEW = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
ORDINALS = ("second", "third", "fourth", "fifth")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "March", "April", "June", "July", "August", "September", "October", "December")
AGENCIES = ("Agency", "OCHA", "Newswire", "ReliefWatch")
CHOICE = re.compile(r"\[([^\]]*)\]")
DOUBLE = re.compile(r'"([^"]*)"')


class News(NamedTuple):
    """One document of mixed news; `crisis` tells whether it is the one in twenty."""

    text: str
    crisis: bool


def mixed_news(count: int, seed: int = 1) -> list[News]:
    """Articles of about 2.3 KB, every twentieth of them about a crisis."""
    rng = random.Random(f"news {seed}")
    return [
        News(_crisis(rng), True) if number % CRISIS_EVERY == 0 else News(_ordinary(rng), False)
        for number in range(count)
    ]


def dense_crisis(count: int, seed: int = 1) -> list[str]:
    """Reports of about 2.5 KB of which every second sentence tells a figure or a stopped service."""
    rng = random.Random(f"crisis {seed}")
    return [_crisis(rng) for _ in range(count)]


def _ordinary(rng: random.Random) -> str:
    """A page of one subject, with a few paragraphs of others below it, as sites have them."""
    topics = {name: lines for name, lines in _sections("news.txt").items() if name != "headlines"}
    main = rng.choice(sorted(topics))
    others = [line for name, lines in topics.items() if name != main for line in lines]
    paragraphs = rng.sample(topics[main], 4) + rng.sample(others, rng.choice((3, 4)))
    fields = Fields(rng, rng.choice(_listed("state")), _listed("town"))
    headline = rng.choice(_sections("news.txt")["headlines"])
    return _typeset("\n".join(_filled(line, fields) for line in (headline, *paragraphs)), rng)


def _crisis(rng: random.Random) -> str:
    """A headline, a dateline, and facts and background in turn, all of one country."""
    what = rng.choice(("attack", "disaster"))
    country, _, towns = rng.choice(_lines("attacked" if what == "attack" else "stricken")).partition(": ")
    fields = Fields(rng, country, towns.split(", "))
    parts = _sections("crisis.txt")
    half = rng.randint(8, 9)
    facts = rng.sample(parts[f"{what} facts"] + parts["both facts"], half)
    background = rng.sample(parts[f"{what} background"] + parts["both background"], half)
    dateline = f"{fields.place().upper()}, {rng.randint(1, 28)} {rng.choice(MONTHS)} ({rng.choice(AGENCIES)}) - "
    told = [_filled(line, fields) for pair in zip(facts, background, strict=True) for line in pair]
    paragraphs = [" ".join(told[start : start + 3]) for start in range(0, len(told), 3)]
    headline = _filled(rng.choice(parts[f"{what} headlines"]), fields)
    return _typeset(f"{headline}\n{dateline}" + "\n".join(paragraphs), rng)


@cache
def _sections(name: str) -> dict[str, list[str]]:
    """The lines of a file under each of its `# headings`."""
    found: dict[str, list[str]] = {}
    for line in Path(__file__).with_name(name).read_text("utf-8").splitlines():
        if line.startswith("# "):
            found[line[2:]] = []
        elif line:
            found[list(found)[-1]].append(line)
    return found


def _lines(heading: str) -> list[str]:
    return _sections("names.txt")[heading]


@cache
def _words(heading: str) -> list[str]:
    return " ".join(_lines(heading)).split()


@cache
def _listed(heading: str) -> list[str]:
    return ", ".join(_lines(heading)).split(", ")


class Fields(dict[str, object]):
    """Draws a new value each time a template names a field; a family name is that of the last person."""

    def __init__(self, rng: random.Random, country: str, towns: list[str]) -> None:
        super().__init__(country=country)
        self.rng, self.towns = rng, towns
        self.family = _family(rng)

    def __missing__(self, field: str) -> object:
        return DRAWN[field](self)

    def place(self) -> str:
        return self.rng.choice(self.towns)

    def person(self) -> str:
        self.family = _family(self.rng)
        return f"{self.rng.choice(_words('first'))} {self.family}"


DRAWN: dict[str, Callable[[Fields], object]] = {
    "n": lambda to: to.rng.randint(11, 95),
    "digit": lambda to: to.rng.randint(2, 9),
    "few": lambda to: to.rng.choice(FEW),
    "ordinal": lambda to: to.rng.choice(ORDINALS),
    "hundreds": lambda to: to.rng.randint(101, 990),
    "big": lambda to: f"{to.rng.randint(11, 299) * 100:,}",
    "large": lambda to: f"{to.rng.randint(31, 420) * 1000:,}",
    "decimal": lambda to: f"{to.rng.uniform(1.1, 9.8):.1f}",
    "age": lambda to: to.rng.randint(19, 78),
    "year": lambda to: to.rng.randint(1951, 2021),
    "day": lambda to: to.rng.choice(DAYS),
    "month": lambda to: to.rng.choice(MONTHS),
    "place": Fields.place,
    "spot": Fields.place,
    "person": Fields.person,
    "surname": lambda to: to.family,
    "abroad": lambda to: to.rng.choice(_listed("state")),
    "firm": lambda to: f"{_made_up(to.rng)} {to.rng.choice(_listed('trade'))}",
    "club": lambda to: f"{to.place()} {to.rng.choice(_listed('club'))}",
}


def _family(rng: random.Random) -> str:
    """Half of the family names are made up: news is full of names no list knows."""
    return rng.choice(_words("family")) if rng.random() < 0.5 else _made_up(rng)


def _made_up(rng: random.Random) -> str:
    return "".join(rng.choices(_words("syllable"), k=rng.randint(2, 4))).capitalize()


def _filled(template: str, fields: Fields) -> str:
    chosen = CHOICE.sub(lambda match: fields.rng.choice(match[1].split("|")), template)
    text = chosen.format_map(fields)
    return text[0].upper() + text[1:]


def _typeset(text: str, rng: random.Random) -> str:
    """A third of all documents come with curly quotes and long dashes."""
    if rng.random() > 1 / 3:
        return text
    return DOUBLE.sub("“\\1”", text).replace("'", "’").replace(" - ", " — ")
