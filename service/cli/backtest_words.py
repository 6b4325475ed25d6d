"""What a backtest came to: in words that an admin reads in a minute, and as plain data."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from service.cli.layout import aligned, one_line
from service.rules import Rules
from service.trials.compare import KINDS, Change, Comparison, Count, Kind, by_kind
from service.trials.replay import Ringing
from service.trials.reread import Difference, Reread
from service.values import Level

TITLES: dict[Kind, str] = {
    "appears": "Alerts that would appear",
    "vanishes": "Alerts that would vanish",
    "rises": "Alerts that would rise",
    "falls": "Alerts that would fall",
    "rerouted": "Alerts that would go by other routes",
}
MOST_EVIDENCE = 2  # shown of an alert's crossings


@dataclass(frozen=True, slots=True)
class Trial:
    """What was tried and what came of it. `since` and `until` are None where reports were given."""

    old: Rules
    new: Rules
    since: datetime | None
    until: datetime | None
    found: Comparison
    reread: Reread | None = None


def lines_of(trial: Trial, most: int) -> Iterator[str]:
    """The lines of the answer: a summary, then each alert that changes, up to `most` of a sort."""
    yield f"Rules {trial.old.hash} → {trial.new.hash}, {_period(trial)}. Nothing was sent."
    yield ""
    yield from _summary(trial.found)
    yield from _days(trial.found)
    for kind, changes in by_kind(trial.found.changes):
        yield f"\n{TITLES[kind]} ({len(changes)})"
        for change in changes[:most]:
            yield from _change(change)
        yield from _more(len(changes) - most)
    yield from _reread(trial.reread, most) if trial.reread else ()


def _period(trial: Trial) -> str:
    if trial.since is None or trial.until is None:
        return "on the reports given"
    return f"on what was said from {trial.since:%Y-%m-%d %H:%M} to {trial.until:%Y-%m-%d %H:%M} UTC"


def _summary(found: Comparison) -> Iterator[str]:
    """Alerts before and after, together and by route."""
    rows = [("", "old", "new", "")]
    rows.append(("alerts", str(found.alerts.old), str(found.alerts.new), _signed(found.alerts)))
    rows += [(f"  by route {name}", str(count.old), str(count.new), _signed(count)) for name, count in _routes(found)]
    rows.append(("tellings, revisions included", str(found.rings.old), str(found.rings.new), _signed(found.rings)))
    yield from aligned(rows, right=True)
    if not found.changes:
        yield "\nNo alert changes."


def _routes(found: Comparison) -> list[tuple[str, Count]]:
    return sorted(found.routes.items())


def _signed(count: Count) -> str:
    return f"{count.new - count.old:+d}" if count.new != count.old else "="


def _days(found: Comparison) -> Iterator[str]:
    """The days on which something changes."""
    days = [(day, count) for day, count in sorted(found.days.items()) if count.changes]
    if days:
        yield "\nBy day"
        rows = [("", "old", "new", "", *KINDS)]
        rows += [(f"{day}", str(count.old), str(count.new), _signed(count), *_kinds(count)) for day, count in days]
        yield from aligned(rows, right=True)


def _kinds(count: Count) -> list[str]:
    return [str(count.changes[kind] or "·") for kind in KINDS]


def _change(change: Change) -> Iterator[str]:
    shown = change.shown
    routes = [f"+{name}" for name in change.gained] + [f"-{name}" for name in change.lost]
    told = ", ".join(routes) or ", ".join(shown.routes) or "no route covers it"
    levels = " → ".join(level.word if level else "no alert" for level in (change.before, change.after))
    yield f"  {change.day}  {shown.country or '???'}  {one_line(shown.area, 60)}: {levels}  [{told}]"
    for evidence in shown.evidence[:MOST_EVIDENCE]:
        yield f'      {evidence.words}: "{one_line(evidence.text)}" ({one_line(evidence.origin, 60)})'
    if link := next((evidence.link for evidence in shown.evidence if evidence.link), None):
        yield f"      {one_line(link, 200)}"


def _more(left: int) -> Iterator[str]:
    if left > 0:
        yield f"  … and {left} more: --most N or --json shows them"


def _reread(read: Reread, most: int) -> Iterator[str]:
    yield f"\nRead again: {read.texts:,} texts, {len(read.differences):,} figures differ in {len(read.now):,} of them"
    for one in read.differences[:most]:
        yield f'  {one.kind}: "{one_line(one.text)}" in {one_line(one.link or f"report {one.report}", 120)}'
        yield f"      {_fields(one)}"
    yield from _more(len(read.differences) - most)


def _fields(one: Difference) -> str:
    if one.kind == "changes":
        return ", ".join(f"{name} {was} → {now}" for name, (was, now) in one.fields.items())
    values = ((name, was if one.kind == "vanishes" else now) for name, (was, now) in one.fields.items())
    return ", ".join(f"{name} {value}" for name, value in values if value is not None)


# --- as data ----------------------------------------------------------------


def as_json(trial: Trial) -> dict[str, Any]:
    """Everything as plain data; levels by their word, days and moments in ISO 8601."""
    found = trial.found
    return {
        "old": trial.old.hash,
        "new": trial.new.hash,
        "since": trial.since.isoformat() if trial.since else None,
        "until": trial.until.isoformat() if trial.until else None,
        "alerts": _count(found.alerts),
        "tellings": {"old": found.rings.old, "new": found.rings.new},
        "routes": {name: {"old": count.old, "new": count.new} for name, count in _routes(found)},
        "days": {day.isoformat(): _count(count) for day, count in sorted(found.days.items())},
        "changes": [_change_json(change) for change in found.changes],
        "reread": _reread_json(trial.reread) if trial.reread else None,
    }


def _count(count: Count) -> dict[str, int]:
    return {"old": count.old, "new": count.new} | {kind: count.changes[kind] for kind in KINDS}


def _change_json(change: Change) -> dict[str, Any]:
    shown = change.shown
    return {
        "change": change.kind,
        "incident": change.incident,
        "day": change.day.isoformat(),
        "country": shown.country,
        "area": shown.area,
        "before": _word(change.before),
        "after": _word(change.after),
        "routes_gained": list(change.gained),
        "routes_lost": list(change.lost),
        "ringing": ringing_json(shown),
    }


def ringing_json(ringing: Ringing) -> dict[str, Any]:
    """One ringing as plain data."""
    return {
        "at": ringing.at.isoformat(),
        "reason": ringing.reason,
        "level": ringing.level.word,
        "routes": list(ringing.routes),
        "recipients": list(ringing.to),
        "evidence": [asdict(evidence) for evidence in ringing.evidence],
    }


def _word(level: Level) -> str | None:
    return level.word if level else None


def _reread_json(read: Reread) -> dict[str, Any]:
    figures = [asdict(one) | {"fields": {k: list(v) for k, v in one.fields.items()}} for one in read.differences]
    return {"texts": read.texts, "reports": len(read.now), "figures": figures}
