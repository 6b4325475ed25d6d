"""Tokens gathered into what a deed can take, pass by pass.

The passes are patterns of the language file.  Figures come first, then the things they count, then what
stands beside the sentence.
"""

from service.signals import asides, groups, named
from service.signals.tape import Make, Tape
from service.signals.tokens import Tokens

# In the order they are made; each is a pattern of the language file.
PASSES: dict[str, Make] = {
    "restated": groups.among,
    "group": groups.group,
    "alone": groups.alone,
    "share": asides.removed,
    "labelled": groups.tallied,
    "exact": groups.exact,
    "among": groups.among,
    "nominalised": asides.nominalised,
    "age": asides.age,
    "person": named.person,
    "apposed": named.person,
    "victim": named.victim,
    "clause": asides.clause,
    "tallied": groups.tallied,
    "number": groups.tallied,
    "another": groups.another,
    "others": groups.others,
    "emptied": named.emptied,
    "inclusive": asides.removed,
    "namely": asides.removed,
    "nominal": asides.nominal,
    "resident": asides.resident,
    "partitive": asides.partitive,
    "conversion": groups.conversion,
    "alternative": groups.conversion,
    "recounted": groups.conversion,
    "reckoned": groups.conversion,
    "individuals": named.individuals,
    "bracket": asides.aside("a comment in brackets"),
    "part": asides.aside("part of a larger figure"),
    "part_of_them": asides.aside("part of a larger figure"),
    "part_apposed": asides.aside("part of a larger figure"),
    "comment": asides.aside("a comment"),
}


def tape_of(words: Tokens) -> Tape:
    """The chunks of a sentence."""
    tape = Tape(words, words.lexicon, words.symbols, list(range(len(words))))
    groups.figures(tape)
    tape.present = set(tape.text)
    patterns = words.lexicon.whole
    for name, make in PASSES.items():
        pattern = patterns[name]
        for need in pattern.needs:
            if need.isdisjoint(tape.present):
                break  # what it looks for is not there: most passes end here
        else:
            tape.rewrite(pattern, make)
    return tape
