"""What a deed has room for, and a deed whose room is filled."""

from dataclasses import dataclass

from service.languages.lexicon import Deed, Noun
from service.signals.chunks import Chunk


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


def takes(chunk: Chunk, deed: Deed) -> bool:
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


def skip_back(found: list[Chunk], at: int) -> int:
    """The chunk before at, adverbs passed over."""
    at -= 1
    while at >= 0 and (adverbial(found[at]) or found[at].is_("not")):
        at -= 1
    return at


def adverbial(chunk: Chunk) -> bool:
    return chunk.role == "word" and (chunk.is_("adverb") or chunk.word.endswith("ly")) and not chunk.is_("be")
