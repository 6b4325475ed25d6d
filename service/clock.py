"""One clock for a whole installation: real, or moved and scaled for trials.

A moved clock is a line `AT @ SINCE x RATE`: it showed AT when the machine's
clock showed SINCE, and runs RATE times as fast. Processes share it as a file
holding that line, so that one write moves them all.

A line without SINCE says nothing to processes that start at different times.
`tocsin up` anchors it once and keeps the outcome in its data folder, as `clock`,
with the line it was made from beside it, as `clock.spec`.
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

    rate = 1.0

    def now(self) -> datetime:
        return machine_time()


class FileClock:
    """A clock whose line is kept in a file; a rewritten file moves every process that reads it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp: tuple[int, int] | None = None
        self._moved = self._read()

    @property
    def rate(self) -> float:
        return self._read().rate

    def now(self) -> datetime:
        return self._read().now()

    def move(self, to: datetime, rate: float = 1.0) -> None:
        """Set the clock to `to` for every process that shares the file."""
        _replace(self.path, str(Moved(to, machine_time(), rate)))

    def _read(self) -> Moved:
        status = self.path.stat()
        stamp = (status.st_mtime_ns, status.st_ino)
        if stamp != self._stamp:
            self._moved, self._stamp = parse(self.path.read_text(encoding="utf-8")), stamp
        return self._moved


Clock = RealClock | FileClock | Moved


def parse(spec: str, start: datetime | None = None) -> Moved:
    """Read `AT [@ SINCE] [x RATE]`; without SINCE the clock starts at `start`.

    Raises SettingsError where it is no such line, or says neither.
    """
    match = SPEC.match(spec.strip())
    if match is None:
        raise SettingsError(f"TOCSIN_CLOCK: {spec!r} is not a time like 2024-11-28T19:00:00Z [@ SINCE] [x RATE]")
    since = _moment(match["since"]) if match["since"] else start
    if since is None:
        anchored = f"{match['at']} @ {machine_time().isoformat(timespec='seconds')} x {match['rate'] or 1}"
        raise SettingsError(
            f"TOCSIN_CLOCK: {spec!r} would start anew in every process. Outside `tocsin up`, say since when"
            f" ({anchored}) or give a file's absolute path"
        )
    return Moved(_moment(match["at"]), since, _rate(match["rate"]))


def clock_from(spec: str, kept: Path | None = None) -> Clock:
    """The clock a setting names: empty for the real one, a file's path, or a line as in `parse`.

    A line that `up` has anchored in the file `kept` is read from there.
    """
    if not spec:
        return RealClock()
    if Path(spec).is_absolute():
        return FileClock(Path(spec))
    return FileClock(kept) if kept is not None and spec_of(kept) == spec else parse(spec)


def keep(path: Path, spec: str) -> None:
    """Anchor a line now, in the file, unless it holds what was made of the same line before."""
    if spec_of(path) == spec:
        return
    # The line goes first and comes last: what was left half done is done again.
    _spec_file(path).unlink(missing_ok=True)
    _replace(path, str(parse(spec, machine_time())))
    _replace(_spec_file(path), spec)


def forget(path: Path) -> None:
    """Remove a clock that `keep` made, and no other."""
    if spec_of(path) is not None:
        _spec_file(path).unlink()
        path.unlink()


def spec_of(path: Path) -> str | None:
    """The line a kept clock was made from; None where none is kept."""
    beside = _spec_file(path)
    return beside.read_text(encoding="utf-8") if path.is_file() and beside.is_file() else None


def _spec_file(path: Path) -> Path:
    return path.with_suffix(".spec")


def _replace(path: Path, text: str) -> None:
    beside = path.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def _rate(text: str | None) -> float:
    try:
        rate = float(text or 1)
    except ValueError:
        raise SettingsError(f"TOCSIN_CLOCK: {text!r} is not a number") from None
    if not 0 < rate <= 100_000:
        raise SettingsError(f"TOCSIN_CLOCK: a clock cannot run {rate:g} times as fast")
    return rate


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise SettingsError(f"TOCSIN_CLOCK: {text!r} is not an ISO 8601 time") from None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
