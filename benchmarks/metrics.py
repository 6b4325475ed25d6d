"""The cost of a scrape of /metrics and of the ready page beside a million reports, on SQLite (or --database URL).

.venv/bin/python -m benchmarks.metrics [--reports 1000000]
"""

import argparse
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from service.health.exposition import exposition
from service.settings import Settings
from service.store.database import Connection, Database
from service.store.migrate import upgrade
from service.web.metrics import measured

NOW = datetime.now(UTC)
# Of a million reports: signals, incidents, alerts and messages, with days of counts for 200 feeds.
SHARES = {"signal": 0.3, "incident": 0.05, "alert": 0.01, "outbox": 0.05}
FEEDS, DAYS = 200, 365


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--database", default="")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    try:
        settings = Settings(data=folder, database_url=options.database)
        database = Database(settings.database)
        upgrade(database)
        fill(database, options.reports)
        times = sorted(scrape(settings, database) for _ in range(50))
        size = len(exposition(measured(settings, database)))
        print(
            f"{options.reports:,} reports: a scrape takes {times[25]:.1f} ms (median of 50; the first {TAKEN[0]:.0f},"
        )
        print(f"the slowest of the others {times[-2]:.1f}), {size // 1024} KiB")
        database.close()
    finally:
        shutil.rmtree(folder)


TAKEN: list[float] = []


def scrape(settings: Settings, database: Database) -> float:
    start = perf_counter()
    exposition(measured(settings, database))
    TAKEN.append(taken := (perf_counter() - start) * 1000)
    return taken


def fill(database: Database, reports: int) -> None:
    """Rows by SQL alone: only what is counted and waited for matters."""
    with database.writing() as db:
        numbers = f"{series(db)} WHERE n <= {{}}"
        at, past, day = (f"'{moment:%Y-%m-%d %H:%M:%S}'" for moment in (NOW, NOW - timedelta(days=2), NOW))
        day = f"'{NOW:%Y-%m-%d}'"
        rows = {name: int(reports * share) for name, share in SHARES.items()}
        for table, columns, values, count in (
            ("rules", "hash, text, activated_at", f"'h', '', {at}", 1),
            ("feed", "name, url, attempts, crashes, due_at, arrived_at, pulse", f"'feed ' || n, '', 0, 0, {at}, {at}, "
             f"""'{{"new_at": "{NOW.isoformat()}", "first_at": "2024-01-01T00:00:00Z", "longest": 7200}}'""", FEEDS),
            ("report", "feed_id, outcome, fetched_at, fingerprint, attempts, crashes",
             f"n % {FEEDS}, 'quiet', {past}, 'f', 0, 0", reports),
            ("daily_count", "feed_id, day, outcome, count", daily(db, day), FEEDS * DAYS),
            ("signal", "report_id, country, week, said_at, why, value, incident_id",
             f"n, 'SYR', {day}, {past}, '', '{{}}', n", rows["signal"]),
            ("incident", "id, country, founded_at, last_said, value, profile, attempts, crashes",
             f"n, 'SYR', {past}, {past}, '{{}}', '{{}}', 0, 0", rows["incident"]),
            ("alert", "open_key, incident_id, state, level, value",
             "NULL, n, 'closed', 1 + n % 4, '{}'", rows["alert"]),
            ("outbox", "alert_id, revision, reason, recipient, channel, state, doubtful, attempts, crashes",
             "n, 1, 'first', 'r', 'mail', 'sent', false, 0, 0", rows["outbox"]),
        ):  # fmt: skip
            statement = f"INSERT INTO {table} ({columns}) SELECT {values} FROM {numbers.format(count)}"
            # psycopg takes a single percent sign for a placeholder.
            db.exec_driver_sql(statement if database.is_sqlite else statement.replace("%", "%%"))
        db.exec_driver_sql("ANALYZE")


def series(db: Connection) -> str:
    if db.dialect.name == "postgresql":
        return "generate_series(1, 2000000) AS g(n)"
    return "(WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g LIMIT 2000000) SELECT n FROM g)"


def daily(db: Connection, day: str) -> str:
    back = f"n / {FEEDS}"
    shifted = f"date({day}, '-' || ({back}) || ' days')" if db.dialect.name == "sqlite" else f"date {day} - ({back})"
    return f"n % {FEEDS}, {shifted}, 'quiet', 7"


if __name__ == "__main__":
    main()
