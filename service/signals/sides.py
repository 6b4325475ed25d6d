"""What stands before or after a deed in its clause, with everything joined to it."""

from dataclasses import replace

from service.languages.lexicon import Deed
from service.signals.chunks import Chunk
from service.signals.slots import Bound, adverbial, skip_back, takes

REACH_LEFT, REACH_RIGHT = 34, 9  # chunks a deed looks over


def left(found: list[Chunk], at: int, deed: Deed, earlier: list[Bound]) -> list[Chunk]:
    """What stands before the deed in its clause, with everything coordinated to it."""
    shared = _shared(found, at, deed, earlier)
    if shared:
        return shared
    for number in range(at - 1, max(-1, at - REACH_LEFT), -1):
        chunk = found[number]
        if takes(chunk, deed) and not _oblique(found, number, at):
            if _alternative(found, at, earlier, chunk):
                return []
            return _coordinated_left(found, number, deed, earlier)
        if _closes_left(found, number, at):
            break
    return []


def _shared(found: list[Chunk], at: int, deed: Deed, earlier: list[Bound]) -> list[Chunk]:
    """ "killed and wounded": joined deeds share the thing, when the second has none of its own."""
    joint = at - 1
    while joint >= 0 and (adverbial(found[joint]) or found[joint].is_("and") or found[joint].is_("have")):
        joint -= 1
    between = found[joint + 1 : at] if joint >= 0 else []
    if joint < at - 1 and joint >= 0 and found[joint].role == "deed":
        if any(chunk.is_("or") for chunk in between):
            return []
        return [one.thing for one in earlier if one.at == joint and one.thing and takes(one.thing, deed)]
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
        if not (takes(found[joint], deed) and _alike(found[joint], things[-1])):
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


def right(found: list[Chunk], at: int, deed: Deed) -> list[Chunk]:
    """What follows the deed in its clause, with everything coordinated to it."""
    for number in range(at + 1, min(len(found), at + REACH_RIGHT)):
        chunk = found[number]
        if takes(chunk, deed):
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
    if any(chunk.is_(mark) for mark in ("be", "have", "may", "not")) and not chunk.entry.noun:
        return True
    return (chunk.is_("prep") or chunk.is_("to") or chunk.is_("by")) and deed.form != "lack"


def _starts_next(found: list[Chunk], number: int, at: int) -> bool:
    """ "kills 5, 12 injured": is the thing the subject of a deed of its own?"""
    if number + 1 >= len(found) or not any(chunk.word == "," or chunk.is_("and") for chunk in found[at:number]):
        return False
    return _has_own_deed(found, number)


def _has_own_deed(found: list[Chunk], number: int) -> bool:
    following = number + 1
    while following < len(found) and adverbial(found[following]):
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
        if joint < step < len(found) and found[step].is_("the"):  # "a mother and her two children"
            step += 1
        if step == joint or step >= len(found) or not takes(found[step], deed) or not _alike(things[-1], found[step]):
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


def after_state(found: list[Chunk], at: int, deed: Deed) -> list[Chunk]:
    """ "Missing: 4": a state with its figure straight after it."""
    step = at + 1
    if step < len(found) and found[step].word in (":", "-"):
        step += 1
        if step < len(found) and takes(found[step], deed) and found[step].amount and not _has_own_deed(found, step):
            return [found[step]]
    return []


def nominal(found: list[Chunk], at: int, deed: Deed) -> list[Chunk]:
    """ "two deaths", "the displacement of 3,000 people", "attack on a hospital", "hospital blast"."""
    before = skip_back(found, at)
    counted = before >= 0 and found[before].amount is not None and takes(found[before], deed)
    if counted and "people" in deed.frame.reads:
        return [found[before]]
    step = at + 1
    if step < len(found) and (
        found[step].is_("of") or found[step].is_("prep") or found[at].word.endswith((" of", " to", " on"))
    ):
        things = right(found, step if found[step].is_("of") or found[step].is_("prep") else at, deed)
        if things:
            return things
    if before == at - 1 and before >= 0 and found[before].noun and takes(found[before], deed):
        return [found[before]]
    return []


def tally(found: list[Chunk], at: int, deed: Deed) -> list[Chunk]:
    """ "the death toll rose to 45 from 31": the first figure after it that no "from" leads."""
    for number in range(at + 1, min(len(found), at + 26)):
        chunk = found[number]
        if (
            chunk.counts
            and chunk.amount
            and not chunk.part
            and chunk.amount.low is not None
            and (chunk.noun is None or takes(chunk, deed))
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
