"""What a document holds that AWS would ignore or refuse, collected while it is parsed."""

from __future__ import annotations

MOST_PROBLEMS = 50
"""A document with more is hostile or broken throughout: the rest is counted, not quoted."""
LONGEST_PROBLEM = 400


class Problems:
    """Collects one line for each problem, the place in front."""

    __slots__ = ("_lines", "_more")

    def __init__(self) -> None:
        self._lines: dict[str, None] = {}
        self._more = 0

    def add(self, place: str, text: str) -> None:
        line = f"{place}: {text}" if place else text
        if len(line) > LONGEST_PROBLEM:
            line = f"{line[:LONGEST_PROBLEM]}…"
        if line in self._lines:
            return
        if len(self._lines) < MOST_PROBLEMS:
            self._lines[line] = None
        else:
            self._more += 1

    def listed(self) -> tuple[str, ...]:
        if not self._lines:
            return ()
        more = (f"and {self._more} more",) if self._more else ()
        return (*self._lines, *more)
