"""What one scalar means, or why readers of YAML would disagree about it."""

import re
from dataclasses import dataclass
from typing import Final

from service.strict_yaml.nodes import Scalar, shown

MAX_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Unclear:
    """A scalar that is refused, and how to write it instead."""

    problem: str
    remedy: str


CONSTANTS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}

# Unquoted scalars that YAML 1.1 (its type repository) and YAML 1.2.2 (core schema, 10.3) read differently.
SURPRISES: Final = tuple(
    (re.compile(pattern), problem, remedy)
    for pattern, problem, remedy in (
        (
            r"(?i:yes|no|on|off)",
            "is a switch to some readers of YAML and a word to others",
            'Quote it if it is text: "{0}"; write true or false if it is a switch',
        ),
        (
            r"[-+]?0[0-9_]+|[-+]?0(?i:[box])[0-9a-fA-F_]+",
            "is no decimal number to some readers of YAML",
            'Write it without leading zeros, or quote it if it is text: "{0}"',
        ),
        (
            r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?",
            "is a number to the base 60 to some readers of YAML",
            'Quote it: "{0}"',
        ),
        (
            r"[-+]?[0-9][0-9_]*_[0-9_]*(\.[0-9_]*)?",
            "is a number to some readers of YAML and text to others",
            'Write the number without underscores, or quote it if it is text: "{0}"',
        ),
        (
            r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)[eE][-+]?[0-9]+",
            "is a number to some readers of YAML and text to others",
            'Write the number out, or quote it if it is text: "{0}"',
        ),
        (
            r"[-+]?\.(?i:inf)|\.(?i:nan)",
            "is not a number that anything can be held against",
            "Write an ordinary number",
        ),
    )
)
INTEGER: Final = re.compile(r"[-+]?(0|[1-9][0-9]*)")
DECIMAL: Final = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)")
# Control characters, which only escapes can bring in, and halves of surrogate pairs: no database keeps them.
UNSAFE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def plain(written: str) -> Scalar | Unclear:
    """An unquoted scalar's value."""
    if written in CONSTANTS:
        return CONSTANTS[written]
    for pattern, problem, remedy in SURPRISES:
        if pattern.fullmatch(written):
            return Unclear(f"{shown(written)} {problem}", remedy.format(written[:60]))
    if INTEGER.fullmatch(written):
        return int(written) if len(written) <= MAX_DIGITS else _too_long(written)
    if DECIMAL.fullmatch(written):
        return float(written) if len(written) <= MAX_DIGITS else _too_long(written)
    return text(written)


def text(written: str) -> str | Unclear:
    """A quoted or block scalar's value."""
    if unsafe := UNSAFE.search(written):
        return Unclear(f"The text holds the control character U+{ord(unsafe[0]):04X}", "Remove it, or its escape")
    return written


def _too_long(written: str) -> Unclear:
    # Python refuses numbers of 4,300 digits and databases of 20; nothing counted here needs as many.
    return Unclear(f"{shown(written)} has more than {MAX_DIGITS} digits", "Write a smaller or a rounder number")
