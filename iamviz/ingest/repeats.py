"""Keys that stand twice in an item of a list, outside of policy documents.

To look at every key costs a quarter of the time that reading takes. So all keys of short lists are looked at, and of
long ones that which names the items. A document that repeats a key is unreadable alone: see policy.repeated.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_type_hints

import msgspec

from iamviz.ingest.answers import Group, Policy, Role, User
from iamviz.ingest.mending import Item, first_upper, struct_in
from iamviz.ingest.source import Refusal
from iamviz.policy.repeated import is_whole

REMEDY = "Keep one of them, or collect the file again with the AWS CLI, which prints each key once."
SHORT = 64 * 1024
"""Bytes of a list in which every key is looked at."""
_PIECE = 4 * 1024 * 1024
_LONGEST_QUOTED = 200
_NAMES: Mapping[type[msgspec.Struct], bytes] = {
    User: b'"UserName"',
    Group: b'"GroupName"',
    Role: b'"RoleName"',
    Policy: b'"PolicyName"',
}
"""The key that names an item. Where it stands more or less often than there are items, every key is looked at."""
_raw_list: msgspec.json.Decoder[list[msgspec.Raw]] = msgspec.json.Decoder(list[msgspec.Raw])


def stands_twice(key: str, place: str, *, offset: int | None = None) -> Refusal:
    """What is said of a key that stands twice in the object at a place."""
    rule = f"each key once in an object; the key {key[:_LONGEST_QUOTED]!r} stands twice in this one"
    return Refusal(rule, REMEDY, place=place, offset=offset)


def repeated_in(
    raw: msgspec.Raw, type_: type[msgspec.Struct], place: str, items: Sequence[Item[Any]]
) -> Mapping[int, Refusal]:
    """By their index, the items of a list in which a key stands twice, as far as that is looked for."""
    text = memoryview(raw)
    if len(text) <= SHORT:
        is_suspect = not is_whole(bytes(text), [each.value for each in items])
    else:
        is_suspect = _count(text, _NAMES[type_]) != sum(_named(each.value) for each in items)
    return dict(_repeated(raw, type_, place)) if is_suspect else {}


def _count(text: memoryview, key: bytes) -> int:
    """Piece by piece, so that no second copy of a large list is made."""
    pieces = (text[at : at + _PIECE + len(key) - 1] for at in range(0, len(text), _PIECE))
    return sum(bytes(piece).count(key) for piece in pieces)


def _named(value: object) -> int:
    """How often an item that holds no key twice has the key that names it: a role also in its instance profiles."""
    if not isinstance(value, Role):
        return 1
    embedded = (each for profile in value.instance_profile_list or () for each in profile.roles or ())
    return 1 + sum(each.role_name is not None for each in embedded)


def _repeated(raw: msgspec.Raw, type_: type[msgspec.Struct], place: str) -> Iterator[tuple[int, Refusal]]:
    for index, item in enumerate(_raw_list.decode(raw)):
        found = next(_twice(_loaded(item), type_, f"{place}[{index}]"), None)
        if found is not None:
            yield index, found


class _Twice(dict[str, Any]):
    """The members of an object, of which `key` stands twice."""

    key = ""


def _loaded(raw: msgspec.Raw) -> object:
    """The value, its numbers as they are spelled: Python refuses to read the longest."""
    return json.loads(bytes(raw), object_pairs_hook=_members, parse_int=str, parse_float=str)


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Keys in lower camel case are the same as AWS's: only the first letter tells them apart."""
    found = _Twice(pairs)
    seen: set[str] = set()
    for key, _ in pairs:
        name = first_upper(key)
        if name in seen:
            found.key = key
            return found
        seen.add(name)
    return dict(found)


def _twice(value: object, type_: type[msgspec.Struct] | None, place: str) -> Iterator[Refusal]:
    """Every object in which a key stands twice, without the documents."""
    if isinstance(value, _Twice):
        yield stands_twice(value.key, place)
    if isinstance(value, dict):
        hints = get_type_hints(type_) if type_ else {}
        names = {each.encode_name: each.name for each in msgspec.structs.fields(type_)} if type_ else {}
        for key, each in value.items():
            hint = hints.get(names.get(first_upper(key), ""))
            if hint is not msgspec.Raw:
                yield from _twice(each, struct_in(hint), f"{place}.{key}")
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from _twice(each, type_, f"{place}[{index}]")
