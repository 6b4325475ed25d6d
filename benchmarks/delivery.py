"""Alerts a second to a local webhook, and how a receiver comes back: `python -m benchmarks.delivery [--alerts 5000]`.

The worker processes of a normal installation's alarm lane drain the outbox with the real stage, each message marked
durably; beside it, `requests.post` in a loop by as many processes.  Then the receiver is down while all the messages
wait, and comes back: the time to the first and to the last, and the requests that were wasted on it as a share of all.
"""

import argparse
import contextlib
import logging
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Any

import requests

from benchmarks.whole import RULES, database
from service.cli.worker import SLOTS
from service.flow.drain import drain
from service.flow.installation import Installation
from service.flow.rulebook import refresh
from service.incidents.assemble import assemble
from service.settings import Settings
from service.store import alerts, outbox
from service.store.migrate import upgrade
from service.values import Alert, Assessment, Crossing, Evidence, Figure, Level, Notice, Recipient, Signal

TARGET = 300
RECOVERY, WASTE = 5.0, 0.1
AT_ONCE = 500
# Beat's sweep rings what is due so often, unless a setting says otherwise.
SWEEP = 3.0
Counter = Any


def main() -> int:
    logging.disable()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--alerts", type=int, default=5000)
    parser.add_argument(
        "--down", type=float, default=120, metavar="SECONDS", help="how long the receiver is down (120)"
    )
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    options = parser.parse_args()
    for kind in options.database or ["sqlite", "postgresql"]:
        with receiver() as hook, installed(kind, hook.port) as settings:
            bare(hook, options.alerts)
            speed(kind, settings, hook, options.alerts)
            recovery(kind, settings, hook, options.alerts, options.down)
    return 0


# --- speed --------------------------------------------------------------------


