"""Compiles a checked language file into a Lexicon."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, cast

import ahocorasick_rs

from service import countries
from service.languages.lexicon import (
    PARTNER,
    STRONG,
    WEAK,
    Deed,
    Entry,
    Frame,
    Label,
    Lexicon,
    Noun,
    Organisation,
    Phrases,
)
from service.languages.schema import FORMS, check
from service.values import Victims

WORD = re.compile(r"[^\W\d_]\w*(?:['-][^\W\d_]\w*)*")
PIECE = re.compile(WORD.pattern + r"|[^\w\s]|\d+")


def pieces(phrase: str) -> tuple[str, ...]:
    """A phrase cut as the reader cuts text: words, digits, single signs; `'s` is a piece of its own."""
    return tuple(PIECE.findall(phrase))


@dataclass
class Builder:
    """Collects entries by phrase while a file is compiled."""

    entries: dict[str, Entry] = field(default_factory=dict)

    def __getitem__(self, phrase: str) -> Entry:
        return self.entries.setdefault(phrase.lower(), Entry())

    def mark(self, name: str, phrases: Iterable[str]) -> None:
        for phrase in phrases:
            self[phrase].marks |= {name}


def compile_lexicon(data: Mapping[str, Any], content: bytes) -> Lexicon:
    """The lexicon of a parsed file; raises SettingsError naming what is wrong in it and where."""
    code = data.get("language", {}).get("code", "?") if isinstance(data.get("language"), dict) else "?"
    check(data, f"{code}.yaml")
    build = Builder()
    _numbers(build, data)
    _nouns(build, data["nouns"], code)
    frames = dict(_frames(build, data["frames"]))
    for name, phrases in data["marks"].items():
        build.mark(name, phrases)
    organisations = _organisations(data["organisations"])
    classes = {word: sort for sort, words in data["organisation_classes"].items() for word in words}
    gate, bits = _gate(build, frames)
    single, phrases_, stems = _look_ups(build.entries)
    lists = ("source_words", "source_stops", "area_words", "place_prepositions", "bearings", "site_words", "not_places")
    return Lexicon(
        code=code,
        version=sha256(content).hexdigest()[:8],
        function_words=frozenset(data["function_words"]),
        abbreviations=frozenset(data["abbreviations"]),
        entries=single,
        phrases=phrases_,
        stems=stems,
        after_hedges={pieces(words): name for words, name in data["hedges"]["after"].items()},
        numbers={key: _set(value) for key, value in data["numbers"].items()},
        not_before=frozenset(data["not_counts"]["before"]),
        not_after=frozenset(data["not_counts"]["after"]),
        months=frozenset(data["not_counts"]["months"]),
        gate=gate,
        gate_bits=bits,
        spots=_spots(data),
        topic_kinds={name: frozenset(topic["kinds"]) for name, topic in data["topics"].items()},
        organisations=organisations,
        organisation_names=ahocorasick_rs.AhoCorasick([alias.lower() for alias, _ in organisations]),
        classes=classes,
        class_pattern=_alternatives(classes),
        words={name: frozenset(data[name]) for name in lists},
        directions=data["directions"],
        dates=data["dates"],
    )


def _set(value: Any) -> Any:
    return frozenset(value) if isinstance(value, list) else value


def _numbers(build: Builder, data: Mapping[str, Any]) -> None:
    numbers = data["numbers"]
    for word, value in numbers["words"].items():
        build[word].number = value
    for word, value in numbers["scales"].items():
        if word not in numbers["suffixes"]:
            build[word].scale = value
    for word, share in numbers["halves"].items():
        build[word].half = share
    for word in numbers["vague"]:
        build[word].vague = True
    for name in ("at_least", "at_most", "about"):
        for phrase in data["hedges"][name]:
            build[phrase].hedge = name


def _nouns(build: Builder, nouns: Mapping[str, Any], code: str) -> None:
    for word in countries.peoples(code):
        build[word].noun = Noun("people", victims="civilian")
    for kind, words in nouns["people"].items():
        victims: Victims = "combatant" if kind == "combatant" else "civilian"
        for word in words:
            build[word].noun = Noun("people", victims=victims, sector=kind)
    for mover, words in nouns["movers"].items():
        for word in words:
            build[word].noun = Noun("people", victims="civilian", mover=mover)
    for group in ("households", "dwellings", "settlements"):
        for word in nouns[group]:
            build[word].noun = Noun(group, counted=group != "settlements")
    for sector, words in nouns["facilities"].items():
        for word in words:
            build[word].noun = Noun("facilities", sector, counted=word not in nouns["uncounted"])


def _frames(build: Builder, frames: Mapping[str, Any]) -> Iterator[tuple[str, Frame]]:
    for name, data in frames.items():
        reads = {group: cast(tuple[str, str], tuple(read.split("/", 1))) for group, read in data["reads"].items()}
        sets = {key: frozenset(data.get(key, ())) for key in ("bare", "only", "only_sectors")}
        frame = Frame(name, reads, data.get("strong", False), self=data.get("self", False), **sets)
        for form in FORMS:
            for phrase in data.get(form, ()):
                build[phrase].deeds += (Deed(frame, form),)
        for sector, phrases in data.get("whole", {}).items():
            for phrase in phrases:
                build[phrase].deeds += (Deed(frame, "whole", sector),)
        yield name, frame


def _gate(build: Builder, frames: Mapping[str, Frame]) -> tuple[Any, list[int]]:
    """One automaton over the first word of every deed and every thing a weak deed needs."""
    bits: dict[str, int] = {}
    for phrase, entry in build.entries.items():
        strength = 0
        for deed in entry.deeds:
            strength |= STRONG if deed.frame.strong else WEAK
        if entry.noun and entry.noun.mover == "idp":
            strength |= STRONG
        if entry.noun and entry.noun.sector != "general":
            strength |= PARTNER
        if strength:
            key = phrase.rstrip("*") if strength & STRONG else phrase.split()[0].rstrip("*")
            bits[key] = bits.get(key, 0) | strength
    patterns = sorted(bits)
    return ahocorasick_rs.AhoCorasick(patterns), [bits[pattern] for pattern in patterns]


def _look_ups(entries: Mapping[str, Entry]) -> tuple[dict[str, Entry], Phrases, dict[str, Entry]]:
    single: dict[str, Entry] = {}
    phrases: Phrases = {}
    stems: dict[str, Entry] = {}
    for phrase, entry in entries.items():
        words = pieces(phrase.rstrip("*"))
        if phrase.endswith("*"):
            stems[phrase.rstrip("*")] = entry
        elif len(words) == 1:
            single[phrase] = entry
        else:
            phrases.setdefault(words[0], {}).setdefault(words[1], []).append((words[2:], entry))
    for by_second in phrases.values():
        for options in by_second.values():
            options.sort(key=lambda option: -len(option[0]))
    return single, phrases, stems


def _spots(data: Mapping[str, Any]) -> dict[str, list[tuple[tuple[str, ...], Label]]]:
    spots: dict[str, list[tuple[tuple[str, ...], Label]]] = {}
    labels: list[tuple[Label, list[str]]] = [(("cause", name), words) for name, words in data["causes"].items()]
    labels += [(("topic", name), topic["words"]) for name, topic in data["topics"].items()]
    labels += [(("tag", name), words) for name, words in data["tags"].items()]
    for label, phrases in labels:
        for phrase in phrases:
            first, *rest = pieces(phrase)
            spots.setdefault(first, []).append((tuple(rest), label))
    return spots


def _organisations(rows: Iterable[Any]) -> list[tuple[str, Organisation]]:
    return [(alias, Organisation(name, sort)) for name, sort, others in rows for alias in (name, *others)]


def _alternatives(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    body = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)")
