"""Why a thing did not ring: by its link, from what is stored; or by its text, from the rules alone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from service import languages
from service.figures import Provenance, figures
from service.incidents.gather import members
from service.incidents.origins import host
from service.reading import language_of, read_text
from service.rules.model import Rules
from service.store import alerts, history, signals
from service.store.database import Connection, Database
from service.trials.answer import Answer, Heard, furthest, heard, judged, why_quiet
from service.trials.told import gathered
from service.values import Figure, Notice, Reading

WORDS = {
    "no_signal": "It was read, and nothing in it was found that we ring for.",
    "cannot_ring": "What was found in it may not ring.",
    "below_threshold": "Its figures are under the thresholds.",
    "waiting": "It was read, and waits to be gathered into incidents.",
    "part_of_alert": "It is part of an alert that stood already, and nothing in it had grown enough to ring again.",
    "no_route": "It has a level, but no route covers its country at that level.",
    "rang": "It rang.",
}


# --- a text -----------------------------------------------------------------


def of_text(text: str, rules: Rules, now: datetime, language: str | None = None) -> Answer:
    """Why a text would not ring if it came now, alone; `language` where it need not be found out."""
    code = language_of(text, None) if language is None else language
    title = text.partition("\n")[0]
    if code not in languages.available():
        return Answer("not_read", _unread(code), title=title, language=code)
    _, reading = read_text(text, code, now)
    source = Provenance(report_id=1, said_at=now, read_at=now, publisher="the text")
    answer = _of_reading(reading, list(_alone(list(figures(text, reading, source, rules)), rules)))
    words = "It would ring." if answer.stage == "rang" else answer.words
    return replace(answer, words=words, title=title, language=code)


def _alone(found: Sequence[tuple[str | None, Figure]], rules: Rules) -> Iterator[Heard]:
    """The figures of one text, gathered by themselves and judged."""
    numbered = [(country or "", replace(figure, id=id)) for id, (country, figure) in enumerate(found, 1)]
    for country in dict.fromkeys(country for country, _ in numbered):
        said = [figure for where, figure in numbered if where == country]
        for group in members(said, gathered(said, country, rules).homes).values():
            yield from (judged(figure, group, rules) for figure in group)


def _of_reading(reading: Reading, found: Sequence[Heard]) -> Answer:
    """The answer for a text that was read: by its figures, else by its signals that may not ring."""
    if not found:
        quiet = tuple(Heard("cannot_ring", s.evidence.text, s.type, "", s.low, why_quiet(s)) for s in reading.signals)
        stage = furthest(quiet)
        return Answer(stage, WORDS[stage], figures=quiet, dropped=reading.dropped)
    stage = furthest(found)
    return Answer(stage, WORDS[stage], figures=tuple(found), dropped=reading.dropped)


def _unread(code: str | None) -> str:
    read = ", ".join(languages.available())
    return f"Its language ({code or 'none we can tell'}) is none of those we read: {read}."


# --- a link -----------------------------------------------------------------


def of_link(database: Database, link: str, rules: Rules) -> Answer:
    """Why the report behind a link did not ring: the newest, where a feed brought it more than once."""
    with database.reading() as db:
        rows = history.reports_at(db, spellings(link))
        return replace(_of_row(db, rows[0], rules), report=rows[0].id, link=link) if rows else not_fetched(link, rules)


def spellings(link: str) -> list[str]:
    """A link as feeds may write it: with and without a closing slash, what follows ? or #, and `s` in http."""
    parts = urlsplit(link.strip())
    paths = {parts.path, parts.path.rstrip("/"), parts.path.rstrip("/") + "/"}
    queries = {parts.query, ""}
    return [
        urlunsplit((scheme, parts.netloc, path, query, ""))
        for scheme in ("https", "http")
        for path in sorted(paths)
        for query in sorted(queries)
    ] + [link]


