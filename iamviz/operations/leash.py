"""Ends what `up` started when `up` itself was killed. Started by the supervisor as a program of its own.

It reads lines "+GROUP" and "-GROUP" from standard input. The input ends when the supervisor is gone, however
that happened; then every process group that is still noted is asked to stop, and killed if it does not.
Standard library only; run as `python leash.py`, so that it costs no import of the project.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterable

PATIENCE = 15.0
PAUSE = 0.1


def main() -> None:
    """Follow the supervisor's notes to their end, then leave no group behind."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    end_groups(follow(sys.stdin))


def follow(lines: Iterable[str]) -> list[int]:
    """The groups that are noted when the input ends, the last one first."""
    groups: list[int] = []
    for line in lines:
        group = int(line[1:])
        if line.startswith("+"):
            groups.append(group)
        elif group in groups:
            groups.remove(group)
    return groups[::-1]


def end_groups(groups: Iterable[int], *, patience: float = PATIENCE) -> None:
    """Ask all groups to stop; kill those that are still there after `patience` seconds."""
    left = [group for group in groups if send(group, signal.SIGTERM)]
    deadline = time.monotonic() + patience
    while left and time.monotonic() < deadline:
        time.sleep(PAUSE)
        left = [group for group in left if send(group, 0)]
    for group in left:
        send(group, signal.SIGKILL)


def send(group: int, number: int) -> bool:
    """Signal a process group; whether it was there."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
        return True
    return False


if __name__ == "__main__":
    main()
