"""Candidates become signals: what each tells, and what the sentence it stands in tells of all of its facts."""

from dataclasses import dataclass, replace
from typing import cast

from service.signals import judge
from service.signals.document import LEAD, Candidate, Document
from service.signals.figures import Amount
from service.signals.happening import Happenings
from service.signals.sources import Sources
from service.signals.tape import Tape, Thing
from service.signals.where import Places, leads_away, people_of, place_of
from service.values import Cause, Evidence, Kind, Place, PlaceFrom, Signal, Unit


@dataclass(slots=True)
class Setting:
    """What a sentence tells of each of its facts."""

    clues: judge.Clues
    past: bool
    source: str | None
    cause: Cause
    names: tuple[str, ...]
    anew: bool
    tags: tuple[str, ...]


def signals_of(document: Document, places: Places, candidates: list[Candidate], country: str | None) -> list[Signal]:
    """The signals of the candidates that were kept; `country` is the feed's."""
    sources, happenings = Sources(document), Happenings(document)
    settings: dict[int, Setting] = {}
    signals = []
    for one in candidates:
        if one.sentence not in settings:
            settings[one.sentence] = _setting(document, one.sentence, sources, happenings)
        signals.append(_signal(document, places, one, settings[one.sentence], happenings, country))
    return signals


def _setting(document: Document, number: int, sources: Sources, happenings: Happenings) -> Setting:
    clues = document.clues(number)
    return Setting(
        clues,
        judge.historic(clues),
        sources.of(number),
        _cause(document, number),
        happenings.names(number),
        happenings.anew(number),
        tuple(document.spots(number).tags),
    )


def _signal(
    document: Document,
    places: Places,
    candidate: Candidate,
    setting: Setting,
    happenings: Happenings,
    country: str | None,
) -> Signal:
    bound, thing, clues = candidate.bound, candidate.bound.thing, setting.clues
    evidence = candidate.evidence
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
        scope=judge.scope(clues, setting.past, bound),
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
        attributed_to=setting.source,
        cause=setting.cause,
        hazards=happenings.hazards(candidate.sentence, evidence),
        names=setting.names,
        anew=setting.anew,
        corrects=happenings.corrects,
        recalled=happenings.recalled(candidate.sentence, evidence),
        tags=_tags(candidate, setting),
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
    for near in ((number,), (number - 1, number, number + 1), (0,)):
        causes = [name for one in near for name in document.spots(one).causes]
        if causes:
            return cast(Cause, max(causes, key=causes.count))
    return "unknown"


def _tags(candidate: Candidate, setting: Setting) -> tuple[str, ...]:
    noun = candidate.bound.noun
    mover = (noun.mover,) if noun is not None and noun.mover else ()
    return tuple(sorted({*setting.tags, *mover}))