def not_fetched(link: str, rules: Rules) -> Answer:
    """No report has the link: it never came, or held nothing and is forgotten by now."""
    ours = [feed.name for feed in rules.feeds if host(feed.url) == host(link)]
    hours = rules.retention.quiet_reports.total_seconds() / 3600
    known = (
        f"Its host is that of the feeds {', '.join(ours)}: they did not bring it, or it held nothing that may ring and"
        f" was forgotten after {hours:g} hours."
        if ours
        else "None of the feeds has its host: if no aggregator among them carries it, add its feed to alerts.yaml."
    )
    return Answer("not_fetched", f"No report with this link is stored. {known}", link=link)


def _of_row(db: Connection, row: Any, rules: Rules) -> Answer:
    title = (row.text or "").partition("\n")[0]
    answer = _before_reading(row)
    if answer is None and row.outcome == "read":
        answer = _of_read(db, row, rules)
    if answer is None:
        answer = _of_quiet(row)
    return replace(answer, title=title, language=row.language)


def _before_reading(row: Any) -> Answer | None:
    """What keeps a report from being read; None where it was."""
    if row.outcome == "history":
        return Answer("history", f"It came with the first poll of the feed {row.name} and was too old to ring then.")
    if row.outcome == "not_read":
        return Answer("not_read", _unread(row.language))
    if row.outcome is None and row.due_at is None:
        return Answer("failed", f"It could not be worked on: {row.error or 'no error is noted'}.")
    if row.outcome is None:
        return Answer("waiting", "It was fetched, and waits to be read.")
    return None


def _of_quiet(row: Any) -> Answer:
    """A quiet report, read again for its candidates: they are not stored."""
    if row.text is None:
        return Answer("no_signal", f"{WORDS['no_signal']} Its text is no longer kept.")
    _, reading = read_text(
        row.text, language_of(row.text, row.language), row.published_at or row.fetched_at, row.country
    )
    if any(signal.alertable for signal in reading.signals):
        text = "Nothing that may ring was found when it was read; the reader as it is now finds something."
        return replace(_of_reading(reading, ()), stage="no_signal", words=text)
    return _of_reading(reading, ())


def _of_read(db: Connection, row: Any, rules: Rules) -> Answer:
    """A report with figures: what came of each."""
    told = history.of_report(db, [row.id])
    said = signals.of_incidents(db, {incident for _, incident, _ in told if incident})
    found = tuple(_of_figure(db, figure, incident, said, rules) for _, incident, figure in told)
    stage = furthest(found)
    return Answer(stage, WORDS[stage], figures=found)


def _of_figure(
    db: Connection, figure: Figure, incident: int | None, said: dict[int, list[Figure]], rules: Rules
) -> Heard:
    if incident is None:
        return heard(figure, "waiting", "it waits to be gathered into an incident")
    if incident == signals.NOWHERE:
        return heard(figure, "cannot_ring", "it tells of nothing by itself")
    found = replace(judged(figure, said[incident], rules), incident=incident)
    return _beside_alert(db, found, figure, incident) if figure.signal.alertable else found


def _beside_alert(db: Connection, found: Heard, figure: Figure, incident: int) -> Heard:
    """The same beside the alert that the incident has, if any."""
    number = next(iter(history.alerts_of(db, incident)), None)
    if number is None:
        return found
    rang = next((notice for notice in notices(db, number) if _tells(notice, figure)), None)
    if rang is None:
        return replace(found, stage="part_of_alert", alert=number)
    return replace(found, stage="rang" if found.stage != "no_route" else "no_route", alert=number)


def notices(db: Connection, alert: int) -> Iterator[Notice]:
    """Every ringing of an alert, oldest first."""
    newest = alerts.get(db, alert)
    for revision in range(1, (newest.revision if newest else 0) + 1):
        if notice := alerts.notice(db, alert, revision):
            yield notice


def _tells(notice: Notice, figure: Figure) -> bool:
    """Did it ring with what a figure's report says?"""
    return notice.incident is not None and figure.report_id in notice.incident.reports
