"""Reading → figures: what a text says, each figure with its provenance (pure)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from service.incidents.origins import grade_of, origin_of
from service.reports import fingerprint
from service.rules.model import Rules
from service.values import Figure, Reading


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a text comes from: who published it, when, and how far that source is trusted (A–F)."""

    report_id: int
    said_at: datetime
    read_at: datetime
    publisher: str
    link: str | None = None
    grade: str = "F"


def figures(text: str, reading: Reading, source: Provenance, rules: Rules) -> Iterator[tuple[str | None, Figure]]:
    """The signals of a text as figures, each with the country it is gathered in.

    A country gets none that cannot ring without one that can: what a text says of history elsewhere stays
    beside its news.  A text that holds nothing which may ring gives nothing.
    """
    ringing = [signal.country for signal in reading.signals if signal.alertable]
    home = next((country for country in ringing if country), None)
    digest, title = fingerprint(text), text.partition("\n")[0]
    for signal in reading.signals if ringing else ():
        start, end = signal.sentence
        origin = origin_of(signal.attributed_to, source.publisher, text)
        figure = Figure(
            id=0,
            report_id=source.report_id,
            signal=signal,
            origin=origin,
            said_at=source.said_at,
            read_at=source.read_at,
            publisher=source.publisher,
            link=source.link,
            title=title,
            grade=grade_of(origin, source.grade, rules),
            about=reading.about,
            named=reading.named,
            fingerprint=digest,
            sentence=fingerprint(text[start:end]),
        )
        yield (signal.country or home) if signal.alertable or signal.country in ringing else home, figure
