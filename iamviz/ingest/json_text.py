"""A file's bytes to UTF-8, and JSON to its top-level values: one object, an array of pages, or one after another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from iamviz.ingest.json_keys import repeated_key
from iamviz.ingest.limits import JSON_DEPTH
from iamviz.ingest.source import Refusal

Members = dict[str, msgspec.Raw]
MAX_VALUES = 100_000

_PIECE = 4 * 1024 * 1024
_SHORT = 64 * 1024
"""Bytes in which so few brackets may stand that counting them is enough."""
_BACKSLASH = 0x5C
_BRACKETS = bytes.maketrans(b"[]", b"{}")
_NO_BRACKET = bytes(set(range(256)) - set(b'[]{}"'))
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)
_BYTE = re.compile(r"\(byte (\d+)\)")
_TOP: msgspec.json.Decoder[Members | list[msgspec.Raw]] = msgspec.json.Decoder(Members | list[msgspec.Raw])
_MEMBERS: msgspec.json.Decoder[Members] = msgspec.json.Decoder(Members)
_AGAIN = "Collect the file again, or check how it was saved and copied."


@dataclass(frozen=True, slots=True)
class Page:
    """One object of a file: its members undecoded, and the path that leads to it."""

    members: Members
    place: str = ""
    repeated: tuple[str, int | None] | None = None
    """A key that stands twice, and where in the file, if that is known."""


def to_utf8(data: bytes) -> bytes:
    """UTF-8 without a mark, from UTF-8 or UTF-16 with or without one. PowerShell's `>` writes UTF-16."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16").encode("utf-8")
        data = data.removeprefix(b"\xef\xbb\xbf")
        if not data.isascii():
            data.decode("utf-8")
    except UnicodeError as error:
        start = getattr(error, "start", 0)
        rule = f"a byte that is neither UTF-8 nor UTF-16 (byte {start})"
        raise Refusal(rule, "Save the file as UTF-8.", offset=start) from error
    return data


def looks_like_json(data: bytes) -> bool:
    """An object or an array, by its first byte."""
    return data[:4096].lstrip()[:1] in {b"{", b"["}


def read_pages(data: bytes) -> list[Page]:
    """The objects of a file: its one object, the items of its array, or the objects that follow each other."""
    check_depth(data)
    pages: list[Page] = []
    view = memoryview(data)
    values = list(_values(view))
    for number, (value, text, offset) in enumerate(values):
        prefix = f"value {number + 1}: " if len(values) > 1 else ""
        if isinstance(value, dict):
            repeated = repeated_key(text, value)
            pages.append(Page(value, prefix, repeated and (repeated[0], offset + repeated[1])))
            continue
        for index, item in enumerate(value):
            pages.append(_array_page(item, f"{prefix}[{index}]"))
    return pages


def _array_page(item: msgspec.Raw, place: str) -> Page:
    try:
        members = _MEMBERS.decode(item)
    except msgspec.ValidationError as error:
        raise Refusal("a list of pages holds objects only", _AGAIN, place=place) from error
    repeated = repeated_key(memoryview(item), members)
    return Page(members, f"{place}.", repeated and (repeated[0], None))


def _values(view: memoryview) -> list[tuple[Members | list[msgspec.Raw], memoryview, int]]:
    """Each with its text and the place of it."""
    found: list[tuple[Members | list[msgspec.Raw], memoryview, int]] = []
    at = 0
    while True:
        try:
            found.append((_TOP.decode(view[at:]), view[at:], at))
        except msgspec.DecodeError as error:
            length = _trailing(error)
            if not length or len(found) >= MAX_VALUES:
                raise malformed(error, len(view), at) from error
            text = view[at : at + length]
            found.append((_one(text, at), text, at))
            at += length
        else:
            return found


def _one(view: memoryview, at: int) -> Members | list[msgspec.Raw]:
    try:
        return _TOP.decode(view)
    except msgspec.DecodeError as error:
        raise malformed(error, at + len(view), at) from error


def _trailing(error: msgspec.DecodeError) -> int:
    text = str(error)
    match = _BYTE.search(text)
    # Here, and only here, msgspec counts the character itself.
    return int(match[1]) - 1 if match and "trailing characters" in text else 0


def malformed(error: msgspec.DecodeError, size: int, base: int = 0) -> Refusal:
    """What msgspec says about broken JSON, with its place in the file."""
    text = str(error)
    match = _BYTE.search(text)
    if isinstance(error, msgspec.ValidationError):
        return Refusal("a JSON file holds an object, or a list of objects", _AGAIN, offset=base)
    if match is None:
        return Refusal("valid JSON; the file ends too early, or in the middle of a character", _AGAIN, offset=size)
    rule = text.split(": ", 1)[-1].rsplit(" (byte", 1)[0]
    return Refusal(f"valid JSON; found: {rule}", _AGAIN, offset=base + int(match[1]))


def check_depth(data: bytes, *, limit: int = JSON_DEPTH) -> None:
    """Refuse what nests deeper than any AWS answer, before a parser recurses into it.

    Runs in C over the bytes: everything but brackets and quotes is dropped, then each pass takes
    the innermost pairs away. A pair that is left after `limit` passes stood too deep; what does not
    balance is too deep if more than `limit` are open.
    """
    if len(data) < _SHORT and data.count(b"{") + data.count(b"[") <= limit:
        return
    rest = b"".join(_brackets(data)).replace(b'""', b"")
    if b'"' in rest:
        rest = re.sub(rb'"[^"]*"', b"", rest)
    for _ in range(limit):
        shorter = rest.replace(b"{}", b"")
        if len(shorter) == len(rest):
            break
        rest = shorter
    if b"{}" in rest or rest.count(b"{") > limit:
        raise Refusal(
            f"JSON nested at most {limit} levels deep",
            "No AWS answer is nested that deep. Collect the file again.",
            offset=_first_too_deep(data, limit),
        )


def _brackets(data: bytes) -> Iterator[bytes]:
    """Brackets, all as braces, and quotes; piece by piece, so that no second copy of a large file is made."""
    at = 0
    while at < len(data):
        end = at + _PIECE
        while end < len(data) and data[end - 1] == _BACKSLASH:
            end += 1
        piece = data[at:end]
        if b"\\" in piece:
            piece = piece.replace(b"\\\\", b"").replace(b'\\"', b"")
        yield piece.translate(_BRACKETS, _NO_BRACKET)
        at = end


def _first_too_deep(data: bytes, limit: int) -> int | None:
    depth = 0
    for token in _TOKEN.finditer(data):
        if token[0] in {b"{", b"["}:
            depth += 1
            if depth > limit:
                return token.start()
        elif token[0] in {b"}", b"]"}:
            depth -= 1
    return None
