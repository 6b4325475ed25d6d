"""What stands beside the sentence: comments, brackets, figures inside larger ones, ages, populations."""

import re
from dataclasses import replace

from service.signals.tape import Made, Make, Tape, Thing


def aside(why: str) -> Make:
    """Takes a stretch out of the sentence; the figures in it belong to no deed."""

    def out(tape: Tape, match: re.Match[str]) -> Made:
        for item in tape.items[match.start() : match.end()]:
            if isinstance(item, Thing):
                item.why_not = why
        return "", []

    return out


def removed(tape: Tape, match: re.Match[str]) -> Made:
    """ "services such as water": the word before the list says nothing by itself."""
    return "", []


def nominal(tape: Tape, match: re.Match[str]) -> Made:
    """ "an attack on": a word that is verb and noun is a noun here."""
    symbol = tape.lexicon.alphabet.nominal
    return match.group()[:-1] + symbol, tape.items[match.start() : match.end()]


def nominalised(tape: Tape, match: re.Match[str]) -> Made:
    """ "the injured": people, not a deed."""
    return match.group()[:1] + tape.lexicon.alphabet.shapes["word"], tape.items[match.start() : match.end()]


def resident(tape: Tape, match: re.Match[str]) -> Made:
    thing = tape.items[match.end() - 1]
    if isinstance(thing, Thing):
        thing.why_not = "population figure"
    return match.group()[:-1] + tape.lexicon.alphabet.part, tape.items[match.start() : match.end()]


def partitive(tape: Tape, match: re.Match[str]) -> Made | None:
    """ "200 members of pro-government forces": what follows "of" says who they are."""
    thing, whole = tape.items[match.start()], tape.items[match.end() - 1]
    if isinstance(thing, Thing) and thing.noun and isinstance(whole, int):
        thing.noun, thing.stop = replace(thing.noun, victims="combatant"), whole + 1
        return match.group()[:1], [thing]  # "members of the army"
    if not (isinstance(thing, Thing) and isinstance(whole, Thing) and whole.noun):
        return None
    if thing.group != "people" or (whole.group == "people" and whole.noun.victims != "combatant"):
        return None
    if whole.group == "people":
        thing.noun = whole.noun
    thing.stop, whole.why_not = whole.stop, "part of a larger figure"
    return match.group()[:1], [thing]


def clause(tape: Tape, match: re.Match[str]) -> Made:
    """ "of whom 12 died": a part, whatever is said of it."""
    thing = tape.items[match.end() - 1]
    if isinstance(thing, Thing):
        thing.why_not = "part of a larger figure"
    return tape.lexicon.alphabet.part, tape.items[match.end() - 1 : match.end()]


def age(tape: Tape, match: re.Match[str]) -> Made:
    """ "Olena Kovalenko, 62, was killed": no figure."""
    figure = tape.items[match.start() + 2]
    if isinstance(figure, Thing):
        figure.why_not = "an age"
    return match.group()[:1], [tape.items[match.start()]]
