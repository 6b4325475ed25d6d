"""Which thing belongs to which deed: by the constructions of the language file, in the order they stand there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from service.languages.entry import Deed, Frame, Noun
from service.signals.sides import Sides
from service.signals.tape import Tape, Thing, sector_of

NOMINAL = ("noun", "event", "with_of", "tally", "toll")
ACTIVE = ("acts", "doing", "done")
GAP = 9  # chunks from a deed, or from the last figure it has taken, to another joined to it
NEAR = 5  # chunks between a deed and a being whose name we do not know
SERVED = frozenset({"people", "households", "dwellings", "figure"})  # who may go without a service


@dataclass(slots=True, eq=False)
class Bound:
    """A deed with one thing it is done to (`thing` may be None for a deed that needs none).

    `at` is the deed's place on the tape, `token` its token; `noun` is the thing's, or the one a bare
    figure takes over; `rule` names frame and construction; `service` is what those who are counted go without.
    """

    deed: Deed
    at: int
    token: int
    thing: Thing | None
    noun: Noun | None
    rule: str
    read: tuple[str, str]
    service: Thing | None = None


def bind(sides: Sides) -> list[Bound]:
    """Every deed of a sentence with what it is done to, in the order of the text."""
    tape = sides.tape
    bound: list[Bound] = []
    for at in _deeds(tape):
        bound.extend(_one_deed(sides, at, bound))
    bound.extend(_adjectives(tape))
    bound.extend(_gapped(tape, bound))
    bound.extend(_named(tape, bound))
    return bound


def _deeds(tape: Tape) -> list[int]:
    return [match.start() for match in tape.lexicon.deeds.finditer(tape.text)]


def _one_deed(sides: Sides, at: int, earlier: list[Bound]) -> list[Bound]:
    """The first form of the deed's word that finds something counted; else the first that finds anything."""
    token = sides.tape.token(at)
    nominal = sides.text[at] == sides.tape.lexicon.alphabet.nominal
    fallback: list[Bound] = []
    for deed in sides.tape.words.known[token].deeds:
        if nominal and deed.form not in NOMINAL:
            continue
        found = _one_form(sides, deed, at, token, earlier)
        if found and any(one.thing and one.thing.counted for one in found):
            return found
        fallback = fallback or found
    return fallback


def _one_form(sides: Sides, deed: Deed, at: int, token: int, earlier: list[Bound]) -> list[Bound]:
    groups = SERVED if deed.form == "whole" else deed.frame.groups
    for form in (deed.form, "own") if deed.frame.self and deed.form in ACTIVE else (deed.form,):
        for name, things in sides.match(form, at, groups):
            found = list(_readings(sides, deed, at, token, _unowned(things, earlier), name, earlier))
            if found:
                return found
    return []


def _unowned(things: list[Thing], earlier: list[Bound]) -> list[Thing]:
    """Of a list, what an earlier deed has already taken belongs to that one alone."""
    if len(things) < 2:
        return things
    taken = {id(one.thing) for one in earlier}
    return [thing for thing in things if id(thing) not in taken] or things


def _readings(
    sides: Sides, deed: Deed, at: int, token: int, things: list[Thing], name: str, earlier: list[Bound]
) -> Iterator[Bound]:
    rule = f"{deed.frame.name}.{name}"
    if deed.form == "whole":
        read = deed.frame.reads[deed.sector or "other"]
        served = things[0] if things else None
        yield Bound(deed, at, token, served, served.noun if served else None, rule, read)
        return
    if not things and deed.form == "event":
        yield Bound(deed, at, token, None, None, rule, deed.frame.reads["people"])
    if not things and deed.form == "toll":
        yield Bound(deed, at, token, None, None, rule, next(iter(deed.frame.reads.values())))
    served = _served(sides, deed, at, things) if deed.frame.suspends else None
    for thing in things:
        if deed.frame.physical and thing.noun is not None and not thing.noun.material:
            continue
        if (thing.compound and not deed.frame.physical) or (deed.frame.counted and not thing.counted):
            continue
        if thing.group == "other" and abs(sides.tape.items.index(thing) - at) > NEAR:
            continue  # a word we do not know is a being only straight beside the deed
        noun = thing.noun or _taken_over(sides.tape, thing, deed, earlier)
        read_ = _read(deed.frame, thing, noun)
        if read_ is None:
            continue
        if served is not None:
            yield Bound(deed, at, token, served, served.noun, rule, read_, thing)
        else:
            yield Bound(deed, at, token, thing, noun, rule, read_)


def _read(frame: Frame, thing: Thing, noun: Noun | None) -> tuple[str, str] | None:
    """What a frame says of a thing: (kind, type)."""
    group = noun.group if noun else "people"
    if noun is None and "dwellings" in frame.reads and "people" not in frame.reads:
        return None
    read = frame.reads.get(group)
    if read and read[1] == "*":
        return read[0], noun.sector if thing.noun is None and noun and noun.sector else sector_of(thing)
    return read


