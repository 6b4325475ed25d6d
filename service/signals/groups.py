"""Things: nouns with what counts them, and figures without a noun."""

import re
from dataclasses import replace
from typing import cast

from service.languages.entry import Noun
from service.signals.figures import Amount, amount_at
from service.signals.tape import Made, Tape, Thing, placed, symbol_of
from service.signals.tokens import Tokens


def figures(tape: Tape) -> None:
    """Puts one symbol for each figure; the places are those of the tokens until then."""
    words, past = tape.words, -1
    found: list[Amount] = []
    for match in tape.lexicon.whole["figure"].regex.finditer(tape.text):
        if match.start() >= past and (amount := amount_at(words, match.start())):
            found.append(amount)
            past = amount.stop
    symbols = tape.lexicon.alphabet.amounts
    for amount in reversed(found):
        first, stop = amount.first, amount.stop
        symbol = symbols["amount" if amount.low is not None else "vague_amount"]
        tape.text = tape.text[:first] + symbol + tape.text[stop:]
        tape.items[first:stop] = [amount]


def group(tape: Tape, match: re.Match[str]) -> Made | None:
    """A noun with what counts it: a figure, "no", "a", or nothing."""
    words = tape.words
    noun_at, last = match.start("noun"), match.end("noun") - 1
    head = tape.token(last)
    noun = words.known[head].noun
    if noun is None:
        return None
    first, figure, article = match.start(), match["figure"], match["article"]
    thing = Thing(tape.token(first), head + 1, noun.group, noun=noun, noun_at=tape.token(noun_at))
    if article and not noun.one:
        return _bare(tape, match, noun_at, thing)
    more = match.span() != match.span("noun")  # than the noun alone
    if more or words.known[head].marks:
        _counted(tape, match, thing, noun)
    heads = _headed(tape, noun_at, last, thing) if last > noun_at else None
    thing.noun = _ranked(heads or noun, thing.first, head, words)
    if figure and not noun.material and tape.text[last + 1 : last + 2] == tape.lexicon.alphabet.shapes["word"]:
        _compound(thing, thing.noun)
    if more and match["state"]:
        thing.state_at = tape.token(match.start("state"))
        deeds = words.entry(thing.state_at).deeds
        thing.state = next((deed for deed in deeds if deed.form in ("done", "state")), None)
    return placed(tape, thing)


def _counted(tape: Tape, match: re.Match[str], thing: Thing, noun: Noun) -> None:
    """Takes over what the pattern found before the noun."""
    if match["figure"]:
        _count(thing, cast(Amount, tape.items[match.start("figure")]))
        if match["whole"] and noun.group == "people" and thing.amount and thing.amount.high == 1:
            _count(thing, cast(Amount, tape.items[match.start("whole")]))  # "one of 15 people killed"
    elif match["zero"] or tape.words.entry(thing.stop - 1).is_("nobody"):
        thing.zero = True
    elif match["article"]:
        thing.amount = Amount(thing.first, thing.first + 1, 1, 1, article=True)


def _headed(tape: Tape, noun_at: int, last: int, thing: Thing) -> Noun | None:
    """ "security forces personnel": of several nouns, one that is a fighter's tells who they are."""
    heads = (tape.words.entry(tape.token(at)).noun for at in range(noun_at, last + 1))
    thing.heads = tuple(one for one in heads if one is not None)
    fighters = next((one for one in thing.heads if one.victims == "combatant"), None)
    return fighters if thing.group == "people" else None


def _ranked(noun: Noun, first: int, head: int, words: Tokens) -> Noun:
    """ "a Hamas official" is a fighter, "a former soldier" is none any more."""
    if noun.group == "people" and words.entry(head - 1).is_("armed"):
        return replace(noun, victims="combatant")
    if noun.victims == "combatant" and any(words.entry(at).is_("former") for at in range(first, head)):
        return replace(noun, victims="civilian")
    return noun


def _compound(thing: Thing, noun: Noun) -> None:
    """ "63 drinking water systems": what is counted is a word we do not know, of that sector."""
    thing.stop, thing.compound = thing.stop + 1, True
    thing.noun = replace(noun, counted=True, material=True)


