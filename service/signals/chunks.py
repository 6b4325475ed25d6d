"""Terms gathered into what a deed can take: counted things, bare figures, deeds, marks."""

from dataclasses import dataclass, field
from typing import Literal

from service.languages.lexicon import Deed, Entry, Lexicon, Noun
from service.signals.amounts import Amount, amount_at
from service.signals.terms import NOTHING, Term

MODIFIERS = 6  # words between a figure and the thing it counts
Role = Literal["group", "amount", "deed", "word", "sign"]


@dataclass(slots=True)
class Chunk:
    """One stretch of a sentence. A `group` has a noun, an `amount` only a figure.

    `part`: it is inside a larger figure, or a comment in brackets.  `other`: the
    figure counts something the lexicon does not know.  `state`: a deed told as
    an adjective ("500 displaced families").
    """

    role: Role
    start: int
    end: int
    word: str
    at: int = 0
    entry: Entry = field(default_factory=lambda: NOTHING)
    amount: Amount | None = None
    noun: Noun | None = None
    noun_span: tuple[int, int] = (0, 0)
    part: bool = False
    other: bool = False
    zero: bool = False
    resident: bool = False
    state: Deed | None = None
    heads: list[Noun] = field(default_factory=list)

    def is_(self, mark: str) -> bool:
        return mark in self.entry.marks

    @property
    def counts(self) -> bool:
        return self.role in ("group", "amount") and not self.other


def chunks(terms: list[Term], lexicon: Lexicon) -> list[Chunk]:
    """The chunks of a sentence, in order, with parts and bracketed figures marked."""
    found: list[Chunk] = []
    at = 0
    while at < len(terms):
        chunk, at = _chunk(terms, at, lexicon)
        chunk.at = len(found)
        found.append(chunk)
    _partitives(found)
    _mark_parts(found)
    return found


def _chunk(terms: list[Term], at: int, lexicon: Lexicon) -> tuple[Chunk, int]:
    term = terms[at]
    counted = amount_at(terms, at, lexicon)
    if counted:
        return _counted(terms, at, *counted, lexicon)
    if term.is_("zero") and (found := _noun_from(terms, at + 1, lexicon)):
        chunk, stop = _group(terms, at, None, *found)
        chunk.zero = True
        return chunk, stop
    if term.is_("article") and (found := _noun_from(terms, at + 1, lexicon)) and _one_person(found, terms):
        one = Amount(term.start, term.end, 1, 1, article=True)
        return _group(terms, at, one, *found)
    if term.is_("another") and at + 1 < len(terms) and _verbal(terms[at + 1]):
        one = Amount(term.start, term.end, 1, 1)
        return Chunk("amount", term.start, term.end, term.word, amount=one), at + 1
    if term.entry.noun and not _rather_deed(terms, at):
        stop = _noun_end(terms, at)
        return _group(terms, at, None, at, stop, None)
    return _plain(term), at + 1


def _plain(term: Term) -> Chunk:
    role: Role = "deed" if term.entry.deeds else "word" if term.word[0].isalnum() else "sign"
    return Chunk(role, term.start, term.end, term.word, entry=term.entry)


def _verbal(term: Term) -> bool:
    return bool(term.entry.deeds) or term.is_("be") or term.is_("have")


def _rather_deed(terms: list[Term], at: int) -> bool:
    """A word that is noun and deed ("wounded"): a deed unless something counts it."""
    return bool(terms[at].entry.deeds)


def _one_person(found: tuple[int, int, Term | None], terms: list[Term]) -> bool:
    noun = terms[found[1] - 1].entry.noun
    return noun is not None and noun.group == "people" and not terms[found[1] - 1].word.endswith(("s", "people"))


def _counted(terms: list[Term], at: int, amount: Amount, stop: int, lexicon: Lexicon) -> tuple[Chunk, int]:
    found = _noun_from(terms, stop, lexicon) or _of_all(terms, stop, lexicon)
    if found:
        return _group(terms, at, amount, *found)
    chunk = Chunk("amount", amount.start, amount.end, terms[stop - 1].word, amount=amount)
    chunk.other = _counts_other(terms, stop, lexicon)
    return chunk, stop


def _of_all(terms: list[Term], at: int, lexicon: Lexicon) -> tuple[int, int, Term | None] | None:
    """ "five of seven bakeries": the noun of the whole is that of the part."""
    if at >= len(terms) or not terms[at].is_("of"):
        return None
    start = at + 2 if at + 1 < len(terms) and terms[at + 1].is_("the") else at + 1
    whole = amount_at(terms, start, lexicon)
    return _noun_from(terms, whole[1], lexicon) if whole else None


def _counts_other(terms: list[Term], at: int, lexicon: Lexicon) -> bool:
    """Does an unknown word stand where the counted noun would ("300 shops were")?"""
    while at < len(terms) and (terms[at].is_("of") or terms[at].is_("the")):
        at += 1
    if at >= len(terms):
        return False
    term = terms[at]
    plain = not term.entry.marks and not term.entry.deeds and not term.number
    return plain and term.word[0].isalpha()


def _noun_from(terms: list[Term], at: int, lexicon: Lexicon) -> tuple[int, int, Term | None] | None:
    """(first, past the last term of the noun, deed told as an adjective), a few modifiers allowed before it."""
    state: Term | None = None
    begin = at
    while at < len(terms) and (terms[at].is_("of") or terms[at].is_("the")) and at < begin + 3:
        at += 1
    for step in range(at, min(len(terms), at + MODIFIERS)):
        term = terms[step]
        if term.entry.noun and not (term.entry.deeds and _deed_here(terms, step)):
            return step, _noun_end(terms, step), state
        if term.entry.deeds:
            if state is not None or not _adjective(terms, step):
                return None
            state = term
        elif _stops_modifiers(term, terms, step):
            return None
    return None


