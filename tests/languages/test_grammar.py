"""Every construction of every language file has examples, and each example is read by that construction."""

from typing import NamedTuple

import pytest

from service import languages
from service.languages.schema import FORMS
from service.signals import judge
from service.signals.bind import SERVED, bind
from service.signals.fold import fold
from service.signals.passes import tape_of
from service.signals.sides import sides_of
from service.signals.tokens import tokens

JUDGED = {"negated": "negated", "forecast": "forecast", "forecast_near": "forecast"}
ACTIVE = ("acts", "doing", "done")  # the forms whose subject `own` is for


class Example(NamedTuple):
    code: str
    form: str
    name: str
    text: str = ""

    def __str__(self) -> str:
        return f"{self.code}.{self.form}.{self.name}" + (f": {self.text}" if self.text else "")


CONSTRUCTIONS = [
    (Example(code, form, name), one["examples"])
    for code in languages.available()
    for form, named in languages.lexicon(code).grammar["constructions"].items()
    for name, one in named.items()
]
EXAMPLES = [one._replace(text=text) for one, texts in CONSTRUCTIONS for text in texts]


def holds(example: Example) -> bool:
    lexicon, text = languages.lexicon(example.code), example.text
    sides = sides_of(tape_of(tokens(text, fold(text), 0, len(text), lexicon)))
    bound = bind(sides)
    if example.form in FORMS or example.form in ("own", "whole"):
        forms = ACTIVE if example.form == "own" else (example.form,)
        return any(one.rule.endswith(f".{example.name}") and one.deed.form in forms for one in bound)
    if said := JUDGED.get(example.form):
        matched = [one for one in bound if judge.assertion(sides, one) == said]
        groups: frozenset[str] = frozenset()
    else:  # those who go without, beside the service that stopped
        matched, groups = [one for one in bound if one.service and one.thing and one.thing.counted], SERVED
    return any(
        example.name == name
        for one in matched
        for at in {one.at, sides.tape.items.index(one.service) if one.service else one.at}
        for name, _ in sides.match(example.form, at, groups)
    )


def test_every_construction_has_examples() -> None:
    assert not [str(one) for one, texts in CONSTRUCTIONS if not texts]


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_an_example_is_read_by_its_construction(example: Example) -> None:
    assert holds(example)
