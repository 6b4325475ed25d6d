"""The engine knows no language: no word of ours stands in its code, and it reads a language made up here.

That language has its verbs last and its numbers behind, and is told by its file alone.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import pytest

from service import signals, values
from service.languages import lexicon as language
from service.languages.alphabet import QUANTITIES
from service.languages.compiler import compile_lexicon
from service.languages.lexicon import Lexicon
from service.languages.source import parse
from service.values import Reading

TOLVAN = """
language: {code: xx, name: Tolvan}
numbers: {words: {duka: 2, tara: 3}, scales: {milo: 1000}, joins: [eta], decimal: "."}
hedges: {after: {plusu: at_least}}
nouns:
  people: {civilian: [mirno], combatant: [karsa]}
  households: [famka]
  dwellings: [domu]
  facilities: {education: [skulo]}
frames:
  kill: {reads: {people: casualty/killed}, strong: true, done: [kelma]}
  destroy: {reads: {dwellings: displacement/housing, facilities: suspension/*}, physical: true, done: [brusta]}
  flee: {reads: {people: displacement/displaced, households: displacement/displaced}, strong: true, state: [yarda]}
causes: {disaster: [vetru]}
marks: {and: [eta], not: [nei], may: [mogu], zero: [eni]}
grammar:
  shapes:
    sufferers: "things=[(counted and){0,4}+ thing]"
    late: ^(stop|deed|any_thing){0,9}
  passes:
    figure: digits|number
    group: "noun=[countable] ((figure=[amount]|zero=[zero])|article=[untrue]|whole=[untrue]|state=[untrue])?+"
    alone: "figure=[amount] (unknown=[untrue])?+"
  constructions:
    done: {verb_last: {words: sufferers late DEED, examples: [Vetru mirno duka kelma.]}}
    state: {verb_last: {words: sufferers late DEED, examples: [Famka duka yarda.]}}
    negated: {behind: {words: DEED not, examples: [Mirno duka kelma nei.]}}
    forecast: {behind: {words: DEED may, examples: [Mirno duka kelma mogu.]}}
"""
ENGLISH = parse((files("service.languages") / "en.yaml").read_bytes(), "en.yaml")
OWN_NAMES: dict[str, Any] = {"frames": {}, "topics": {}, "tags": {}, "organisation_classes": {}}  # a file's own
# These modules tell people in sentences why something is left out.
REASONS = {"dropping.py", "groups.py", "named.py", "asides.py", "once.py", "passes.py"}
WORDS = {
    "vetru": "storm", "mirno": "villagers", "karsa": "soldiers", "famka": "families", "domu": "houses",
    "skulo": "schools", "duka": "two", "tara": "three", "milo": "thousand", "plusu": "or more", "kelma": "killed",
    "brusta": "destroyed", "yarda": "fled", "eta": "and", "nei": "not", "mogu": "may", "eni": "none",
}  # fmt: skip
SCRIPTS = {
    "Latin": "abdefgiklmnoprstuvy",
    "Cyrillic": "абдефгиклмнопрстувы",
    "Greek": "αβδεφγικλμνοπρστυωη",
    "Armenian": "աբդեֆգիկլմնոպրստյվը",
    "Arabic": "ابدهفغيكلمنوپرستعقئ",
    "Devanagari": "अबदएफगइकलमनओपरसतउवय",
}


def emptied(part: Any) -> Any:
    """A language file with its sections and no words."""
    if isinstance(part, dict):
        wordless = all(isinstance(value, str | int | float) for value in part.values())
        return {} if wordless else {key: emptied(value) for key, value in part.items()}
    return [] if isinstance(part, list) else part


def overlaid(below: Any, above: Any) -> Any:
    if isinstance(below, dict) and isinstance(above, dict):
        return below | {key: overlaid(below.get(key), value) for key, value in above.items()}
    return above


def in_script(text: str, script: str) -> str:
    """The words of the language in other letters; those of the file's own keys stay."""
    letters = str.maketrans(SCRIPTS["Latin"], SCRIPTS[script])
    words = re.compile(rf"\b(?:{'|'.join(WORDS)})\b", re.IGNORECASE)
    return words.sub(lambda match: match.group().lower().translate(letters), text)


@cache
def tolvan(script: str = "Latin") -> Lexicon:
    blank = emptied(ENGLISH) | OWN_NAMES
    nowhere = dict.fromkeys(ENGLISH["grammar"]["passes"], "untrue")  # a sort of word this language has none of
    blank["grammar"] = {"named": {}, "passes": nowhere, "constructions": {}, "weights": ENGLISH["grammar"]["weights"]}
    content = in_script(TOLVAN, script)
    return compile_lexicon(overlaid(blank, parse(content.encode(), "xx.yaml")), content.encode())


def read(text: str, lexicon: Lexicon) -> Reading:
    return signals.read(text, lexicon, find_places=lambda text, country=None: ())


READ: list[tuple[str, list[dict[str, Any]]]] = [
    ("Vetru mirno 12 kelma.", [{"type": "killed", "low": 12, "unit": "people", "victims": "civilian"}]),
    ("Vetru karsa duka kelma.", [{"type": "killed", "low": 2, "victims": "combatant"}]),
    ("Famka 300 plusu o Sumy yarda.", [{"type": "displaced", "low": 300, "unit": "households", "hedge": "plusu"}]),
    ("Mirno tara milo yarda.", [{"type": "displaced", "low": 3000, "high": 3000, "quantifier": "exact"}]),
    ("Skulo tara brusta. Domu 40 brusta.", [{"type": "education", "low": 3}, {"type": "housing", "low": 40}]),
    ("Mirno duka eta famka tara yarda.", [{"low": 2, "unit": "people"}, {"low": 3, "unit": "households"}]),
    ("Mirno duka kelma eta famka 7 yarda.", [{"type": "killed", "low": 2}, {"type": "displaced", "low": 7}]),
    ("Mirno 12 kelma nei.", [{"low": 12, "assertion": "negated", "certainty": "Unlikely"}]),
    ("Mirno 12 kelma mogu.", [{"low": 12, "assertion": "forecast", "certainty": "Possible"}]),
    ("Vetru mirno eni kelma.", [{"low": None, "assertion": "negated", "cause": "disaster"}]),
    ("Mirno 12. Domu 12 kelma.", []),
    ("Twelve people were killed.", []),
]


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize(("text", "expected"), READ, ids=[text for text, _ in READ])
def test_a_language_nobody_speaks_is_read(text: str, expected: list[dict[str, Any]], script: str) -> None:
    written = in_script(text, script)
    found = read(written, tolvan(script)).signals
    wanted = [
        {key: in_script(value, script) if key == "hedge" else value for key, value in one.items()} for one in expected
    ]
    assert [{key: getattr(one, key) for key in want} for one, want in zip(found, wanted, strict=True)] == wanted


def test_evidence_goes_from_the_thing_to_its_deed() -> None:
    (signal,) = read("Vetru mirno 12 o Sumy kelma.", tolvan()).signals
    assert (signal.evidence.text, signal.noun) == ("mirno 12 o Sumy kelma", "mirno")
    assert signal.rule == "kill.verb_last" and signal.reader == tolvan().reader


def keys(part: Any) -> Iterator[str]:
    """The names of sections at every depth."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield key
            yield from keys(value)


@cache
def names() -> frozenset[str]:
    """What code must call by name: sections, sorts of words, passes, constructions, fields and their values."""
    grammar = ENGLISH["grammar"]
    rows = [one["words"] for named in grammar["constructions"].values() for one in named.values()]
    patterns = " ".join((*grammar["shapes"].values(), *grammar["passes"].values(), *rows))
    reads = " ".join(read for frame in ENGLISH["frames"].values() for read in frame["reads"].values())
    known = {*keys(emptied(ENGLISH) | OWN_NAMES), *keys(grammar), *re.findall(r"\w+", f"{patterns} {reads}")}
    for one in vars(values).values():
        known |= {name for name in get_args(one) if isinstance(name, str)}
        if isinstance(one, type) and is_dataclass(one):
            for field in fields(one):
                known |= {field.name, *(name for name in get_args(field.type) if isinstance(name, str))}
    return frozenset(known | {*QUANTITIES})


def literals(path: Path) -> Iterator[str]:
    """The strings of a module, without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.value


@cache
def english_words() -> frozenset[str]:
    known = language("en")
    return frozenset(
        word for phrase in (*known.entries, *known.function_words) for word in re.findall(r"[a-z]{3,}", phrase)
    )


MODULES = sorted(Path(signals.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_word_of_english_stands_in_the_code(path: Path) -> None:
    """Strings in the code are signs, names of what the file or a value calls so, or reasons told to people."""
    strings = [one for one in literals(path) if one not in names() and not (path.name in REASONS and " " in one)]
    assert [one for one in strings if not english_words().isdisjoint(re.findall(r"[a-z]{3,}", one.lower()))] == []
