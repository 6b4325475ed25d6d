"""Reads the parts of alerts.yaml that weigh who says so."""

from itertools import combinations
from typing import Final

from service.rules import fields
from service.rules.reader import Reader, noted, shaped
from service.rules.scalars import one_of, text
from service.rules.shapes import table
from service.rules.vocabulary import GRADES
from service.strict_yaml import Mistakes, Node
from service.values import Level

# A grade, or a run of grades (A-C), and the letters it stands for.
RUNS: Final = {
    **{letter: letter for letter in GRADES},
    **{f"{GRADES[i]}-{GRADES[j]}": GRADES[i : j + 1] for i, j in combinations(range(len(GRADES)), 2)},
}
caps: Final = table(fields.level, one_of("a grade, or a run of grades", RUNS, "Write A, or A-C"))


@shaped(**caps.schema)
def single_origin(node: Node, mistakes: Mistakes) -> dict[str, Level]:
    """A cap for each grade; keys are a grade or a run of them (A-C)."""
    found: dict[str, Level] = {}
    for letters, level in caps(node, mistakes).items():
        for letter in letters:
            if letter in found:
                raise noted(node, mistakes, f"{node.path} names the grade {letter} twice", "Name each once")
            found[letter] = level
    if missing := [letter for letter in GRADES if letter not in found]:
        problem = f"{node.path} leaves out the grade {', '.join(missing)}"
        raise noted(node, mistakes, problem, "Name every grade from A to F: 'D-F: moderate'")
    return found


# Grades of organisations by name; a text may write a name in any case.
origins: Final[Reader[dict[str, str]]] = table(fields.grade, text.into(str.casefold))
