"""Measurements as Prometheus reads them (text format 0.0.4).

Written here rather than by a library: values are read from the database when asked for, since many processes share
one truth there, and a library's registries of counters in each process would only be in the way.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Metric:
    """One measurement with its samples: what each is of, and its value."""

    name: str
    kind: Literal["gauge", "counter"]
    help: str
    samples: tuple[tuple[Labels, float], ...]


def one(name: str, kind: Literal["gauge", "counter"], help: str, value: float | None) -> Metric:
    """A measurement of a single thing; without a sample where it is not known."""
    return Metric(name, kind, help, () if value is None else (({}, value),))


def exposition(metrics: Iterable[Metric]) -> str:
    """The page that is scraped."""
    return "".join(f"{line}\n" for metric in metrics for line in _lines(metric))


def _lines(metric: Metric) -> Iterator[str]:
    yield f"# HELP {metric.name} {_escaped(metric.help)}"
    yield f"# TYPE {metric.name} {metric.kind}"
    for labels, value in metric.samples:
        yield f"{metric.name}{_braced(labels)} {value!r}"


def _braced(labels: Labels) -> str:
    inside = ",".join(f'{name}="{_escaped(value, quoted=True)}"' for name, value in labels.items())
    return f"{{{inside}}}" if inside else ""


def _escaped(text: str, quoted: bool = False) -> str:
    line = text.replace("\\", r"\\").replace("\n", r"\n")
    return line.replace('"', r"\"") if quoted else line
