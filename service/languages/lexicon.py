"""What the reader knows of one language: the compiled data, and the searches made of it when first asked for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import ahocorasick_rs

from service.languages.calendar import NEVER, Calendar
from service.languages.entry import Label
from service.languages.patterns import Halves, Patterns, Whole
from service.languages.sorts import Sorts


class Construction(NamedTuple):
    """A named way in which a form of deed stands to what it is done to."""

    name: str
    words: str


def _automaton(words: Iterable[str], *, overlapping: bool = False, compact: bool = True) -> Any:
    """Finds words, the longest at each place or, `overlapping`, all.

    The kind that is not compact is faster on whole texts, and slower where it is asked now and then: its tables
    are too large to stay at hand while other work is done.
    """
    kinds, ways = ahocorasick_rs.MatchKind, ahocorasick_rs.Implementation
    kind, way = kinds.Standard if overlapping else kinds.LeftmostLongest, ways.ContiguousNFA if compact else ways.DFA
    return ahocorasick_rs.AhoCorasick(list(words), matchkind=kind, implementation=way)


@dataclass
class Lexicon(Calendar):
    """One language, ready to read with."""

    _halves: dict[tuple[str, frozenset[str]], tuple[Halves, ...]] = field(default_factory=dict)
    _anywhere: dict[str, re.Pattern[str]] = field(default_factory=dict)
    whole: dict[str, Whole] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        """Compiles the grammar's `passes` at once, so that a mistake is found when the file is loaded."""
        where, passes = f"{self.code}.yaml.grammar.passes", self.grammar["passes"]
        self.whole = {name: self.patterns.whole(words, f"{where}.{name}") for name, words in passes.items()}

    @property
    def reader(self) -> str:
        """What a signal names as its reader."""
        return f"{self.code}-{self.version}"

    @cached_property
    def sorts(self) -> Sorts:
        """What every word of a text is."""
        return Sorts(self, self.shape)

    def shape(self, word: str) -> str:
        """The symbol of a word without a capital that is in no list."""
        shapes = self.alphabet.shapes
        if not word[0].isalpha() or (word.startswith("http") and ":" in word):
            return shapes["digits" if word[0].isdecimal() else "sign"]
        if "-" in word and self.compound(word) is not None:
            return shapes["digits"]
        return next((symbol for ending, symbol in self.endings.items() if word.endswith(ending)), shapes["word"])

    def compound(self, word: str) -> int | None:
        """The value of tens and units joined by a hyphen ("twenty-one"), else None."""
        tens, _, units = word.partition("-")
        numbers = self.numbers["words"]
        if numbers.get(tens, 0) >= 20 and 0 < numbers.get(units, 0) < 20:
            return int(numbers[tens] + numbers[units])
        return None

    @cached_property
    def abbreviation_ends(self) -> frozenset[str]:
        """The last two letters of every abbreviation, and the last three."""
        return frozenset(word[-letters:] for word in self.abbreviations for letters in (2, 3))

    @cached_property
    def constructions(self) -> dict[str, list[Construction]]:
        """The constructions of each form of deed, in the order they are tried."""
        return {
            form: [Construction(name, one["words"]) for name, one in rows.items()]
            for form, rows in self.grammar["constructions"].items()
        }

    @cached_property
    def beside(self) -> frozenset[str]:
        """The constructions ("done.listed") in which the deed is not the main verb of its sentence."""
        forms = self.grammar["constructions"]
        return frozenset(
            f"{form}.{name}" for form, rows in forms.items() for name, row in rows.items() if row.get("beside")
        )

    @cached_property
    def patterns(self) -> Patterns:
        """Compiles the grammar's patterns that have nothing to do with a frame."""
        return Patterns(self.grammar["shapes"], self.alphabet.class_of, f"{self.code}.yaml.grammar")

    @cached_property
    def deeds(self) -> re.Pattern[str]:
        """Finds every chunk that may be a deed."""
        return re.compile(f"[{self.alphabet.class_of('deed')}]")

    def anywhere(self, name: str) -> re.Pattern[str]:
        """Finds any chunk of a sort."""
        if name not in self._anywhere:
            self._anywhere[name] = re.compile(f"[{self.alphabet.class_of(name) or NEVER}]")
        return self._anywhere[name]

    @cached_property
    def after_first(self) -> frozenset[str]:
        """How a hedge behind a figure may begin."""
        return frozenset(word for said in self.after_hedges for word in (said[0], " ".join(said)))

    @cached_property
    def name_run(self) -> re.Pattern[str]:
        """Finds a name of one or several capitalised words, small words inside ("Rio de Janeiro") included."""
        name = self.alphabet.shapes["name"]
        small = "".join({self.sorts[word].plain for word in self.words["name_joiners"]})
        return re.compile(f"{name}(?:[{small or NEVER}]?{name}){{0,4}}")

    @cached_property
    def clause(self) -> re.Pattern[str]:
        """Finds in symbols where a clause ends."""
        ends = "".join(self.alphabet.class_of(name) or "" for name in ("semicolon", "colon", "saying"))
        comma, split = self.alphabet.class_of("comma"), self.alphabet.class_of("split")
        return re.compile(f"[{ends}]|{comma}[{split or NEVER}]")

    @cached_property
    def joins(self) -> frozenset[str]:
        """What stands between two names of one list."""
        words = self.numbers["joins"]
        return frozenset({", ", *(f" {word} " for word in words), *(f", {word} " for word in words)})

    @cached_property
    def determiner(self) -> re.Pattern[str]:
        """A chunk that makes a participle an adjective ("the injured", "his injured")."""
        names = ("the", "article", "his", "verbish", "prep", "modifying")
        return re.compile(f"[{''.join(self.alphabet.class_of(name) or '' for name in names) or NEVER}]")

    @cached_property
    def modal_symbols(self) -> frozenset[str]:
        return frozenset(self.alphabet.class_of("may") or "")

    @cached_property
    def told_anew(self) -> re.Pattern[str]:
        """Finds that a text tells of another happening of its sort."""
        return _any(self.words["anew_told"])

    @cached_property
    def taken_back(self) -> re.Pattern[str]:
        """Finds that a text takes back a figure."""
        return _any(self.words["corrected"])

    @cached_property
    def speaking(self) -> re.Pattern[str]:
        """Finds every token that tells who says so."""
        names = (self.alphabet.class_of(name) or "" for name in ("say", "source_before"))
        return re.compile(f"[{''.join(names) or NEVER}]")

    @cached_property
    def source_name(self) -> re.Pattern[str]:
        """Finds a name of capitalised words as officials bear it ("Ministry of Health")."""
        capital = r"(?:(?![a-zß-öø-ÿа-яё])[^\W\d_])[\w.&'’–-]*"
        small = "|".join(map(re.escape, self.words["source_joiners"])) or NEVER
        return re.compile(rf"(?<!\w){capital}(?: (?:(?:{small}) ){{0,2}}{capital}){{0,7}}")

    @cached_property
    def source_classes(self) -> re.Pattern[str]:
        """Finds how a text speaks of an organisation without its name ("the charity")."""
        longest_first = sorted(self.classes, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first)) or NEVER})(?!\w)")

    @cached_property
    def gate(self) -> Any:
        """One automaton over every gate word; `gate_strengths` tells what each is."""
        return _automaton(self.gate_bits, compact=False)

    @cached_property
    def gate_strengths(self) -> list[int]:
        return list(self.gate_bits.values())

    @cached_property
    def spots(self) -> Any:
        """One automaton over every word that tells a cause, a topic or a tag; `spot_list` tells which."""
        return _automaton(self.spot_labels, overlapping=True)

    @cached_property
    def longest_spot(self) -> int:
        return max(map(len, self.spot_labels), default=0)

    @cached_property
    def spot_list(self) -> list[tuple[Label, ...]]:
        return list(self.spot_labels.values())

    @cached_property
    def organisation_names(self) -> Any:
        """One automaton over every name in `organisations`."""
        return _automaton(alias.lower() for alias, _ in self.organisations)

    def halves(self, form: str, groups: frozenset[str]) -> tuple[Halves, ...]:
        """The constructions of a form for deeds done to things of `groups`, compiled when first asked for."""
        found = self._halves.get((form, groups))
        if found is None:
            made = Patterns(self.grammar["shapes"], self.alphabet.taking(groups), f"{self.code}.yaml.grammar")
            rows = self.constructions.get(form, ())
            found = tuple(made.halves(row.name, row.words, f"{form}.{row.name}") for row in rows)
            self._halves[form, groups] = found
        return found


def _any(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, phrases)) or NEVER)
