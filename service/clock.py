"""One clock for a whole installation: real, or moved and scaled for trials.

A moved clock is a line `AT @ SINCE x RATE`: it showed AT when the machine's
clock showed SINCE, and runs RATE times as fast. Processes share it as a file
holding that line, so that one write moves them all.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from service.errors import SettingsError

SPEC = re.compile(r"^(?P<at>[^@\s]+)\s*(?:@\s*(?P<since>\S+))?\s*(?:x\s*(?P<rate>[\d.]+))?$")


def machine_time() -> datetime:
    """The machine's own time: for leases and measurements, never for judgement."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Moved:
    """A clock that showed `at` when the machine showed `since`, running `rate` times as fast."""

    at: datetime
    since: datetime
    rate: float = 1.0

    def now(self) -> datetime:
        return self.at + (machine_time() - self.since) * self.rate

    def __str__(self) -> str:
        return f"{self.at.isoformat()} @ {self.since.isoformat()} x {self.rate:g}"


class RealClock:
    """The machine's time."""

    def now(self) -> datetime:
        return machine_time()


class FileClock:
    """A clock whose line is kept in a file; a rewritten file moves every process that reads it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp: tuple[int, int] | None = None
        self._moved = self._read()

    def now(self) -> datetime:
        return self._read().now()

    def move(self, to: datetime, rate: float = 1.0) -> None:
        """Set the clock to `to` for every process that shares the file."""
        beside = self.path.with_suffix(".new")
        beside.write_text(str(Moved(to, machine_time(), rate)), encoding="utf-8")
        beside.replace(self.path)

    def _read(self) -> Moved:
        status = self.path.stat()
        stamp = (status.st_mtime_ns, status.st_ino)
        if stamp != self._stamp:
            self._moved, self._stamp = parse(self.path.read_text(encoding="utf-8")), stamp
        return self._moved


Clock = RealClock | FileClock | Moved


def parse(spec: str) -> Moved:
    """Read `AT [@ SINCE] [x RATE]`; without SINCE the clock starts now.

    Raises SettingsError where it is no such line.
    """
    match = SPEC.match(spec.strip())
    if match is None:
        raise SettingsError(f"TOCSIN_CLOCK: {spec!r} is not a time like 2024-11-28T19:00:00Z [@ SINCE] [x RATE]")
    since = _moment(match["since"]) if match["since"] else machine_time()
    rate = float(match["rate"] or 1)
    if not 0 < rate <= 100_000:
        raise SettingsError(f"TOCSIN_CLOCK: a clock cannot run {rate:g} times as fast")
    return Moved(_moment(match["at"]), since, rate)


def clock_from(spec: str) -> Clock:
    """The clock a setting names: empty for the real one, a file's path, or a line as in `parse`."""
    if not spec:
        return RealClock()
    path = Path(spec)
    return FileClock(path) if path.is_absolute() else parse(spec)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise SettingsError(f"TOCSIN_CLOCK: {text!r} is not an ISO 8601 time") from None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
