"""What one who takes over is told: what is open, what rang, what did not, in bounded lists (pure)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeVar

from service.alerts.acts import CLOSED
from service.alerts.route import covering
from service.alerts.upcoming import upcoming
from service.alerts.watch import Watch
from service.rules.model import Rules
from service.values import (
    Alert,
    Brief,
    BriefAlert,
    Held,
    Level,
    Near,
    Part,
    Problem,
    Silence,
    SilentFeed,
    Trouble,
    Unread,
)

MOST_LISTED = 10
FEED = "feed:"
OTHERS = "others"

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Happened:
    """What the time from `since` to `until` brought, as it is stored.

    `alerts` are those not closed, the newest first, and those `closed` in it; `rang` are the numbers of those
    that rang somebody.  `words` tells of an alert where it is and its weightiest figure.  `answered` says of feeds
    when they last answered, `unread` of languages how many texts of them came since `unread_since`.
    """

    since: datetime
    until: datetime
    alerts: Sequence[Alert] = ()
    closed: Sequence[Alert] = ()
    rang: Collection[int] = ()
    words: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    problems: Mapping[int, Problem] = field(default_factory=dict)
    near: Sequence[Near] = ()
    answered: Mapping[str, datetime | None] = field(default_factory=dict)
    unread: Mapping[str, int] = field(default_factory=dict)
    unread_since: datetime | None = None
    unlooked: bool = False


def brief(happened: Happened, watch: Watch, to: str | None = None, zone: str | None = None) -> Brief:
    """The brief for somebody (None: for whoever asks); the heaviest come first."""
    incidents = [alert for alert in happened.alerts if alert.kind == "incident"]
    troubles = [alert for alert in happened.alerts if alert.kind == "problem" and alert.id in happened.problems]
    ours = [alert for alert in troubles if not happened.problems[alert.id].key.startswith(FEED)]
    return Brief(
        since=happened.since,
        until=happened.until,
        rules=watch.rules.hash,
        rang=len({alert.id for alert in (*incidents, *happened.closed) if alert.id in happened.rang}),
        open=_alerts(filter(is_for_people, incidents), happened, watch),
        closed=_alerts((alert for alert in happened.closed if is_for_people(alert)), happened, watch),
        quiet=_alerts((alert for alert in incidents if _quiet_since(alert, happened.since)), happened, watch),
        near=part(sorted(happened.near, key=lambda one: -one.share)),
        silent=part(silent(alert, happened) for alert in troubles if alert not in ours),
        unread=languages(happened.unread),
        unread_since=happened.unread_since,
        troubles=part(Trouble(one.id, happened.problems[one.id].title, one.opened_at) for one in ours),
        held=part(held(silence) for silence in watch.silences if silence.start <= happened.until < silence.end),
        unlooked=happened.unlooked,
        to=to,
        zone=zone,
    )


def ringing(rules: Rules, country: str | None) -> list[Level]:
    """The levels at which an alert of this country rings somebody."""
    levels = (level for level in Level if level and not rules.ring[level].brief)
    return [level for level in levels if covering(rules, country, level)]


def is_for_people(alert: Alert) -> bool:
    """Has it rung somebody, or will it?"""
    return bool(alert.told or alert.tracks)


def part(entries: Iterable[Entry]) -> Part[Entry]:
    """The first entries, and how many more there are."""
    every = tuple(entries)
    return Part(every[:MOST_LISTED], max(0, len(every) - MOST_LISTED))


# --- one entry ------------------------------------------------------------------


def _alerts(alerts: Iterable[Alert], happened: Happened, watch: Watch) -> Part[BriefAlert]:
    ordered = sorted(alerts, key=lambda alert: (-alert.level, -alert.id))
    return part(line(alert, happened, watch) for alert in ordered)


def line(alert: Alert, happened: Happened, watch: Watch) -> BriefAlert:
    """One alert in a line."""
    place, said = happened.words.get(alert.id, ("", ""))
    next_, (waits, until) = upcoming(alert, watch), waiting(alert, watch, happened.until)
    return BriefAlert(
        id=alert.id,
        level=alert.level,
        place=place,
        country=alert.country,
        said=said,
        owner=alert.owner,
        next=next_.words if next_ else "",
        next_at=next_.at if next_ else None,
        waits=waits,
        waits_until=until,
        closed=CLOSED[alert.closed] if alert.closed else "",
    )


def waiting(alert: Alert, watch: Watch, now: datetime) -> tuple[Literal["", "put off", "silenced"], datetime | None]:
    """What keeps an alert from ringing, and until when."""
    if alert.state == "closed":
        return "", None
    if alert.snoozed_until is not None:
        return "put off", alert.snoozed_until
    silence = watch.silence(alert, now)
    return ("silenced", silence.end) if silence else ("", None)


def _quiet_since(alert: Alert, since: datetime) -> bool:
    return not is_for_people(alert) and (alert.pace_from or alert.opened_at) >= since


def silent(alert: Alert, happened: Happened) -> SilentFeed:
    name = happened.problems[alert.id].key.removeprefix(FEED)
    return SilentFeed(name, alert.opened_at, happened.answered.get(name))


def held(silence: Silence) -> Held:
    return Held(
        silence.id, silence.level, silence.end, silence.author, silence.why, silence.countries[:20], silence.types[:20]
    )


def languages(unread: Mapping[str, int]) -> tuple[Unread, ...]:
    """The languages with the most texts, and all others as one."""
    ordered = sorted(unread.items(), key=lambda one: (-one[1], one[0]))
    first = tuple(Unread(language, texts) for language, texts in ordered[:MOST_LISTED])
    rest = sum(texts for _, texts in ordered[MOST_LISTED:])
    return (*first, Unread(OTHERS, rest)) if rest else first
