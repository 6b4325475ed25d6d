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


def test_a_step_before_that_fails_is_a_death_with_its_error_and_no_end(capsys: pytest.CaptureFixture[str]) -> None:
    """The third try succeeds; the other child never noticed."""
    tries = iter([SettingsError("the harbour is shut"), OSError("no room"), None])

    def before() -> None:
        if error := next(tries):
            raise error

    program = Program("child", (PYTHON, "-c", SLEEP), before=before)
    with running(program, script(SLEEP)) as supervisor:
        first, second = supervisor.children
        other = wait_for("the other", lambda: second.pid)
        wait_for("the third try", lambda: first.alive)
        assert (first.deaths, second.pid, second.alive) == (2, other, True)
    told = capsys.readouterr().err
    assert "child could not be started (the harbour is shut)" in told and "(OSError: no room)" in told


def test_a_program_that_is_not_there_is_named_with_the_error(capsys: pytest.CaptureFixture[str]) -> None:
    with running(Program("ghost", ("/nowhere/at/all",)), script(SLEEP)) as supervisor:
        wait_for("three deaths", lambda: supervisor.children[0].deaths >= 3)
        wait_for("the other", lambda: supervisor.children[1].alive)
    told = capsys.readouterr().err
    assert "ghost keeps dying (3 times)" in told
    assert "Its last words:\n    FileNotFoundError: " in told


def test_what_others_lean_on_goes_last_and_the_rest_together(tmp_path: Path) -> None:
    """The one leaned on stands in the middle of the list; the others go only when both have been told."""
    programs = [goes(tmp_path, "intake", "alarm"), goes(tmp_path, "broker"), goes(tmp_path, "alarm", "intake")]
    with running(*programs):
        wait_for("all three", lambda: len(list(tmp_path.glob("*.up"))) == 3)
    told, gone_at = ({p.stem: int(p.read_text()) for p in tmp_path.glob(f"*.{end}")} for end in ("told", "gone"))
    assert set(gone_at) == {"intake", "broker", "alarm"}
    assert told["broker"] >= max(gone_at["intake"], gone_at["alarm"])


def goes(folder: Path, name: str, after: str | None = None) -> Program:
    """Once told to go it goes, as soon as `after` has been told too; others lean on one that waits for nobody."""
    code = (
        "import pathlib, signal, sys, time\n"
        f"folder = pathlib.Path({str(folder)!r})\n"
        f"note = lambda end: (folder / f'{name}.{{end}}').write_text(str(time.monotonic_ns()))\n"
        "def told(*_):\n"
        "    note('told')\n"
        f"    while {after!r} and not (folder / '{after}.told').exists(): time.sleep(0.01)\n"
        "    note('gone'); sys.exit()\n"
        "signal.signal(signal.SIGTERM, told)\n"
        "note('up')\n"
        "while True: signal.pause()\n"
    )
    return Program(name, (PYTHON, "-c", code), leaned_on=after is None)


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
