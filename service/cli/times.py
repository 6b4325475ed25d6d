"""Lengths of time on the command line."""

import argparse
import re
from datetime import timedelta

LENGTH = re.compile(r"^([0-9]{1,4})([smhd])$")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def length(text: str) -> timedelta:
    """ "90s", "10m", "12h", "7d"."""
    match = LENGTH.match(text)
    if match is None or not int(match[1]):
        raise argparse.ArgumentTypeError(f"{text!r} is not a length of time like 10m, 12h or 7d")
    return timedelta(**{UNITS[match[2]]: int(match[1])})


def exact(length: timedelta) -> str:
    """ "42 s", "3 min 20 s", "2 h 5 min"."""
    seconds = max(0, int(length.total_seconds()))
    hours, minutes = divmod(seconds // 60, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {seconds % 60} s" if minutes else f"{seconds} s"
