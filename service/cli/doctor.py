"""`tocsin doctor`: is everything there that an operator has to see to? Each finding with its remedy."""

import argparse
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from service import settings as environment
from service.cli.check import unset_secrets
from service.cli.installed import has_database
from service.cli.layout import one_line
from service.errors import RulesError, SettingsError
from service.rules import Rules
from service.settings import Settings
from service.store.database import Database

HELP = (
    "Check the settings, alerts.yaml and its secrets, the database and its schema, the broker, the data folder, and"
    " that workers and beat get their work done. Each finding names its remedy. Exit status 0 where all is well, 1"
    " where something is wrong."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing checked: is it good, in a sentence, and what to do where it is not."""

    about: str
    good: bool
    words: str
    remedy: str = ""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--feeds", action="store_true", help="also fetch every feed once")
    parser.add_argument("--json", action="store_true", help="write one JSON object instead")


def run(options: argparse.Namespace) -> int:
    found = list(examined(options.feeds))
    well = all(finding.good for finding in found)
    if options.json:
        findings = [asdict(finding) for finding in found]
        print(json.dumps({"well": well, "findings": findings}, ensure_ascii=False, indent=2))
    else:
        print("\n".join(line for finding in found for line in lines_of(finding)))
    return 0 if well else 1


def lines_of(finding: Finding) -> Iterator[str]:
    yield f"{'good ' if finding.good else 'WRONG'}  {finding.about}: {one_line(finding.words, 200)}"
    if not finding.good and finding.remedy:
        yield f"       → {finding.remedy}"


def examined(with_feeds: bool) -> Iterator[Finding]:
    """Every finding, in the order things hang on each other."""
    try:
        settings = environment.load()
        _ = settings.clock
    except SettingsError as error:
        yield Finding("settings", False, str(error), "Mend the environment variable it names")
        return
    yield Finding("settings", True, "they can be used")
    yield data_folder(settings)
    yield secret(settings)
    found, rules = alerts_file(settings)
    yield found
    if rules is not None:
        yield addresses(rules)
    if rules is not None and with_feeds:
        yield from feeds(settings, rules)
    yield broker(settings)
    yield from database(settings)


def data_folder(settings: Settings) -> Finding:
    """Where SQLite, the secret and the socket are; a cluster needs none."""
    folder = settings.data.resolve()
    remedy = "Make the folder, let this user write there, or name another by TOCSIN_DATA"
    if not folder.is_dir():
        needed = settings.embedded_database or settings.embedded_broker
        return Finding("data folder", not needed, f"{folder} is not there", remedy)
    good = os.access(folder, os.W_OK | os.X_OK)
    return Finding("data folder", good, f"{folder} can{'' if good else 'not'} be written to", remedy)


def secret(settings: Settings) -> Finding:
    """What signs links; looked at without making one."""
    shared = settings.secret or settings.embedded_database
    words = "TOCSIN_SECRET is set" if settings.secret else "links are signed by a secret kept in the data folder"
    if not shared:
        words = "TOCSIN_SECRET is not set, and with TOCSIN_DATABASE_URL every process needs the same one"
    return Finding("secret", bool(shared), words, "Make one with `openssl rand -hex 32` and set it everywhere")


def alerts_file(settings: Settings) -> tuple[Finding, Rules | None]:
    """The file that beat reads, and its rules where it is good."""
    from service import rules as rules_room
    from service.known import known

    try:
        text, files = rules_room.text_of(settings.rules), rules_room.Neighbours(settings.rules.parent)
        rules = rules_room.read(text, str(settings.rules), known(), files)
    except OSError as error:
        remedy = "Name the file by TOCSIN_RULES; only `tocsin beat` needs it"
        return Finding("alerts.yaml", False, f"{settings.rules}: {error.strerror}", remedy), None
    except RulesError as error:
        count = f"{len(error.mistakes)} mistake(s), the first at {error.mistakes[0]}"
        return Finding("alerts.yaml", False, count, "`tocsin check` shows them all"), None
    return Finding("alerts.yaml", True, f"rules {rules.hash}: {len(rules.feeds)} feeds"), rules


def addresses(rules: Rules) -> Finding:
    """The variables that channels are reached by, in this process's environment."""
    unset = unset_secrets(rules)
    words = f"{', '.join(unset)} not set here" if unset else "all that alerts.yaml names are set"
    return Finding("channels' addresses", not unset, words, "Set them for the workers: messages wait until then")


def feeds(settings: Settings, rules: Rules) -> Iterator[Finding]:
    """Each feed fetched once, as the poll stage does, and read."""
    import asyncio

    from service.errors import FeedError
    from service.feeds.fetch import Request, fetch_all
    from service.flow.installation import Installation
    from service.flow.poll import limits

    requests = [Request(feed.url, None, None) for feed in rules.feeds]
    answers = asyncio.run(fetch_all(requests, limits(Installation(settings))))
    for feed, answer in zip(rules.feeds, answers, strict=True):
        good = not isinstance(answer, FeedError)
        yield Finding(f"feed {feed.name}", good, "it answers" if good else str(answer), f"Look at {feed.url}")


def broker(settings: Settings) -> Finding:
    """The doorbell: without it whatever is due waits."""
    from service import doorbell

    where = "the embedded broker" if settings.embedded_broker else "the broker of TOCSIN_BROKER_URL"
    failure = doorbell.failure(settings.broker)
    if failure is None:
        return Finding("broker", True, f"{where} answers")
    remedy = "Start `tocsin up`" if settings.embedded_broker else "Start it, or mend the address"
    return Finding("broker", False, f"{where} does not answer ({failure})", remedy)


def database(settings: Settings) -> Iterator[Finding]:
    """Reached, of the newest schema, and what is known there of how everything does."""
    if not has_database(settings):
        yield Finding("database", False, f"there is none in {settings.data.resolve()}", "Start `tocsin up`")
        return
    opened = Database(settings.database)
    try:
        yield from looked_into(settings, opened)
    except Exception as error:
        words = f"it cannot be reached ({type(error).__name__})"
        yield Finding("database", False, words, "Start it, or mend TOCSIN_DATABASE_URL")
    finally:
        opened.close()


def looked_into(settings: Settings, opened: Database) -> Iterator[Finding]:
    from service.store.migrate import is_newest

    with opened.reading() as db:
        newest = is_newest(db)
    if not newest:
        yield Finding("database", False, "its schema is of another version", "Run `tocsin migrate`")
        return
    yield Finding("database", True, "it is there, with the newest schema")
    yield from at_work(settings, opened)


def at_work(settings: Settings, opened: Database) -> Iterator[Finding]:
    """Do workers and beat get their work done? By progress: the ready page's own list."""
    from service.flow.state import gathered
    from service.health.problems import problems

    state = gathered(settings, opened)
    if state.look is None:
        yield Finding("beat", False, "it never looked at anything here", "Start `tocsin up`, or `tocsin beat`")
    for problem in problems(state):
        yield Finding(problem.key.replace(":", " "), False, problem.title, problem.detail)
    if not state.proven:
        yield Finding("synthetic report", False, "none has arrived yet", "Wait some minutes; else look at the workers")
    elif state.journey is not None and state.journey.seconds is not None:
        took = f"the last synthetic report took {state.journey.seconds:.1f} s from its writing to its receiver"
        yield Finding("workers", True, took)
