"""The keys of one object as they stand in its text: a decoder keeps the last of two that are alike."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

_KEY = rb'\s*"([^"\\]*+(?:\\.[^"\\]*+)*+)"\s*:\s*'
"""Possessive: a key may be as long as the file."""
_FIRST = re.compile(rb"\s*\{" + _KEY, re.DOTALL)
_NEXT = re.compile(rb"\s*," + _KEY, re.DOTALL)
_END = re.compile(rb"\s*(\{\s*)?\}\s*")
_TRAILING = re.compile(r"trailing characters \(byte (\d+)\)")


def repeated_key(text: memoryview, members: Mapping[str, msgspec.Raw]) -> tuple[str, int] | None:
    """The key that stands twice in an object, and the offset of the second; None where each stands once.

    The text is walked from key to key by the lengths of the members, so that what lies between is not read: a member
    that was dropped stands where none is expected.
    """
    at = 0
    for index, (key, raw) in enumerate(members.items()):
        found = (_NEXT if index else _FIRST).match(text, at)
        if found is None or _spelled(found[1]) != key:
            return _first_repeated(text)
        at = found.end() + len(memoryview(raw))
    return None if _END.fullmatch(text, at) else _first_repeated(text)


def _first_repeated(text: memoryview) -> tuple[str, int] | None:
    seen: set[str] = set()
    found = _FIRST.match(text)
    while found is not None:
        key = _spelled(found[1])
        if key in seen:
            return key, found.start(1) - 1
        seen.add(key)
        found = _NEXT.match(text, found.end() + _length(text[found.end() :]))
    return None


def _length(text: memoryview) -> int:
    """Of the value at the beginning of a text."""
    try:
        msgspec.json.decode(text, type=msgspec.Raw)
    except msgspec.DecodeError as error:
        found = _TRAILING.search(str(error))
        # Here, and only here, msgspec counts the character itself.
        return int(found[1]) - 1 if found else len(text)
    return len(text)


def _spelled(key: bytes) -> str:
    decoded: str = msgspec.json.decode(b'"' + key + b'"')
    return decoded
