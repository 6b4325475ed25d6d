"""Figures replayed a minute: `python -m benchmarks.backtest [--figures N] [--store]`.

A made-up history: most incidents have one to ten reports, one in two hundred a hundred to four hundred.  Numbers
grow as a happening does, with several origins of several grades, parts of towns and running totals among them.
Every figure is judged by two versions of the rules; that counts as one replay.  With --store the history is
written to SQLite first, and reading it counts too.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from service import rules as rules_room
from service.known import known
from service.rules.model import Rules
from service.store import signals
from service.store.database import Database
from service.store.migrate import upgrade
from service.store.signals import cell_of
from service.trials.backtest import of_store
from service.trials.replay import replay
from service.values import Evidence, Figure, Place, Signal

SHIPPED = Path(__file__).parents[1] / "alerts.yaml"
NEEDED = 200_000  # figures a minute on one core
START = datetime(2024, 11, 1, tzinfo=UTC)
# Kind, type, unit, and what a first report might say.
FACTS = (
    ("casualty", "killed", "people", 8),
    ("casualty", "injured", "people", 25),
    ("displacement", "displaced", "people", 1500),
    ("displacement", "displaced", "households", 400),
    ("suspension", "health", "facilities", 2),
)
ORIGINS = ("UN OCHA", "Red Crescent", "Monitor", "Civil Defence", "Ministry", "Mayor", "Reuters", "AFP", "Radio")
TOWNS = (None, None, None, "Atareb", "Saraqib", "Darat Izza", "Maarat Misrin")
COUNTRIES = ("SYR", "LBN", "SDN", "UKR", "PHL", "MMR")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--figures", type=int, default=60_000)
    parser.add_argument("--store", action="store_true")
    options = parser.parse_args()
    old, new = versions()
    print("figures a minute by the size of an incident:")
    for size in (1, 3, 10, 30, 100, 200, 400):
        alike = [incident(random.Random(seed), size) for seed in range(max(1, 2000 // size))]
        print(f"  {size:4} reports  {rate(alike, old, new):12,.0f}")
    history = list(incidents(options.figures))
    found = rate(history, old, new)
    print(f"typical history, {len(history):,} incidents: {found:,.0f} a minute, {found / NEEDED:.1f} of what is needed")
    if options.store:
        found = stored_rate(history, old, new)
        print(f"the same, stored in SQLite and read from there: {found:,.0f} a minute, {found / NEEDED:.1f} of it")
    return 0 if found >= NEEDED else 1


def stored_rate(history: list[list[Figure]], old: Rules, new: Rules) -> float:
    """Figures a minute where the history is read from a database."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/tocsin.db")
        upgrade(database)
        store(database, history)
        began = time.process_time()
        outcomes = sum(1 for _ in of_store(database, old, new, START, lambda _: None))
        took = time.process_time() - began
        database.close()
    assert outcomes == len(history), "an incident was left out"
    return sum(map(len, history)) / took * 60


def store(database: Database, history: list[list[Figure]]) -> None:
    """Write incidents as the assign stage leaves them, figures only."""
    for figures in history:
        with database.writing() as db:
            told = [(cell_of(figure.signal.country, figure.said_at), figure) for figure in figures]
            last = db.exec_driver_sql("SELECT coalesce(max(id), 0) FROM signal").scalar() or 0
            signals.add(db, told, START)
            signals.put(db, {last + number: (last + 1, "") for number in range(1, len(figures) + 1)})


def rate(history: list[list[Figure]], old: Rules, new: Rules) -> float:
    """Figures a minute of this process's own time."""
    began = time.process_time()
    for figures in history:
        replay(figures, (old, new))
    return sum(map(len, history)) / (time.process_time() - began) * 60


def versions() -> tuple[Rules, Rules]:
    """The shipped rules, and the same with a third more displaced people asked for."""
    text = SHIPPED.read_text(encoding="utf-8")
    changed = text.replace("conflict: [200, 1000, 10000,  50000]", "conflict: [300, 1300, 13000, 65000]")
    assert changed != text, "the shipped thresholds have changed: change this benchmark"
    old, new = (rules_room.read(each, "alerts.yaml", known()) for each in (text, changed))
    return old, new


def incidents(figures: int) -> Iterator[list[Figure]]:
    """Incidents of typical sizes that hold so many figures together, or a few more."""
    dice, made = random.Random(7), 0
    while made < figures:
        found = incident(dice, dice.randint(100, 400) if dice.random() < 0.005 else dice.randint(1, 10))
        made += len(found)
        yield found


def incident(dice: random.Random, reports: int) -> list[Figure]:
    """What so many reports say of one happening, over up to a fortnight."""
    country, scale = dice.choice(COUNTRIES), dice.lognormvariate(0, 1)
    facts = dice.sample(FACTS, dice.randint(1, 4))
    hours = sorted(dice.uniform(0, min(14 * 24, 3 * reports)) for _ in range(reports))
    return [
        figure
        for number, hour in enumerate(hours)
        for figure in report(dice, country, facts, scale * (1 + 3 * number / (number + 10)), number, hour)
    ]


def report(
    dice: random.Random, country: str, facts: list[tuple[str, str, str, int]], scale: float, number: int, hour: float
) -> Iterator[Figure]:
    said, about = START + timedelta(hours=hour), (Place("Idlib", country, admin1="Idlib", precision="admin1"),)
    for fact, (kind, type_, unit, usual) in enumerate(dice.sample(facts, dice.randint(1, len(facts)))):
        low, town = max(1, round(usual * scale * dice.choice((0.6, 0.9, 1, 1, 1.1)))), dice.choice(TOWNS)
        origin, named = dice.choice(ORIGINS), dice.random() < 0.7
        signal = Signal(
            kind, type_, Evidence(fact * 40, fact * 40 + 9, f"{low} {unit}"), "made up", low, low, unit=unit,  # type: ignore[arg-type]
            scope="total" if dice.random() < 0.15 else "new", place=town, place_from="sentence" if town else "report",
            country=country, cause="conflict", attributed_to=origin if named else None, admin1="Idlib",
            tags=("aid_worker",) if dice.random() < 0.01 else (),
        )  # fmt: skip
        yield Figure(
            number * 8 + fact + 1, number, signal, origin, said, said, publisher=origin, title="A title",
            grade=dice.choice("BBBCCDF"), about=about, fingerprint=f"{number:x}", sentence=f"{number:x}{fact}",
        )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
