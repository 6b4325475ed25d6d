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

# Lines kept of what a child said, to be repeated when it keeps dying.
LAST_WORDS = 12
# A child that lived this long was well: its deaths before do not count (seconds).
WELL_AFTER = 30.0
# Waits before a dead child is started again double from the first to the longest (seconds).
FIRST_WAIT, LONGEST_WAIT = 0.2, 30.0


@dataclass(frozen=True, slots=True)
class Program:
    """What to start: `before` runs each time first; `environment` is added to ours.

    Lines that hold `muted` are remembered but not passed on.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], None] = lambda: None
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

    def tend(self) -> int | None:
        """Start it if it is time to; its exit status if it has just died."""
        if self.alive:
            return None
        if self._process is not None:
            return self._bury(self._process)
        if monotonic() >= self._start_at:
            self._start()
        return None

    def _start(self) -> None:
        self.program.before()
        self.words.clear()
        self._started_at = monotonic()
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
        self._listener = threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True)
        self._listener.start()

    def _listen(self, output: IO[str]) -> None:
        for line in output:
            self.words.append(line.rstrip())
            if line.strip() and not (self.program.muted and self.program.muted in line):
                self._say(f"{self.program.name:8} {line.rstrip()}")

    def _bury(self, process: subprocess.Popen[str]) -> int:
        status = process.wait()
        # What it started itself (a worker's pool) may still hold on; its group goes with it.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        if self._listener is not None:
            self._listener.join(timeout=1)
        self._close(process)
        self._process = None
        self.deaths = 1 if monotonic() - self._started_at > WELL_AFTER else self.deaths + 1
        self._start_at = monotonic() + min(FIRST_WAIT * 2 ** (self.deaths - 1), LONGEST_WAIT)
        return status

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
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        if self._listener is not None:
            self._listener.join(timeout=1)
        self._close(self._process)
        self._process = None

    @staticmethod
    def _close(process: subprocess.Popen[str]) -> None:
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
