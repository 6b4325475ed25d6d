"""`tocsin missed`: why a thing did not ring, by the stage that dropped it. Each answer is kept for tuning."""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from service import settings as environment
from service.cli.installed import has_database, installed, rules_of
from service.cli.layout import aligned, one_line
from service.clock import machine_time
from service.store import missed as store
from service.store.database import Database
from service.trials import missed
from service.trials.answer import Answer, Heard

HELP = (
    "Say why something did not ring: a report, by its link, from what is stored; or a text, as the rules would"
    " judge it if it came now, alone. The answer names the stage that dropped it and is kept for tuning where there"
    " is a database."
)
LINK = re.compile(r"^https?://\S+$")
LONGEST = 4000  # characters kept of what was asked
MOST_DROPPED = 10


def arguments(parser: argparse.ArgumentParser) -> None:
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument(
        "asked", nargs="?", metavar="URL|TEXT", help="a link, or a text; - reads one from standard input"
    )
    asked.add_argument("--list", action="store_true", help="show what was asked before, newest first")
    parser.add_argument("--lang", metavar="xx", help="the language of a text, instead of finding it out")
    parser.add_argument("--most", type=int, default=50, metavar="N", help="list up to N (50)")
    parser.add_argument("--json", action="store_true", help="write JSON instead")


def run(options: argparse.Namespace) -> int:
    if options.list:
        return list_all(options.most, options.json)
    asked = sys.stdin.buffer.read().decode("utf-8", "replace") if options.asked == "-" else options.asked
    answer = answer_to(asked.strip(), options.lang)
    data = as_json(answer)
    print(json.dumps(data, ensure_ascii=False, indent=2) if options.json else "\n".join(lines_of(answer)))
    return 0


def answer_to(asked: str, language: str | None) -> Answer:
    """The answer, kept where there is a database. A text needs none: the rules file will do."""
    settings = environment.load()
    if not LINK.match(asked) and not has_database(settings):
        return missed.of_text(asked, rules_of(settings.rules), machine_time(), language)
    with installed() as here:
        if LINK.match(asked):
            answer = missed.of_link(here.database, asked, here.rules)
        else:
            answer = missed.of_text(asked, here.rules, here.now, language)
        keep(here.database, asked, answer)
    return answer


def keep(database: Database, asked: str, answer: Answer) -> None:
    with database.writing() as db:
        if store.is_there(db):
            store.add(db, machine_time(), asked[:LONGEST], answer.stage, as_json(answer))
        else:
            print("The answer is not kept: run `tocsin migrate` first.", file=sys.stderr)


def list_all(most: int, as_data: bool) -> int:
    with installed() as here, here.database.reading() as db:
        rows = store.newest(db, most) if store.is_there(db) else []
    if as_data:
        print(json.dumps([_row(row) for row in rows], ensure_ascii=False, indent=2))
    elif rows:
        print("\n".join(aligned((f"{row.at:%Y-%m-%d %H:%M}", row.stage, one_line(row.asked, 100)) for row in rows)))
    else:
        print("Nothing was asked yet.")
    return 0


def _row(row: Any) -> dict[str, Any]:
    return {"id": row.id, "at": row.at.isoformat(), "asked": row.asked, "stage": row.stage, "answer": row.answer}


# --- in words, and as data --------------------------------------------------


def lines_of(answer: Answer) -> Iterator[str]:
    """The sentence, then each figure, then what the reader left out."""
    yield f"{answer.stage.replace('_', ' ').upper()}: {answer.words}"
    if answer.title:
        yield f"  {one_line(answer.title)}" + (f" ({answer.language})" if answer.language else "")
    for heard in answer.figures:
        yield from _figure(heard)
    if answer.dropped:
        yield f"\nLeft out by the reader ({len(answer.dropped)})"
    for one in answer.dropped[:MOST_DROPPED]:
        yield f'  "{one_line(one.evidence.text)}": {one.reason} ({one.rule})'


def _figure(heard: Heard) -> Iterator[str]:
    yield f'\n  "{one_line(heard.text)}"' + (f" ({one_line(heard.origin, 60)})" if heard.origin else "")
    yield f"    {heard.stage.replace('_', ' ')}: {heard.words}"
    if heard.incident:
        alert = f", alert {heard.alert}" if heard.alert else ", no alert"
        yield f"    incident {heard.incident}: {heard.level.word if heard.level else 'below Minor'}{alert}"
    if heard.wanted:
        yield f"    {_short_of(heard)}"


def _short_of(heard: Heard) -> str:
    if heard.from_ is None:
        return f"no number alone would make it {heard.wanted.word}"
    missing = f", {heard.from_ - heard.low:,} more than it says" if heard.low is not None else ""
    covered = " (the lowest level a route covers)" if heard.stage == "no_route" else ""
    return f"{heard.wanted.word}{covered} from {heard.from_:,}{missing}"


def as_json(answer: Answer) -> dict[str, Any]:
    """An answer as plain data; levels by their word, null where there is none."""
    figures = [
        {("from" if name == "from_" else name): value for name, value in asdict(heard).items()}
        | {"level": _word(heard.level), "wanted": _word(heard.wanted)}
        for heard in answer.figures
    ]
    return asdict(answer) | {"figures": figures}


def _word(level: int) -> str | None:
    from service.values import Level

    return Level(level).word if level else None
