"""One happening or two? `python -m benchmarks.pairs [FILE.jsonl…] [--errors N]`.

Every file holds reports of our own with the happening each tells of (see benchmarks/scenarios/).  They are
read and gathered as the running service would, all scenarios of a file together; every pair of reports of
one scenario is then right or wrong: of one happening, and in one incident, or not.

The pairs (`pairs-*.jsonl`) are written as reports come in: each says where and when, as far as such reports do;
half of them tell of two happenings that are easily taken for one (`sort`).  The scenarios (`fitted-*.jsonl`) are
written to be hard: most leave out what would tell.  All of them are invented, whoever they name as publisher.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from service import rules as rules_room
from service.incidents.accounts import Account, accounts, by_report
from service.incidents.gather import gather
from service.known import known
from service.rules import Rules
from service.trials.told import Told, figures_told
from service.values import Figure

SHIPPED = Path(__file__).parents[1] / "alerts.yaml"
SCENARIOS, REPLAYS = (Path(__file__).parent / name for name in ("scenarios", "replays"))
PAIRS = "pairs"
Row = dict[str, Any]


def main() -> int:
    options = arguments()
    whole = Counts()
    for file in options.files or labelled_files():
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        counts = report(file.stem, rows, options.errors)
        whole += counts if file.stem.startswith(PAIRS) else Counts()
    if whole.pairs:
        print(f"all pairs together: {whole}")
    return 0


@dataclass(frozen=True)
class Counts:
    """Pairs of reports: all, those of one happening, those in one incident, and those rightly so."""

    pairs: int = 0
    same: int = 0
    joined: int = 0
    right: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(one + more for one, more in zip(astuple(self), astuple(other), strict=True)))

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.joined), self.right / max(1, self.same)
        told = f"{self.pairs} pairs, {self.same} of one happening"
        return f"{told}; precision {precision:.3f}  recall {recall:.3f}"


def labelled_files() -> list[Path]:
    """The scenarios, and the replayed crises, each of which is one."""
    return [*sorted(SCENARIOS.glob("*.jsonl")), *sorted(REPLAYS.glob("*.jsonl"))]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE.jsonl", help="labelled reports")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show up to N wrong pairs of each sort")
    return parser.parse_args()


def report(name: str, rows: Sequence[Row], errors: int) -> Counts:
    homes, why = gathered(rows)
    told = [row for row in rows if homes[row["id"]]]
    pairs = [pair for group in by_scenario(told) for pair in combinations(group, 2)]
    judged = [(labelled(a, b), bool(homes[a["id"]] & homes[b["id"]]), a, b) for a, b in pairs]
    same, joined = sum(same for same, *_ in judged), sum(found for _, found, *_ in judged)
    counts = Counts(len(judged), same, joined, sum(same and found for same, found, *_ in judged))
    print(f"{name}: {len(rows)} reports, {len(rows) - len(told)} without a figure we may ring for")
    print(f"  {counts}")
    for wanted, words in ((False, "joined, but two happenings"), (True, "one happening, but kept apart")):
        wrong = [one for one in judged if one[0] is wanted and one[1] is not wanted]
        print(f"  {len(wrong)} {words}")
        for _, _, a, b in wrong[:errors]:
            print(f"    {a['id']} ({a['happening']}) “{a['title']}” | {b['id']} ({b['happening']}) “{b['title']}”")
            print(f"        {b.get('sort', '')}  {b['id']}: {' / '.join(why[b['id']])}")
    return counts


def gathered(rows: Sequence[Row]) -> tuple[dict[str, set[Any]], dict[str, list[str]]]:
    """The incidents each report is in, by its id, and why.

    A report labelled with one happening counts where most of its figures are: what it recalls of an earlier
    one may rightly be in that one's incident.
    """
    homes: dict[str, Counter[Any]] = {row["id"]: Counter() for row in rows}
    why: dict[str, list[str]] = {row["id"]: [] for row in rows}
    for country, said in by_country(rows, shipped()).items():
        found = gather(said)
        for figure in sorted(said, key=lambda figure: figure.signal.evidence.start):
            if found.homes[figure.id] is not None and figure.signal.alertable:
                id = rows[figure.report_id]["id"]
                homes[id][country, found.homes[figure.id]] += 1
                if found.why[figure.id] not in why[id]:
                    why[id].append(found.why[figure.id])
    several = {row["id"] for row in rows if isinstance(row["happening"], list)}
    return {id: {home for home, _ in told.most_common(None if id in several else 1)} for id, told in homes.items()}, why


def shipped() -> Rules:
    return rules_room.read(SHIPPED.read_text(encoding="utf-8"), "alerts.yaml", known())


def by_country(rows: Sequence[Row], rules: Rules) -> dict[str, list[Figure]]:
    """What the reports say, read, by country."""
    told = [
        Told(
            row["id"],
            f"{row['title']}\n{row['text']}",
            datetime.fromisoformat(row["published"]),
            publisher=row["publisher"],
            link=row.get("url"),
        )
        for row in rows
    ]
    found: dict[str, list[Figure]] = {}
    for number, (country, figure) in enumerate(figures_told(told, rules), 1):
        found.setdefault(country, []).append(replace(figure, id=number))
    return found


def accounts_of(rows: Sequence[Row]) -> Iterator[tuple[str, Row, Account]]:
    """Every account of the reports in canonical order, with its country and its report."""
    for country, said in by_country(rows, shipped()).items():
        for report in by_report(said):
            for account in accounts(report):
                yield country, rows[report[0].report_id], account


def by_scenario(rows: Iterable[Row]) -> list[list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.get("scenario", ""), []).append(row)
    return list(groups.values())


def labelled(a: Row, b: Row) -> bool:
    """Do two reports tell of one happening?"""
    return bool(happenings(a) & happenings(b))


def happenings(row: Row) -> set[str]:
    return set(row["happening"] if isinstance(row["happening"], list) else [row["happening"]])


if __name__ == "__main__":
    raise SystemExit(main())
