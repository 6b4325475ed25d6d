"""`tocsin demo`: the whole path once, on an example feed."""

import argparse

from service.demo.story import tell

HELP = """Starts an installation of its own in a temporary folder, serves it one invented report, shows the message that
arrives, answers it by its link, and stops. Nothing leaves this machine and nothing of yours is touched."""


def arguments(_parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(_options: argparse.Namespace) -> int:
    tell()
    return 0
