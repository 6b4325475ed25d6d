"""The command `tocsin`: one file per command, imported only when it is called."""

import argparse
import sys
from importlib import import_module

from service.errors import TocsinError

# Each is `service.cli.<name>` with HELP, arguments(parser) and run(options) → exit status.
COMMANDS = {
    "up": "start everything on this machine, until Ctrl-C",
    "demo": "show the whole path once, on an example feed",
    "check": "check alerts.yaml: every mistake with its line",
    "detect": "read texts as JSON Lines, write their signals",
    "incidents": "read reports as JSON Lines, write the incidents they tell of",
    "explain": "show one text with what is read in it, and why",
    "backtest": "say which past alerts a changed alerts.yaml adds, drops, raises or lowers",
    "missed": "say why something did not ring",
    "suggest": "say how many alerts a week other thresholds would have yielded",
    "alerts": "say which alerts are open and what comes next; acknowledge, put off, hand over, close",
    "silences": "say what is silenced; silence alerts for a time",
    "oncall": "say who is on call, with the week ahead; put someone on call in another's place",
    "brief": "say what one who takes over should know",
    "drill": "send an exercise to everyone of a route, and say who answers",
    "worker": "run the workers that do the stages' work",
    "beat": "keep time: ring what is due, put alerts.yaml in force",
    "web": "run the API and the console",
    "migrate": "bring the database to the newest schema",
    "doctor": "check what an operator has to see to, each finding with its remedy",
    "keys": "make, list and remove API keys",
    "audit": "write who did what, when, from where and why, as CSV or JSON Lines",
    "redact": "remove the words of a report, for good",
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit status: 0 done, 1 not, 2 wrongly asked."""
    given = sys.argv[1:] if arguments is None else arguments
    name = next((word for word in given if not word.startswith("-")), None)
    parser = overview() if name not in COMMANDS else command(name)
    options = parser.parse_args(given)
    try:
        return int(import_module(f"service.cli.{name}").run(options))
    except TocsinError as error:
        print(f"tocsin {name}: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        return 130


def overview() -> argparse.ArgumentParser:
    """The parser that knows every command by name only."""
    parser = argparse.ArgumentParser("tocsin", description="An alarm service for humanitarian operations.")
    parser.add_argument("--version", action=Version, nargs=0)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, help in COMMANDS.items():
        commands.add_parser(name, help=help)
    return parser


def command(name: str) -> argparse.ArgumentParser:
    """The parser of one command, which alone is imported."""
    parser = argparse.ArgumentParser("tocsin")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    module = import_module(f"service.cli.{name}")
    module.arguments(commands.add_parser(name, help=COMMANDS[name], description=module.HELP))
    return parser


class Version(argparse.Action):
    """Prints the version of the installed distribution."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"tocsin {version('tocsin')}")
        parser.exit()
