"""The reader: runs the steps over one document and builds its signals."""

from dataclasses import replace
from datetime import date, datetime
from typing import cast

from service.languages.lexicon import Lexicon
from service.signals import happening, judge
from service.signals.bind import Bound, bind, carried_on
from service.signals.document import LEAD, Candidate, Document
from service.signals.dropping import left_over, reason
from service.signals.figures import Amount
from service.signals.fold import fold
from service.signals.gate import gate_words, sentences, worth_reading
from service.signals.once import once
from service.signals.protocol import PlaceFinder
from service.signals.sides import Sides
from service.signals.sources import Sources
from service.signals.tape import Tape, Thing
from service.signals.where import Places, document_places, leads_away, people_of, place_of, weighed
from service.values import Cause, Dropped, Evidence, Kind, Place, PlaceFrom, Reading, Signal, Unit, Weighed

MOST_READ = 2000  # sentences with a deed read of one document
MOST_KEPT = 1000  # candidates, and dropped candidates, kept of one document


def read(
    text: str,
    lexicon: Lexicon,
    *,
    find_places: PlaceFinder,
    published: datetime | date | None = None,
    country: str | None = None,
    explain: bool = False,
) -> Reading:
    """Everything one text tells of the three kinds; `country` (alpha-3) is its feed's, the last resort.

    With `explain` it also tells what each place was weighed against.

    Never raises on any text; its cost grows linearly with the length.
    """
    folded = fold(text)
    hits = gate_words(folded, lexicon)
    spans = sentences(text, folded, lexicon) if hits else []
    numbers = worth_reading(hits, spans)[:MOST_READ]
    if not numbers:
        return Reading()
    day = published.date() if isinstance(published, datetime) else published
    document = Document(text, folded, lexicon, spans, day)
    candidates, dropped = _candidates(document, numbers)
    candidates, refused = _sifted(document, candidates)
    if not candidates:
        return Reading(dropped=tuple(dropped + refused))
    places = document_places(document, find_places(text, country))
    signals = _signals(document, places, candidates, country)
    kept, repeated = once(signals, spans[0][1] if document.titled else 0, lexicon.numbers["vague_sizes"])
    why = _weighed(document, places, candidates) if explain else ()
    return Reading(tuple(kept), tuple(dropped + refused + repeated), places.about, happening.named(document), why)


def _weighed(document: Document, places: Places, candidates: list[Candidate]) -> tuple[Weighed, ...]:
    return tuple(row for one in candidates for row in weighed(places, one.sentence, document.span(one)))


def _candidates(document: Document, numbers: list[int]) -> tuple[list[Candidate], list[Dropped]]:
    candidates: list[Candidate] = []
    dropped: list[Dropped] = []
    bound: dict[int, list[Bound]] = {}
    for number in numbers:
        sides = document.sides(number)
        taken = bound[number] = _unrepeated(carried_on(sides, bind(sides), bound.get(number - 1, [])))
        candidates.extend(_with_vague(number, sides, taken))
        dropped.extend(left_over(document, sides.tape, taken))
    return candidates[:MOST_KEPT], dropped[:MOST_KEPT]


def _unrepeated(bound: list[Bound]) -> list[Bound]:
    """One thing suffers one deed of a type: the first told."""
    kept: dict[tuple[int, str], Bound] = {}
    for one in bound:
        key = (id(one.thing) if one.thing is not None else -one.at, "/".join(one.read))
        kept.setdefault(key, one)
    return list(kept.values())


def _with_vague(number: int, sides: Sides, taken: list[Bound]) -> list[Candidate]:
    """ "some clinics and schools": what is joined without a figure shares the vague word before it."""
    shared: dict[int, str] = {}
    candidates = []
    for one in taken:
        vague = one.thing.amount.vague if one.thing and one.thing.amount else None
        if vague and one.noun and one.noun.group == "facilities":
            shared[one.at] = vague
        elif one.thing and one.thing.amount is None:
            vague = shared.get(one.at)
        candidates.append(Candidate(number, sides, one, vague))
    return candidates


def _sifted(document: Document, candidates: list[Candidate]) -> tuple[list[Candidate], list[Dropped]]:
    kept: list[Candidate] = []
    dropped: list[Dropped] = []
    for candidate in candidates:
        refused = reason(document, candidate)
        if refused:
            dropped.append(Dropped(document.span(candidate), refused, candidate.bound.rule))
        else:
            kept.append(candidate)
    return kept, dropped


def _signals(document: Document, places: Places, candidates: list[Candidate], country: str | None) -> list[Signal]:
    sources = Sources(document)
    said: dict[int, str | None] = {}
    signals = []
    for one in candidates:
        if one.sentence not in said:
            said[one.sentence] = sources.of(one.sentence)
        signals.append(_signal(document, places, one, said[one.sentence], country))
    return signals


