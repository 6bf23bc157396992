"""Keeps the children of `up` running, and stops them all. Standard library only."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

from iamviz.operations import leash
from iamviz.operations.locations import ROOT

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
HEALTHY_AFTER = 60.0
"""Seconds that a child must have run for its earlier crashes to be forgotten."""
PATIENCE = 15.0
"""Seconds for a clean stop: an idle Celery worker takes up to 6."""
LOOK_EVERY = 0.1
LARGEST_LOG = 20_000_000


@dataclass(frozen=True, slots=True)
class Program:
    """What to run. Its output goes to `log`."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path


@dataclass(slots=True)
class Child:
    """A program under supervision: the process while it runs, and when it may be started again."""

    program: Program
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    crashes: int = 0
    next_start: float = 0.0


@dataclass(slots=True)
class Supervisor:
    """Starts programs in order, starts again what ends, and stops everything in reverse order."""

    say: Callable[[str], None]
    patience: float = PATIENCE
    first_pause: float = FIRST_PAUSE
    children: list[Child] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)
    hurry: threading.Event = field(default_factory=threading.Event)
    _leash: subprocess.Popen[str] | None = None

    def start(self, program: Program) -> Child:
        """Start a program and keep it running from now on."""
        child = Child(program)
        self.children.append(child)
        self._launch(child)
        return child

    def watch(self, *, until: Callable[[], bool] = lambda: False, deadline: float | None = None) -> bool:
        """Restart what crashes until `until` holds (True), or until stopped or past the deadline (False)."""
        while not self.stopping.wait(LOOK_EVERY):
            for child in self.children:
                self._revive(child)
            if until():
                return True
            if deadline is not None and time.monotonic() > deadline:
                return False
        return False

    def stop(self) -> None:
        """Stop all children, the one started last first; the first one (the broker) only when the others are gone."""
        self.stopping.set()
        dependants = self.children[1:][::-1]
        self._end(dependants)
        self._end(self.children[:1])
        if self._leash and self._leash.stdin:
            self._leash.stdin.close()
            self._leash.wait()

    def _launch(self, child: Child) -> None:
        child.started = time.monotonic()
        with _opened(child.program.log) as log:
            child.process = subprocess.Popen(
                child.program.command,
                env=child.program.environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C in the terminal reaches the supervisor only, which then stops them
            )
        self._note(f"+{child.process.pid}")

    def _revive(self, child: Child) -> None:
        """Start the child again if it has ended and its pause is over."""
        if child.process is not None:
            status = child.process.poll()
            if status is None:
                return
            self._bury(child, status)
        if time.monotonic() >= child.next_start:
            self._launch(child)

    def _bury(self, child: Child, status: int) -> None:
        """Note the end of a child, end what it left in its group, and decide when to start it again."""
        assert child.process is not None
        leash.send(child.process.pid, signal.SIGKILL)
        self._note(f"-{child.process.pid}")
        lived = time.monotonic() - child.started
        child.crashes = 1 if lived >= HEALTHY_AFTER else child.crashes + 1
        pause = pause_after(child.crashes, first=self.first_pause)
        child.next_start = time.monotonic() + pause
        child.process = None
        how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        self.say(f"The {child.program.name} {how}; starting it again in {pause:g} s (log: {child.program.log})")

    def _end(self, children: Sequence[Child]) -> None:
        running = [child.process for child in children if child.process and child.process.poll() is None]
        for process in running:
            leash.send(process.pid, signal.SIGTERM)
        deadline = time.monotonic() + self.patience
        while any(process.poll() is None for process in running) and time.monotonic() < deadline:
            if self.hurry.wait(LOOK_EVERY):
                break
        for child in children:
            if child.process is not None:
                leash.send(child.process.pid, signal.SIGKILL)  # what is left of its group, too
                child.process.wait()
                self._note(f"-{child.process.pid}")
                child.process = None

    def _note(self, line: str) -> None:
        """Tell the leash which groups to end, should this process be killed."""
        if self._leash is None:
            self._leash = subprocess.Popen(
                [sys.executable, "-S", "-E", leash.__file__], stdin=subprocess.PIPE, text=True, start_new_session=True
            )
        assert self._leash.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._leash.stdin.write(f"{line}\n")
            self._leash.stdin.flush()

    @contextlib.contextmanager
    def obeying_signals(self) -> Iterator[None]:
        """The first Ctrl-C, SIGTERM or SIGHUP asks for a clean stop, the second one for a quick one."""

        def obey(_number: int, _frame: FrameType | None) -> None:
            if self.stopping.is_set():
                self.hurry.set()
            self.stopping.set()

        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {number: signal.signal(number, obey) for number in numbers}
        try:
            yield
        finally:
            for number, action in before.items():
                signal.signal(number, action)


def pause_after(crashes: int, *, first: float = FIRST_PAUSE) -> float:
    """Seconds to wait before the next start: doubled by each crash in a row, up to half a minute."""
    return min(first * 2.0 ** (min(crashes, 30) - 1), LONGEST_PAUSE)


@contextlib.contextmanager
def _opened(log: Path) -> Iterator[IO[bytes]]:
    """The log, to append to; one that has grown too large is set aside first."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".old.log"))
    with log.open("ab") as file:
        yield file