def _deed_here(terms: list[Term], at: int) -> bool:
    return not any(deed.form == "state" for deed in terms[at].entry.deeds)


def _adjective(terms: list[Term], at: int) -> bool:
    """A participle or adjective straight before a noun ("4 wounded soldiers")."""
    forms = {deed.form for deed in terms[at].entry.deeds}
    following = terms[at + 1] if at + 1 < len(terms) else None
    noun = following is not None and following.entry.noun is not None and following.entry.noun.sector != "general"
    return noun and bool(forms & {"done", "state"}) and "-" not in terms[at].word


def _stops_modifiers(term: Term, terms: list[Term], at: int) -> bool:
    if term.number:
        return not (at and term.entry.marks)
    if term.word in ("-", '"', "'s", "'"):
        return term.word == "-" and not term.glued
    blocking = term.entry.marks - {"adverb", "apposed", "attempt", "unsure", "the", "past", "total", "may"}
    plain_mark = bool(blocking) and term.word not in ("other", "more", "additional")
    verbal = "may" in term.entry.marks or (bool(term.entry.hedge) and term.word != "estimated")
    return not term.word[0].isalnum() or plain_mark or verbal or term.entry.number is not None or term.entry.vague


def _noun_end(terms: list[Term], at: int) -> int:
    """Past the last noun of a compound ("school children")."""
    stop = at + 1
    while stop < len(terms) and stop < at + 4:
        term = terms[stop]
        joined = term.entry.noun and not term.entry.deeds and term.entry.noun.sector != "general"
        if not joined:
            break
        stop += 1
    return stop


def _group(
    terms: list[Term], at: int, amount: Amount | None, first: int, stop: int, state: Term | None
) -> tuple[Chunk, int]:
    head = terms[stop - 1]
    chunk = Chunk("group", terms[at].start, head.end, head.word, 0, head.entry, amount, head.entry.noun)
    chunk.noun_span = (terms[first].start, head.end)
    chunk.heads = [term.entry.noun for term in terms[first:stop] if term.entry.noun]
    if state is not None:
        deeds = [deed for deed in state.entry.deeds if deed.form in ("done", "state")]
        chunk.state = deeds[0]
    return chunk, stop


def _partitives(found: list[Chunk]) -> None:
    """ "200 members of pro-government forces": what follows "of" says who they are."""
    for at, chunk in enumerate(found):
        if chunk.role != "group" or not chunk.noun or chunk.noun.group != "people" or chunk.noun.victims == "combatant":
            continue
        if at + 1 >= len(found) or not found[at + 1].is_("of"):
            continue
        for following in found[at + 2 : at + 7]:
            if following.role == "group" and following.noun:
                if following.noun.victims == "combatant":
                    chunk.noun, following.part = following.noun, True
                break
            if following.role in ("sign", "deed") and following.word not in ("-", "'s", '"'):
                break


def _mark_parts(found: list[Chunk]) -> None:
    """Marks figures after "including" up to the end of that phrase, before "of them", and in brackets."""
    inside, listed, depth = False, False, 0
    for at, chunk in enumerate(found):
        if chunk.word == "(":
            depth += 1
        elif chunk.word == ")":
            depth = max(0, depth - 1)
        elif chunk.is_("home") and at + 1 < len(found):
            _resident(found, at)
        if chunk.is_("part") or (chunk.is_("apposed") and at and found[at - 1].word == ","):
            inside, listed = True, not chunk.is_("of_them")
            _part_before(found, at)
        elif inside and ((chunk.word == "," and not listed) or _ends_part(found, at)):
            inside = False
        if chunk.role in ("group", "amount"):
            chunk.part = chunk.part or inside or depth > 0


def _resident(found: list[Chunk], at: int) -> None:
    for chunk in found[at + 1 : at + 4]:
        if chunk.counts:
            chunk.resident = True
            return


def _part_before(found: list[Chunk], at: int) -> None:
    """ "seven of them children": the figure before "of them" is a part, unless the mark opens a phrase."""
    if at and found[at - 1].role == "amount" and "of" in found[at].word:
        found[at - 1].part = True


def _ends_part(found: list[Chunk], at: int) -> bool:
    chunk = found[at]
    following = found[at + 1] if at + 1 < len(found) else None
    if chunk.word == ",":
        after = found[at + 2] if at + 2 < len(found) else None
        if following and following.is_("and"):
            return not (after and after.counts and not _acted_on(found, at + 3))
        return not (following and following.counts and not _acted_on(found, at + 2))
    if chunk.role == "amount" and _acted_on(found, at + 1):
        return True
    verb = any(chunk.is_(mark) for mark in ("be", "have", "split", "say"))
    doer = chunk.role == "deed" and any(deed.form in ("acts", "doing", "done", "state") for deed in chunk.entry.deeds)
    return verb or chunk.word in (";", ":", ".") or doer


def _acted_on(found: list[Chunk], at: int) -> bool:
    """Does a deed or its auxiliary follow at once?"""
    if at >= len(found):
        return False
    chunk = found[at]
    return chunk.role == "deed" or chunk.is_("be") or chunk.is_("have")
