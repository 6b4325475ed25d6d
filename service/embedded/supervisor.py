"""Keeps children alive until it is told to stop, then stops them all."""

import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from types import FrameType

from service.embedded.child import Child, Program

# How often the children are looked after (seconds).
EVERY = 0.1
# A child that died this often in a row is named, with its last words.
DEATHS_TO_TELL = 3
# What a child has to finish its work after it was told to stop (seconds).
GRACE = 15.0


class Supervisor:
    """One parent for a set of programs, started in the order given; what others lean on is stopped last."""

    def __init__(self, programs: Sequence[Program]) -> None:
        self.children = [Child(program, self._hear) for program in programs]
        self._stop = threading.Event()
        self._lock = threading.Lock()

    def run(self) -> None:
        """Start every child and keep it running, until SIGTERM, SIGINT or `stop`."""
        with self._signals():
            try:
                while not self._stop.is_set():
                    self.tend()
                    self._stop.wait(EVERY)
            finally:
                self.end()

    def tend(self) -> None:
        """Look after each child once."""
        for child in self.children:
            how = child.tend()
            if how is not None and not self._stop.is_set():
                self._tell(child, how)

    def stop(self) -> None:
        self._stop.set()

    def end(self) -> None:
        """Stop every child, then what the others lean on; none outlives this call, which takes 2 GRACE at most."""
        for leaned_on in (False, True):
            self._end([child for child in reversed(self.children) if child.program.leaned_on is leaned_on])

    @staticmethod
    def _end(children: Sequence[Child]) -> None:
        until = monotonic() + GRACE
        for child in children:
            child.signal(signal.SIGTERM)
        for child in children:
            child.end(until)

    def _tell(self, child: Child, how: str) -> None:
        if child.deaths < DEATHS_TO_TELL:
            self._say(f"{child.program.name} {how}; it is started again")
            return
        words = "\n".join(f"    {line}" for line in child.words) or "    (it said nothing)"
        self._say(f"{child.program.name} keeps dying ({child.deaths} times); it {how}. Its last words:\n{words}")

    def _hear(self, line: str) -> None:
        """Pass a child's line on, but not its farewells when all are told to go."""
        if not self._stop.is_set():
            self._say(line)

    def _say(self, line: str) -> None:
        with self._lock:
            print(line, file=sys.stderr, flush=True)

    @contextmanager
    def _signals(self) -> Iterator[None]:
        before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

        def told(_number: int, _frame: FrameType | None) -> None:
            self.stop()

        for number in before:
            signal.signal(number, told)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
