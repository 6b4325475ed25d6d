"""What the tests of the steps share: one sentence of English taken as far as a step."""

from typing import Any

from service import languages, places, signals
from service.signals.bind import Bound, bind
from service.signals.figures import Amount, amount_at
from service.signals.fold import fold
from service.signals.gate import gate_words, sentences, worth_reading
from service.signals.passes import tape_of
from service.signals.sides import Sides, sides_of
from service.signals.tape import Tape, Thing
from service.signals.tokens import Tokens, tokens
from service.values import Reading

EN = languages.lexicon("en")


def read(text: str, **given: Any) -> Reading:
    return signals.read(text, EN, find_places=places.finder(), **given)


def cut(text: str) -> Tokens:
    """The tokens of a text taken as one sentence."""
    return tokens(text, fold(text), 0, len(text), EN)


def amounts(text: str) -> list[Amount]:
    """Every figure of a sentence, none inside another."""
    words, found = cut(text), list[Amount]()
    for at in range(len(words)):
        if at >= (found[-1].stop if found else 0) and (amount := amount_at(words, at)):
            found.append(amount)
    return found


def tape(text: str) -> Tape:
    return tape_of(cut(text))


def sides(text: str) -> Sides:
    return sides_of(tape(text))


def bound(text: str) -> list[Bound]:
    return bind(sides(text))


def said(words: Tokens, thing: Thing) -> str:
    """A thing in the words of its tokens."""
    return " ".join(words.words[thing.first : thing.stop])


def cut_sentences(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in sentences(text, fold(text), EN)]


def worth(text: str) -> list[str]:
    """The sentences of a text that are worth reading."""
    folded = fold(text)
    spans = sentences(text, folded, EN)
    return [text[slice(*spans[number])].strip() for number in worth_reading(gate_words(folded, EN), spans)]
