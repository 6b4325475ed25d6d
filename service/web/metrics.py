"""`/metrics`: how Tocsin does, for Prometheus. Read from the database at each scrape: any process may be asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from service.flow.state import gathered
from service.health.exposition import CONTENT_TYPE, Metric, exposition, one
from service.health.problems import problems
from service.health.state import State
from service.languages import available, lexicon
from service.settings import Settings
from service.store import gauges, queue, rules, vitals
from service.store.database import Connection, Database
from service.values import Level, Reload
from service.web.access import InForce, Store, console_caller

router = APIRouter(tags=["health"])


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted beside the state: see `service.store.gauges`."""

    reports: dict[tuple[int, str], int]
    feed_ids: dict[int, str]
    languages: dict[str, int]
    signals: int
    incidents: int
    alerts: dict[tuple[str, Level], int]
    messages: dict[tuple[str, str], int]
    parked: dict[str, int]
    rules: Any
    reload: Reload | None


@router.get("/metrics", dependencies=[Depends(console_caller)])
def metrics(settings: InForce, database: Store) -> Response:
    """Lag of each stage, feeds, reports, signals, incidents, alerts, messages, problems, in Prometheus' text format."""
    return Response(exposition(measured(settings, database)), media_type=CONTENT_TYPE)


def measured(settings: Settings, database: Database) -> Iterator[Metric]:
    """Everything that is measured."""
    state = gathered(settings, database)
    parked = queue.parked(database)
    with database.reading() as db:
        counts = counted(db, state, parked)
    yield from of_stages(state, counts)
    yield from of_feeds(state, counts)
    yield from of_findings(counts)
    yield from of_rules(counts)
    yield from of_ourselves(state)


def counted(db: Connection, state: State, parked: dict[str, int]) -> Counts:
    day = state.now.date()
    return Counts(
        reports=gauges.reports_of_day(db, day),
        feed_ids={feed.id: feed.name for feed in state.feeds},
        languages=gauges.languages_not_read(db, day),
        signals=gauges.signals(db),
        incidents=gauges.incidents(db),
        alerts=gauges.alerts(db),
        messages=gauges.messages(db),
        parked=parked,
        rules=rules.newest(db),
        reload=vitals.get(db, Reload),
    )


def of_stages(state: State, counts: Counts) -> Iterator[Metric]:
    waited = tuple(({"queue": name}, seconds) for name, seconds in state.waited.items())
    yield Metric("tocsin_queue_lag_seconds", "gauge", "How long the oldest due row of a queue has waited.", waited)
    parked = tuple(({"queue": name}, float(count)) for name, count in counts.parked.items())
    yield Metric("tocsin_queue_parked", "gauge", "Rows given up, kept with their error.", parked)
    help = "The age of the oldest message not delivered yet."
    yield one("tocsin_outbox_age_seconds", "gauge", help, state.undelivered)
    messages = tuple(({"channel": c, "state": s}, float(n)) for (c, s), n in sorted(counts.messages.items()))
    yield Metric("tocsin_messages", "gauge", "Messages by channel and outcome (failed: given up).", messages)


def of_feeds(state: State, counts: Counts) -> Iterator[Metric]:
    feeds = state.feeds
    good = tuple(({"feed": f.name}, f.arrived_at.timestamp()) for f in feeds if f.arrived_at)
    yield Metric("tocsin_feed_last_good_poll_timestamp_seconds", "gauge", "When a feed last answered well.", good)
    new = tuple(({"feed": f.name}, f.pulse.new_at.timestamp()) for f in feeds if f.pulse.new_at)
    yield Metric("tocsin_feed_last_new_item_timestamp_seconds", "gauge", "When a feed last brought a new item.", new)
    failures = tuple(({"feed": f.name}, float(f.failures)) for f in feeds)
    yield Metric("tocsin_feed_failures", "gauge", "Polls of a feed that failed in a row.", failures)
    items = tuple(
        ({"feed": counts.feed_ids[id], "outcome": outcome}, float(number))
        for (id, outcome), number in sorted(counts.reports.items())
        if id in counts.feed_ids
    )
    help = "Reports of today (UTC) by feed and outcome; begins anew at midnight, which rate() takes as a restart."
    yield Metric("tocsin_reports_today_total", "counter", help, items)


def of_findings(counts: Counts) -> Iterator[Metric]:
    languages = tuple(({"language": code or "unknown"}, float(n)) for code, n in sorted(counts.languages.items()))
    help = "Reports of today (UTC) in languages that are not read."
    yield Metric("tocsin_reports_not_read_today_total", "counter", help, languages)
    yield one("tocsin_signals_total", "counter", "Signals read so far.", float(counts.signals))
    yield one("tocsin_incidents", "gauge", "Incidents known.", float(counts.incidents))
    alerts = tuple(
        ({"state": state, "level": level.word}, float(number))
        for (state, level), number in sorted(counts.alerts.items())
    )
    yield Metric("tocsin_alerts", "gauge", "Alerts by state and level.", alerts)


def of_rules(counts: Counts) -> Iterator[Metric]:
    row, reload = counts.rules, counts.reload
    hash = (({"hash": row.hash}, 1.0),) if row else ()
    yield Metric("tocsin_rules_info", "gauge", "The rules in force.", hash)
    at = _moment(row.activated_at if row else None)
    yield one("tocsin_rules_activated_timestamp_seconds", "gauge", "When the rules in force were put so.", at)
    good = None if reload is None else float(reload.good)
    yield one("tocsin_rules_last_reload_good", "gauge", "Was alerts.yaml good when it was last read?", good)
    at = _moment(reload.at if reload else None)
    yield one("tocsin_rules_last_reload_timestamp_seconds", "gauge", "When alerts.yaml was last read.", at)


def of_ourselves(state: State) -> Iterator[Metric]:
    found = tuple(({"problem": problem.key}, 1.0) for problem in problems(state))
    yield Metric("tocsin_problem", "gauge", "What is wrong now; without samples where nothing is.", found)
    yield one("tocsin_problems", "gauge", "How many things are wrong now.", float(len(found)))
    journey = state.journey
    help = "What the last synthetic report that arrived took from its writing to its receiver."
    yield one("tocsin_synthetic_journey_seconds", "gauge", help, journey.seconds if journey else None)
    at = _moment(journey.arrived_at if journey else None)
    yield one("tocsin_synthetic_arrived_timestamp_seconds", "gauge", "When a synthetic report last arrived.", at)
    at = _moment(state.look.at if state.look else None)
    yield one("tocsin_watch_timestamp_seconds", "gauge", "When beat last looked at everything.", at)
    yield one("tocsin_disk_free_bytes", "gauge", "Free space beside SQLite.", state.room.free if state.room else None)
    yield Metric("tocsin_build_info", "gauge", "The version of the program and of its reader.", ((build(), 1.0),))


@cache
def build() -> dict[str, str]:
    """The program's version, and those of its languages."""
    return {"version": version("tocsin"), "reader": ",".join(lexicon(code).reader for code in sorted(available()))}


def _moment(at: datetime | None) -> float | None:
    return at.timestamp() if at else None
