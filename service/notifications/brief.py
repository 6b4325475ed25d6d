"""A brief in words: what is so in lists, what is not said aloud."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeVar

from service.notifications import figures
from service.notifications.bulletin import Bulletin, Link, Links, Listed, Section, by_weight, headlined, sent_late
from service.notifications.foreign import clean, clip, named
from service.notifications.gist import Gist, initials
from service.notifications.headline import level_word, short_area
from service.notifications.times import Zone, hour, moment
from service.values import (
    Brief,
    BriefAlert,
    Held,
    Incident,
    Level,
    Near,
    Notice,
    Part,
    SilentFeed,
    Trouble,
    Unread,
)

LONGEST_SAID = 160
# With it a short message has room for more, in any script.
LONGEST_NAME = 24
# A language as the count has it.
LANGUAGES = {"": "language not known", "others": "other languages"}

Entry = TypeVar("Entry")


def in_a_line(incident: Incident, notice: Notice) -> tuple[str, str]:
    """Where an incident is, and its weightiest figure with its origin: clean words."""
    groups = headlined(notice, figures.together(by_weight(notice, incident)))
    if not groups:
        return short_area(incident), "no figure given"
    said = figures.phrase([facet.recommended.signal for facet in groups[0]], brief=True)
    origin = initials(figures.origin_of(groups[0][0].recommended))
    return short_area(incident), clip(f"{said} ({origin})", LONGEST_SAID)


def of_brief(brief: Brief, notice: Notice, links: Links, now: datetime, duplicate: bool) -> Bulletin:
    """The words of a brief: it asks for no answer."""
    zone, facts = zone_of(brief), tuple(counted(brief))
    whose = f"BRIEF for {named(brief.to, LONGEST_NAME)}" if brief.to else "BRIEF"
    return Bulletin(
        level=max((alert.level for alert in brief.open.listed), default=Level.MINOR),
        flags=(whose,),
        headline=", ".join(facts),
        subject=f"[Tocsin] {whose}: {', '.join(facts)}",
        duplicate=duplicate,
        times=(_from_to(brief, zone, now), *sent_late(notice, now)),
        note=rang(brief, zone, now),
        sections=tuple(sections(brief, links, zone, now)),
        links=(Link("details", links.alert),),
        gist=Gist(f"Since {hour(brief.since, zone, now.year)}", facts=facts),
    )


def brief_of_now(brief: Brief) -> Bulletin:
    """The words of a brief that nobody is sent, without links."""
    notice = Notice(0, 1, "brief", Level.MINOR, brief.until, brief=brief)
    return of_brief(brief, notice, Links(alert=""), brief.until, duplicate=False)


def zone_of(brief: Brief) -> Zone | None:
    return (brief.zone, brief.zone.rpartition("/")[2].replace("_", " ")) if brief.zone else None


# --- counts ---------------------------------------------------------------------


def counted(brief: Brief) -> Iterator[str]:
    """The brief in counts: four that are always told, then what there is besides."""
    yield _open(brief)
    yield f"{brief.rang} rang" if brief.rang else "nothing rang"
    yield f"{brief.near.total or 'nothing'} near a threshold"
    yield _several(brief.silent.total, "feed", "silent")
    if brief.texts_not_read:
        yield _several(brief.texts_not_read, "text", "not read")
    if brief.troubles.total:
        yield _several(brief.troubles.total, "problem", "of Tocsin")
    if brief.quiet.total:
        yield f"{brief.quiet.total} too small to ring"
    if brief.held.total:
        yield _several(brief.held.total, "silence", "in force")


def _open(brief: Brief) -> str:
    levels = [alert.level for alert in brief.open.listed]
    if not levels:
        return "nothing open"
    worst = max(levels)
    # Heaviest first: only where all that are listed are alike may more of them be behind.
    alike = f"{levels.count(worst)}{'+' if brief.open.more and levels.count(worst) == len(levels) else ''}"
    return f"{brief.open.total} open ({alike} {level_word(worst)})"


def _several(count: int, noun: str, what: str) -> str:
    return f"{f'{count:,}' if count else 'no'} {noun}{'s' if count > 1 else ''} {what}"


def rang(brief: Brief, zone: Zone | None, now: datetime) -> str:
    """Did anything ring? A sentence of its own, without its full stop."""
    since = moment(brief.since, zone, now.year)
    return f"{_several(brief.rang, 'alert', 'rang')} since {since}" if brief.rang else f"Nothing rang since {since}"


def absent(brief: Brief) -> Iterator[str]:
    """What there is not, aloud: what is missing is not zero."""
    if not brief.open.total:
        yield "No alert is open"
    if not brief.near.total:
        yield "Nothing was near a threshold"
    if not brief.silent.total:
        yield "No feed is silent"
    if not brief.texts_not_read:
        yield "No text came in a language that is not read"
    if brief.unlooked:
        yield "There were more incidents than a brief looks at: only the newest were looked at"


def _from_to(brief: Brief, zone: Zone | None, now: datetime) -> str:
    return f"From {moment(brief.since, zone, now.year)} to {moment(brief.until, zone, now.year)}"


# --- lists ----------------------------------------------------------------------


def sections(brief: Brief, links: Links, zone: Zone | None, now: datetime) -> Iterator[Section]:
    """What there is, the weightiest first."""

    def at(time: datetime) -> str:
        return moment(time, zone, now.year)

    def alert(entry: BriefAlert) -> Listed:
        return Listed(_alert(entry, at), _page(links, entry.id))

    def trouble(entry: Trouble) -> Listed:
        return Listed(f"{named(entry.title, 120)}, since {at(entry.since)}", _page(links, entry.alert))

    yield from _section("Open", brief.open, alert)
    yield from _section("Rang, and closed since", brief.closed, alert)
    yield from _section("Too small to ring", brief.quiet, alert)
    yield from _section("Near a threshold: half of the lowest bound that rings, or more", brief.near, _near)
    yield from _section("Silent feeds", brief.silent, lambda feed: Listed(_silent(feed, at)))
    yield from _section("Problems of Tocsin itself", brief.troubles, trouble)
    yield from _section("Silences in force", brief.held, lambda held: Listed(_held(held, at)))
    if brief.texts_not_read and brief.unread_since:
        yield Section(f"Not read, since {at(brief.unread_since)}", tuple(map(_unread, brief.unread)))
    if missing := tuple(map(Listed, absent(brief))):
        yield Section("What there is not", missing)


def _section(title: str, part: Part[Entry], line: Callable[[Entry], Listed]) -> Iterator[Section]:
    if part.total:
        yield Section(f"{title} ({part.total})", tuple(map(line, part.listed)), part.more)


def _page(links: Links, alert: int) -> str:
    """The page of another alert, beside that of this one; empty where there are no pages."""
    return f"{links.alert.rpartition('/')[0]}/{alert}" if links.alert else ""


def _alert(entry: BriefAlert, at: Callable[[datetime], str]) -> str:
    head = f"{level_word(entry.level)} {entry.place or 'place not known'}: {entry.said or 'no figure given'}"
    return ". ".join((head, *_state(entry, at)))


def _state(entry: BriefAlert, at: Callable[[datetime], str]) -> Iterator[str]:
    if entry.closed:
        yield f"Closed: {entry.closed}"
    if entry.owner and not entry.closed:
        yield f"{named(entry.owner, 60)} is checking"
    if entry.waits and entry.waits_until:
        yield f"{entry.waits.capitalize()} until {at(entry.waits_until)}"
    if entry.next and entry.next_at:
        yield f"Next: {named(entry.next, 160)}, {at(entry.next_at)}"


def _near(entry: Near) -> Listed:
    return Listed(f"{named(entry.place, 60) or 'place not known'}: {entry.words}")


def _silent(feed: SilentFeed, at: Callable[[datetime], str]) -> str:
    last = f"it last answered {at(feed.answered_at)}" if feed.answered_at else "it has never answered"
    return f"{named(feed.name, 60)}, told to the operators {at(feed.since)}; {last}"


def _held(held: Held, at: Callable[[datetime], str]) -> str:
    where = f" in {', '.join(clean(one, 10) for one in held.countries)}" if held.countries else ""
    what = f" ({', '.join(clean(one, 30) for one in held.types)})" if held.types else ""
    why = named(held.why, 120)
    return f"{held.level.word} and below{where}{what} until {at(held.until)}, by {named(held.by, 60)}: {why}"


def _unread(unread: Unread) -> Listed:
    language = LANGUAGES.get(unread.language) or named(unread.language, 20)
    return Listed(f"{language}: {_several(unread.texts, 'text', '').strip()}")
