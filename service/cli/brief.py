"""`tocsin brief`: what an incoming officer is told at a hand-over, for now."""

import argparse
from collections.abc import Iterator
from datetime import timedelta

from service.briefing import brief_of
from service.cli.installed import installed
from service.cli.times import length
from service.notifications.brief import brief_of_now
from service.notifications.bulletin import Bulletin
from service.watching import watch

HELP = (
    "What one who takes over should know: open alerts, what rang and what did not, incidents near a threshold, silent"
    " feeds, texts in languages not read. Officers get it as a message at each hand-over."
)
LONGEST = timedelta(days=31)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--since", type=length, default=timedelta(hours=12), metavar="TIME", help="how far back: 12h (if not given), 7d"
    )
    parser.add_argument("--json", action="store_true", help="write one JSON object instead; times in UTC")


def run(options: argparse.Namespace) -> int:
    with installed() as here, here.database.reading() as db:
        since = here.now - min(options.since, LONGEST)
        brief = brief_of(db, watch(db, here.rules, here.now), since, here.now)
    if options.json:
        from service.web.api.brief import BriefOut

        print(BriefOut.model_validate(brief).model_dump_json(indent=2))
    else:
        print("\n".join(lines(brief_of_now(brief))))
    return 0


def lines(told: Bulletin) -> Iterator[str]:
    """The brief as one would read it out."""
    yield f"{told.note}."
    yield from told.times
    for section in told.sections:
        yield f"\n{section.title}"
        yield from (f"  {line.words}" for line in section.lines)
        if section.more:
            yield f"  and {section.more} more"
