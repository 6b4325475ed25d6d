"""`tocsin alerts`: what is open and what comes next; an officer's acts from the command line."""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, get_args

from service.alerts.acts import CLOSED, Officer
from service.alerts.notes import title
from service.alerts.upcoming import Outlook
from service.cli.installed import Installed, installed
from service.cli.layout import aligned, one_line
from service.cli.person import by
from service.cli.times import length
from service.desk import alerts as desk
from service.desk.alerts import Desk
from service.store import alerts, listings
from service.store.listings import Wanted
from service.values import Alert, CloseReason, Notice

HELP = "Alerts that are not closed, the heaviest first, with who is checking and what happens next by itself."
MOST = 200
Row = tuple[Alert, Notice | None, Outlook]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--all", action="store_true", help="closed ones too, newest first")
    parser.add_argument("--json", action="store_true", help="write JSON instead")
    acts = parser.add_subparsers(dest="act", metavar="ACT")
    for name, help in (
        ("ack", 'say "I am checking"'),
        ("assign", "give it to a recipient, who is told"),
        ("comment", "add a remark to its log"),
        ("snooze", "put it off: nothing rings until then but a rise in level"),
        ("close", "end it, and tell everyone who was told"),
        ("reopen", "open a closed one again: it rings"),
    ):
        act = acts.add_parser(name, help=help)
        act.add_argument("number", type=int, metavar="NUMBER", help="the alert's number")
        OWN[name](act)
        act.add_argument("--by", default=None, help="who does it (default: the name you are logged in by)")


def _why(act: argparse.ArgumentParser) -> None:
    act.add_argument("--why", default="", help="kept in its log")


def _to(act: argparse.ArgumentParser) -> None:
    act.add_argument("to", metavar="RECIPIENT", help="a recipient of alerts.yaml")
    _why(act)


def _remark(act: argparse.ArgumentParser) -> None:
    act.add_argument("why", metavar="TEXT", help="the remark")


def _span(act: argparse.ArgumentParser) -> None:
    act.add_argument("--for", dest="span", type=length, required=True, metavar="TIME", help="how long: 30m, 4h, 2d")
    _why(act)


def _reason(act: argparse.ArgumentParser) -> None:
    reasons = "; ".join(f"{reason}: {words}" for reason, words in CLOSED.items())
    act.add_argument("reason", choices=get_args(CloseReason), metavar="REASON", help=reasons)
    _why(act)


OWN = {"ack": _why, "assign": _to, "comment": _remark, "snooze": _span, "close": _reason, "reopen": _why}


def run(options: argparse.Namespace) -> int:
    with installed() as here:
        if options.act is None:
            show(here, options)
        else:
            _act(here, options)
    return 0


# --- acts ---------------------------------------------------------------------


def _act(here: Installed, options: argparse.Namespace) -> None:
    after = ACTS[options.act](here.desk, here.officer(by(options), options.why), options)
    print(f"Alert {after.id}: {'; '.join(standing(after))}.")


def _acknowledge(at: Desk, officer: Officer, options: argparse.Namespace) -> Alert:
    return desk.acknowledge(at, options.number, officer).alert


ACTS: dict[str, Callable[[Desk, Officer, argparse.Namespace], Alert]] = {
    "ack": _acknowledge,
    "assign": lambda at, officer, asked: desk.assign(at, asked.number, officer, asked.to),
    "comment": lambda at, officer, asked: desk.comment(at, asked.number, officer),
    "snooze": lambda at, officer, asked: desk.snooze(at, asked.number, officer, officer.at + asked.span),
    "close": lambda at, officer, asked: desk.close(at, asked.number, officer, asked.reason),
    "reopen": lambda at, officer, asked: desk.reopen(at, asked.number, officer),
}


# --- the list -----------------------------------------------------------------


def show(here: Installed, options: argparse.Namespace) -> None:
    rows = found(here, options.all)
    if options.json:
        print(json.dumps([_data(row) for row in rows], ensure_ascii=False, indent=2, default=datetime.isoformat))
    elif rows:
        print("\n".join(line.strip() for line in aligned(_cells(*row, here.now) for row in rows)))
    else:
        print("No alert is open." if not options.all else "There never was an alert.")


def found(here: Installed, closed_too: bool) -> list[Row]:
    with here.database.reading() as db:
        every = listings.alerts(db, None, MOST, Wanted()) if closed_too else alerts.unfinished(db, MOST)
        notices, ahead = alerts.newest_notices(db, every), desk.outlooks(db, here.desk, every, here.now)
    return [(alert, notices.get(alert.id), ahead[alert.id]) for alert in every]


def _cells(alert: Alert, notice: Notice | None, ahead: Outlook, now: datetime) -> Sequence[str]:
    coming = ahead.next
    what = f"{coming.words}, {_when(coming.at, now)}" if coming else "waits for news, or for people"
    held = [f"held back by silence {ahead.silence.id}"] if ahead.silence else []
    return str(alert.id), alert.level.word, one_line(title(notice), 40), "; ".join([*standing(alert), *held]), what


def standing(alert: Alert) -> Iterator[str]:
    """How an alert stands, in words."""
    if alert.state == "closed":
        yield f"closed: {CLOSED[alert.closed]}" if alert.closed else "closed"
    else:
        yield from (f"{ack.officer} is checking" for ack in alert.acknowledgements)
    if alert.snoozed_until:
        yield f"put off until {alert.snoozed_until:%Y-%m-%d %H:%M} UTC"
    if alert.state == "open" and not alert.snoozed_until:
        yield "nobody has answered"
    if alert.assigned:
        yield f"given to {alert.assigned}"


def _when(at: datetime, now: datetime) -> str:
    soon = abs(at - now) < timedelta(hours=20)
    return f"{at:%H:%M} UTC" if soon else f"{at:%Y-%m-%d %H:%M} UTC"


def _data(row: Row) -> dict[str, Any]:
    alert, notice, ahead = row
    names = ("id", "kind", "state", "opened_at", "country", "assigned", "snoozed_until", "closed")
    return {
        **{name: getattr(alert, name) for name in names},
        "level": alert.level.word,
        "title": title(notice),
        "checking": [asdict(ack) for ack in alert.acknowledgements],
        "silence": ahead.silence.id if ahead.silence else None,
        "next": {"at": ahead.next.at, "what": ahead.next.words} if ahead.next else None,
    }
