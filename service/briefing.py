"""What happened since a moment, loaded and put into a brief."""

from collections.abc import Iterable
from datetime import datetime

from service.alerts.brief import FEED, Happened, brief, ringing
from service.alerts.watch import Watch
from service.incidents.near import near
from service.notifications.brief import in_a_line
from service.rules.model import Rules
from service.store import alerts, feeds, incidents, reports
from service.store.database import Connection
from service.values import RANG, Alert, Brief, Notice

# Rows looked at, the newest of them: no hand-over may cost more than a second.
MOST_ALERTS = 500
MOST_LINES = 5000
MOST_INCIDENTS = 2000


def brief_of(
    db: Connection, watch: Watch, since: datetime, now: datetime, to: str | None = None, zone: str | None = None
) -> Brief:
    """The brief of the time from `since` to `now`, for somebody (None: for whoever asks)."""
    return brief(happened(db, watch.rules, since, now), watch, to, zone)


def happened(db: Connection, rules: Rules, since: datetime, now: datetime) -> Happened:
    """What is stored of that time."""
    lines = alerts.logged_since(db, since, {RANG, "closed"}, MOST_LINES)
    unfinished = alerts.unfinished(db, MOST_ALERTS)
    closed = closed_in(db, {line.alert_id for line in lines if line.act == "closed"})
    notices = alerts.newest_notices(db, [*unfinished, *closed])
    told_of = incidents.told_of_since(db, since, MOST_INCIDENTS)
    # Reports that hold nothing are not kept for longer.
    unread_since = max(since, now - rules.retention.quiet_reports)
    return Happened(
        since=since,
        until=now,
        alerts=unfinished,
        closed=closed,
        rang={line.alert_id for line in lines if line.act == RANG},
        words={id: in_a_line(notice.incident, notice) for id, notice in notices.items() if notice.incident},
        problems={id: notice.problem for id, notice in notices.items() if notice.problem},
        near=[one for incident in told_of if (one := near(incident, ringing(rules, incident.country), rules))],
        answered=feeds.answered(db) if any(map(is_of_feed, notices.values())) else {},
        unread=reports.not_read(db, unread_since),
        unread_since=unread_since,
        unlooked=len(told_of) == MOST_INCIDENTS,
    )


def closed_in(db: Connection, ids: Iterable[int]) -> list[Alert]:
    """Those that are closed still, of incidents."""
    newest = sorted(ids, reverse=True)[:MOST_ALERTS]
    return [one for one in alerts.among(db, newest) if one.state == "closed" and one.kind == "incident"]


def is_of_feed(notice: Notice) -> bool:
    return notice.problem is not None and notice.problem.key.startswith(FEED)
