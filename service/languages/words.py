"""The words of a language file as entries: numbers, nouns, frames, marks, organisations."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any, cast

from service import countries
from service.languages.entry import Deed, Entry, Frame, Noun, Organisation
from service.languages.schema import FORMS, SECTORS
from service.values import Victims

CHOICE = re.compile(r"[()]")
FLAGS = ("strong", "unknown", "physical", "doubtful", "certain", "counted", "self")  # of a frame


def entries(data: Mapping[str, Any], code: str) -> tuple[dict[str, Entry], dict[str, Frame]]:
    """Everything each word or phrase can be, by phrase, and the frames by name."""
    build = Builder()
    _numbers(build, data)
    _nouns(build, data["nouns"], code)
    frames = dict(_frames(build, data["frames"]))
    for name, phrases in data["marks"].items():
        build.mark(name, phrases)
    _organisations(build, data)
    for phrase in data["idioms"]:
        build.entries[phrase] = Entry()
    dates = data["dates"]
    build.mark("date", (*dates["weekdays"], *dates["months"], *dates["short_months"], *dates["days_ago"]))
    return build.entries, frames


def spelled_out(part: Any) -> Any:
    """Every list with its choices spelled out: "(fled|left) home" is two phrases."""
    if isinstance(part, dict):
        return {key: spelled_out(value) for key, value in part.items()}
    if isinstance(part, list):
        return [each for item in part for each in (_choices(item) if isinstance(item, str) else [spelled_out(item)])]
    return part


def _choices(phrase: str) -> Iterator[str]:
    pieces_ = [piece.split("|") for piece in CHOICE.split(phrase)]
    return (" ".join("".join(chosen).split()) for chosen in product(*pieces_))


@dataclass
class Builder:
    """Collects entries by phrase while a file is compiled."""

    entries: dict[str, Entry] = field(default_factory=dict)

    def __getitem__(self, phrase: str) -> Entry:
        return self.entries.setdefault(phrase.lower(), Entry())

    def mark(self, name: str, phrases: Iterable[str]) -> None:
        for phrase in phrases:
            self[phrase].marks |= {name}


def _numbers(build: Builder, data: Mapping[str, Any]) -> None:
    numbers = data["numbers"]
    for word, value in numbers["words"].items():
        build[word].number = value
    for word, value in numbers["scales"].items():
        if word not in numbers["suffixes"]:
            build[word].scale = value
    for word, share in numbers["halves"].items():
        build[word].half = share
    for phrase in numbers["half_more"]:
        build[phrase].marks |= {"and"}
    for word in numbers["vague"]:
        build[word].vague = True
    for name in ("at_least", "at_most", "about"):
        for phrase in data["hedges"][name]:
            build[phrase].hedge = name


def _nouns(build: Builder, nouns: Mapping[str, Any], code: str) -> None:
    singular = frozenset(nouns["singular"])
    for word in countries.peoples(code):
        build[word].noun = Noun("people", victims="civilian")
    for word in countries.nationals(code):
        if build[word].noun is None and build[word].number is None:
            build[word].noun = Noun("people", "national", victims="civilian", one=True)
    for kind, words in nouns["people"].items():
        victims: Victims = "combatant" if kind == "combatant" else "civilian"
        for word in words:
            build[word].noun = Noun("people", victims=victims, sector=kind, one=word in singular)
    for mover, words in nouns["movers"].items():
        for word in words:
            build[word].noun = Noun("people", victims="civilian", mover=mover, one=word in singular)
    for group in ("lives", "households", "dwellings", "settlements", "things"):
        for word in nouns[group]:
            victims_ = "civilian" if group == "lives" else None
            build[word].noun = Noun(group, victims=victims_, counted=group not in ("settlements", "things"))  # type: ignore[arg-type]
    for sector, words in nouns["facilities"].items():
        for word in words:
            build[word].noun = Noun(
                "facilities", sector, counted=word not in nouns["uncounted"], material=word not in nouns["immaterial"]
            )


def _frames(build: Builder, frames: Mapping[str, Any]) -> Iterator[tuple[str, Frame]]:
    for name, data in frames.items():
        reads = {group: cast(tuple[str, str], tuple(read.split("/", 1))) for group, read in data["reads"].items()}
        sectors = frozenset(data.get("sectors", (*SECTORS, "general")))
        flags = {key: data.get(key, False) for key in FLAGS}
        frame = Frame(name, reads, sectors, **flags)
        for form in FORMS:
            for phrase in data.get(form, ()):
                build[phrase].deeds += (Deed(frame, form),)
        for sector, phrases in data.get("whole", {}).items():
            for phrase in phrases:
                build[phrase].deeds += (Deed(frame, "whole", sector),)
        yield name, frame


def _organisations(build: Builder, data: Mapping[str, Any]) -> None:
    for name, sort, others in data["organisations"]:
        for alias in (name, *others):
            build[alias].organisation = Organisation(name, sort)
    for sort, words in data["organisation_classes"].items():
        for word in words:
            build[word].organisation = Organisation(None, sort)