def bare(hook: "Hook", count: int) -> None:
    """As many requests by as many processes that do nothing else."""
    began = time.perf_counter()
    together([lambda: posts(hook.port, count // SLOTS)] * SLOTS)
    took = time.perf_counter() - began
    print(f"{'requests.post':22} {count:,} posts: {count / took:6.0f} a second", flush=True)


def posts(port: int, count: int) -> None:
    payload = {"text": "x" * 1000}
    for _ in range(count):
        requests.post(f"http://127.0.0.1:{port}/hook", json=payload, timeout=20).raise_for_status()


def speed(kind: str, settings: Settings, hook: "Hook", count: int) -> None:
    decide(settings, count)
    hook.taken.value = 0
    began = time.perf_counter()
    workers = together([lambda: exhaust(settings)] * SLOTS)
    took = time.perf_counter() - began
    assert workers == 0 and hook.taken.value == count == sent(settings), (hook.taken.value, sent(settings))
    print(f"{kind:22} {count:,} alerts: {count / took:6.0f} a second (target {TARGET}), the last after {took:.1f} s")


def exhaust(settings: Settings) -> None:
    installation = Installation(settings)
    while drain(installation, "deliver"):
        pass


# --- recovery -----------------------------------------------------------------


def recovery(kind: str, settings: Settings, hook: "Hook", count: int, down: float) -> None:
    """All messages wait for a receiver that answers 503, and then takes them."""
    hook.status.value = 503
    decide(settings, count)
    hook.taken.value = hook.refused.value = 0
    over = multiprocessing.Event()
    workers = [multiprocessing.Process(target=until, args=(settings, over)) for _ in range(SLOTS)]
    for worker in workers:
        worker.start()
    time.sleep(down)
    back = time.perf_counter()
    hook.status.value = 200
    first = reached(hook, 1) - back
    last = reached(hook, count) - back
    over.set()
    for worker in workers:
        worker.join()
    wasted = hook.refused.value / (hook.refused.value + hook.taken.value)
    print(
        f"{kind:22} {count:,} alerts, down for {down:.0f} s: the first {first:.1f} s after it is back"
        f" (target {RECOVERY:.0f}), the last {last:.1f} s;"
        f" {hook.refused.value} requests wasted, {wasted:.1%} (target {WASTE:.0%})",
        flush=True,
    )


def until(settings: Settings, over: Any) -> None:
    """A worker whose bell rings when the sweep finds something due."""
    installation = Installation(settings)
    while not over.is_set():
        drain(installation, "deliver")
        over.wait(SWEEP)


def reached(hook: "Hook", count: int) -> float:
    while hook.taken.value < count:
        time.sleep(0.02)
    return time.perf_counter()


# --- an installation with alerts decided ----------------------------------------


@contextlib.contextmanager
def installed(kind: str, port: int) -> Iterator[Settings]:
    with tempfile.TemporaryDirectory(prefix="tocsin-delivery-") as name, database(kind, Path(name)) as (url, _):
        folder = Path(name)
        (folder / "alerts.yaml").write_text(RULES.read_text().replace("{feed}", f"http://127.0.0.1:{port}/feed"))
        os.environ["TOCSIN_DEMO_CHAT"] = f"slackhook://127.0.0.1:{port}/hook"
        # The bells ring in vain: nobody hears them here.
        settings = Settings(
            data=folder, rules=folder / "alerts.yaml", database_url=url, secret="benchmark-benchmark",
            broker_url="memory://",
        )  # fmt: skip
        installation = Installation(settings)
        upgrade(installation.database)
        refresh(installation.database, settings.rules, installation.now())
        installation.database.close()
        yield settings


def decide(settings: Settings, count: int) -> None:
    """Alerts, each with its notice and one message."""
    installation = Installation(settings)
    now = installation.now()
    for start in range(0, count, AT_ONCE):
        with installation.database.writing() as db:
            for _ in range(start, min(start + AT_ONCE, count)):
                one(db, now)
    installation.database.close()


def one(db: Any, now: datetime) -> None:
    alert = alerts.add(db, Alert(0, "open", Level.SEVERE, revision=1, opened_at=now), os.urandom(8).hex())
    assert alert is not None
    notice = replace(NOTICE, alert_id=alert.id, decided_at=now)
    alerts.add_notice(db, notice)
    outbox.add(db, notice, [Recipient("duty-officer", "chat")], now)


def sent(settings: Settings) -> int:
    installation = Installation(settings)
    with installation.database.reading() as db:
        found = db.exec_driver_sql("SELECT count(*) FROM outbox WHERE state = 'sent'").scalar()
    installation.database.close()
    return int(found or 0)


def _notice() -> Notice:
    said = datetime.now(UTC)
    words = "At least 31 civilians were killed in an attack on Kharkiv"
    signal = Signal(
        kind="casualty", type="killed", evidence=Evidence(0, len(words), words), rule="benchmark", low=31, high=31,
        unit="people", quantifier="at_least", hedge="at least", noun="civilians", victims="civilian", country="UKR",
        place="Kharkiv", place_from="sentence", attributed_to="the United Nations",
    )  # fmt: skip
    figure = Figure(1, 1, signal, "the United Nations", said, said, "Agency", title=words, grade="B")
    incident = replace(assemble([figure]), started=date.today(), ended=date.today())
    crossing = Crossing("casualty", "killed", Level.SEVERE, 31, 30, "killed 31 ≥ 30 → Severe")
    return Notice(0, 1, "first", Level.SEVERE, said, incident, Assessment(Level.SEVERE, (crossing,), "benchmark"))


NOTICE = _notice()

# --- the receiver ---------------------------------------------------------------


class Hook:
    """A webhook in a process of its own; what it answers is shared, and what it was asked."""

    def __init__(self) -> None:
        self.port = 0
        self.status: Synchronized[int] = multiprocessing.Value("i", 200)
        self.taken: Synchronized[int] = multiprocessing.Value("i", 0)
        self.refused: Synchronized[int] = multiprocessing.Value("i", 0)


@contextlib.contextmanager
def receiver() -> Iterator[Hook]:
    hook = Hook()
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=serve, args=(hook, theirs), daemon=True)
    process.start()
    hook.port = int(ours.recv())
    try:
        yield hook
    finally:
        process.terminate()
        process.join()


def serve(hook: Hook, pipe: Any) -> None:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # an answer in one piece
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status = hook.status.value
            counter = hook.taken if status == 200 else hook.refused
            with counter.get_lock():
                counter.value += 1
            self.send_response(status)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: object) -> None:
            """Silent."""

    class Server(ThreadingHTTPServer):
        request_queue_size = 128
        daemon_threads = True

    server = Server(("127.0.0.1", 0), Handler)
    pipe.send(server.server_address[1])
    server.serve_forever()


def together(works: list[Callable[[], None]]) -> int:
    """Do them in processes of their own; returns how many failed."""
    processes = [multiprocessing.get_context("fork").Process(target=work) for work in works]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return sum(process.exitcode != 0 for process in processes)


if __name__ == "__main__":
    sys.exit(main())
