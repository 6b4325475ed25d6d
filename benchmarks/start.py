"""What a fresh process of `tocsin detect` costs: seconds to its first answer, memory once it has read a while."""

import contextlib
import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from benchmarks.texts import dense_crisis, mixed_news

ROOT = Path(__file__).parents[1]
COMMAND = (sys.executable, "-m", "service", "detect")
STARTS = 5
READ_BEFORE = 500  # documents a process has answered when its memory is looked at


def cold_start() -> float:
    """Seconds from the start to the first line of an answer: the median of a few processes."""
    return statistics.median(_first_answer() for _ in range(STARTS))


def _first_answer() -> float:
    line = request("first", dense_crisis(1)[0])
    start = time.perf_counter()
    with detecting() as (to, answers):
        ask(line, to, answers)
        return time.perf_counter() - start


def resident() -> dict[str, float]:
    """Megabytes now and at most, where the system tells them, after crisis reports and news by turns."""
    half = READ_BEFORE // 2
    texts = [*dense_crisis(half), *(news.text for news in mixed_news(READ_BEFORE - half))]
    with detecting() as (to, answers):
        for number, text in enumerate(texts):
            ask(request(str(number), text), to, answers)
        return _memory(to)


@contextlib.contextmanager
def detecting() -> Iterator[tuple["subprocess.Popen[bytes]", IO[bytes]]]:
    process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout
    try:
        yield process, process.stdout
    finally:
        process.communicate()


def request(key: str, text: str) -> bytes:
    return json.dumps({"id": key, "text": text, "published": "2024-11-29"}).encode() + b"\n"


def ask(line: bytes, process: "subprocess.Popen[bytes]", answers: IO[bytes]) -> bytes:
    assert process.stdin
    process.stdin.write(line)
    process.stdin.flush()
    answer = answers.readline()
    if not answer:
        raise RuntimeError("tocsin detect ended without an answer")
    return answer


def _memory(process: "subprocess.Popen[bytes]") -> dict[str, float]:
    status = Path(f"/proc/{process.pid}/status")
    if not status.exists():
        return {}
    found = dict(re.findall(r"(VmRSS|VmHWM):\s+(\d+) kB", status.read_text()))
    return {name: int(found[field]) / 1024 for name, field in (("resident", "VmRSS"), ("peak", "VmHWM"))}
