"""Who is at the command line, for the logs."""

import argparse
import getpass
import os


def by(options: argparse.Namespace) -> str:
    """Who acts: whoever `--by` names, or the account."""
    return str(options.by or person())


def person() -> str:
    """The name of the account that runs the command; its number where it has no name, as in some containers."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"account {os.getuid()}"
