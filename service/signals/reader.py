"""The reader: runs the steps over one document and builds its signals."""

from collections import Counter
from datetime import date, datetime
from typing import cast

from service.languages.lexicon import Lexicon
from service.signals import judge
from service.signals.amounts import Amount
from service.signals.bind import bind
from service.signals.chunks import Chunk, chunks
from service.signals.document import Candidate, Document
from service.signals.dropping import left_over, reason
from service.signals.fold import fold
from service.signals.once import once
from service.signals.protocol import PlaceFinder
from service.signals.sentences import sentences, worth_reading
from service.signals.slots import Bound
from service.signals.sources import Sources
from service.signals.where import Places, document_places, people_of, place_of
from service.values import Cause, Dropped, Evidence, Kind, Place, PlaceFrom, Reading, Signal, Unit

MOST_READ = 2000  # sentences with a deed read of one document
MOST_KEPT = 2000  # candidates, and dropped candidates, kept of one document


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
    places = document_places(text, folded, lexicon, find_places(text, country))
    signals, refused = _judged(document, places, candidates, country)
    kept, repeated = once(signals)
    return Reading(tuple(kept), tuple(dropped + refused + repeated), places.about)


def _candidates(document: Document, numbers: list[int]) -> tuple[list[Candidate], list[Dropped]]:
    candidates: list[Candidate] = []
    dropped: list[Dropped] = []
    for number in numbers:
        found = chunks(document.terms(number), document.lexicon)
        taken = _unrepeated(bind(found))
        candidates.extend(_with_vague(number, found, taken))
        dropped.extend(left_over(document, found, taken))
    return candidates[:MOST_KEPT], dropped[:MOST_KEPT]


def _unrepeated(bound: list[Bound]) -> list[Bound]:
    """One thing suffers one deed of a type: the first told."""
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
        if vague and one.noun and one.noun.group == "facilities":
            shared[one.at] = vague
        elif one.thing and one.thing.amount is None:
            vague = shared.get(one.at)
        candidates.append(Candidate(number, found, one, vague))
    return candidates


def _judged(
    document: Document, places: Places, candidates: list[Candidate], country: str | None
) -> tuple[list[Signal], list[Dropped]]:
    said = _said(document, candidates)
    signals: list[Signal] = []
    dropped: list[Dropped] = []
    for candidate in candidates:
        refused = reason(document, candidate)
        if refused:
            dropped.append(Dropped(document.span(candidate), refused, candidate.bound.rule))
        else:
            signals.append(_signal(document, places, candidate, said.get(candidate.sentence), country))
    return signals, dropped


def _said(document: Document, candidates: list[Candidate]) -> dict[int, str | None]:
    """The source of each sentence up to the last with a candidate."""
    sources = Sources(document.text, document.folded, document.lexicon)
    last = max(candidate.sentence for candidate in candidates)
    return {number: sources.of(document.terms(number)) for number in range(last + 1)}


def _signal(
    document: Document, places: Places, candidate: Candidate, source: str | None, country: str | None
) -> Signal:
    bound, thing = candidate.bound, candidate.bound.thing
    clues = document.clues(candidate.sentence, candidate.found)
    evidence = document.span(candidate)
    place, place_from = _placed(document, places, candidate, evidence, country)
    amount = _amount(thing)
    kind, type_ = cast(Kind, bound.read[0]), bound.read[1]
    said = judge.assertion(candidate.found, bound)
    return Signal(
        kind=kind,
        type=type_,
        evidence=evidence,
        rule=bound.rule,
        low=amount.low if amount else None,
        high=amount.high if amount else None,
        vague=(amount.vague if amount else None) or candidate.vague,
        unit=_unit(candidate, amount),
        quantifier=amount.quantifier if amount else "exact",
        hedge=amount.hedge if amount else None,
        noun=document.text[slice(*thing.noun_span)] if thing and thing.noun else None,
        scope=judge.scope(clues, bound),
        assertion=said,
        victims=judge.victims(kind, bound.noun),
        place=place.name if place and place_from else None,
        place_id=place.id if place else None,
        place_from=place_from,
        country=(place.country if place else None) or country,
        admin1=place.admin1 if place else None,
        event_date=clues.event,
        attributed_to=source,
        cause=_cause(document, candidate.sentence),
        tags=_tags(document, candidate),
        certainty=judge.certainty(clues, said),
        reader=document.lexicon.reader,
    )


def _amount(thing: Chunk | None) -> Amount | None:
    """The figure of what we count: none in "a hospital" or "three villages"."""
    if thing is None or thing.amount is None:
        return None
    group = thing.noun.group if thing.noun else "people"
    if group == "settlements" or (thing.amount.article and group != "people"):
        return None
    return thing.amount


def _unit(candidate: Candidate, amount: Amount | None) -> Unit | None:
    noun = candidate.bound.noun
    kind, type_ = candidate.bound.read
    if noun is None:
        return None if kind == "suspension" else "dwellings" if type_ == "housing" else "people"
    if noun.group == "facilities" and amount is None and candidate.vague is None:
        return None
    return noun.unit


def _placed(
    document: Document, places: Places, candidate: Candidate, evidence: Evidence, country: str | None
) -> tuple[Place | None, PlaceFrom | None]:
    thing = candidate.bound.thing
    apart = thing is not None and candidate.bound.rule.endswith(".gapped")
    around = (thing.start, thing.end) if thing is not None and apart else (evidence.start, evidence.end)
    place, origin = place_of(places, document.spans[candidate.sentence], around)
    people = people_of(places, *around) if candidate.bound.read[0] == "displacement" else None
    if people and (place is None or place.country != people):
        return Place(people, people, precision="country"), None  # who fled tells from where, not what they fled to
    if place is None:
        return None, "feed" if country else None
    return place, origin


def _cause(document: Document, number: int) -> Cause:
    """What the sentence tells of the cause, else its neighbours, else the title."""
    for numbers in ([number], document.around(number, 1, 1), [0]):
        found = Counter(name for one in numbers for what, name in document.spots(one) if what == "cause")
        if found:
            return cast(Cause, found.most_common(1)[0][0])
    return "unknown"


def _tags(document: Document, candidate: Candidate) -> tuple[str, ...]:
    tags = {name for what, name in document.spots(candidate.sentence) if what == "tag"}
    if candidate.bound.noun is not None and candidate.bound.noun.mover:
        tags.add(candidate.bound.noun.mover)
    return tuple(sorted(tags))
