"""A tape looked at from its deeds: which constructions of the language file hold there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.languages.alphabet import GROUPS
from service.languages.patterns import Halves
from service.signals.tape import Tape, Thing


@dataclass(slots=True)
class Sides:
    """A tape read forwards and backwards."""

    tape: Tape
    text: str
    back: str

    def match(self, form: str, at: int, groups: frozenset[str]) -> Iterator[tuple[str, list[Thing]]]:
        """Each construction of a form that holds at a place, with the things of `groups` in it."""
        present = self.tape.present
        for halves in self.tape.lexicon.halves(form, groups):
            for need in halves.needs:
                if need.isdisjoint(present):
                    break  # most constructions end here
            else:
                sides = self._held(halves, at)
                if sides is not None:
                    yield halves.name, self._things(*sides, groups)

    def _held(self, halves: Halves, at: int) -> tuple[re.Match[str] | None, re.Match[str] | None] | None:
        """What both halves of a construction match, or None."""
        before = halves.before.match(self.back, len(self.text) - at) if halves.before else None
        if halves.before and before is None:
            return None
        after = halves.after.match(self.text, at + 1) if halves.after else None
        return None if halves.after and after is None else (before, after)

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
