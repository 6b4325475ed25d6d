"""What else a name is, known only while the table is packed: an ordinary word, a given name, a surname.

Needs, in an environment of its own, wordfreq (Speer 2022: how often a word is
used), spylls with its en_US dictionary (from SCOWL: whether it is written in
lower case), and names (the lists of the U.S. census of 1990).
"""

import importlib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from service.places.packed import GIVEN, SURNAME, WORD
from service.places.spelling import key

MOST_WORDS = 40_000
# Shares of people, in percent, from which on a census name is common.
GIVEN_SHARE, SURNAME_SHARE = 0.004, 0.0015


@dataclass(frozen=True)
class Vocabulary:
    """Words with how frequent they are (Zipf scale: 3 is once in a million), and names of persons."""

    words: dict[str, float]
    given: frozenset[str]
    surnames: frozenset[str]

    def traits(self, name: str) -> int:
        """The trait bits of a key."""
        return (
            (GIVEN if name in self.given else 0)
            | (SURNAME if name in self.surnames else 0)
            | (WORD if name in self.words else 0)
        )


def read() -> Vocabulary:
    """The vocabulary of English."""
    given = _census("dist.male.first", GIVEN_SHARE) | _census("dist.female.first", GIVEN_SHARE)
    return Vocabulary(_words(), frozenset(given | own_list("persons.txt")), _census("dist.all.last", SURNAME_SHARE))


def own_list(name: str) -> frozenset[str]:
    """The keys of one of our own lists; "_" stands for the space in a name."""
    lines = (files(__package__) / name).read_text(encoding="utf-8").splitlines()
    words = (word for line in lines if not line.startswith("#") for word in line.split())
    return frozenset(key(word.replace("_", " ")) for word in words)


def _words() -> dict[str, float]:
    wordfreq = importlib.import_module("wordfreq")
    dictionary = importlib.import_module("spylls.hunspell").Dictionary.from_files("en_US")
    frequent = (word for word in wordfreq.top_n_list("en", MOST_WORDS) if word.isalpha() and word.isascii())
    return {word: float(wordfreq.zipf_frequency(word, "en")) for word in frequent if dictionary.lookup(word)}


def _census(name: str, least: float) -> frozenset[str]:
    folder = Path(str(importlib.import_module("names").__file__)).parent
    rows = (line.split() for line in (folder / name).read_text(encoding="ascii").splitlines())
    return frozenset(row[0].lower() for row in rows if float(row[1]) >= least)
