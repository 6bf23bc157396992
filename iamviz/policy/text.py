"""The text of a policy document for people: laid out, and with the lines on which each element stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

DEEPEST = 64
"""Brackets in brackets. A deeper text is hostile: it is shown as it came."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"?|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
"""A text that nobody closed runs to the end, so that it is looked at once."""
_ELEMENTS = {
    name.lower(): name
    for name in (
        "Sid",
        "Effect",
        "Principal",
        "NotPrincipal",
        "Action",
        "NotAction",
        "Resource",
        "NotResource",
        "Condition",
    )
}

Lines = tuple[int, int]
"""First and last line, from 1, both included."""


@dataclass(frozen=True, slots=True)
class StatementLines:
    """Where the statement with this index stands in a text, and its elements, under the names that AWS gives them."""

    index: int
    first_line: int
    last_line: int
    elements: Mapping[str, Lines]


def nesting(text: str) -> int:
    """How deep the brackets of a JSON text go."""
    depth = deepest = 0
    for match in _TOKEN.finditer(text):
        depth += _step(match[0])
        deepest = max(deepest, depth)
    return deepest


def _step(token: str) -> int:
    return 1 if token in ("{", "[") else -1 if token in ("}", "]") else 0


def pretty(text: str) -> str:
    """The JSON text laid out with two spaces a level; nothing is reordered, merged or respelled.

    A text that is not JSON is returned as it came.
    """
    if nesting(text) > DEEPEST or not _is_json(text):
        return text
    parts: list[str] = []
    depth, before = 0, ""
    for match in _TOKEN.finditer(text):
        token = match[0]
        depth += min(_step(token), 0)
        parts.append(_gap(before, token, depth) + token)
        depth += max(_step(token), 0)
        before = token
    return "".join(parts)


def _is_json(text: str) -> bool:
    try:
        json.loads(text, parse_int=str)
    except ValueError:
        return False
    return True


def _gap(before: str, token: str, depth: int) -> str:
    """What stands between two tokens."""
    if not before or token in (",", ":") or (before in ("{", "[") and token in ("}", "]")):
        return ""
    if before == ":":
        return " "
    return "\n" + "  " * max(depth, 0)


@dataclass(frozen=True, slots=True)
class _Value:
    """A value that has ended. `path` are the keys and positions that lead to it, `end` its last token."""

    path: tuple[str | int, ...]
    lines: Lines
    end: str


@dataclass(slots=True)
class _Open:
    """A bracket that is not closed yet; `key` is what the value to come stands under."""

    is_object: bool
    line: int
    key: str | int
    key_line: int
    has_key: bool = False


@dataclass(slots=True)
class _Walk:
    """Walks the tokens of a JSON text; brackets that do not match are forgiven."""

    open: list[_Open] = field(default_factory=list)

    def step(self, mark: str, line: int) -> _Value | None:
        """The value that ends with this token, if one does."""
        match mark:
            case "{" | "[":
                self.open.append(_Open(mark == "{", line, "" if mark == "{" else 0, line))
            case "}" | "]":
                return self._value(self.open.pop().line, line, mark) if self.open else None
            case ",":
                self._next()
            case ":":
                pass
            case _ if self.open and self.open[-1].is_object and not self.open[-1].has_key:
                top = self.open[-1]
                top.key, top.key_line, top.has_key = mark.strip('"'), line, True
            case _:
                return self._value(line, line, mark)
        return None

    def _next(self) -> None:
        if self.open:
            top = self.open[-1]
            top.has_key = False
            top.key = top.key + 1 if isinstance(top.key, int) else ""

    def _value(self, first: int, last: int, end: str) -> _Value:
        """A member of an object begins where its key stands."""
        if self.open and self.open[-1].is_object:
            first = self.open[-1].key_line
        return _Value(tuple(each.key for each in self.open), (first, last), end)


def _values(text: str) -> Iterator[_Value]:
    walk, line, position = _Walk(), 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", position, match.start())
        position = match.start()
        value = walk.step(match[0], line)
        if value is not None and value.path and str(value.path[0]).lower() == "statement":
            yield value


def statement_lines(text: str) -> list[StatementLines]:
    """The statements of a document in a text, in order; a Statement that is a single object has index 0."""
    if nesting(text) > DEEPEST:
        return []
    elements: dict[int, dict[str, Lines]] = {}
    whole: dict[int, Lines] = {}
    for value in _values(text):
        match value.path[1:]:
            case (int() as index,):
                whole[index] = value.lines
            case () if value.end == "}":
                whole[0] = value.lines
            case (int() as index, str() as name):
                elements.setdefault(index, {})[_ELEMENTS.get(name.lower(), name)] = value.lines
            case (str() as name,):
                elements.setdefault(0, {})[_ELEMENTS.get(name.lower(), name)] = value.lines
    return [StatementLines(index, *lines, elements.get(index, {})) for index, lines in sorted(whole.items())]
