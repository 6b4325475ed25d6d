"""How well the reader reads labelled passages: `python -m benchmarks.gold FILE.jsonl [--splits 5] [--errors N]`.

The scorer is the `score.py` that lies beside the labels, so that both always agree on what counts.
Intervals come from passages drawn anew with replacement; random splits show how far the scores of
small samples lie apart, and so whether a gap to passages never looked at means over-fitting.
"""

import argparse
import random
import statistics
import sys
from ast import literal_eval
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from service import languages
from service.cli.detect import as_json
from service.reading import read_text

LEVELS = ("alert", "fact", "figure")
RESAMPLES = 1000
SEED = 1
EXCERPT = 160  # characters of a passage shown as an example
Rows = dict[str, dict[str, Any]]


class Counts(NamedTuple):
    """What one passage adds to a level: facts hit, labelled and found."""

    hit: int
    labelled: int
    found: int


Passage = dict[str, Counts]


def main() -> int:
    options = arguments()
    labels, scorer_file = options.file, options.file.with_name("score.py")
    if missing := next((file for file in (labels, scorer_file) if not file.is_file()), None):
        print(f"benchmarks.gold: there is no file {missing}", file=sys.stderr)
        return 2
    scorer = loaded(scorer_file)
    gold: Rows = scorer.read(labels)
    if not gold or options.splits < 1:
        print(f"benchmarks.gold: {labels} holds no passage" if not gold else "splits: 1 or more", file=sys.stderr)
        return 2
    report(scorer, gold, options)
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, metavar="FILE.jsonl", help="labelled passages, score.py beside them")
    parser.add_argument("--splits", type=int, default=5, metavar="N", help="parts the passages are split into (5)")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show the N most frequent error classes")
    return parser.parse_args()


def loaded(file: Path) -> ModuleType:
    """The scorer as a module; it leaves no compiled copy in a folder that is not ours."""
    spec = spec_from_file_location("score", file)
    assert spec and spec.loader
    module = module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    return module


def report(scorer: ModuleType, gold: Rows, options: argparse.Namespace) -> None:
    predictions = {key: predicted(row) for key, row in gold.items()}
    result, errors = scorer.score(gold, predictions)
    passages = [counted(scorer, row, predictions[key]) for key, row in gold.items()]
    lines = [*unread(gold), *scores(result), "", *intervals(passages), "", *splits(passages, options.splits)]
    print("\n".join(lines))
    if options.errors:
        print("\n" + "\n".join(classes(errors, options.errors)))


def predicted(row: dict[str, Any]) -> dict[str, Any]:
    published = datetime.fromisoformat(row["published"]) if row.get("published") else None
    _, reading = read_text(row["text"], row.get("lang"), published)
    return {"id": row["id"], "signals": [as_json(signal) for signal in reading.signals]}


def counted(scorer: ModuleType, row: dict[str, Any], given: dict[str, Any]) -> Passage:
    """The scorer's tallies of one passage alone: the whole's are their sums, so that a resample need not read."""
    result, _ = scorer.score({row["id"]: row}, {row["id"]: given})
    return {
        level: Counts(round(got["precision"] * got["found"]), got["gold"], got["found"])
        for level, got in ((level, result[level]) for level in LEVELS)
    }


def f1(passages: Sequence[Passage], level: str) -> float:
    hit, labelled, found = (sum(column) for column in zip(*(each[level] for each in passages), strict=True))
    return 2 * hit / (labelled + found) if hit else 0.0


# --- what is printed --------------------------------------------------------


def unread(gold: Rows) -> Iterable[str]:
    """A language without a file scores nothing; say so rather than let it pass for a bad reader."""
    for lang in sorted({row["lang"] for row in gold.values() if row.get("lang")} - set(languages.available())):
        yield f"no language file for {lang!r}: its passages have no signals"


def scores(result: dict[str, Any]) -> Iterable[str]:
    yield f"{result['passages']} passages{'precision':>21}{'recall':>10}{'F1':>8}{'labelled':>11}{'found':>8}"
    rows = {level: result[level] for level in LEVELS}
    rows |= {f"  fact, {kind}": got for kind, got in result["by kind (fact)"].items()}
    for name, got in rows.items():
        yield f"{name:22}{got['precision']:11.3f}{got['recall']:10.3f}{got['f1']:8.3f}{got['gold']:11}{got['found']:8}"
    for name in ("country", "place"):
        share, of = result[name]["share"], result[name]["of"]
        yield f"{name:22}{'-' if share is None else format(share, '.3f'):>11} of {of} matched facts"
    yield f"{'traps raised':22}{result['traps']['raised']:11} of {result['traps']['labelled']}"


def intervals(passages: list[Passage]) -> Iterable[str]:
    rng = random.Random(SEED)
    draws = [rng.choices(passages, k=len(passages)) for _ in range(RESAMPLES)]
    yield f"F1 of {RESAMPLES:,} resamples{'mean':>12}{'90 % between':>18}"
    for level in LEVELS:
        values = sorted(f1(draw, level) for draw in draws)
        low, high = values[RESAMPLES // 20], values[-RESAMPLES // 20 - 1]
        yield f"{level:22}{statistics.fmean(values):11.3f}{low:12.3f}{high:8.3f}"


def splits(passages: list[Passage], parts: int) -> Iterable[str]:
    """The scores of disjoint random parts, and the widest gap between two of them."""
    shuffled = random.Random(SEED).sample(passages, len(passages))
    each = [shuffled[start::parts] for start in range(min(parts, len(passages)))]
    yield f"{'F1 of random splits':22}" + "".join(f"{len(part):6} p." for part in each) + f"{'gap':>8}"
    for level in LEVELS:
        values = [f1(part, level) for part in each]
        yield f"{level:22}" + "".join(f"{value:9.3f}" for value in values) + f"{max(values) - min(values):8.3f}"


def classes(errors: list[tuple[str, str, list[str], list[str]]], most: int) -> Iterable[str]:
    """The commonest (missed or spurious, kind, type), each with its first example."""
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for key, text, missed, spurious in errors:
        for how, facts in (("missed", missed), ("spurious", spurious)):
            for fact in map(literal_eval, facts):
                found[how, fact[0], fact[1]].append(f"{key} {fact[2:]} {text[:EXCERPT]!r}")
    yield "errors"
    for (how, kind, type_), examples in sorted(found.items(), key=lambda item: -len(item[1]))[:most]:
        yield f"{len(examples):5}  {how:10}{kind}/{type_}\n       {examples[0]}"


if __name__ == "__main__":
    sys.exit(main())
