"""Keys that stand twice in one object of a JSON text: decoders drop the first of them in silence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, NoReturn

from msgspec.json import Encoder

from iamviz.policy.elements import UnreadableDocument

_encode = Encoder().encode
_BACKSLASH, _QUOTE = b'\\"'
"""As numbers, which are looked for in a tenth of the time."""
_LONGEST_QUOTED = 200


def is_whole(text: bytes, value: object) -> bool:
    """Whether a value holds every key of the UTF-8 JSON text from which it was decoded.

    Exact: a member that a decoder has left out had a key, and so a string that the value lacks; nothing else that
    writing anew changes, be it space, escapes or numbers, adds a string or takes one away.
    """
    anew = _encode(value)
    if _BACKSLASH in text:
        return _quotes(text) == _quotes(anew)
    return text.count(_QUOTE) == anew.count(_QUOTE)


def _quotes(text: bytes) -> int:
    """Those that begin or end a string."""
    return text.replace(b"\\\\", b"").replace(b'\\"', b"").count(_QUOTE)


def decode_strictly(text: str | bytes, *, parse_number: Callable[[str], Any] | None = None) -> Any:
    """The value of a JSON text in which no key stands twice. Raises UnreadableDocument with the object that has one.

    `parse_number` makes something else of numbers than Python does, which refuses the longest of them.
    """
    repeats = False

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeats
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        repeats = True
        return _Twice(found, next(key for key, is_first in _firsts(pairs) if not is_first))

    value = json.loads(
        text, object_pairs_hook=members, parse_int=parse_number, parse_float=parse_number, parse_constant=_refuse
    )
    if repeats:
        raise next(_repetitions(value))
    return value


def _refuse(name: str) -> NoReturn:
    message = f"{name} is not JSON"
    raise ValueError(message)


class _Twice(dict[str, Any]):
    """The members of an object, of which `key` stands twice."""

    def __init__(self, members: dict[str, Any], key: str) -> None:
        super().__init__(members)
        self.key = key


def _firsts(pairs: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, bool]]:
    """Each key, and whether it stands for the first time."""
    seen: set[str] = set()
    for key, _ in pairs:
        yield key, key not in seen
        seen.add(key)


class _Found(NamedTuple):
    """A value and the step that leads to it. Paths are written out at the end: all of them could fill the memory."""

    value: Any
    step: str
    above: _Found | None


def _repetitions(value: Any) -> Iterator[UnreadableDocument]:
    """Those nearest to the top first: below one the tree is not whole."""
    level = [_Found(value, "", None)]
    while level:
        yield from (_refusal(found, found.value.key) for found in level if isinstance(found.value, _Twice))
        level = [inner for found in level for inner in _inside(found)]


def _refusal(found: _Found, key: str) -> UnreadableDocument:
    rule = f"the key {key[:_LONGEST_QUOTED]!r} stands twice in one object, which AWS does not accept: keep one of them"
    return UnreadableDocument(_path(found), rule)


def _inside(found: _Found) -> Iterable[_Found]:
    if isinstance(found.value, dict):
        return [_Found(each, f".{key[:_LONGEST_QUOTED]}", found) for key, each in found.value.items()]
    if isinstance(found.value, list):
        return [_Found(each, f"[{index}]", found) for index, each in enumerate(found.value)]
    return ()


def _path(found: _Found) -> str:
    steps: list[str] = []
    at: _Found | None = found
    while at is not None:
        steps.append(at.step)
        at = at.above
    return "".join(reversed(steps)).removeprefix(".")
