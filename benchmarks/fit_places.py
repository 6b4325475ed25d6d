"""Fits the weights of a language file's places to labelled passages: `python -m benchmarks.fit_places FILE.jsonl...`.

One weight after another is moved up and down as long as more facts get the labelled place; passages are
halved first, and the second half, which the fit never sees, tells whether the new numbers are any better.
The numbers printed last are for `grammar.weights`; nothing is written. `score.py` must lie beside the labels.
"""

import argparse
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from benchmarks.gold import SEED, Rows, loaded, predicted
from service import languages

STEPS = (-60, -25, -10, 10, 25, 60)  # characters
FACTORS = (0.7, 0.85, 1.2, 1.4)  # of "before", which multiplies a distance
ROUNDS = 3
Weights = dict[str, float]


def main() -> int:
    options = arguments()
    scorer_file = options.files[0].with_name("score.py")
    if missing := next((file for file in (*options.files, scorer_file) if not file.is_file()), None):
        print(f"benchmarks.fit_places: there is no file {missing}", file=sys.stderr)
        return 2
    weights, scorer = languages.lexicon(options.lang).weights, loaded(scorer_file)
    fitted, held = halves(scorer, options)
    before = (share(scorer, fitted), share(scorer, held))
    fit(scorer, fitted, weights, options.rounds)
    after = (share(scorer, fitted), share(scorer, held))
    for name, was, now in zip(("fitted on", "held out"), before, after, strict=True):
        print(f"places right, {name}: {was:.3f} as they stand, {now:.3f} as fitted")
    print("weights: {" + ", ".join(f"{name}: {value:g}" for name, value in weights.items()) + "}")
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE.jsonl", help="labelled passages")
    parser.add_argument("--lang", default="en", help="the language whose weights are fitted (en)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how often each weight is tried ({ROUNDS})")
    return parser.parse_args()


def halves(scorer: ModuleType, options: argparse.Namespace) -> tuple[Rows, Rows]:
    """The passages that name the place of a fact, in two random halves."""
    rows: Rows = {}
    for file in options.files:
        rows |= scorer.read(file)
    named = [
        key
        for key, row in rows.items()
        if row.get("lang", options.lang) == options.lang and any(fact.get("place") for fact in row["signals"])
    ]
    random.Random(SEED).shuffle(named)
    return {key: rows[key] for key in named[::2]}, {key: rows[key] for key in named[1::2]}


def share(scorer: ModuleType, rows: Rows) -> float:
    """The share of matched facts whose place is the labelled one, by the weights as they are now."""
    result, _ = scorer.score(rows, {key: predicted(row) for key, row in rows.items()})
    return float(result["place"]["share"] or 0)


def fit(scorer: ModuleType, rows: Rows, weights: Weights, rounds: int) -> None:
    """Moves each weight in turn to the best of its neighbours, as long as any is better."""
    best = share(scorer, rows)
    for _ in range(rounds):
        for name in weights:
            for value in neighbours(name, weights[name]):
                kept, weights[name] = weights[name], value
                got = share(scorer, rows)
                best, weights[name] = (got, value) if got > best else (best, kept)


def neighbours(name: str, value: float) -> Iterator[float]:
    if name == "before":
        return (round(value * factor, 2) for factor in FACTORS)
    return (value + step for step in STEPS)


if __name__ == "__main__":
    sys.exit(main())
