"""The reader: runs the steps over one document and builds its signals."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from service.languages.lexicon import Label, Lexicon
from service.signals import judge
from service.signals.bind import Bound, bind
from service.signals.chunks import Chunk, chunks
from service.signals.dates import event_date, years
from service.signals.fold import fold
from service.signals.once import once
from service.signals.protocol import PlaceFinder
from service.signals.sentences import Span, sentences, worth_reading
from service.signals.sources import Sources
from service.signals.terms import spots, terms
from service.signals.where import Places, document_places, place_of
from service.values import Cause, Dropped, Evidence, Place, PlaceFrom, Reading, Signal

MOST_READ = 2000  # sentences with a deed read of one document
AROUND = 2  # sentences either side that tell what a text is about
ALWAYS = frozenset({"health", "water", "power", "food", "communications"})  # lifelines, whatever stopped them


@dataclass
class Document:
    """One text while it is read."""

    text: str
    folded: str
    lexicon: Lexicon
    spans: list[Span]
    published: date | None
    places: Places | None = None
    labels: dict[int, list[Label]] | None = None

    def spots(self, number: int) -> list[Label]:
        if self.labels is None:
            self.labels = {}
        if number not in self.labels:
            self.labels[number] = spots(self.folded, *self.spans[number], self.lexicon)
        return self.labels[number]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A bound deed in its sentence, before it is judged."""

    sentence: int
    found: list[Chunk]
    bound: Bound
    vague: str | None


def read(
    text: str,
    lexicon: Lexicon,
    *,
    find_places: PlaceFinder,
    published: datetime | date | None = None,
    country: str | None = None,
) -> Reading:
    """Everything one text tells of the three kinds; `country` (alpha-3) is its feed's, the last resort.

    Never raises on any text; its cost grows linearly with the length.
    """
    folded = fold(text)
    spans = sentences(text, folded, lexicon)
    day = published.date() if isinstance(published, datetime) else published
    document = Document(text, folded, lexicon, spans, day)
    candidates, dropped = _candidates(document, worth_reading(folded, spans, lexicon)[:MOST_READ])
    if not candidates:
        return Reading(dropped=tuple(dropped))
    document.places = document_places(text, folded, lexicon, find_places(text, country))
    signals = _signals(document, candidates, dropped, country)
    kept, repeats = once(signals)
    return Reading(tuple(kept), tuple(dropped + repeats), document.places.about)


def _candidates(document: Document, numbers: list[int]) -> tuple[list[Candidate], list[Dropped]]:
    candidates: list[Candidate] = []
    dropped: list[Dropped] = []
    for number in numbers:
        words = terms(document.text, document.folded, *document.spans[number], document.lexicon)
        found = chunks(words, document.lexicon)
        taken = _unrepeated(bind(found))
        candidates.extend(_with_vague(number, found, taken))
        dropped.extend(_left_over(document, found, taken))
    return candidates, dropped


def _unrepeated(bound: list[Bound]) -> list[Bound]:
    """One thing suffers one deed of a type; a counted thing taken by two deeds of one kind stays with the nearer."""
    kept: dict[tuple[int, str], Bound] = {}
    for one in bound:
        key = (id(one.thing) if one.thing is not None else -one.at, "/".join(one.read))
        kept.setdefault(key, one)
    return list(kept.values())


def _with_vague(number: int, found: list[Chunk], taken: list[Bound]) -> list[Candidate]:
    """ "some clinics and schools": what is joined without a figure shares the vague word before it."""
    shared: dict[int, str] = {}
    candidates = []
    for one in taken:
        vague = one.thing.amount.vague if one.thing and one.thing.amount else None
        if vague and one.thing and one.thing.noun and one.thing.noun.group == "facilities":
            shared[one.at] = vague
        elif one.thing and one.thing.amount is None:
            vague = shared.get(one.at)
        candidates.append(Candidate(number, found, one, vague))
    return candidates


