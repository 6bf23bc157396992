"""Runs a program of others, keeps what it says in a file, and passes its lines on to whoever shows progress."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TAIL = 15


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a program ended, and all that it said (standard error included)."""

    status: int
    output: str

    @property
    def tail(self) -> str:
        """The last lines that say something."""
        lines = [line for line in self.output.splitlines() if line.strip()]
        return "\n".join(lines[-TAIL:])


def run_program(
    command: Sequence[str | Path],
    *,
    folder: Path,
    log: Path | None = None,
    environment: Mapping[str, str] | None = None,
    on_line: Callable[[str], None] | None = None,
) -> Outcome:
    """Run to the end. The program gets no standard input: nothing here asks questions."""
    lines: list[str] = []
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        try:
            for line in process.stdout or ():
                lines.append(line)
                if on_line:
                    on_line(line.rstrip())
        except BaseException:
            process.terminate()
            raise
    output = "".join(lines)
    if log:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(output, encoding="utf-8")
    return Outcome(process.returncode, output)
