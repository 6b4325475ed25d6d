"""The reader: runs the steps over one document and builds its signals."""

from datetime import date, datetime

from service.languages.lexicon import Lexicon
from service.signals.bind import Bound, bind, carried_on
from service.signals.document import Candidate, Document
from service.signals.dropping import left_over, reason
from service.signals.fold import fold
from service.signals.gate import gate_words, sentences, worth_reading
from service.signals.happening import named
from service.signals.once import once
from service.signals.protocol import PlaceFinder
from service.signals.sides import Sides
from service.signals.telling import signals_of
from service.signals.where import Places, document_places, weighed
from service.values import Dropped, Reading, Weighed

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
    signals = signals_of(document, places, candidates, country)
    kept, repeated = once(signals, spans[0][1] if document.titled else 0, lexicon.numbers["vague_sizes"])
    why = _weighed(document, places, candidates) if explain else ()
    return Reading(tuple(kept), tuple(dropped + refused + repeated), places.about, named(document), why)


def _weighed(document: Document, places: Places, candidates: list[Candidate]) -> tuple[Weighed, ...]:
    return tuple(row for one in candidates for row in weighed(places, one.sentence, one.evidence))


def _candidates(document: Document, numbers: list[int]) -> tuple[list[Candidate], list[Dropped]]:
    candidates: list[Candidate] = []
    dropped: list[Dropped] = []
    bound: dict[int, list[Bound]] = {}
    for number in numbers:
        sides = document.sides(number)
        taken = bound[number] = _unrepeated(carried_on(sides, bind(sides), bound.get(number - 1, [])))
        candidates.extend(_with_vague(document, number, sides, taken))
        dropped.extend(left_over(document, sides.tape, taken))
    return candidates[:MOST_KEPT], dropped[:MOST_KEPT]


def _unrepeated(bound: list[Bound]) -> list[Bound]:
    """One thing suffers one deed of a type: the first told."""
    if len(bound) < 2:
        return bound
    kept: dict[tuple[int, tuple[str, str]], Bound] = {}
    for one in bound:
        kept.setdefault((id(one.thing) if one.thing is not None else -one.at, one.read), one)
    return list(kept.values())


def _with_vague(document: Document, number: int, sides: Sides, taken: list[Bound]) -> list[Candidate]:
    """ "some clinics and schools": what is joined without a figure shares the vague word before it."""
    shared: dict[int, str] = {}
    candidates = []
    for one in taken:
        vague = one.thing.amount.vague if one.thing and one.thing.amount else None
        if vague and one.noun and one.noun.group == "facilities":
            shared[one.at] = vague
        elif one.thing and one.thing.amount is None:
            vague = shared.get(one.at)
        candidates.append(Candidate(number, sides, one, document.span(sides.tape.words, one), vague))
    return candidates


def _sifted(document: Document, candidates: list[Candidate]) -> tuple[list[Candidate], list[Dropped]]:
    kept: list[Candidate] = []
    dropped: list[Dropped] = []
    for candidate in candidates:
        refused = reason(document, candidate)
        if refused:
            dropped.append(Dropped(candidate.evidence, refused, candidate.bound.rule))
        else:
            kept.append(candidate)
    return kept, dropped
