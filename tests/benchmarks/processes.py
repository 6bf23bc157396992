"""What processes cost: one that is run to its end, and the children of one that goes on."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from iamviz.operations.locations import ROOT


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds and megabytes (10^6 bytes)."""

    wall: float
    cpu: float
    peak: float


def run(command: Sequence[str | Path], *, output: Path = Path(os.devnull)) -> Cost:
    """Run a program to its end, what it prints into a file. Raises RuntimeError with what it said if it fails."""
    started = time.monotonic()
    with (
        output.open("wb") as out,
        subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.PIPE) as process,
    ):
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[0]} ended with status {process.returncode}: {said.decode()[-2000:]}")
    return Cost(time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6)


def peaks_below(process: int, word: str) -> list[float]:
    """The most megabytes that each descendant whose command line has the word has held so far."""
    return [_peak(each) for each in _descendants(process) if word in _command(each)]


def _descendants(process: int) -> Iterator[int]:
    children = _read(process, f"task/{process}/children").split()
    for child in map(int, children):
        yield child
        yield from _descendants(child)


def _command(process: int) -> str:
    return _read(process, "cmdline").replace("\0", " ")


def _peak(process: int) -> float:
    for line in _read(process, "status").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024 / 1e6
    return 0.0


def _read(process: int, name: str) -> str:
    try:
        return Path(f"/proc/{process}/{name}").read_text(encoding="utf-8")
    except OSError:
        return ""
