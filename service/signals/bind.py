"""Which counted thing belongs to which deed: by voice, side, clause and kind of thing."""

from collections.abc import Callable, Iterator

from service.languages.lexicon import Deed, Frame, Noun
from service.signals.chunks import Chunk
from service.signals.sides import REACH_LEFT, after_state, left, nominal, right, tally
from service.signals.slots import Bound, adverbial, takes
from service.signals.voice import passive


def bind(found: list[Chunk]) -> list[Bound]:
    """Every deed of a sentence with what it is done to, in the order of the text."""
    bound: list[Bound] = []
    for at, chunk in enumerate(found):
        if chunk.state is not None:
            bound.extend(_readings(found, chunk.state, at, [chunk], "adjective"))
        if chunk.role == "deed":
            bound.extend(_one_deed(found, at, bound))
    bound.extend(_gapped(found, bound))
    bound.extend(_named(found, bound))
    return bound


def _named(found: list[Chunk], bound: list[Bound]) -> Iterator[Bound]:
    """ "23,400 IDPs live here": a counted name of the displaced tells of displacement by itself."""
    used = {id(one.thing) for one in bound}
    for at, chunk in enumerate(found):
        displaced = chunk.noun is not None and chunk.noun.mover == "idp"
        if displaced and chunk.amount and not chunk.part and id(chunk) not in used:
            yield Bound(NAMED, at, chunk, chunk.noun, "displace.named", NAMED.frame.reads["people"])


def _gapped(found: list[Chunk], bound: list[Bound]) -> Iterator[Bound]:
    """ "31 were hurt in Idlib and 12 in Aleppo": a joined figure without a deed takes the one before it."""
    used = {id(one.thing) for one in bound}
    for at, chunk in enumerate(found[:-1]):
        joined = at > 1 and found[at - 1].is_("and") and found[at + 1].is_("prep")
        if chunk.role != "amount" or chunk.other or chunk.part or id(chunk) in used or not joined:
            continue
        near = (
            one for one in reversed(bound) if one.at < at and one.thing is not None and one.thing.amount is not None
        )
        last = next(near, None)
        if last and at - last.at < 8 and last.read[0] != "suspension":
            yield Bound(last.deed, last.at, chunk, last.noun, f"{last.deed.frame.name}.gapped", last.read)


def _one_deed(found: list[Chunk], at: int, earlier: list[Bound]) -> list[Bound]:
    """The first form of the deed's word that finds something it can be done to; else the first bare one."""
    results = []
    for deed in found[at].entry.deeds:
        things, rule = _things(found, at, deed, earlier)
        readings = list(_readings(found, deed, at, things, rule))
        if readings:
            results.append(readings)
            if any(one.thing and one.thing.amount for one in readings):
                return readings
    return results[0] if results else []


def _things(found: list[Chunk], at: int, deed: Deed, earlier: list[Bound]) -> tuple[list[Chunk], str]:
    """What a deed is done to, and the name of the construction."""
    match deed.form:
        case "whole":
            return left(found, at, deed, earlier), "whole"
        case "tally" | "lack" | "noun" | "event":
            return NOMINAL[deed.form](found, at, deed), deed.form
        case "state":
            return left(found, at, deed, earlier) or after_state(found, at, deed), "state"
        case "done" if passive(found, at, deed):
            return left(found, at, deed, earlier), "passive"
    return _active(found, at, deed, earlier)


NOMINAL: dict[str, Callable[[list[Chunk], int, Deed], list[Chunk]]] = {
    "tally": tally,
    "lack": right,
    "noun": nominal,
    "event": nominal,
}


def _active(found: list[Chunk], at: int, deed: Deed, earlier: list[Bound]) -> tuple[list[Chunk], str]:
    """ "suspended services" tells nothing of what stopped: that stands before the deed."""
    following = right(found, at, deed)
    if following and not all(_general(thing) for thing in following):
        return following, "active"
    if following or (deed.frame.self and _may_lack_object(found, at, deed)):
        return left(found, at, deed, earlier) or following, "own"
    return [], "active"