def _count(thing: Thing, amount: Amount) -> None:
    """ "0 deaths" is none; "one school" is no more exact than "a school"."""
    thing.amount = amount
    if amount.high == 0:
        thing.amount, thing.zero = None, True
    elif thing.group == "facilities" and amount.high == 1:
        amount.article = True


def _bare(tape: Tape, match: re.Match[str], noun_at: int, thing: Thing) -> Made:
    """ "a hospital": what stands before the noun stays as it is, the noun alone is the thing."""
    thing.first, thing.zero = thing.noun_at, tape.words.entry(thing.noun_at).is_("nobody")
    symbol, items = placed(tape, thing)
    start = match.start()
    return tape.text[start:noun_at] + symbol, tape.items[start:noun_at] + items


def alone(tape: Tape, match: re.Match[str]) -> Made:
    """A figure without a noun we know: bare, or before a word that it counts."""
    amount = tape.items[match.start("figure")]
    assert isinstance(amount, Amount)
    group = "other" if match["unknown"] else "figure"
    thing = Thing(amount.first, amount.stop, group, amount)
    if amount.high == 0:
        thing.amount, thing.zero = None, True
    symbol, items = placed(tape, thing)
    after = slice(match.start("figure") + 1, match.end())
    if group == "other":
        thing.noun_at, thing.stop = amount.stop, tape.token(match.end() - 1) + 1
        return symbol, items
    return symbol + tape.text[after], items + tape.items[after]


def tallied(tape: Tape, match: re.Match[str]) -> Made | None:
    """ "the number of schools closed rose to 12": the figure is that of what is numbered."""
    here, there = match.start("whose"), match.start("figure")
    thing, figure = tape.items[here], tape.items[there]
    if not (isinstance(thing, Thing) and isinstance(figure, Thing)):
        return None
    thing.amount, figure.why_not = figure.amount, "counted with its noun"
    thing.tallied = tape.words.entry(tape.token(match.start())).is_("number_of")
    symbol = symbol_of(tape, thing)
    rest = slice(here + 1, there) if there > here else slice(0, 0)
    return symbol + tape.text[rest], [thing, *tape.items[rest]]


def exact(tape: Tape, match: re.Match[str]) -> Made | None:
    """ "half of the clinics (43 out of 88)": the figure in brackets instead of the vague word."""
    thing, figure = tape.items[match.start("whose")], tape.items[match.start("figure")]
    if not (isinstance(thing, Thing) and isinstance(figure, Thing)):
        return None
    thing.amount = figure.amount
    for item in tape.items[match.start("figure") : match.end()]:
        if isinstance(item, Thing):
            item.why_not = "counted with its noun"
    return symbol_of(tape, thing), [thing]


def conversion(tape: Tape, match: re.Match[str]) -> Made | None:
    """ "32 households (144 people)": one fact in two units, of which people are kept."""
    thing, first = tape.items[match.start("things")], tape.items[match.start()]
    if not isinstance(thing, Thing):
        return None
    for item in tape.items[match.start() : match.end()]:
        if isinstance(item, Thing) and item is not thing:
            item.why_not = "the same in another unit"
    thing.first = min(thing.first, tape.token(match.start()))
    if isinstance(first, Thing):
        thing.stop = max(thing.stop, first.stop)
    return tape.text[match.start("things")], [thing]


def others(tape: Tape, match: re.Match[str]) -> Made | None:
    """ "and others are wounded": some more; "ten others" are ten."""
    before = tape.items[match.start() - 1] if match.start() else None
    if isinstance(before, Thing) and before.counted:
        return None
    at = tape.token(match.start())
    symbol, items = placed(tape, Thing(at, at + 1, "figure", Amount(at, at + 1, vague=tape.words.words[at])))
    return symbol + match.group()[1:], items + tape.items[match.start() + 1 : match.end()]


def another(tape: Tape, match: re.Match[str]) -> Made:
    """ "and another is injured": one more."""
    first = tape.token(match.start())
    symbol, items = placed(tape, Thing(first, first + 1, "figure", Amount(first, first + 1, 1, 1)))
    return symbol + match.group()[1:], items + tape.items[match.start() + 1 : match.end()]


def among(tape: Tape, match: re.Match[str]) -> Made:
    """ "two of the wounded": the figure stands for itself."""
    return match.group()[:1], [tape.items[match.start()]]
