"""The audit as text: one line for each act of a person, or of Tocsin, on alerts, incidents, keys, reports and rules."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from io import StringIO
from typing import Literal

from service.store.audit import Line

Form = Literal["csv", "json"]
COLUMNS = tuple(field.name for field in fields(Line))
# A spreadsheet would run what begins so.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def written(lines: Iterable[Line], form: Form) -> Iterator[str]:
    """Lines as CSV with a head (RFC 4180), or as JSON Lines; times in ISO 8601, UTC."""
    return as_csv(lines) if form == "csv" else as_json(lines)


def as_csv(lines: Iterable[Line]) -> Iterator[str]:
    yield row(COLUMNS)
    for line in lines:
        yield row([line.at.isoformat(), *(inert(cell) for cell in cells(line))])


def as_json(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        yield json.dumps(asdict(line) | {"at": line.at.isoformat()}, ensure_ascii=False) + "\n"


def cells(line: Line) -> tuple[str, ...]:
    return line.who, line.act, line.on, line.source, line.why, line.detail


def inert(cell: str) -> str:
    """The cell as a spreadsheet shows it and never runs it: with an apostrophe before what looks like a formula."""
    return f"'{cell}" if cell.lstrip(" \n").startswith(FORMULA) else cell


def row(cells: Iterable[str]) -> str:
    out = StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
