"""A tape looked at from its deeds: which constructions of the language file hold there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from service.languages.alphabet import GROUPS
from service.languages.patterns import Halves
from service.signals.tape import Tape, Thing

NO_GROUPS: frozenset[str] = frozenset()


@dataclass(slots=True)
class Sides:
    """A tape read forwards and backwards."""

    tape: Tape
    text: str
    back: str
    _kept: dict[tuple[str, frozenset[str]], list[Halves]] = field(default_factory=dict)

    def match(self, form: str, at: int, groups: frozenset[str]) -> Iterator[tuple[str, list[Thing]]]:
        """Each construction of a form that holds at a place, with the things of `groups` in it."""
        for halves in self._possible(form, groups):
            before = halves.before.match(self.back, len(self.text) - at) if halves.before else None
            if halves.before and before is None:
                continue
            after = halves.after.match(self.text, at + 1) if halves.after else None
            if halves.after and after is None:
                continue
            yield halves.name, self._things(before, after, groups)

    def holds(self, form: str, at: int) -> bool:
        """Does any construction of a form that names no things hold at a place?"""
        return bool(self._possible(form, NO_GROUPS)) and any(True for _ in self.match(form, at, NO_GROUPS))

    def _possible(self, form: str, groups: frozenset[str]) -> list[Halves]:
        """The constructions of a form that this tape does not rule out, few as a rule; worked out once."""
        kept = self._kept.get((form, groups))
        if kept is None:
            kept = self._kept[form, groups] = []
            for halves in self.tape.lexicon.halves(form, groups):
                for need in halves.needs:
                    if need.isdisjoint(self.tape.present):
                        break
                else:
                    kept.append(halves)
        return kept

    def _things(self, before: re.Match[str] | None, after: re.Match[str] | None, groups: frozenset[str]) -> list[Thing]:
        size = len(self.text)
        found: list[int] = []
        if before is not None and before.lastgroup:
            start, stop = before.span("things")
            found += range(size - stop, size - start)
        if after is not None and after.lastgroup:
            found += range(*after.span("things"))
        kinds = self.tape.lexicon.alphabet.things
        taken = [at for at in found if (kind := kinds.get(self.text[at])) and kind[0] in groups]
        if before is not None and len(taken) == 1 and self._modifies(taken[0]):
            return []
        return [item for at in taken if isinstance(item := self.tape.items[at], Thing)]

    def _modifies(self, at: int) -> bool:
        """ "school party": a facility straight before a word we do not know only describes it."""
        kind = self.tape.lexicon.alphabet.things[self.text[at]]
        shapes = self.tape.lexicon.alphabet.shapes
        unknown = (shapes["word"], shapes["name"], *self.tape.lexicon.endings.values())
        return kind[0] not in GROUPS and kind[1] == "none" and self.text[at + 1 : at + 2] in unknown


def sides_of(tape: Tape) -> Sides:
    """A tape ready to be looked at from its deeds."""
    return Sides(tape, tape.text, tape.text[::-1])
