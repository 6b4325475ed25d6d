"""Why a candidate is no signal: each reason in words a person can check."""

from collections.abc import Iterable

from service.signals.bind import Bound, unbound
from service.signals.document import AROUND, Candidate, Document
from service.signals.tape import Tape, Thing
from service.values import Dropped

FIRM = 99  # what a topic counts that no cause outweighs
BACK = 8  # chunks between a deed and a word of return
# Lifelines matter whatever stopped them; schools, roads and the rest only in a disaster or conflict.
LIFELINES = frozenset({"health", "water", "power", "food", "communications"})


def left_over(document: Document, tape: Tape, taken: list[Bound]) -> list[Dropped]:
    """The counted things of a sentence that no deed took."""
    words = tape.words
    return [
        Dropped(document.evidence(words.starts[thing.first], words.ends[thing.stop - 1]), _unbound(thing), "bind")
        for thing in unbound(tape, taken)
    ]


def _unbound(thing: Thing) -> str:
    if thing.why_not:
        return thing.why_not
    if thing.group == "other":
        return "counts something we do not follow"
    return "no deed we follow is told of it"


def reason(document: Document, candidate: Candidate) -> str | None:
    """The reason to leave a candidate out, or None."""
    bound = candidate.bound
    kind, type_ = bound.read
    if kind == "drop":
        return type_
    if kind == "displacement" and (nobody := _not_displaced(bound)):
        return nobody
    if _needs_cause(candidate) and not _cause_near(document, candidate):
        return "no figure, and nothing tells of a disaster or conflict"
    if (kind != "casualty" or type_ == "missing") and _back(candidate):
        return "about a return, a rescue or a resumption"
    return _other_topic(document, candidate, kind)


def _not_displaced(bound: Bound) -> str | None:
    """Why those who move are no displaced people, or None."""
    if bound.noun is None:
        return None
    if bound.noun.victims == "combatant":
        return "fighters who move are not displaced people"
    if bound.noun.one and not (bound.thing and bound.thing.counted):
        return "one person who moves is no displacement"
    if bound.thing is not None and _hurt(bound.thing):
        return "the injured who are taken somewhere are not displaced people"
    return None


def _hurt(thing: Thing) -> bool:
    """Are they called injured or dead ("hospitals took in 153 injured people")?"""
    return thing.state is not None and any(kind == "casualty" for kind, _ in thing.state.frame.reads.values())


def _needs_cause(candidate: Candidate) -> bool:
    """Without a figure a deed counts only where something tells of a cause."""
    deed, thing = candidate.bound.deed, candidate.bound.thing
    kind, type_ = candidate.bound.read
    if thing is not None and thing.zero:
        return False  # that nobody was hurt
    if kind == "suspension":
        told = (thing is not None and thing.counted) or deed.frame.certain
        return not told and (type_ not in LIFELINES or deed.frame.doubtful)
    if deed.frame.doubtful or (kind == "casualty" and thing is not None and thing.amount and thing.amount.article):
        return True
    ordered = type_ == "evacuated" and deed.form == "state"  # "told to leave" is cause enough
    return not ordered and (thing is None or (thing.amount is None and candidate.vague is None))


def _back(candidate: Candidate) -> bool:
    at, tape = candidate.bound.at, candidate.tape
    back = tape.lexicon.anywhere("back")
    return back.search(tape.text, max(0, at - BACK), at + BACK + 1) is not None


def _cause_near(document: Document, candidate: Candidate) -> bool:
    """Is a cause told near by, other than in the very word of the deed?"""
    number, (start, end) = candidate.sentence, _word(candidate)
    near = (*range(number - AROUND, number + AROUND + 1), 0)
    return any(not start <= at < end for one in near for at in document.spots(one).backing)


def _word(candidate: Candidate) -> tuple[int, int]:
    """Where the word of the deed stands in the text."""
    words, token = candidate.tape.words, candidate.bound.token
    return words.starts[token], words.ends[token]


def _other_topic(document: Document, candidate: Candidate, kind: str) -> str | None:
    """The topic that explains the deed away, where no cause outweighs it.

    Where the sentence tells nothing beside the very word of the deed ("Strikes at airports"), its neighbours do.
    """
    number, itself = candidate.sentence, _word(candidate)
    topics, causes = _weighed(document, (number,), kind)
    if not any(_weighed(document, (number,), kind, itself)):
        topics, causes = _weighed(document, range(number - AROUND, number + 2), kind, itself)
    if topics and sum(topics.values()) >= causes + (candidate.bound.deed.form in ("tally", "toll")):
        return f"about something else: {max(topics, key=lambda name: topics[name])}"
    return None


def _weighed(
    document: Document, numbers: Iterable[int], kind: str, without: tuple[int, int] = (0, 0)
) -> tuple[dict[str, int], int]:
    """How often sentences tell each topic that could explain a deed of a kind, and how often a cause."""
    kinds, yields = document.lexicon.topic_kinds, document.lexicon.topic_yields
    near = [document.spots(number) for number in numbers]
    start, end = without
    causes = [name for spots in near for at, name in spots.blames if not start <= at < end]
    topics: dict[str, int] = {}
    for name in (name for spots in near for at, name in spots.topics if not start <= at < end):
        if kind in kinds[name] and yields.get(name) not in causes:
            topics[name] = topics.get(name, 0) + (FIRM if name in document.lexicon.topic_firm else 1)
    return topics, len(causes)