def _signal(
    document: Document, places: Places, candidate: Candidate, source: str | None, country: str | None
) -> Signal:
    bound, thing = candidate.bound, candidate.bound.thing
    clues = document.clues(candidate.sentence)
    evidence = document.span(candidate)
    place, place_from = _placed(document, places, candidate, evidence, country)
    amount = _amount(thing, bound.read[0] == "casualty")
    kind, type_ = cast(Kind, bound.read[0]), bound.read[1]
    said = judge.assertion(candidate.sides, bound)
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
        noun=_noun(document, candidate.tape, thing),
        scope=judge.scope(clues, bound),
        assertion=said,
        victims=judge.victims(kind, bound.noun),
        place=place.name if place and place_from else None,
        place_id=place.id if place else None,
        place_from=place_from,
        country=(place.country if place else None) or country,
        admin1=place.admin1 if place else None,
        precision=place.precision if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        event_date=clues.event or (document.day if candidate.sentence <= LEAD else None),
        attributed_to=source,
        cause=_cause(document, candidate.sentence),
        hazards=happening.hazards(document, candidate.sentence, evidence),
        names=happening.names(document, candidate.sentence),
        anew=happening.anew(document, candidate.sentence),
        corrects=happening.corrects(document),
        recalled=happening.recalled(document, candidate.sentence, evidence),
        tags=_tags(document, candidate),
        certainty=judge.certainty(clues, said),
        reader=document.lexicon.reader,
        sentence=document.spans[candidate.sentence],
    )


def _noun(document: Document, tape: Tape, thing: Thing | None) -> str | None:
    """The thing counted, in the text's own words."""
    if thing is None or not (thing.noun or thing.group == "other"):
        return None
    return document.text[tape.words.starts[thing.noun_at] : tape.words.ends[thing.stop - 1]]


def _amount(thing: Thing | None, casualty: bool) -> Amount | None:
    """The figure of what we count: none in "a hospital" or "three villages"."""
    if thing is None or thing.zero:
        return None
    if thing.amount is None:
        alone = casualty and thing.noun is not None and thing.noun.one  # "soldier killed"
        return Amount(thing.first, thing.stop, 1, 1, article=True) if alone else None
    group = thing.noun.group if thing.noun else "people"
    if group == "settlements" or thing.amount.high == 0 or (thing.amount.article and group != "people"):
        return None
    return thing.amount


def _unit(candidate: Candidate, amount: Amount | None) -> Unit | None:
    noun, (kind, type_) = candidate.bound.noun, candidate.bound.read
    if noun is None and kind == "suspension":
        return "people" if candidate.bound.service is not None else None  # who goes without
    if noun is None:
        return "dwellings" if type_ == "housing" else "people"
    if noun.group == "facilities" and amount is None and candidate.vague is None:
        return None
    return noun.unit


def _placed(
    document: Document, places: Places, candidate: Candidate, evidence: Evidence, country: str | None
) -> tuple[Place | None, PlaceFrom | None]:
    thing, words = candidate.bound.thing, candidate.tape.words
    apart = thing is not None and candidate.bound.rule.endswith(".gapped")
    around = (
        (words.starts[thing.first], words.ends[thing.stop - 1])
        if thing is not None and apart
        else (evidence.start, evidence.end)
    )
    place, origin = place_of(places, candidate.sentence, around)
    people = people_of(places, *around) if candidate.bound.read[0] == "displacement" else None
    if people and place is None:
        return Place(people, people, precision="country"), None
    if people and place and origin == "report":
        return replace(place, country=people), origin
    if people and place and place.country != people and leads_away(places, candidate.sentence, place):
        return replace(place, country=people), origin  # who fled tells from where, not what they fled to
    if place is None:
        return None, "feed" if country else None
    return place, origin


def _cause(document: Document, number: int) -> Cause:
    """What the sentence tells of the cause, else its neighbours, else the title."""
    for first, last in ((number, number), (number - 1, number + 1), (0, 0)):
        causes = [name for what, name in document.spots(first, last) if what == "cause"]
        if causes:
            return cast(Cause, max(causes, key=causes.count))
    return "unknown"


def _tags(document: Document, candidate: Candidate) -> tuple[str, ...]:
    number = candidate.sentence
    tags = {name for what, name in document.spots(number, number) if what == "tag"}
    if candidate.bound.noun is not None and candidate.bound.noun.mover:
        tags.add(candidate.bound.noun.mover)
    return tuple(sorted(tags))
