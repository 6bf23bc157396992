"""Progress for somebody who waits: one line a step, with the time it takes. Standard library only."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

WIDTH = 78
TICK = 0.25


class Step:
    """A step under way; `now` says what it is at, on a terminal only."""

    def __init__(self, title: str, stream: TextIO) -> None:
        self.title = title
        self.now = ""
        self.outcome = ""
        self._stream = stream
        self._started = time.monotonic()
        self._ended = threading.Event()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._started

    def tick(self) -> None:
        """Redraw the line until the step ends."""
        while not self._ended.wait(TICK):
            self._draw(f"… {self.title} {self.now}")

    def end(self, mark: str) -> None:
        self._ended.set()
        text = f"{mark} {self.title} {self.outcome}".rstrip()
        if self._stream.isatty():
            self._draw(text)
            self._stream.write("\n")
        else:
            self._stream.write(f"  {_fitted(text, self.seconds)}\n")
        self._stream.flush()

    def _draw(self, text: str) -> None:
        self._stream.write(f"\r  {_fitted(text, self.seconds)}")
        self._stream.flush()


@contextmanager
def step(title: str, stream: TextIO | None = None) -> Iterator[Step]:
    """Show a step while the block runs, and how it ended."""
    stream = stream or sys.stderr
    current = Step(title, stream)
    if stream.isatty():
        threading.Thread(target=current.tick, daemon=True).start()
    mark = "failed:"
    try:
        yield current
        mark = "ok"
    finally:
        current.end(mark)


def _fitted(text: str, seconds: float) -> str:
    """The text cut or padded so that the time stands in a column of its own."""
    room = WIDTH - 10
    shown = text if len(text) <= room else f"{text[: room - 1]}…"
    return f"{shown:<{room}}{seconds:6.1f} s"
