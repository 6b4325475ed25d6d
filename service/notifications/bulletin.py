"""What a notification says, in lines that every channel can print: the wording without the mark-up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from service.notifications import figures
from service.notifications.bullets import Bullet, bullet, left_out, quotes
from service.notifications.figures import few
from service.notifications.foreign import clean, host_of, named, web_link
from service.notifications.gist import NO_GIST, Gist, gist, inert
from service.notifications.headline import flags_of, headline, level_word, subject
from service.notifications.times import Zone, days, is_late, moment, span
from service.values import Change, Crossing, Facet, Figure, Incident, Level, Notice, Problem, Reason

MOST_BULLETS = 8
# Of what is over nobody is asked to answer.
OVER: frozenset[Reason] = frozenset(("closed", "taken", "snoozed"))
SENT_LATE_AFTER = 5 * 60


@dataclass(frozen=True, slots=True)
class Links:
    """Ready addresses of our own pages; `acknowledge` is None where there is nothing to acknowledge.

    `code` is what an answer to this recipient's message quotes.
    """

    alert: str
    acknowledge: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One of several things in a line; `url` is empty where it has no page."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A list with its title, and how many more there are."""

    title: str
    lines: tuple[Listed, ...]
    more: int = 0

    def cut(self, most: int) -> "Section":
        return replace(self, lines=self.lines[:most], more=self.more + max(0, len(self.lines) - most))


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One message's words, clean and bounded, not yet escaped for any channel.

    `listed` are those of several messages told together, `sections` the lists of a brief.
    `acknowledge` is our link, `links` the others; `details` are sentences of a problem of ours.
    `gist` is the same for where there is room for little; `code` goes with an answer.
    """

    level: Level
    flags: tuple[str, ...]
    headline: str
    subject: str
    duplicate: bool
    times: tuple[str, ...]
    changed: tuple[str, ...] = ()
    bullets: tuple[Bullet, ...] = ()
    unlisted: int = 0
    left_out: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    note: str = ""
    next: str = ""
    details: str = ""
    quotes: tuple[str, ...] = ()
    acknowledge: str | None = None
    code: str | None = None
    links: tuple[Link, ...] = ()
    listed: tuple[Listed, ...] = ()
    sections: tuple[Section, ...] = ()
    gist: Gist = NO_GIST


def of_incident(
    notice: Notice, incident: Incident, links: Links, now: datetime, zone: Zone | None, duplicate: bool
) -> Bulletin:
    facets = by_weight(notice, incident)
    groups = figures.together(facets)
    first = headlined(notice, groups)
    newest = _newest(notice, facets)
    late = newest is not None and is_late(newest.said_at, newest.read_at)
    flags = flags_of(notice, incident, late)
    return Bulletin(
        level=notice.level,
        flags=flags,
        headline=headline(" · ".join(flags), incident, first),
        subject=subject(notice, incident, first, late),
        duplicate=duplicate,
        times=tuple(_times(notice, incident, newest, now, zone)),
        changed=tuple(_changed(notice)),
        bullets=tuple(bullet(group, notice, now.year) for group in groups[:MOST_BULLETS]),
        unlisted=max(0, len(groups) - MOST_BULLETS),
        left_out=tuple(few(map(left_out, incident.left_out))),
        why=tuple(_why(notice, facets)),
        note=named(notice.note, 300),
        next=coming_next(notice, links, zone, now),
        quotes=tuple(few(quotes(groups))),
        acknowledge=None if notice.reason == "closed" else links.acknowledge,
        code=None if notice.reason == "closed" else links.code,
        links=tuple(_links(facets, links)),
        gist=gist(incident, groups, now.year),
    )


def of_problem(
    notice: Notice, problem: Problem, links: Links, now: datetime, zone: Zone | None, duplicate: bool
) -> Bulletin:
    title = named(problem.title, 120) or "something is wrong"
    return Bulletin(
        level=notice.level,
        flags=("PROBLEM with Tocsin itself",),
        headline=title,
        subject=f"[Tocsin] Problem with Tocsin itself: {title}",
        duplicate=duplicate,
        times=(f"Noticed {moment(notice.decided_at, zone, now.year)}", *sent_late(notice, now)),
        details=named(problem.detail, 800),
        note=named(notice.note, 300),
        next=coming_next(notice, links, zone, now),
        acknowledge=links.acknowledge,
        code=links.code,
        links=(Link("details", links.alert),),
        gist=Gist(inert(title)),
    )


def by_weight(notice: Notice, incident: Incident) -> tuple[Facet, ...]:
    """Facets as the crossings rank them, the weightiest first; the others behind, in their order."""
    crossings = notice.assessment.crossings if notice.assessment else ()
    rank = {(crossing.kind, crossing.type): place for place, crossing in reversed(list(enumerate(crossings)))}
    return tuple(sorted(incident.facets, key=lambda facet: rank.get((facet.kind, facet.type), len(rank))))


def headlined(notice: Notice, groups: Sequence[Sequence[Facet]]) -> Sequence[Sequence[Facet]]:
    """The groups that belong in the first line: not those that alone would ring below Moderate and below this alert."""
    crossings = notice.assessment.crossings if notice.assessment else ()
    bound = min(Level.MODERATE, notice.level)
    light = {(c.kind, c.type) for c in crossings} - {(c.kind, c.type) for c in crossings if c.level >= bound}
    return [group for group in groups if any((facet.kind, facet.type) not in light for facet in group)] or groups


# --- when, and what changed -------------------------------------------------


def _times(
    notice: Notice, incident: Incident, newest: Figure | None, now: datetime, zone: Zone | None
) -> Iterator[str]:
    yield f"Happened {days(incident.started, incident.ended, now.year)}"
    if newest is not None:
        yield f"published {moment(newest.said_at, zone, now.year)}"
        yield _read(newest)
    yield "first message" if notice.revision == 1 else f"message {notice.revision} about this"
    yield from sent_late(notice, now)


def _read(figure: Figure) -> str:
    delay = figure.read_at - figure.said_at
    if delay.total_seconds() < 0:
        return "dated ahead of our clock"
    late = "LATE: " if is_late(figure.said_at, figure.read_at) else ""
    return f"{late}read {span(delay)} later"


def sent_late(notice: Notice, now: datetime) -> tuple[str, ...]:
    delay = now - notice.decided_at
    return (f"sent {span(delay)} after it was decided",) if delay.total_seconds() > SENT_LATE_AFTER else ()


def _newest(notice: Notice, facets: Sequence[Facet]) -> Figure | None:
    """The figure that made it ring: the newest of what changed, else of what is recommended."""
    said = [change.after for change in notice.changes] or [facet.recommended for facet in facets]
    return max(said, key=lambda figure: figure.said_at, default=None)


def _changed(notice: Notice) -> Iterator[str]:
    if notice.reason == "first":
        return
    if notice.previous_level is not None and notice.previous_level != notice.level:
        yield f"alert level {level_word(notice.previous_level)} → {level_word(notice.level)}"
    yield from few(map(_change, notice.changes))


def _change(change: Change) -> str:
    before = f"was {figures.said(change.before)}" if change.before else "not in the last message"
    return f"{figures.label(change.after.signal).lower()} now {figures.said(change.after)}, {before}"


# --- why, next, links -------------------------------------------------------


def _why(notice: Notice, facets: Sequence[Facet]) -> Iterator[str]:
    assessment = notice.assessment
    if assessment is None:
        return
    crossed = [named(c.words, 120) for c in assessment.crossings if _counts(c)]
    yield f"{'; '.join(few(crossed)) or 'no threshold crossed'} (rules {named(assessment.rules, 12)})"
    if assessment.corroborated > assessment.level:
        yield f"{assessment.corroborated.word} if a second origin says the same"
    if facets:
        yield f"Origins: {_origins(facets)}"


def _counts(crossing: Crossing) -> bool:
    return crossing.level > Level.NONE


def _origins(facets: Sequence[Facet]) -> str:
    counts = {facet.origins for facet in facets}
    if len(counts) == 1:
        return f"{counts.pop()} for each figure" if len(facets) > 1 else f"{facets[0].origins}"
    return ", ".join(f"{clean(facet.type, 20)} {facet.origins}" for facet in facets)


def coming_next(notice: Notice, links: Links, zone: Zone | None, now: datetime) -> str:
    """What happens by itself, and when."""
    if notice.next and notice.next_at is not None:
        return f"{named(notice.next, 200)}, {moment(notice.next_at, zone, now.year)}"
    return "waits for someone to answer “I am checking”" if links.acknowledge and notice.reason not in OVER else ""


def _links(facets: Sequence[Facet], links: Links) -> Iterator[Link]:
    source = next(filter(None, (web_link(facet.recommended.link) for facet in facets)), None)
    if source:
        yield Link(f"source: {host_of(source)}", source)
    yield Link("why", links.alert)
