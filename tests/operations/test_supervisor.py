"""The supervisor: what crashes starts again, later each time; what stops leaves nothing behind, however it stops."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from iamviz.operations import leash
from iamviz.operations.supervisor import LONGEST_PAUSE, Program, Supervisor, pause_after

PATIENT = 20.0


def program(folder: Path, code: str, *, name: str = "child") -> Program:
    return Program(name, [sys.executable, "-S", "-c", code], dict(os.environ), folder / f"{name}.log")


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(said: list[str]) -> Iterator[Supervisor]:
    made = Supervisor(said.append, patience=1.0, first_pause=0.01)
    yield made
    made.stop()


def await_that(condition: Callable[[], bool]) -> bool:
    """Whether it comes true; long enough for a loaded machine, short on any other."""
    deadline = time.monotonic() + PATIENT
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


def is_alive(pid: int) -> bool:
    """Whether the process runs; a zombie that nobody has waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_crashed_child_is_started_again_and_the_operator_is_told(
    supervisor: Supervisor, said: list[str], tmp_path: Path
) -> None:
    supervisor.start(program(tmp_path, "print('once', flush=True); raise SystemExit(3)", name="worker"))
    log = tmp_path / "worker.log"
    assert supervisor.watch(until=lambda: log.read_text().count("once") >= 3, deadline=time.monotonic() + PATIENT)
    assert "The worker ended with status 3; starting it again in 0.01 s" in said[0]
    assert str(log) in said[0]


def test_a_killed_child_is_reported_with_its_signal(supervisor: Supervisor, said: list[str], tmp_path: Path) -> None:
    child = supervisor.start(program(tmp_path, "import time; time.sleep(600)"))
    assert child.process is not None
    child.process.kill()
    assert supervisor.watch(until=lambda: len(said) > 0, deadline=time.monotonic() + PATIENT)
    assert "was ended by signal 9" in said[0]


def test_each_crash_in_a_row_doubles_the_pause_up_to_half_a_minute() -> None:
    pauses = [pause_after(crashes) for crashes in range(1, 40)]
    assert pauses[:4] == [0.5, 1.0, 2.0, 4.0]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE


def test_a_child_in_its_pause_is_not_started_early(said: list[str], tmp_path: Path) -> None:
    supervisor = Supervisor(said.append, patience=1.0, first_pause=600.0)
    supervisor.start(program(tmp_path, "print('once', flush=True)"))
    supervisor.watch(until=lambda: len(said) > 0, deadline=time.monotonic() + PATIENT)
    supervisor.watch(deadline=time.monotonic() + 0.5)
    supervisor.stop()
    assert (tmp_path / "child.log").read_text().count("once") == 1


def test_stopping_ends_every_child_and_what_the_children_started(supervisor: Supervisor, tmp_path: Path) -> None:
    family = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-S', '-c', 'import time; time.sleep(600)'])\n"
        "print(child.pid, flush=True); time.sleep(600)"
    )
    child = supervisor.start(program(tmp_path, family))
    log = tmp_path / "child.log"
    assert await_that(lambda: log.read_text().strip().isdigit())
    grandchild = int(log.read_text())
    assert child.process is not None
    parent = child.process.pid
    supervisor.stop()
    assert await_that(lambda: not is_alive(parent) and not is_alive(grandchild))


def test_a_child_that_ignores_the_polite_signal_is_killed(supervisor: Supervisor, tmp_path: Path) -> None:
    stubborn = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"
    child = supervisor.start(program(tmp_path, stubborn))
    assert await_that(lambda: "deaf" in (tmp_path / "child.log").read_text())
    assert child.process is not None
    pid = child.process.pid
    supervisor.stop()
    assert not is_alive(pid)


def test_a_second_request_to_stop_does_not_wait_for_a_clean_end(said: list[str], tmp_path: Path) -> None:
    supervisor = Supervisor(said.append, patience=600.0)
    stubborn = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"
    child = supervisor.start(program(tmp_path, stubborn))
    assert await_that(lambda: "deaf" in (tmp_path / "child.log").read_text())
    assert child.process is not None
    pid = child.process.pid
    with supervisor.obeying_signals():
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)
        assert await_that(supervisor.hurry.is_set)
        supervisor.stop()
    assert not is_alive(pid)


def test_the_first_child_the_broker_outlives_the_ones_that_need_it(supervisor: Supervisor, tmp_path: Path) -> None:
    order = tmp_path / "order"
    farewell = (
        "import pathlib, signal, sys, time\n"
        "def bye(*_):\n"
        "    time.sleep({delay})\n"
        "    open({order!r}, 'a').write({name!r} + ' ')\n"
        "    sys.exit(0)\n"
        "signal.signal(15, bye); print('up', flush=True); time.sleep(600)"
    )
    for name, delay in (("broker", 0), ("web", 0.3)):
        supervisor.start(program(tmp_path, farewell.format(name=name, delay=delay, order=str(order)), name=name))
        assert await_that(lambda name=name: "up" in (tmp_path / f"{name}.log").read_text())  # type: ignore[misc]
    supervisor.stop()
    assert order.read_text().split() == ["web", "broker"]


SUPERVISED = """
import os, sys
from pathlib import Path
from iamviz.operations.supervisor import Program, Supervisor
folder = Path(sys.argv[1])
supervisor = Supervisor(print)
with supervisor.obeying_signals():
    sleeper = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
    for name in ("broker", "web"):
        supervisor.start(Program(name, [sys.executable, "-S", "-c", sleeper], dict(os.environ), folder / f"{name}.log"))
    supervisor.watch()
    supervisor.stop()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_however_the_supervisor_ends_no_child_is_left(number: signal.Signals, tmp_path: Path) -> None:
    logs = [tmp_path / "broker.log", tmp_path / "web.log"]
    with subprocess.Popen([sys.executable, "-c", SUPERVISED, str(tmp_path)]) as supervising:
        assert await_that(lambda: all(log.exists() and log.read_text().strip() for log in logs))
        children = [int(log.read_text()) for log in logs]
        supervising.send_signal(number)
        supervising.wait(PATIENT)
    assert await_that(lambda: not any(is_alive(pid) for pid in children))
    assert supervising.returncode == (-signal.SIGKILL if number == signal.SIGKILL else 0)


def test_a_log_that_has_grown_large_is_set_aside(
    supervisor: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iamviz.operations.supervisor.LARGEST_LOG", 10)
    (tmp_path / "child.log").write_text("more than ten bytes")
    supervisor.start(program(tmp_path, "import time; time.sleep(600)"))
    assert (tmp_path / "child.old.log").read_text() == "more than ten bytes"


def test_the_leash_holds_the_groups_that_were_noted_and_not_let_go() -> None:
    assert leash.follow(["+10\n", "+20\n", "-10\n", "+30\n"]) == [30, 20]


def test_the_leash_lets_go_of_a_group_that_is_no_more() -> None:
    with subprocess.Popen([sys.executable, "-S", "-c", ""], start_new_session=True) as gone:
        gone.wait()
    assert not leash.send(gone.pid, 0)
