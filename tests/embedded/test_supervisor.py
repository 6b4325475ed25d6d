"""The supervisor: children live, die and are started again, and none outlives it."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from service.embedded import broker
from service.embedded.child import Program
from service.embedded.supervisor import Supervisor
from service.errors import SettingsError
from tests.receivers import wait_for

PYTHON = sys.executable
SLEEP = "import time; time.sleep(60)"


def script(code: str) -> Program:
    return Program("child", (PYTHON, "-c", code))


@contextmanager
def running(*programs: Program) -> Iterator[Supervisor]:
    """A supervisor that tends its children on a thread (`run` itself takes the signals of the main one)."""
    supervisor, over = Supervisor(programs), threading.Event()

    def tend() -> None:
        while not over.wait(0.02):
            supervisor.tend()

    thread = threading.Thread(target=tend)
    thread.start()
    try:
        yield supervisor
    finally:
        over.set()
        thread.join()
        supervisor.end()


def gone(pid: int) -> bool:
    """No such process, or only its entry until someone collects it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_child_that_is_killed_is_started_again(capsys: pytest.CaptureFixture[str]) -> None:
    with running(script(SLEEP)) as supervisor:
        child = supervisor.children[0]
        first = wait_for("the child", lambda: child.pid)
        os.kill(first, signal.SIGKILL)
        wait_for("another child", lambda: child.pid not in (None, first))
    assert "child was killed by SIGKILL; it is started again" in capsys.readouterr().err


def test_one_that_keeps_dying_is_named_with_its_last_words(capsys: pytest.CaptureFixture[str]) -> None:
    with running(script("import sys; print('the tide is out'); sys.exit(3)")) as supervisor:
        wait_for("three deaths", lambda: supervisor.children[0].deaths >= 3)
        wait_for("its next wait", lambda: not supervisor.children[0].alive)
    told = capsys.readouterr().err
    assert "child keeps dying (3 times); it ended with status 3. Its last words:\n    the tide is out" in told


def test_all_end_with_the_supervisor_even_those_that_will_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.embedded.supervisor.GRACE", 0.5)
    stubborn = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    )
    with running(script(SLEEP), script(stubborn)) as supervisor:
        pids = wait_for(
            "both", lambda: all(c.pid for c in supervisor.children) and [c.pid for c in supervisor.children]
        )
        wait_for("its first word", lambda: "deaf" in supervisor.children[1].words)
    assert all(gone(pid) for pid in pids if pid)


def test_a_child_goes_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    """The child holds the reading end of a pipe; its parent's death closes the other."""
    written, inner, outer = tmp_path / "pid", tmp_path / "inner.py", tmp_path / "outer.py"
    inner.write_text(
        "import os, pathlib, time\n"
        "from service.embedded import tether\n"
        "tether.hold()\n"
        f"pathlib.Path({str(written)!r}).write_text(str(os.getpid()))\n"
        "time.sleep(60)\n"
    )
    outer.write_text(
        "import sys\n"
        "from service.embedded.child import Program\n"
        "from service.embedded.supervisor import Supervisor\n"
        f"Supervisor([Program('inner', (sys.executable, {str(inner)!r}))]).run()\n"
    )
    with subprocess.Popen([PYTHON, str(outer)]) as parent:
        try:
            pid = int(wait_for("the child", lambda: written.exists() and written.read_text(), within=20))
        finally:
            parent.kill()
    wait_for("its end", lambda: gone(pid))


def test_the_broker_answers_on_its_socket_and_a_leftover_one_is_ended(tmp_path: Path) -> None:
    socket = tmp_path / "b.sock"
    leftover = subprocess.Popen(broker.command(socket, tmp_path), stdout=subprocess.DEVNULL)
    wait_for("the broker", lambda: broker.answers(socket))
    broker.end_leftover(socket)
    assert leftover.wait(timeout=5) == 0
    assert not broker.answers(socket) and not socket.exists()


def test_without_any_broker_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.embedded.broker.find_spec", lambda _: None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SettingsError, match="install valkey-server or redis-server"):
        broker.program()
