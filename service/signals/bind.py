"""Which counted thing belongs to which deed: by voice, side, clause and kind of thing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from service.languages.lexicon import Deed, Noun
from service.signals.chunks import Chunk

REACH_LEFT, REACH_RIGHT = 34, 9  # chunks a deed looks over


@dataclass(frozen=True, slots=True)
class Bound:
    """A deed with one thing it is done to (`thing` may be None for a deed that needs none).

    `noun` is the thing's, or the one a bare figure takes over; `rule` names the construction.
    """

    deed: Deed
    at: int
    thing: Chunk | None
    noun: Noun | None
    rule: str
    read: tuple[str, str]
    service: Chunk | None = None


def bind(found: list[Chunk]) -> list[Bound]:
    """Every deed of a sentence with what it is done to, in the order of the text."""
    bound: list[Bound] = []
    for at, chunk in enumerate(found):
        if chunk.state is not None:
            bound.extend(_readings(found, chunk.state, at, [chunk], "adjective"))
        if chunk.role == "deed":
            bound.extend(_one_deed(found, at, bound))
    bound.extend(_gapped(found, bound))
    return bound


def _gapped(found: list[Chunk], bound: list[Bound]) -> Iterator[Bound]:
    """ "31 were hurt in Idlib and 12 in Aleppo": a joined figure without a deed takes the one before it."""
    used = {id(one.thing) for one in bound}
    for at, chunk in enumerate(found[:-1]):
        joined = at > 1 and found[at - 1].is_("and") and found[at + 1].is_("prep")
        if chunk.role != "amount" or chunk.other or chunk.part or id(chunk) in used or not joined:
            continue
        before = [one for one in bound if one.at < at and one.thing is not None and one.thing.amount is not None]
        if before and at - before[-1].at < 8 and before[-1].read[0] != "suspension":
            last = before[-1]
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
    form = deed.form
    if form == "whole":
        return _left(found, at, deed, earlier), "whole"
    if form == "tally":
        return _tally(found, at, deed), "tally"
    if form == "lack":
        return _right(found, at, deed), "lack"
    if form in ("noun", "event"):
        return _nominal(found, at, deed), "nominal"
    if form == "state":
        left = _left(found, at, deed, earlier)
        return (left, "state") if left else (_after_state(found, at, deed), "state")
    if form == "done" and _passive(found, at, deed):
        return _left(found, at, deed, earlier), "passive"
    return _active(found, at, deed, earlier)


def _active(found: list[Chunk], at: int, deed: Deed, earlier: list[Bound]) -> tuple[list[Chunk], str]:
    right = _right(found, at, deed)
    general = bool(right) and all(_general(thing) for thing in right)
    if right and not general:
        return right, "active"
    if right or deed.frame.self:
        left = _left(found, at, deed, earlier)
        return left or right, "active-own"
    return [], "active"


def _general(thing: Chunk) -> bool:
    return thing.noun is not None and thing.noun.sector == "general"


# --- voice --------------------------------------------------------------------


def _skip_back(found: list[Chunk], at: int) -> int:
    """The chunk before at, adverbs passed over."""
    at -= 1
    while at >= 0 and (_adverbial(found[at]) or found[at].is_("not")):
        at -= 1
    return at


def _adverbial(chunk: Chunk) -> bool:
    return chunk.role == "word" and (chunk.is_("adverb") or chunk.word.endswith("ly")) and not chunk.is_("be")


def _passive(found: list[Chunk], at: int, deed: Deed) -> bool:
    before = _skip_back(found, at)
    previous = found[before] if before >= 0 else None
    if previous and previous.is_("be"):
        return True
    if previous and (previous.is_("have") or previous.is_("relative") or previous.is_("to")):
        return False
    following = _next(found, at)
    takes = following is not None and following.counts and _takes(following, deed)
    if previous and previous.is_("and") and before > 0 and found[before - 1].role == "deed":
        return not takes and _passive(found, before - 1, deed)
    if previous is None or not (previous.counts and previous.amount and _takes(previous, deed)):
        return not takes
    return not takes or _belongs_on(found, at)


def _belongs_on(found: list[Chunk], at: int) -> bool:
    """In a list ("123 people killed 15 missing") the figure after a deed belongs to the next deed."""
    for number in range(at + 1, min(len(found), at + 4)):
        if found[number].counts:
            return number + 1 < len(found) and (found[number + 1].role == "deed" or found[number + 1].is_("be"))
    return False


def _next(found: list[Chunk], at: int) -> Chunk | None:
    for chunk in found[at + 1 : at + 5]:
        if not (_adverbial(chunk) or chunk.is_("the") or (chunk.role == "word" and not chunk.entry.marks)):
            return chunk
    return None


# --- sides --------------------------------------------------------------------


def _takes(chunk: Chunk, deed: Deed) -> bool:
    if not chunk.counts or chunk.part or chunk.resident:
        return False
    if chunk.noun is None:
        return "people" in deed.frame.reads or "dwellings" in deed.frame.reads
    if deed.frame.only and chunk.word not in deed.frame.only:
        return False
    if deed.form == "whole":
        return chunk.noun.group in ("people", "households", "dwellings") and chunk.amount is not None
    if deed.frame.only_sectors:
        return chunk.noun.group == "facilities" and chunk.noun.sector in deed.frame.only_sectors
    return chunk.noun.group in deed.frame.reads


def _left(found: list[Chunk], at: int, deed: Deed, earlier: list[Bound]) -> list[Chunk]:
    """What stands before the deed in its clause, with everything coordinated to it."""
    shared = _shared(found, at, deed, earlier)
    if shared:
        return shared
    for number in range(at - 1, max(-1, at - REACH_LEFT), -1):
        chunk = found[number]
        if _takes(chunk, deed) and not _oblique(found, number, at):
            if _alternative(found, at, earlier, chunk):
                return []
            return _coordinated_left(found, number, deed, earlier)
        if _closes_left(found, number, at):
            break
    return []


def _shared(found: list[Chunk], at: int, deed: Deed, earlier: list[Bound]) -> list[Chunk]:
    """ "killed and wounded": joined deeds share the thing, when the second has none of its own."""
    joint = at - 1
    while joint >= 0 and (_adverbial(found[joint]) or found[joint].is_("and") or found[joint].is_("have")):
        joint -= 1
    between = found[joint + 1 : at] if joint >= 0 else []
    if joint < at - 1 and joint >= 0 and found[joint].role == "deed":
        if any(chunk.is_("or") for chunk in between):
            return []
        return [one.thing for one in earlier if one.at == joint and one.thing and _takes(one.thing, deed)]
    return []


def _alternative(found: list[Chunk], at: int, earlier: list[Bound], thing: Chunk) -> bool:
    """ "displaced or relocated", of the same people: one fact."""
    joined = at > 1 and found[at - 1].is_("or") and found[at - 2].role == "deed"
    return joined and any(one.thing is thing and one.at == at - 2 for one in earlier)


def _oblique(found: list[Chunk], number: int, deed_at: int) -> bool:
    """Is the thing no subject: after "by", or after another preposition and not counted?"""
    if number == 0:
        return False
    before = found[number - 1]
    if before.is_("by") or (
        before.is_("prep") and before.word in ("for", "against", "among", "between", "with", "from")
    ):
        return not (before.word == "with" and (found[number].amount or number == deed_at - 1))
    counted = found[number].amount is not None and not found[number].amount.article  # type: ignore[union-attr]
    if before.is_("prep") and deed_at - number > 1:
        return not counted or any(one.counts and one.amount for one in found[max(0, number - 8) : number - 1])
    return before.is_("of") and not counted and number > 1 and found[number - 2].role == "group"


def _closes_left(found: list[Chunk], number: int, at: int) -> bool:
    chunk = found[number]
    comparing = found[number + 1].is_("have") or found[number + 1].is_("be")  # "reported as having been killed"
    splits = chunk.is_("split") and number < at - 1 and not comparing
    if (chunk.is_("say") and not chunk.is_("adverb")) or splits or chunk.word in (";", ":"):
        return True
    if chunk.word == "that" and number and found[number - 1].is_("say"):
        return True
    if chunk.role != "deed":
        return False
    finite = any(deed.form in ("acts", "done", "state", "doing") for deed in chunk.entry.deeds)
    return finite and number < at - 1


def _coordinated_left(found: list[Chunk], number: int, deed: Deed, earlier: list[Bound]) -> list[Chunk]:
    things = [found[number]]
    taken = {id(one.thing) for one in earlier}
    while number > 1:
        joint = number - 1
        while joint >= 0 and (found[joint].is_("and") or found[joint].word == ","):
            joint -= 1
        if joint == number - 1:
            break
        joint = _before_comment(found, joint, number)
        if joint < 0 or id(found[joint]) in taken:
            break
        if not (_takes(found[joint], deed) and _alike(found[joint], things[-1])):
            break
        things.append(found[joint])
        number = joint
    return things[::-1]


def _before_comment(found: list[Chunk], joint: int, number: int) -> int:
    """Steps over ", most of them members of X," back to the thing it comments on."""
    step = joint
    while step > max(0, joint - 12) and not found[step].is_("part"):
        if (found[step].counts and not found[step].part) or found[step].role == "deed" or found[step].is_("be"):
            return joint
        step -= 1
    if step <= 0 or not found[step].is_("part"):
        return joint
    while step > 0 and (found[step].is_("part") or found[step].word == ","):
        step -= 1
    return step if found[step].counts else joint


def _alike(one: Chunk, other: Chunk) -> bool:
    """Things joined in one list: both counted, or both named without a figure."""
    if one.noun and other.noun and one.noun.group == other.noun.group == "facilities":
        return True
    return one.amount is not None


def _right(found: list[Chunk], at: int, deed: Deed) -> list[Chunk]:
    """What follows the deed in its clause, with everything coordinated to it."""
    for number in range(at + 1, min(len(found), at + REACH_RIGHT)):
        chunk = found[number]
        if _takes(chunk, deed):
            return [] if _starts_next(found, number, at) else _coordinated_right(found, number, deed)
        if _closes_right(found, number, deed):
            break
    return []


def _closes_right(found: list[Chunk], number: int, deed: Deed) -> bool:
    chunk = found[number]
    if chunk.word in (",", ";", ":", "(", ".", "!", "?") or chunk.is_("say") or chunk.is_("split"):
        return True
    if chunk.counts and chunk.amount and not chunk.part:
        return True
    if chunk.role == "deed" and not chunk.entry.noun:
        return not any(one.form in ("noun", "done") for one in chunk.entry.deeds)
    return (chunk.is_("prep") or chunk.is_("to") or chunk.is_("by")) and deed.form != "lack"


def _starts_next(found: list[Chunk], number: int, at: int) -> bool:
    """ "kills 5, 12 injured": is the thing the subject of a deed of its own?"""
    if number + 1 >= len(found) or not any(chunk.word == "," or chunk.is_("and") for chunk in found[at:number]):
        return False
    return _has_own_deed(found, number)


def _has_own_deed(found: list[Chunk], number: int) -> bool:
    following = number + 1
    while following < len(found) and _adverbial(found[following]):
        following += 1
    if following >= len(found):
        return False
    chunk = found[following]
    forms = {deed.form for deed in chunk.entry.deeds} if chunk.role == "deed" else set()
    return chunk.is_("be") or chunk.is_("have") or bool(forms & {"done", "state", "acts"})


def _coordinated_right(found: list[Chunk], number: int, deed: Deed) -> list[Chunk]:
    things = [found[number]]
    while True:
        joint = _past_part(found, number + 1)
        step = joint
        while step < len(found) and (found[step].is_("and") or found[step].word in (",", "/")):
            step += 1
        if step == joint or step >= len(found) or not _takes(found[step], deed) or not _alike(things[-1], found[step]):
            return things
        if _has_own_deed(found, step):
            return things
        things.append(found[step])
        number = step


def _past_part(found: list[Chunk], at: int) -> int:
    """The chunk after a parenthesis "(...)" that starts at once, else the same one."""
    if at < len(found) and found[at].word == "(":
        for step in range(at, min(len(found), at + 12)):
            if found[step].word == ")":
                return step + 1
    return at


def _after_state(found: list[Chunk], at: int, deed: Deed) -> list[Chunk]:
    """ "Missing: 4": a state with its figure straight after it."""
    step = at + 1
    if step < len(found) and found[step].word in (":", "-"):
        step += 1
        if step < len(found) and _takes(found[step], deed) and found[step].amount and not _has_own_deed(found, step):
            return [found[step]]
    return []


def _nominal(found: list[Chunk], at: int, deed: Deed) -> list[Chunk]:
    """ "two deaths", "the displacement of 3,000 people", "attack on a hospital", "hospital blast"."""
    before = _skip_back(found, at)
    if before >= 0 and found[before].counts and _takes(found[before], deed) and found[before].amount:
        if deed.frame.reads.get("people"):
            return [found[before]]
    step = at + 1
    if step < len(found) and (
        found[step].is_("of") or found[step].is_("prep") or found[at].word.endswith((" of", " to", " on"))
    ):
        right = _right(found, step if found[step].is_("of") or found[step].is_("prep") else at, deed)
        if right:
            return _one_place(right, deed)
    if before == at - 1 and before >= 0 and found[before].noun and _takes(found[before], deed):
        return [found[before]]
    return []


def _one_place(things: list[Chunk], deed: Deed) -> list[Chunk]:
    return things


def _tally(found: list[Chunk], at: int, deed: Deed) -> list[Chunk]:
    """ "the death toll rose to 45 from 31": the first figure after it that no "from" leads."""
    for number in range(at + 1, min(len(found), at + 26)):
        chunk = found[number]
        if (
            chunk.counts
            and chunk.amount
            and not chunk.part
            and chunk.amount.low is not None
            and (chunk.noun is None or _takes(chunk, deed))
        ):
            amount = chunk.amount
            if found[number - 1].is_("from") and amount.low == amount.high:
                continue
            if found[number - 1].is_("from"):  # "from 19 to 37" is a rise, not a range
                chunk.amount = replace(amount, low=amount.high)
            return [chunk]
        if chunk.word in (";", ".") or (chunk.role == "deed" and number > at + 3 and not chunk.entry.marks):
            break
    return []


# --- readings -----------------------------------------------------------------


def _readings(found: list[Chunk], deed: Deed, at: int, things: list[Chunk], rule: str) -> Iterator[Bound]:
    name = f"{deed.frame.name}.{rule}"
    if deed.form == "whole":
        sector = deed.sector or "other"
        yield Bound(deed, at, things[0] if things else None, None, name, deed.frame.reads[sector])
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
        people = _left(found, at, whole, [])
        return people[0] if people else None
    last = next(number for number, chunk in enumerate(found) if chunk is things[-1])
    if last > at and last + 2 < len(found) and (found[last + 1].is_("to") or found[last + 1].word == "for"):
        return found[last + 2] if _takes(found[last + 2], whole) else None
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
    place = next(number for number, chunk in enumerate(found) if chunk is thing)
    after = found[place + 1 : place + 5]
    for number, chunk in enumerate(after):
        if chunk.noun and chunk.noun.victims == "combatant" and any(c.is_("from") for c in after[:number]):
            return chunk.noun
    before = [c.noun for c in found[:place] if c.noun and c.amount and c.noun.group in deed.frame.reads and not c.part]
    if not before:
        return None
    mixed = {noun.victims for noun in before} == {"civilian", "combatant"}
    return next(noun for noun in before if noun.victims == "civilian") if mixed else before[-1]
