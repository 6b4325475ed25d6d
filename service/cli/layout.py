"""Plain text laid out for a terminal: columns, and a bar on standard error while long work goes on."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic
from types import TracebackType

WIDTH = 100  # characters of a line of foreign text
BAR = 30


def aligned(rows: Iterable[Sequence[str]], right: bool = False) -> Iterator[str]:
    """Rows of as many cells as columns, indented; `right` sets all but the first column to the right."""
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = (
            cell.rjust(width) if right and column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  " + "  ".join(cells).rstrip()


def one_line(text: str, width: int = WIDTH) -> str:
    """Foreign text on one line, cut where it is longer, without what could steer a terminal."""
    flat = "".join(character if character.isprintable() else " " for character in " ".join(text.split()))
    return flat if len(flat) <= width else flat[: width - 1] + "…"


@dataclass
class Bar:
    """A progress bar on standard error, drawn only where that is a terminal. Call it with what was done since."""

    what: str
    total: int
    done: int = 0
    drawn: float = 0.0

    def __call__(self, more: int) -> None:
        self.done += more
        if sys.stderr.isatty() and monotonic() - self.drawn > 0.1:
            self.drawn = monotonic()
            filled = min(BAR, BAR * self.done // max(1, self.total))
            bar = "█" * filled + "·" * (BAR - filled)
            print(f"\r{bar} {self.done:,} of {self.total:,} {self.what}", end="", file=sys.stderr, flush=True)

    def __enter__(self) -> "Bar":
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None
    ) -> None:
        if self.drawn:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
