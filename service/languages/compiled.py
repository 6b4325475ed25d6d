"""The data of one language file, compiled."""

from dataclasses import dataclass
from typing import Any

from service.languages.alphabet import Alphabet
from service.languages.entry import Deed, Entry, Label, Organisation
from service.values import Quantifier

Continued = tuple[tuple[str, ...], str]  # how a phrase goes on behind its second word, and the whole of it
# Phrases by their first word, then by their second; the longest first.
Phrases = dict[str, dict[str, list[Continued]]]


@dataclass
class Compiled:
    """What compiler.py makes of a file; `version` changes with its content."""

    code: str
    version: str
    function_words: frozenset[str]
    abbreviations: frozenset[str]
    entries: dict[str, Entry]
    symbols: dict[str, str]
    alphabet: Alphabet
    phrases: Phrases
    endings: dict[str, str]
    after_hedges: dict[tuple[str, ...], Quantifier]
    numbers: dict[str, Any]
    not_before: frozenset[str]
    not_after: frozenset[str]
    months: frozenset[str]
    gate_bits: dict[str, int]
    spot_labels: dict[str, tuple[Label, ...]]
    topic_kinds: dict[str, frozenset[str]]
    topic_yields: dict[str, str]
    topic_firm: frozenset[str]
    classes: dict[str, str]
    organisations: list[tuple[str, Organisation]]
    words: dict[str, frozenset[str]]
    directions: dict[str, str]
    dates: dict[str, Any]
    grammar: dict[str, Any]
    weights: dict[str, float]
    named: dict[str, Deed]
