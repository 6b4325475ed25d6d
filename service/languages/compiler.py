"""Compiles a checked language file into a Lexicon."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from service.languages.alphabet import FIGURES, GROUPS, QUANTITIES, Alphabet
from service.languages.compiled import Phrases
from service.languages.entry import ALWAYS, LIVES, MOVER, NEEDED, ORDER, THING, ZERO, Deed, Entry, Label, Noun
from service.languages.lexicon import Lexicon
from service.languages.schema import FORMS, MARKS, SECTORS, check
from service.languages.words import entries, spelled_out

WORD = re.compile(r"[^\W\d_]\w*(?:['-][^\W\d_]\w*)*")
PIECE = re.compile(WORD.pattern + r"|[^\w\s]|\d+")
VERBAL = frozenset({"acts", "done", "doing", "state"})
# What may stand before a noun.
SOFT = frozenset(("his", "adverb", "apposed", "attempt", "unsure", "the", "past", "span", "superlative", "total"))
WORD_LISTS = (
    "source_words",
    "nameless_sources",
    "source_stops",
    "area_words",
    "place_prepositions",
    "bearings",
    "site_words",
    "waters",
    "vicinity",
    "countrywide",
    "not_places",
    "anew",
    "anew_told",
    "corrected",
    "beside_places",
    "destinations",
    "name_joiners",
    "source_joiners",
)


def pieces(phrase: str) -> tuple[str, ...]:
    """A phrase cut as the reader cuts text: words, digits, single signs; `'s` is a piece of its own."""
    return tuple(PIECE.findall(phrase))


def compile_lexicon(data: Mapping[str, Any], content: bytes) -> Lexicon:
    """The lexicon of a parsed file; raises SettingsError naming what is wrong in it and where."""
    code = data.get("language", {}).get("code", "?") if isinstance(data.get("language"), dict) else "?"
    check(data, f"{code}.yaml")
    data = {name: part if name == "grammar" else spelled_out(part) for name, part in data.items()}
    known, frames = entries(data, code)
    alphabet = _alphabet()
    symbols = {phrase: alphabet.symbol(_traits(entry, phrase, data)) for phrase, entry in known.items()}
    made = Lexicon(
        code=code,
        version=sha256(content).hexdigest()[:8],
        function_words=frozenset(data["function_words"]),
        abbreviations=frozenset(data["abbreviations"]),
        entries=known,
        symbols=symbols | alphabet.signs,
        alphabet=alphabet,
        phrases=_phrases(known),
        endings={ending: alphabet.symbol((trait,)) for ending, trait in data["endings"].items()},
        after_hedges={pieces(words): name for words, name in data["hedges"]["after"].items()},
        numbers={key: _set(value) for key, value in data["numbers"].items()},
        not_before=frozenset(data["not_counts"]["before"]),
        not_after=frozenset(data["not_counts"]["after"]),
        months=frozenset(data["not_counts"]["months"]),
        gate_bits=_gate(known, data["grammar"]["named"]),
        spot_labels=_spots(data),
        topic_kinds={name: frozenset(topic["kinds"]) for name, topic in data["topics"].items()},
        topic_yields={name: topic["yields_to"] for name, topic in data["topics"].items() if "yields_to" in topic},
        topic_firm=frozenset(name for name, topic in data["topics"].items() if topic.get("firm")),
        classes={word: sort for sort, words in data["organisation_classes"].items() for word in words},
        organisations=[
            (alias, entry.organisation) for alias, entry in _aliases(known, data["organisations"]) if entry.organisation
        ],
        words={name: frozenset(data[name]) for name in WORD_LISTS},
        directions=data["directions"],
        dates=data["dates"],
        grammar=data["grammar"],
        weights=data["grammar"]["weights"],
        named={mover: Deed(frames[name], "named") for mover, name in data["grammar"]["named"].items()},
    )
    _tried(made)
    return made


def _set(value: Any) -> Any:
    return frozenset(value) if isinstance(value, list) else value


def _tried(lexicon: Lexicon) -> None:
    """Parses every construction, so that a mistake is found when the file is loaded, not in the middle of a text."""
    where = f"{lexicon.code}.yaml.grammar"
    classes = lexicon.alphabet.taking(frozenset())
    for form, rows in lexicon.constructions.items():
        for row in rows:
            lexicon.patterns.checked(row.words, f"{where}.constructions.{form}.{row.name}", classes)


def _aliases(known: Mapping[str, Entry], rows: Iterable[Any]) -> Iterator[tuple[str, Entry]]:
    return ((alias, known[alias.lower()]) for name, _, others in rows for alias in (name, *others))


def _alphabet() -> Alphabet:
    alphabet = Alphabet()
    alphabet.declare(
        (
            *MARKS,
            *FORMS,
            "whole",
            "thing",
            "thing_zero",
            "lone",
            "counted",
            "exact",
            "listed",
            "date",
            "other",
            "verbish",
            "national",
        )
    )
    for group in (*GROUPS, *SECTORS, "general"):
        for quantity in QUANTITIES:
            alphabet.thing(group, quantity)
    return alphabet


def _traits(entry: Entry, phrase: str, data: Mapping[str, Any]) -> set[str]:
    """What patterns may call a word."""
    forms = {deed.form for deed in entry.deeds}
    traits = set(entry.marks) | forms
    if forms:
        traits.add("deed")
        traits |= {"verbal"} if forms & VERBAL else {"nominal"}
        traits |= {"either"} if forms & VERBAL and forms & {"noun", "event"} else set()
        traits |= {"participle"} if forms & {"done", "state"} and "-" not in phrase else set()
    if entry.noun and (not forms or "state" in forms):
        sector = entry.noun.sector
        traits.add(sector if sector in ("general", "national") else "countable")
    if entry.organisation and entry.organisation.name:
        traits.add("organisation")
    if entry.noun and entry.noun.group == "settlements":
        traits.add("settlement")
    if "say" in traits and "adverb" not in traits:
        traits.add("saying")
    traits |= {name for name in FIGURES if getattr(entry, name) not in (None, False)}
    traits |= {"between"} if phrase in data["numbers"]["between"] else set()
    if entry.marks and entry.marks <= SOFT and not (traits - entry.marks - {"saying"}):
        traits.add("modifying")
    return traits or {"word"}


def _gate(known: Mapping[str, Entry], named: Collection[str]) -> dict[str, int]:
    """Every deed, with the partners of which it needs one, and every partner: see `gate_bits` of the lexicon."""
    bits: dict[str, int] = {}
    for phrase, entry in known.items():
        found = 0
        for deed in entry.deeds:
            found |= _needed(deed) << NEEDED
        if entry.noun:
            found |= _partner(entry.noun)
            found |= ALWAYS << NEEDED if entry.noun.mover in named else 0
        found |= ORDER if entry.is_("order") else 0
        found |= ZERO if entry.is_("zero") else 0
        if found:
            bits[phrase] = bits.get(phrase, 0) | found
    return bits


def _needed(deed: Deed) -> int:
    """The partners of which a deed needs one in its sentence."""
    if deed.form in ("ordered", "absent"):
        return ORDER if deed.form == "ordered" else ZERO
    if deed.frame.strong:
        return ALWAYS
    reads = deed.frame.reads.keys()
    lives = LIVES if "lives" in reads else 0
    things = THING if reads & {"dwellings", "facilities", "settlements"} else 0
    return lives | things | (MOVER if "people" in reads else 0)


def _partner(noun: Noun) -> int:
    """What a noun is to the deeds that need one."""
    if noun.group == "lives":
        return LIVES
    if noun.mover:
        return MOVER
    things = noun.group in ("dwellings", "facilities") and noun.sector != "general"
    return THING if things or noun.group == "settlements" else 0


def _phrases(entries: Mapping[str, Entry]) -> Phrases:
    phrases: Phrases = {}
    for phrase in entries:
        words = pieces(phrase)
        if len(words) > 1:
            phrases.setdefault(words[0], {}).setdefault(words[1], []).append((words[2:], phrase))
    for by_second in phrases.values():
        for options in by_second.values():
            options.sort(key=lambda option: -len(option[0]))
    return phrases


def _spots(data: Mapping[str, Any]) -> dict[str, tuple[Label, ...]]:
    spots: dict[str, tuple[Label, ...]] = {}
    labels: list[tuple[Label, list[str]]] = [(("cause", name), words) for name, words in data["causes"].items()]
    labels += [(("hazard", name), words) for name, words in data["hazards"].items()]
    labels += [(("topic", name), topic["words"]) for name, topic in data["topics"].items()]
    labels.append((("context", "emergency"), data["contexts"]))
    labels += [(("tag", name), words) for name, words in data["tags"].items()]
    for label, phrases in labels:
        for phrase in phrases:
            spots[phrase] = (*spots.get(phrase, ()), label)
    return spots
