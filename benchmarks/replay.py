"""A crisis replayed: `python -m benchmarks.replay [FILE.jsonl…]`.

Reports of real crises, in our own words with the figures that were published (see benchmarks/replays/), are
taken one after another as the running service would.  Printed for each incident: every ringing with its
reason, level and figures, and the incidents that rang for nothing.  Where reports carry a `happening`, the
incidents are held against it.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from benchmarks.pairs import REPLAYS, SHIPPED, Row, by_country
from service import rules as rules_room
from service.alerts.decide import Ring
from service.incidents.accounts import by_report
from service.incidents.gather import members
from service.judgement import State, Verdict, judge
from service.known import known
from service.notifications.figures import said
from service.rules import Rules
from service.trials.told import gathered
from service.values import Figure, Incident

MOST_FACETS = 4


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE.jsonl")
    rules = rules_room.read(SHIPPED.read_text(encoding="utf-8"), "alerts.yaml", known())
    for file in parser.parse_args().files or sorted(REPLAYS.glob("*.jsonl")):
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        print(f"\n=== {file.stem}: {len(rows)} reports")
        for line in timeline(rows, rules):
            print(line)
    return 0


def timeline(rows: Sequence[Row], rules: Rules) -> Iterator[str]:
    """The life of every incident, the one of most reports first."""
    found: list[list[Figure]] = []
    for country, figures in by_country(rows, rules).items():
        found.extend(members(figures, gathered(figures, country, rules).homes).values())
    for group in sorted(found, key=lambda group: -len({figure.report_id for figure in group})):
        yield from life(group, rows, rules)


def life(group: Sequence[Figure], rows: Sequence[Row], rules: Rules) -> Iterator[str]:
    """What became of one incident: each ringing, or why there was none."""
    verdicts = list(rung(group, rules))
    last = verdicts[-1][1]
    yield ""
    yield _title(last.incident, rows)
    rings = [(at, verdict) for at, verdict in verdicts if isinstance(verdict.decision, Ring)]
    for at, verdict in rings:
        level, reason = verdict.assessment.level.word, verdict.decision.reason
        yield f"  {at:%d %b %H:%M}  {reason:8} {level:8}  {_figures(verdict.incident)}"
    if not rings:
        yield f"  never rang: {'; '.join(crossing.words for crossing in last.assessment.crossings[:2])}"


def _title(incident: Incident, rows: Sequence[Row]) -> str:
    labels = Counter(str(rows[report]["happening"]) for report in incident.reports)
    told = ", ".join(f"{name} {count}" for name, count in labels.most_common())
    counts = f"{len(incident.reports)} reports, {len(incident.origins)} origins"
    return f"{incident.area} ({incident.country or '?'}): {counts}; labelled {told}"


def rung(group: Sequence[Figure], rules: Rules) -> Iterator[tuple[datetime, Verdict]]:
    """Each report's verdict in turn, judged on what had been said by then."""
    state, so_far = State(), []
    for report in by_report(group):
        so_far += report
        if any(figure.signal.alertable for figure in so_far):
            at = report[0].said_at
            state, verdict = judge(state, so_far, rules, at)
            yield at, verdict


def _figures(incident: Incident) -> str:
    worst = sorted(incident.facets, key=lambda facet: -(facet.recommended.signal.low or 0))
    return "; ".join(f"{facet.type} {said(facet.recommended)}" for facet in worst[:MOST_FACETS])


if __name__ == "__main__":
    raise SystemExit(main())