def _left_over(document: Document, found: list[Chunk], taken: list[Bound]) -> list[Dropped]:
    """The counted things no deed took, each with the reason."""
    used = {id(one.thing) for one in taken}
    dropped = []
    for chunk in found:
        if chunk.amount is None or chunk.amount.article or id(chunk) in used:
            continue
        reason = (
            "population figure" if chunk.resident
            else "part of a larger figure" if chunk.part
            else "counts something we do not follow" if chunk.other
            else "nothing is said to have happened to them"
        )  # fmt: skip
        dropped.append(Dropped(_evidence(document, chunk.start, chunk.end), reason, "bind"))
    return dropped


def _evidence(document: Document, start: int, end: int) -> Evidence:
    return Evidence(start, end, document.text[start:end])


def _signals(
    document: Document, candidates: list[Candidate], dropped: list[Dropped], country: str | None
) -> list[Signal]:
    said = _said(document, candidates)
    latest = max(years(document.folded[:20000]), default=None)
    signals = []
    for candidate in candidates:
        reason = _reason_to_drop(document, candidate)
        if reason:
            dropped.append(Dropped(_span(document, candidate.bound, candidate.found), reason, candidate.bound.rule))
        else:
            signals.append(_signal(document, candidate, said.get(candidate.sentence), latest, country))
    return signals


def _said(document: Document, candidates: list[Candidate]) -> dict[int, str | None]:
    """The source of each sentence up to the last with a candidate."""
    sources = Sources(document.text, document.folded, document.lexicon)
    last = max(candidate.sentence for candidate in candidates)
    said: dict[int, str | None] = {}
    for number, span in enumerate(document.spans[: last + 1]):
        said[number] = sources.of(terms(document.text, document.folded, *span, document.lexicon))
    return said


def _reason_to_drop(document: Document, candidate: Candidate) -> str | None:
    bound = candidate.bound
    kind = bound.read[0]
    if kind == "drop":
        return bound.read[1]
    if kind == "displacement" and bound.noun is not None and bound.noun.victims == "combatant":
        return "fighters or officials who move are not displaced people"
    if _needs_cause(candidate) and not _cause_near(document, candidate.sentence):
        return "no figure, and nothing tells of a disaster or conflict"
    if kind != "casualty" and _back(candidate):
        return "about a return or a resumption"
    return _other_topic(document, candidate, kind)


def _needs_cause(candidate: Candidate) -> bool:
    """Without a figure a deed counts only where something tells of a cause; a stopped lifeline always counts."""
    thing, (kind, type_) = candidate.bound.thing, candidate.bound.read
    if kind == "suspension":
        return type_ not in ALWAYS
    return thing is None or (thing.amount is None and candidate.vague is None)


def _back(candidate: Candidate) -> bool:
    """Is a word of return or resumption close to the deed?"""
    at = candidate.bound.at
    return any(chunk.is_("back") for chunk in candidate.found[max(0, at - 5) : at + 6])


def _cause_near(document: Document, number: int) -> bool:
    near = range(max(0, number - AROUND), min(len(document.spans), number + AROUND + 1))
    return any(label[0] == "cause" for one in (0, *near) for label in document.spots(one))


def _other_topic(document: Document, candidate: Candidate, kind: str) -> str | None:
    """The topic that explains the deed away, where no cause in the sentence outweighs it."""
    kinds = document.lexicon.topic_kinds
    here = document.spots(candidate.sentence)
    topics = Counter(name for what, name in here if what == "topic" and kind in kinds[name])
    causes = sum(what == "cause" for what, _ in here)
    if not topics and not causes:
        first, last = max(0, candidate.sentence - 2), min(len(document.spans), candidate.sentence + 2)
        near = [label for number in range(first, last) for label in document.spots(number)]
        topics = Counter(name for what, name in near if what == "topic" and kind in kinds[name])
        causes = sum(what == "cause" for what, _ in near)
    if topics and topics.total() >= causes + (candidate.bound.deed.form == "tally"):
        return f"about something else: {topics.most_common(1)[0][0]}"
    return None


