"""report → signal: reads new reports, and keeps of the quiet ones only that they were read."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from service import figures as figures_room
from service import reading as reading_room
from service.figures import Provenance
from service.flow.installation import Installation
from service.rules.model import Rules
from service.store import feeds, gauges, queue, reports, signals
from service.store.queue import REPORTS, Claimed
from service.store.signals import Cell, cell_of
from service.values import Figure, Reading


@dataclass(frozen=True, slots=True)
class Read:
    """One report, read: `reading` is None where its language is not one of ours."""

    row: Claimed
    language: str | None
    reading: Reading | None
    text: str

    @property
    def outcome(self) -> str:
        """A report that holds nothing which may ring is quiet; one we cannot read is not, but not read."""
        if self.reading is None:
            return "not_read"
        return "read" if any(signal.alertable for signal in self.reading.signals) else "quiet"


def work(installation: Installation, rows: Sequence[Claimed]) -> None:
    """Read the reports of these rows and store their signals in one transaction."""
    rules = installation.rulebook.newest()
    assert rules is not None
    with installation.database.reading() as db:
        texts = reports.texts(db, [row.id for row in rows])
        names = feeds.names(db)
    read = [read_report(row, texts[row.id]) for row in rows]
    now = installation.now()
    found = [pair for one in read for pair in figures(one, names[one.row.feed_id], rules, now)]
    with installation.database.writing() as db:
        signals.add(db, found, now)
        reports.conclude(db, {one.row.id: (one.outcome, one.language) for one in read})
        reports.count(db, Counter((one.row.feed_id, one.outcome) for one in read), now.date())
        gauges.count_languages(db, Counter(one.language or "" for one in read if one.reading is None), now.date())
        queue.finish(db, REPORTS, rows)


def read_report(row: Claimed, text: str) -> Read:
    """Read one report in its own language, if it is one of ours."""
    language = reading_room.language_of(text, row.language)
    if language is None:
        return Read(row, row.language, None, text)
    published = row.published_at or row.fetched_at
    _, reading = reading_room.read_text(text, language, published, row.country)
    return Read(row, language, reading, text)


def figures(one: Read, feed_name: str, rules: Rules, now: datetime) -> Iterator[tuple[Cell, Figure]]:
    """The signals of a report as figures, each with the cell it will be assigned in."""
    row, feed = one.row, next((feed for feed in rules.feeds if feed.name == feed_name), None)
    if one.reading is None:
        return
    source = Provenance(
        report_id=row.id,
        said_at=row.published_at or row.fetched_at,
        read_at=now,
        publisher=row.publisher or feed_name,
        link=row.link,
        grade=feed.grade if feed else "F",
    )
    for country, figure in figures_room.figures(one.text, one.reading, source, rules):
        yield cell_of(country, source.said_at), figure