NAMED = Deed(Frame("displace", {"people": ("displacement", "displaced")}), "named")


def _may_lack_object(found: list[Chunk], at: int, deed: Deed) -> bool:
    """ "Schools closed", but not "hospitals cut waiting lists": what is stopped there is something else."""
    if deed.frame.reads.get("facilities", ("", ""))[0] != "suspension" or at + 1 >= len(found):
        return True
    following = found[at + 1]
    return following.role in ("sign", "deed") or bool(following.entry.marks - {"the"}) or adverbial(following)


def _general(thing: Chunk) -> bool:
    return thing.noun is not None and thing.noun.sector == "general"


def _readings(found: list[Chunk], deed: Deed, at: int, things: list[Chunk], rule: str) -> Iterator[Bound]:
    name = f"{deed.frame.name}.{rule}"
    if deed.form == "whole":
        sector = deed.sector or "other"
        yield Bound(
            deed, at, things[0] if things else None, things[0].noun if things else None, name, deed.frame.reads[sector]
        )
        return
    if deed.form == "event" and not things:
        yield Bound(deed, at, None, None, name, deed.frame.reads["people"])
        return
    if deed.frame.reads.get("facilities", ("", ""))[0] == "suspension":
        served = _served(found, at, deed, things)
        if served is not None:
            for thing in things:
                yield Bound(deed, at, served, served.noun, name, ("suspension", _sector(thing)), thing)
            return
    own = _owner_of_general(found, at, deed, things)
    for thing in own:
        noun = thing.noun or _taken_over(found, thing, deed)
        group = noun.group if noun else "people"
        read = deed.frame.reads.get(group)
        if read is None and noun is None and "dwellings" in deed.frame.reads:
            continue
        if read is None:
            continue
        kind, type_ = read
        if type_ == "*":
            type_ = _sector(thing)
        yield Bound(deed, at, thing, noun, name, (kind, type_))


def _served(found: list[Chunk], at: int, deed: Deed, things: list[Chunk]) -> Chunk | None:
    """Those who go without: "570,000 people are without power", "cut power to 2,000 homes"."""
    if not things or any(thing.amount is not None for thing in things):
        return None
    whole = Deed(deed.frame, "whole")
    if deed.form == "lack":
        people = left(found, at, whole, [])
        return people[0] if people else None
    last = things[-1].at
    if last > at and last + 2 < len(found) and (found[last + 1].is_("to") or found[last + 1].word == "for"):
        return found[last + 2] if takes(found[last + 2], whole) else None
    return None


def _sector(thing: Chunk) -> str:
    for noun in reversed(thing.heads):
        if noun.sector and noun.sector not in ("general", "other"):
            return noun.sector
    return "general" if thing.noun and thing.noun.sector == "general" else "other"


def _owner_of_general(found: list[Chunk], at: int, deed: Deed, things: list[Chunk]) -> list[Chunk]:
    """ "forced to suspend services": the type is that of whoever suspends them."""
    if deed.frame.reads.get("facilities", ("", ""))[1] != "*":
        return things
    return [thing for thing in things if not _general(thing)]


def _taken_over(found: list[Chunk], thing: Chunk, deed: Deed) -> Noun | None:
    """A bare figure counts what the figure before it counted ("14 militants killed and 30 wounded")."""
    after = found[thing.at + 1 : thing.at + 5]
    for number, chunk in enumerate(after):
        if chunk.noun and chunk.noun.victims == "combatant" and any(c.is_("from") for c in after[:number]):
            return chunk.noun
    earlier = found[max(0, thing.at - REACH_LEFT) : thing.at]
    before = [c.noun for c in earlier if c.noun and c.amount and c.noun.group in deed.frame.reads and not c.part]
    if not before:
        return None
    mixed = {noun.victims for noun in before} == {"civilian", "combatant"}
    return next(noun for noun in before if noun.victims == "civilian") if mixed else before[-1]
