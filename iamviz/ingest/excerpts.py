"""Where in a file something is wrong, and the lines around it, safe to show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from json import JSONDecodeError, JSONDecoder

WIDTH = 200
_STEP = re.compile(r'\.?([^.\[\]]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]')
_SPACE = re.compile(r"[ \t\r\n]*")
_CONTROL = re.compile(
    r"[^\x20-\x7e\u00a1-\ud7ff\uf900-\ufdcf\ufdf0-\ufeff\U00010000-\U0003fffd]|[\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)


@dataclass(frozen=True, slots=True)
class Position:
    """Counted from 1, in characters; `start` and `end` are the byte bounds of the line."""

    line: int
    column: int
    start: int
    end: int


def position(data: bytes, place: str, offset: int | None) -> Position | None:
    """Of a byte offset, or else of a path such as RoleDetailList[3].Arn; None where neither leads anywhere."""
    if offset is None:
        offset = locate(data, place) if place else None
    if offset is None:
        return None
    offset = min(offset, len(data))
    start = data.rfind(b"\n", 0, offset) + 1
    end = data.find(b"\n", offset)
    column = len(data[start:offset].decode("utf-8", "replace")) + 1
    return Position(data.count(b"\n", 0, start) + 1, column, start, len(data) if end < 0 else end)


def excerpt(data: bytes, where: Position | None) -> tuple[tuple[int, str], ...]:
    """The line and its neighbours, each cut to 200 characters around the column, control characters made visible."""
    if where is None:
        return ()
    lines = [(where.line, _cut(data[where.start : where.end], where.column))]
    if where.start > 0:
        before = data.rfind(b"\n", 0, where.start - 1) + 1
        lines.insert(0, (where.line - 1, _cut(data[before : where.start - 1], 1)))
    if where.end < len(data):
        after = data.find(b"\n", where.end + 1)
        following = data[where.end + 1 : len(data) if after < 0 else after]
        if following:
            lines.append((where.line + 1, _cut(following, 1)))
    return tuple(lines)


def visible(text: str) -> str:
    r"""Control, format and private characters as \x.. or \u...., so that they cannot act on a terminal or a page."""
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def _cut(line: bytes, column: int) -> str:
    text = line.decode("utf-8", "replace").rstrip("\r")
    start = max(0, min(column - WIDTH // 2, len(text) - WIDTH))
    return visible(text[start : start + WIDTH])[:WIDTH]


def locate(data: bytes, place: str) -> int | None:
    """The byte offset of the value at a path; as far as the path leads."""
    text = data.decode("utf-8", "replace")
    at = 0
    try:
        for step in _STEP.finditer(place):
            at = _descend(text, _skip(text, at), step)
    except (JSONDecodeError, StopIteration, IndexError, RecursionError, ValueError):
        return None
    return len(text[: _skip(text, at)].encode("utf-8", "replace"))


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return at if match is None else match.end()


def _descend(text: str, at: int, step: re.Match[str]) -> int:
    if step[2] is not None:
        return _item(text, at, int(step[2]))
    return _member(text, at, step[1] if step[3] is None else step[3])


def _item(text: str, at: int, index: int) -> int:
    if text[at] != "[":
        return at
    at = _skip(text, at + 1)
    for _ in range(index):
        at = _after_value(text, at)
    return at


def _member(text: str, at: int, name: str) -> int:
    if text[at] != "{":
        return at
    start = at
    at = _skip(text, at + 1)
    while text[at] == '"':
        key, at = JSONDecoder().raw_decode(text, at)
        at = _skip(text, _skip(text, at) + 1)
        if key[:1].upper() + key[1:] == name[:1].upper() + name[1:]:
            return at
        at = _after_value(text, at)
    return start


def _after_value(text: str, at: int) -> int:
    _, at = JSONDecoder().raw_decode(text, at)
    return _skip(text, _skip(text, at) + 1)
