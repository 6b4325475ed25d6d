"""Makes the outcome of an act or of time: notices numbered in turn, with whom each goes to (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from service.alerts.route import contacts
from service.alerts.upcoming import Upcoming, upcoming
from service.alerts.watch import Watch
from service.values import CALLS, NEWS, RANG, TOCSIN, TOLD, Alert, Line, Notice, Outcome, Reason, Telling


@dataclass(frozen=True, slots=True)
class Say:
    """Something to tell people, by name; `news` is the notice of figures it brings, if it does."""

    reason: Reason
    to: tuple[str, ...]
    note: str = ""
    news: Notice | None = None


def outcome(alert: Alert, say: Iterable[Say], log: Iterable[Line], watch: Watch, now: datetime) -> Outcome:
    """The alert once everything is told, and everybody it was told to is noted."""
    next_ = upcoming(alert, watch)
    tellings: list[Telling] = []
    lines = [*log]
    for one in say:
        alert, telling = tell(alert, one, next_, watch, now)
        tellings.append(telling)
        # News that was kept quiet is in the log with its reason.
        if telling.to or not one.news:
            lines.append(_line(one, telling))
    return Outcome(alert, tuple(tellings), tuple(lines))


def tell(alert: Alert, say: Say, next_: Upcoming | None, watch: Watch, now: datetime) -> tuple[Alert, Telling]:
    """One telling: a notice with the number after the last, unless it is news, which has its own."""
    if say.news is None:
        alert = replace(alert, revision=alert.revision + 1, news=alert.shown)
    notice = say.news or Notice(alert.id, alert.revision, say.reason, alert.level, now, of=alert.shown)
    words, at = (next_.words, next_.at) if next_ else ("", None)
    notice = replace(notice, note=say.note, next=words, next_at=at)
    to = contacts(watch.rules, [name for name in say.to if name in watch.rules.recipients])
    told = tuple(dict.fromkeys((*alert.told, *say.to)))
    return replace(alert, told=told), Telling(notice, to)


def _line(say: Say, telling: Telling) -> Line:
    names = ", ".join(dict.fromkeys(recipient.name for recipient in telling.to))
    level = f": {telling.notice.level.word}" if say.news else ""
    act = RANG if names and say.reason in NEWS | CALLS else TOLD
    return Line(TOCSIN, act, f"{say.reason}{level}; told {names or 'nobody'}")