def _signal(
    document: Document, candidate: Candidate, source: str | None, latest: int | None, country: str | None
) -> Signal:
    bound, found, thing = candidate.bound, candidate.found, candidate.bound.thing
    start, end = document.spans[candidate.sentence]
    folded = document.folded[start:end]
    event = event_date(folded, document.published, document.lexicon)
    time = judge.Time(document.published, latest, event)
    evidence = _span(document, bound, found)
    said = judge.assertion(found, bound)
    place, place_from, place_country = _placed(document, candidate, evidence, country)
    amount = thing.amount if thing and not _uncountable(thing) else None
    noun = bound.noun
    kind, type_ = bound.read
    return Signal(
        kind=kind,  # type: ignore[arg-type]
        type=type_ if type_ != "general" else "other",
        evidence=evidence,
        rule=bound.rule,
        low=amount.low if amount else None,
        high=amount.high if amount else None,
        vague=_written(document, thing) or candidate.vague,
        unit=_unit(candidate, kind, type_),
        quantifier=amount.quantifier if amount else "exact",
        hedge=amount.hedge if amount else None,
        noun=document.text[slice(*thing.noun_span)] if thing and thing.noun else None,
        scope=judge.scope(found, folded, bound, time),
        assertion=said,
        victims=judge.victims(kind, noun),
        place=place.name if place else None,
        place_id=place.id if place else None,
        place_from=place_from,
        country=place_country,
        admin1=place.admin1 if place else None,
        event_date=event,
        attributed_to=source,
        cause=_cause(document, candidate.sentence),
        tags=_tags(document, candidate),
        certainty=judge.certainty(found, said),
        reader=document.lexicon.reader,
    )


def _uncountable(thing: Chunk) -> bool:
    """ "a hospital", "three villages": no figure of what we count."""
    if thing.amount is None or thing.noun is None:
        return False
    return thing.noun.group == "settlements" or (thing.amount.article and thing.noun.group != "people")


def _written(document: Document, thing: Chunk | None) -> str | None:
    return thing.amount.vague if thing and thing.amount and not _uncountable(thing) else None


def _unit(candidate: Candidate, kind: str, type_: str) -> str | None:  # type: ignore[return]
    noun, thing = candidate.bound.noun, candidate.bound.thing
    if noun is None:
        if thing is not None and thing.noun is not None:
            return thing.noun.unit
        return "dwellings" if type_ == "housing" else None if kind == "suspension" else "people"
    if noun.group == "facilities" and (thing is None or thing.amount is None or thing.amount.article):
        return "facilities" if candidate.vague and noun.counted else None
    return noun.unit


def _span(document: Document, bound: Bound, found: list[Chunk]) -> Evidence:
    """From the first to the last of deed and thing."""
    deed = found[bound.at]
    parts = [(deed.start, deed.end)]
    if bound.thing is not None:
        parts.append((bound.thing.start, bound.thing.end))
    return _evidence(document, min(start for start, _ in parts), max(end for _, end in parts))


def _placed(
    document: Document, candidate: Candidate, evidence: Evidence, country: str | None
) -> tuple[Place | None, PlaceFrom | None, str | None]:
    assert document.places is not None
    place, origin = place_of(document.places, document.spans[candidate.sentence], (evidence.start, evidence.end))
    if place is None:
        return None, "feed" if country else None, country
    return place, origin, place.country or country  # type: ignore[return-value]


def _cause(document: Document, number: int) -> Cause:
    """What the sentence tells of the cause, else its neighbours, else the title."""
    for around in (0, 1):
        near = range(max(0, number - around), min(len(document.spans), number + around + 1))
        found = Counter(name for one in near for what, name in document.spots(one) if what == "cause")
        if found:
            return found.most_common(1)[0][0]  # type: ignore[return-value]
    title = Counter(name for what, name in document.spots(0) if what == "cause")
    return title.most_common(1)[0][0] if title else "unknown"  # type: ignore[return-value]


def _tags(document: Document, candidate: Candidate) -> tuple[str, ...]:
    tags = {name for what, name in document.spots(candidate.sentence) if what == "tag"}
    noun = candidate.bound.noun
    if noun is not None and noun.mover:
        tags.add(noun.mover)
    return tuple(sorted(tags))
