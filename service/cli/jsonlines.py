"""JSON Lines from outside: each line checked, a bad one named, none held beyond its limit."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from math import isfinite
from typing import Any, BinaryIO

LONGEST = 16 * 1024 * 1024  # bytes of one line


class BadLineError(ValueError):
    """A line that is no request; its text says why."""


def lines(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers; the rest of one longer than LONGEST is read past."""
    number = 0
    while line := source.readline(LONGEST + 1):
        number += 1
        if line.strip():
            yield number, line
        while len(line) > LONGEST and not line.endswith(b"\n") and (line := source.readline(LONGEST + 1)):
            pass


def row_of(line: bytes, strings: tuple[str, ...] = ()) -> dict[str, Any]:
    """A line as an object with `id` and `text`; `strings` must be strings where they are given."""
    if len(line) > LONGEST:
        raise BadLineError(f"longer than {LONGEST} bytes")
    try:
        row = json.loads(line, parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise BadLineError(f"not JSON in UTF-8 ({str(error)[:80]})") from None
    if not isinstance(row, dict):
        raise BadLineError("not a JSON object")
    if "id" not in row:
        raise BadLineError('"id" is missing')
    if not isinstance(row.get("text"), str):
        raise BadLineError('"text" is missing or no string')
    for key in strings:
        if not isinstance(row.get(key), str | None):
            raise BadLineError(f'"{key}" is no string')
    return row


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _finite(digits: str) -> float:
    value = float(digits)
    if not isfinite(value):
        raise ValueError(f"{digits[:20]} is too large a number")
    return value


def moment(value: object) -> datetime:
    """A time in ISO 8601, as given. Raises BadLineError."""
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        raise BadLineError(f'"published" is no ISO 8601 date: {str(value)[:40]!r}') from None


def utc(value: datetime) -> datetime:
    """The same moment in UTC, which a time without a zone is taken for. Raises BadLineError at the ends of time."""
    try:
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except OverflowError:
        raise BadLineError(f'"published" lies beyond the calendar: {value}') from None
