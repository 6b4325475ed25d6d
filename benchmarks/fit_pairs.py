"""Fits the points of incident matching to labelled reports: `python -m benchmarks.fit_pairs [FILE.jsonl…]`.

Every account is held against the incidents that its scenario's earlier reports make when they are put where
they belong; a logistic regression with small weights finds what each feature is worth.  The numbers printed
are for service/incidents/points.py; nothing is written.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import exp, log
from pathlib import Path

from benchmarks.pairs import PAIRS, Row, accounts_of, happenings, labelled_files
from service.incidents.accounts import Account
from service.incidents.features import features
from service.incidents.match import possible
from service.incidents.profile import Profile, founded_by
from service.values import Figure

Example = tuple[tuple[str, ...], bool]
ROUNDS = 400
RATE = 0.5
SHRINK = 0.01  # how strongly weights are kept small


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE.jsonl", help="labelled reports (the fitted ones)")
    parser.add_argument("--held", type=Path, metavar="FILE.jsonl", help="reports that are only scored")
    options = parser.parse_args()
    rows = [row for file in options.files or labelled_files() for row in examples(file) * counted(file)]
    weights = fit(rows)
    print(f"log loss of {len(rows)} pairs fitted: {loss(rows, weights):.3f}")
    if options.held:
        print(f"of those held: {loss(examples(options.held), weights):.3f}")
    counts = Counter(name for names, _ in rows for name in names)
    print(f"ENOUGH = {-weights.pop(BIAS):.1f}")
    for name, weight in sorted(smoothed(weights, counts).items()):
        print(f'    "{name}": {weight:.1f},  # {counts[name]}')
    return 0


BIAS = "bias"
# Pairs stand for the reports of every day, scenarios for the hardest: each pair counts as so many.
PAIR = 3
AREAS = ("in_area", "in_area_wide", "areas", "areas_wide")
DAYS = ("0", "1", "3", "7", "more")
LADDERS = (
    *(tuple(f"dated_{days}_{speed}" for days in DAYS) for speed in ("sudden", "lasting")),
    *(tuple(f"published_{days}_{speed}" for days in DAYS) for speed in ("sudden", "lasting")),
    *(tuple(f"{area}_{far}" for far in ("near", "apart", "far")) for area in AREAS),
    *(tuple(f"heard_{count}{wide}" for count in (3, 2, 1, 0)) for wide in ("", "_wide")),
    *(tuple(f"heard_of_one_{count}{wide}" for count in (2, 1, 0)) for wide in ("", "_wide")),
    ("names", "name"),
)


def examples(file: Path) -> list[Example]:
    """What every report is mainly about beside every incident it could join, and whether it is of it."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    found: list[Example] = []
    profiles: dict[tuple[str, str, str], Profile] = {}
    for country, row, account in main_accounts(rows):
        for (scenario, happening, land), profile in profiles.items():
            if scenario == row.get("scenario", "") and land == country and possible(account, profile):
                names = tuple(name for name, _ in features(account, profile))
                found.append(((BIAS, *names), happening in happenings(row)))
        place(profiles, row, country, account)
    return found


def main_accounts(rows: Sequence[Row]) -> Iterator[tuple[str, Row, Account]]:
    """What each report that tells of one happening is mainly about: most of its figures, and no mere memory."""
    told: dict[str, list[tuple[str, Row, Account]]] = {}
    for country, row, account in accounts_of(rows):
        if account.alertable and len(happenings(row)) == 1:
            told.setdefault(row["id"], []).append((country, row, account))
    return (max(ones, key=lambda one: (one[2].founding, len(ringing(one[2])))) for ones in told.values())


def ringing(account: Account) -> list[Figure]:
    return [figure for figure in account.figures if figure.signal.alertable]


def counted(file: Path) -> int:
    return PAIR if file.stem.startswith(PAIRS) else 1


def smoothed(weights: dict[str, float], counts: Mapping[str, int]) -> dict[str, float]:
    """Weights in which nearer is never worth less than farther, nor sooner than later, nor more names than one.

    Neighbours of a ladder that fall the wrong way share their mean, weighted by the pairs behind each.
    """
    found = dict(weights)
    for ladder in LADDERS:
        steps = [(weights.get(name, 0.0), max(1, counts[name]), [name]) for name in ladder]
        at = 0
        while at < len(steps) - 1:
            (one, here, names), (two, there, more) = steps[at], steps[at + 1]
            if one >= two:
                at += 1
                continue
            steps[at : at + 2] = [((one * here + two * there) / (here + there), here + there, names + more)]
            at = max(0, at - 1)
        found |= {name: weight for weight, _, names in steps for name in names}
    return found


def place(profiles: dict[tuple[str, str, str], Profile], row: Row, country: str, account: Account) -> None:
    key = (row.get("scenario", ""), next(iter(happenings(row))), country)
    profiles[key] = profiles[key].joined(account) if key in profiles else founded_by(account)


def fit(rows: Sequence[Example]) -> dict[str, float]:
    """Logistic regression by gradient descent; weights in log-odds."""
    weights = {name: 0.0 for names, _ in rows for name in names}
    for _ in range(ROUNDS):
        slope = {name: -SHRINK * len(rows) * weight * (name != BIAS) * 0.1 for name, weight in weights.items()}
        for names, one in rows:
            miss = one - chance(names, weights)
            for name in names:
                slope[name] += miss
        for name in weights:
            weights[name] += RATE * slope[name] / len(rows) * 8
    return weights


def chance(names: Sequence[str], weights: dict[str, float]) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, sum(weights.get(name, 0.0) for name in names)))))


def loss(rows: Sequence[Example], weights: dict[str, float]) -> float:
    told = [chance(names, weights) if one else 1 - chance(names, weights) for names, one in rows]
    return -sum(log(max(1e-9, part)) for part in told) / max(1, len(told))


if __name__ == "__main__":
    raise SystemExit(main())
