"""IAM's wildcards: `*` is any text, `?` one character. Time is bounded for every pattern: uploads choose them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from msgspec import Struct


class Wildcard(Enum):
    """The two wildcards, apart from characters that look like them (a policy variable may hold a literal `*`)."""

    ANY = "*"
    ONE = "?"


Token = str | Wildcard

_WILDCARD = re.compile(r"([*?])")


@dataclass(frozen=True, slots=True, eq=False)
class _Machine:
    """A pattern with `?` as a bit-parallel automaton: bit p is set while p characters of the pattern are matched.

    One step for each character of the text, whatever the pattern: no backtracking.
    """

    letters: Mapping[str, int]
    ones: int
    loops: int
    length: int

    def accepts(self, text: str) -> bool:
        states = 1
        for character in text:
            states = ((states & self.letters.get(character, self.ones)) << 1) | (states & self.loops)
            if not states:
                return False
        return bool(states >> self.length & 1)


class Glob(Struct, frozen=True, eq=False):
    """A compiled pattern; `literal` is its text where it holds no wildcard (folded where case does not count)."""

    literal: str | None
    head: str = ""
    middle: tuple[str, ...] = ()
    tail: str = ""
    ignore_case: bool = False
    machine: _Machine | None = None

    def matches(self, text: str) -> bool:
        """Whether the whole of `text` matches. Wildcards in `text` are plain characters."""
        if self.ignore_case:
            text = text.casefold()
        if self.literal is not None:
            return text == self.literal
        if self.machine is not None:
            return self.machine.accepts(text)
        return text.startswith(self.head) and self._rest_matches(text)

    def _rest_matches(self, text: str) -> bool:
        position, end = len(self.head), len(text) - len(self.tail)
        if end < position or not text.endswith(self.tail):
            return False
        for segment in self.middle:
            found = text.find(segment, position, end)
            if found < 0:
                return False
            position = found + len(segment)
        return True


def compile_glob(pattern: str, *, ignore_case: bool = False) -> Glob:
    """The pattern, ready to match many texts."""
    if "?" in pattern:
        return compile_tokens(tokens_of(pattern), ignore_case=ignore_case)
    return _of_segments((pattern.casefold() if ignore_case else pattern).split("*"), ignore_case=ignore_case)


def tokens_of(pattern: str) -> list[Token]:
    """The pattern's literal pieces and wildcards, in order."""
    return [Wildcard(piece) if piece in ("*", "?") else piece for piece in _WILDCARD.split(pattern) if piece]


def compile_tokens(tokens: Iterable[Token], *, ignore_case: bool = False) -> Glob:
    """The same as `compile_glob`, for pieces whose `*` and `?` may be literal."""
    pieces = [token.casefold() if ignore_case and isinstance(token, str) else token for token in tokens]
    if Wildcard.ONE in pieces:
        return Glob(None, ignore_case=ignore_case, machine=_machine(pieces))
    return _of_segments(_segments(pieces), ignore_case=ignore_case)


def _of_segments(segments: Sequence[str], *, ignore_case: bool) -> Glob:
    """The glob of what stands between the `*`."""
    last = len(segments) - 1
    if last == 0:
        return Glob(segments[0], ignore_case=ignore_case)
    middle = () if last == 1 else tuple([segment for segment in segments[1:-1] if segment])
    return Glob(None, segments[0], middle, segments[-1], ignore_case)


def _segments(pieces: Iterable[Token]) -> list[str]:
    """The literal text between the `*`."""
    segments: list[list[str]] = [[]]
    for piece in pieces:
        if isinstance(piece, str):
            segments[-1].append(piece)
        else:
            segments.append([])
    return ["".join(segment) for segment in segments]


def _machine(pieces: Iterable[Token]) -> _Machine:
    places: dict[str, int] = {}
    ones = loops = length = 0
    for piece in pieces:
        if isinstance(piece, str):
            for place, character in enumerate(piece, length):
                places[character] = places.get(character, 0) | 1 << place
            length += len(piece)
        elif piece is Wildcard.ONE:
            ones |= 1 << length
            length += 1
        else:
            loops |= 1 << length
    return _Machine({character: bits | ones for character, bits in places.items()}, ones, loops, length)
