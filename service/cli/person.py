"""Who is at the command line, for the logs."""

import getpass
import os


def person() -> str:
    """The name of the account that runs the command; its number where it has no name, as in some containers."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"account {os.getuid()}"
