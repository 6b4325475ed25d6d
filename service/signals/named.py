"""Persons and places by name: one killed, one emptied."""

import re

from service.languages.entry import Noun
from service.signals.figures import Amount
from service.signals.tape import Made, Tape, Thing, placed
from service.values import Victims

CLAUSE = 10  # chunks from people to the name of the place they are from


def individuals(tape: Tape, match: re.Match[str]) -> Made | None:
    """ "a priest and his father" are two."""
    things = [item for item in tape.items[match.start() : match.end()] if isinstance(item, Thing)]
    if not all(thing.noun and thing.noun.one for thing in things):
        return None
    if len({thing.noun.victims for thing in things if thing.noun}) > 1:
        return None
    first, last = things[0], things[-1]
    for thing in things[1:]:
        thing.why_not = "counted with the one before"
    first.stop = last.stop
    first.amount = Amount(first.first, first.first + 1, len(things), len(things), article=True)
    return match.group()[:1], [first]


def person(tape: Tape, match: re.Match[str]) -> Made | None:
    """A named person who is killed or hurt is one; a named place may be evacuated."""
    deeds = tape.words.entry(tape.token(match.end() - 1)).deeds
    if any("settlements" in deed.frame.reads for deed in deeds):
        if _of_people(tape, match.start()):
            return None  # "4,000 families across Nagaland have been evacuated"
        symbol, items = placed(tape, settlement(tape.token(match.start())))
        return symbol + match.group()[1:], items + tape.items[match.start() + 1 : match.end()]
    if not _hurts(tape, match.end() - 1) or _of_people(tape, match.start()):
        return None
    symbol, items = placed(tape, _one_named(tape, match.start()))
    return symbol + match.group()[1:], items + tape.items[match.start() + 1 : match.end()]


def _of_people(tape: Tape, at: int) -> bool:
    """ "Seven students from Calgary, Alberta, Canada, were killed": the last name tells where they are from."""
    first = next((back for back in range(at - 1, max(-1, at - CLAUSE), -1) if _counted_people(tape.items[back])), None)
    return first is not None and not tape.lexicon.anywhere("verbal").search(tape.text, first + 1, at)


def _counted_people(item: object) -> bool:
    return isinstance(item, Thing) and item.group == "people" and item.counted


def victim(tape: Tape, match: re.Match[str]) -> Made | None:
    """ "kills the singer Amjad Sabri": one; "the injured Amjad Sabri" says only who he is."""
    start = match.start()
    if not _hurts(tape, start) or (start and tape.lexicon.determiner.match(tape.text, start - 1)):
        return None
    symbol, items = placed(tape, _one_named(tape, match.end() - 1))
    return match.group()[:1] + symbol, [tape.items[match.start()], *items]


def _hurts(tape: Tape, at: int) -> bool:
    """Is it a deed that is done to beings, and kills or hurts?"""
    deeds = tape.words.entry(tape.token(at)).deeds
    return any(deed.frame.unknown and deed.frame.reads["people"][0] == "casualty" for deed in deeds)


def _one_named(tape: Tape, at: int) -> Thing:
    """The person whose name ends at a place; a fighter if their rank stands before the name."""
    name = tape.lexicon.alphabet.shapes["name"]
    first, token = at, tape.token(at)
    while first > 0 and tape.text[first - 1] == name:
        first -= 1
    around = tape.items[max(0, first - 2) : at + 1]
    ranks = {item.noun.victims for item in around if isinstance(item, Thing) and item.noun}
    armed = any(tape.words.entry(item).is_("armed") for item in around if isinstance(item, int))
    rank: Victims = "combatant" if armed or "combatant" in ranks else "civilian"
    noun = Noun("people", victims=rank, one=True)
    return Thing(tape.token(first), token + 1, "people", Amount(token, token + 1, 1, 1, article=True), noun, token)


def emptied(tape: Tape, match: re.Match[str]) -> Made | None:
    """ "the evacuation of Edgecumbe": a named place is what is emptied."""
    deeds = tape.words.entry(tape.token(match.start())).deeds
    if not any("settlements" in deed.frame.reads for deed in deeds):
        return None
    symbol, items = placed(tape, settlement(tape.token(match.end() - 1)))
    return match.group()[:-1] + symbol, tape.items[match.start() : match.end() - 1] + items


def settlement(token: int) -> Thing:
    return Thing(token, token + 1, "settlements", noun=Noun("settlements", counted=False), noun_at=token)
