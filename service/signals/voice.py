"""Active or passive: whether a participle is done to what stands before it."""

from service.languages.lexicon import Deed
from service.signals.chunks import Chunk
from service.signals.slots import adverbial, skip_back, takes


def passive(found: list[Chunk], at: int, deed: Deed) -> bool:
    before = skip_back(found, at)
    previous = found[before] if before >= 0 else None
    if previous and previous.is_("be"):
        return True
    if previous and (previous.is_("have") or previous.is_("relative") or previous.is_("to")):
        return False
    following = _next(found, at)
    object_ = following is not None and following.counts and takes(following, deed)
    if previous and previous.is_("and") and before > 0 and found[before - 1].role == "deed":
        return not object_ and passive(found, before - 1, deed)
    if previous is None or not (previous.counts and previous.amount and takes(previous, deed)):
        return not object_
    return not object_ or _belongs_on(found, at)


def _belongs_on(found: list[Chunk], at: int) -> bool:
    """In a list ("123 people killed 15 missing") the figure after a deed belongs to the next deed."""
    for number in range(at + 1, min(len(found), at + 4)):
        if found[number].counts:
            return number + 1 < len(found) and (found[number + 1].role == "deed" or found[number + 1].is_("be"))
    return False


def _next(found: list[Chunk], at: int) -> Chunk | None:
    for chunk in found[at + 1 : at + 5]:
        if not (
            adverbial(chunk)
            or chunk.is_("the")
            or chunk.is_("article")
            or (chunk.role == "word" and not chunk.entry.marks)
        ):
            return chunk
    return None
