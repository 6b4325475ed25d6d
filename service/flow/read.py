"""report → signal: reads new reports, and keeps of the quiet ones only that they were read."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from service.flow.installation import Installation
from service.languages import available, identify, lexicon
from service.places import finder
from service.rules.model import FeedRule
from service.signals import read as read_text
from service.store import feeds, queue, reports, signals
from service.store.queue import REPORTS, Claimed
from service.store.signals import Cell, cell_of
from service.values import Figure, Reading


@dataclass(frozen=True, slots=True)
class Read:
    """One report, read: `reading` is None where its language is not one of ours."""

    row: Claimed
    language: str | None
    reading: Reading | None
    title: str

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
    by_name = {feed.name: feed for feed in rules.feeds}
    now = installation.now()
    found = [pair for one in read for pair in figures(one, names[one.row.feed_id], by_name, now)]
    with installation.database.writing() as db:
        signals.add(db, found, now)
        reports.conclude(db, {one.row.id: (one.outcome, one.language) for one in read})
        reports.count(db, Counter((one.row.feed_id, one.outcome) for one in read), now.date())
        queue.finish(db, REPORTS, rows)


def read_report(row: Claimed, text: str) -> Read:
    """Read one report in its own language, if it is one of ours."""
    language = language_of(row, text)
    title = text.partition("\n")[0]
    if language is None:
        return Read(row, row.language, None, title)
    published = row.published_at or row.fetched_at
    reading = read_text(text, lexicon(language), find_places=finder(), published=published, country=row.country)
    return Read(row, language, reading, title)


def language_of(row: Claimed, text: str) -> str | None:
    """What the text itself shows, else what its feed says of it; None where we do not read that."""
    said = (row.language or "").partition("-")[0].lower()
    return identify(text) or (said if said in available() else None)


def figures(one: Read, feed_name: str, by_name: dict[str, FeedRule], now: datetime) -> Iterator[tuple[Cell, Figure]]:
    """The signals of a report as figures, each with the cell it will be assigned in.

    A cell gets none that cannot ring without one that can: what a report says of history elsewhere stays
    beside its news.
    """
    if one.outcome != "read" or one.reading is None:
        return
    row, feed = one.row, by_name.get(feed_name)
    said_at = row.published_at or row.fetched_at
    ringing = [signal.country for signal in one.reading.signals if signal.alertable]
    home = next((country for country in ringing if country), None)
    for signal in one.reading.signals:
        country = (signal.country or home) if signal.alertable or signal.country in ringing else home
        yield (
            cell_of(country, said_at),
            Figure(
                id=0,
                report_id=row.id,
                signal=signal,
                origin=signal.attributed_to or row.publisher or feed_name,
                said_at=said_at,
                read_at=now,
                publisher=row.publisher or feed_name,
                link=row.link,
                title=one.title,
                grade=feed.grade if feed else "F",
                about=one.reading.about,
                fingerprint=row.fingerprint,
            ),
        )
