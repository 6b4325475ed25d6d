"""Spans of time as people write them at the command line."""

import argparse
import re
from datetime import timedelta

SPAN = re.compile(r"([1-9][0-9]{0,3})([mhd])")
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def span(text: str) -> timedelta:
    """30m, 4h, 2d. Raises ArgumentTypeError."""
    match = SPAN.fullmatch(text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no time like 30m, 4h or 2d")
    return int(match[1]) * UNITS[match[2]]
