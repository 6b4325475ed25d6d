"""Why a candidate is no signal: each reason in words a person can check."""

from collections import Counter

from service.signals.chunks import Chunk
from service.signals.document import Candidate, Document
from service.signals.slots import Bound
from service.values import Dropped

AROUND = 2  # sentences either side that tell what a text is about
BACK = 5  # chunks between a deed and a word of return
# Lifelines matter whatever stopped them; schools, roads and the rest only in a disaster or conflict.
LIFELINES = frozenset({"health", "water", "power", "food", "communications"})


def left_over(document: Document, found: list[Chunk], taken: list[Bound]) -> list[Dropped]:
    """The counted things of a sentence that no deed took."""
    used = {id(one.thing) for one in taken}
    return [
        Dropped(document.evidence(chunk.start, chunk.end), _unbound(chunk), "bind")
        for chunk in found
        if chunk.amount is not None and not chunk.amount.article and id(chunk) not in used
    ]


def _unbound(chunk: Chunk) -> str:
    if chunk.resident:
        return "population figure"
    if chunk.part:
        return "part of a larger figure"
    if chunk.other:
        return "counts something we do not follow"
    return "nothing is said to have happened to them"


def reason(document: Document, candidate: Candidate) -> str | None:
    """The reason to leave a candidate out, or None."""
    bound = candidate.bound
    kind, type_ = bound.read
    if kind == "drop":
        return type_
    if kind == "displacement" and bound.noun is not None and bound.noun.victims == "combatant":
        return "fighters or officials who move are not displaced people"
    if _needs_cause(candidate) and not _cause_near(document, candidate.sentence):
        return "no figure, and nothing tells of a disaster or conflict"
    if kind != "casualty" and _back(candidate):
        return "about a return or a resumption"
    return _other_topic(document, candidate, kind)


def _needs_cause(candidate: Candidate) -> bool:
    """Without a figure a deed counts only where something tells of a cause."""
    thing, (kind, type_) = candidate.bound.thing, candidate.bound.read
    if kind == "suspension":
        return type_ not in LIFELINES
    ordered = type_ == "evacuated" and candidate.bound.deed.form == "state"  # "told to leave" is cause enough
    return not ordered and (thing is None or (thing.amount is None and candidate.vague is None))


def _back(candidate: Candidate) -> bool:
    at = candidate.bound.at
    return any(chunk.is_("back") for chunk in candidate.found[max(0, at - BACK) : at + BACK + 1])


def _cause_near(document: Document, number: int) -> bool:
    near = (0, *document.around(number, AROUND, AROUND))
    return any(label[0] == "cause" for one in near for label in document.spots(one))


def _other_topic(document: Document, candidate: Candidate, kind: str) -> str | None:
    """The topic that explains the deed away, where no cause outweighs it."""
    topics, causes = _weighed(document, [candidate.sentence], kind)
    if not topics and not causes:
        topics, causes = _weighed(document, document.around(candidate.sentence, AROUND, 1), kind)
    if topics and topics.total() >= causes + (candidate.bound.deed.form == "tally"):
        return f"about something else: {topics.most_common(1)[0][0]}"
    return None


def _weighed(document: Document, numbers: list[int] | range, kind: str) -> tuple[Counter[str], int]:
    labels = [label for number in numbers for label in document.spots(number)]
    kinds = document.lexicon.topic_kinds
    topics = Counter(name for what, name in labels if what == "topic" and kind in kinds[name])
    return topics, sum(what == "cause" for what, _ in labels)
