"""What a document holds that AWS would ignore or refuse, collected while it is parsed."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

MOST_PROBLEMS = 50
"""A document with more is hostile or broken throughout: the rest is counted, not quoted."""
LONGEST_PROBLEM = 400
_LONGEST_COMPARED = 64


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

    def meant(self, word: str, known: Iterable[str]) -> str:
        """`; did you mean …?` where a known word is near; nothing once there are too many problems to quote."""
        if len(self._lines) >= MOST_PROBLEMS or len(word) > _LONGEST_COMPARED:
            return ""
        folded = {each.casefold(): each for each in known}
        near = get_close_matches(word.casefold(), folded, n=1)
        return f"; did you mean {folded[near[0]]!r}?" if near else ""

    def listed(self) -> tuple[str, ...]:
        if not self._lines:
            return ()
        more = (f"and {self._more} more",) if self._more else ()
        return (*self._lines, *more)