def _served(sides: Sides, deed: Deed, at: int, things: list[Thing]) -> Thing | None:
    """Those who go without: "570,000 people are without power", "cut power to 2,000 homes"."""
    if not things or any(thing.counted for thing in things):
        return None
    if deed.form == "lack" and len(things) > 1:
        return None  # cut off from everything: that counts who lives there
    for thing in things:
        place = sides.tape.items.index(thing)
        for _, people in sides.match("for_whom", place, SERVED):
            return people[0]
    form = "served" if deed.form in ("lack", "deprive") else "serving"
    found = next((people for _, people in sides.match(form, at, SERVED) if people), None)
    return found[0] if found else None


def _taken_over(tape: Tape, thing: Thing, deed: Deed, bound: list[Bound]) -> Noun | None:
    """A bare figure counts what the figure before it counted ("14 militants killed and 30 wounded").

    In a mixed list ("three civilians and two soldiers ... nine hurt") it is taken for civilians.
    """
    if thing.group == "other":
        return None
    if said := _announced(tape, thing):
        return said
    before = sorted((one for one in tape.things if one.first < thing.first), key=lambda one: one.first)
    victims = {id(one.thing) for one in bound}  # of "kills a soldier and wounds five", not of "a bomber kills four"
    earlier = [one for one in before if (one.counted or id(one) in victims) and one.noun and not one.why_not]
    # "three families were on the road ... killing two": of people
    groups = {"people"} if deed.frame.unknown else deed.frame.reads.keys()
    nouns = [one.noun for one in earlier if one.noun and one.noun.group in groups]
    if not nouns:
        return None
    if {noun.victims for noun in nouns} == {"civilian", "combatant"}:
        return next(noun for noun in nouns if noun.victims == "civilian")
    return nouns[-1]


def carried_on(sides: Sides, bound: list[Bound], before: list[Bound]) -> list[Bound]:
    """ "Of those, 703 died", "seven others were hurt": after a sentence of fighters alone, bare figures are of them."""
    nouns = [one.noun for one in before if one.noun and one.read[0] == "casualty"]
    if not nouns or any(noun.victims != "combatant" for noun in nouns) or any(one.noun for one in bound):
        return bound
    if not any(entry.is_("of_them") or entry.is_("others") for entry in sides.tape.words.known):
        return bound
    return [replace(one, noun=nouns[-1]) if one.thing and one.read[0] == "casualty" else one for one in bound]


def _announced(tape: Tape, thing: Thing) -> Noun | None:
    """ "wounded four from the army": whom the figure is taken from tells who they are."""
    words = tape.words
    if not any(words.entry(at).is_("from") for at in range(thing.stop, thing.stop + 3)):
        return None
    if any(words.entry(at).is_("armed") for at in range(thing.stop, min(thing.stop + 5, len(words)))):
        return Noun("people", victims="combatant")
    after = (one for one in tape.things if thing.stop <= one.first <= thing.stop + 5 and one.noun)
    return next((one.noun for one in after if one.noun and one.noun.victims == "combatant"), None)


def _adjectives(tape: Tape) -> Iterator[Bound]:
    """ "500 displaced families": the deed is told as an adjective of the thing."""
    if not any(thing.state for thing in tape.things):
        return
    for at, item in enumerate(tape.items):
        if isinstance(item, Thing) and item.state is not None and item.noun and not item.why_not:
            read = _read(item.state.frame, item, item.noun)
            if read and item.noun.sector != "general":
                yield Bound(item.state, at, item.state_at, item, item.noun, f"{item.state.frame.name}.adjective", read)


def _gapped(tape: Tape, bound: list[Bound]) -> Iterator[Bound]:
    """ "31 were hurt in Idlib and 12 in Aleppo": a joined figure without a deed takes the one before it."""
    used = {id(one.thing) for one in bound}
    told = [(one.at, one) for one in bound if one.thing is not None and one.thing.counted]
    for match in tape.found("gapped"):
        at = match.start("things")
        thing = tape.items[at]
        if not isinstance(thing, Thing) or id(thing) in used or thing.why_not:
            continue
        place, last = max((pair for pair in told if pair[0] < at), key=lambda pair: pair[0], default=(0, None))
        if last and at - place < GAP and last.read[0] != "suspension":
            noun = thing.noun or last.noun
            if thing.noun is None or last.read == _read(last.deed.frame, thing, noun):
                told.append((at, last))
                yield Bound(last.deed, last.at, last.token, thing, noun, f"{last.deed.frame.name}.gapped", last.read)


def _named(tape: Tape, bound: list[Bound]) -> Iterator[Bound]:
    """ "23,400 IDPs live here": a counted name of the displaced tells of displacement by itself."""
    if not any(thing.noun and thing.noun.mover for thing in tape.things):
        return
    used = {id(one.thing) for one in bound}
    for at, thing in enumerate(tape.items):
        if isinstance(thing, Thing) and thing.noun and thing.noun.mover and not thing.why_not:
            deed = tape.lexicon.named.get(thing.noun.mover)
            if deed and thing.counted and id(thing) not in used:
                read = deed.frame.reads["people"]
                yield Bound(deed, at, thing.first, thing, thing.noun, f"{deed.frame.name}.named", read)


def unbound(tape: Tape, bound: list[Bound]) -> Iterator[Thing]:
    """The counted things that no deed took."""
    used = {id(one.thing) for one in bound}
    return (thing for thing in tape.things if thing.counted and id(thing) not in used)
