"""One child process: started by an argument list, its output passed on, its last words remembered."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import IO

from service.embedded.tether import TETHERED
from service.errors import TocsinError

# Lines kept of what a child said, to be repeated when it keeps dying.
LAST_WORDS = 12
# A child that lived this long was well: its deaths before do not count (seconds).
WELL_AFTER = 30.0
# Waits before a dead child is started again double from the first to the longest (seconds).
FIRST_WAIT, LONGEST_WAIT = 0.2, 30.0


@dataclass(frozen=True, slots=True)
class Program:
    """What to start: `before` runs each time first; `environment` is added to ours.

    Others lean on what is `leaned_on`: it is told to stop when they are gone.
    Lines that hold `muted` are remembered but not passed on.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], None] = lambda: None
    leaned_on: bool = False
    muted: str | None = None


class Child:
    """A program kept running: it is started again after it dies, each time a little later."""

    def __init__(self, program: Program, say: Callable[[str], None]) -> None:
        self.program = program
        self.words: deque[str] = deque(maxlen=LAST_WORDS)
        self.deaths = 0
        self._say = say
        self._process: subprocess.Popen[str] | None = None
        self._started_at = 0.0
        self._start_at = 0.0
        self._listener: threading.Thread | None = None

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def tend(self) -> str | None:
        """Start it if it is time to; how it ended ("ended with status 3") if it has just died."""
        if self.alive:
            return None
        if self._process is not None:
            return _how(self._bury(self._process))
        return self._start() if monotonic() >= self._start_at else None

    def _start(self) -> str | None:
        """Start it; where that fails it is a death like any other, the error among its last words."""
        self.words.clear()
        self._started_at = monotonic()
        try:
            self.program.before()
            self._run()
        except Exception as error:
            why = str(error) if isinstance(error, TocsinError) else f"{type(error).__name__}: {error}"
            self.words.append(why)
            if self._process is None:
                self._died()
            else:
                self._process.kill()
                self._bury(self._process)
            return f"could not be started ({why})"
        return None

    def _run(self) -> None:
        self._process = subprocess.Popen(
            self.program.command,
            env=os.environ | dict(self.program.environment) | {TETHERED: "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            # Ctrl-C reaches the whole terminal: only the parent shall act on it.
            start_new_session=True,
        )
        listener = threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True)
        listener.start()
        self._listener = listener

    def _listen(self, output: IO[str]) -> None:
        for line in output:
            self.words.append(line.rstrip())
            if line.strip() and not (self.program.muted and self.program.muted in line):
                self._say(f"{self.program.name:8} {line.rstrip()}")

    def _bury(self, process: subprocess.Popen[str]) -> int:
        status = process.wait()
        self._end_group(process)
        if self._listener is not None:
            self._listener.join(timeout=1)
        self._close(process)
        self._process = None
        self._died()
        return status

    def _died(self) -> None:
        self.deaths = 1 if monotonic() - self._started_at > WELL_AFTER else self.deaths + 1
        self._start_at = monotonic() + min(FIRST_WAIT * 2 ** (self.deaths - 1), LONGEST_WAIT)

    def signal(self, number: int) -> None:
        if self.alive and self._process is not None:
            self._process.send_signal(number)

    def end(self, until: float) -> None:
        """Wait for it to end; kill it, with all it started, if it has not by `until` (monotonic)."""
        if self._process is None:
            return
        try:
            self._process.wait(timeout=max(0.0, until - monotonic()))
        except subprocess.TimeoutExpired:
            print(f"{self.program.name} did not stop in time and is killed", file=sys.stderr)
            self._process.kill()
            self._process.wait()
        self._end_group(self._process)
        if self._listener is not None:
            self._listener.join(timeout=1)
        self._close(self._process)
        self._process = None

    @staticmethod
    def _end_group(process: subprocess.Popen[str]) -> None:
        """What it started itself (a worker's pool) may still hold on; it goes with it."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)

    @staticmethod
    def _close(process: subprocess.Popen[str]) -> None:
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _how(status: int) -> str:
    return f"was killed by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"
