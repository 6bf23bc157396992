"""Typed decoding that is strict and fast when a file is as AWS writes it, and exact about what is not.

A list decodes in one go where every key is known. Where that fails it is read again item by item: keys in
lower camel case (AWS Config) are capitalised, unknown keys are noted and dropped, a wrong type is blamed on its item.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar, get_args, get_type_hints

import msgspec

from iamviz.ingest.contents import More
from iamviz.ingest.source import Refusal, Source
from iamviz.policy.wording import in_words

S = TypeVar("S", bound=msgspec.Struct)

Members = dict[str, msgspec.Raw]
_REMEDY = "Collect the file again with the AWS CLI; if it was edited, restore what the command printed."
_members: msgspec.json.Decoder[Members] = msgspec.json.Decoder(Members)
_raw_list: msgspec.json.Decoder[list[msgspec.Raw]] = msgspec.json.Decoder(list[msgspec.Raw])


class Shape(msgspec.Struct, rename="pascal", forbid_unknown_fields=True, omit_defaults=True):
    """Base of what AWS prints. Every documented key is declared, used or not, so that an unknown one is seen.

    Written anew it has the keys that it was read from: that tells whether one of them stood twice.
    """


@dataclass(slots=True)
class Item(Generic[S]):
    """A decoded item, or what is wrong with it."""

    value: S | None
    place: str
    refusal: Refusal | None = None
    raw: msgspec.Raw | None = None


@cache
def _list_decoder(type_: type[msgspec.Struct]) -> msgspec.json.Decoder[list[Any]]:
    return msgspec.json.Decoder(list[type_])  # type: ignore[valid-type]  # a type known only when called


@cache
def _decoder(type_: type[msgspec.Struct]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(type_)


def read_items(raw: msgspec.Raw, type_: type[S], place: str, source: Source) -> Iterator[Item[S]]:
    """The items of a list at `place`; refuses where it is no list."""
    try:
        for index, value in enumerate(_list_decoder(type_).decode(raw)):
            yield Item(value, f"{place}[{index}]")
    except msgspec.ValidationError:
        yield from _mended_items(raw, type_, place, source)


def _mended_items(raw: msgspec.Raw, type_: type[S], place: str, source: Source) -> Iterator[Item[S]]:
    try:
        items = _raw_list.decode(raw)
    except msgspec.ValidationError as error:
        raise type_refusal(error, place) from error
    for index, item in enumerate(items):
        where = f"{place}[{index}]"
        try:
            yield Item(read_object(item, type_, where, source), where, raw=item)
        except Refusal as refusal:
            yield Item(None, where, refusal, item)


def read_object(raw: msgspec.Raw | bytes, type_: type[S], place: str, source: Source) -> S:
    """One object, mended if need be."""
    try:
        value: S = _decoder(type_).decode(raw)
    except msgspec.ValidationError:
        return _mended_object(_mend(raw, type_, place, source), type_, place)
    return value


def _mended_object(mended: bytes, type_: type[S], place: str) -> S:
    try:
        value: S = _decoder(type_).decode(mended)
    except msgspec.ValidationError as error:
        raise type_refusal(error, place) from error
    return value


def read_members(raw: msgspec.Raw | bytes, place: str) -> Members:
    """An object's values, undecoded."""
    try:
        return _members.decode(raw)
    except msgspec.ValidationError as error:
        raise type_refusal(error, place) from error


def first_upper(key: str) -> str:
    """A key as AWS spells it: AWS Config writes roleName for RoleName."""
    return key[:1].upper() + key[1:]


def read_more(members: Members) -> More:
    """Whether a list goes on elsewhere. `members` have capitalised keys."""
    token = members.get("NextToken")
    if token is not None and bytes(token).strip() not in {b"null", b'""'}:
        return "NextToken"
    truncated = members.get("IsTruncated")
    return "IsTruncated" if truncated is not None and bytes(truncated).strip() in {b"true", b'"true"'} else ""


def type_refusal(error: msgspec.ValidationError, place: str) -> Refusal:
    """The message of msgspec in the product's words."""
    path, rule = in_words(error)
    return Refusal(rule, _REMEDY, place=(place + path.split("[...]")[0]).removeprefix("."))


@cache
def _fields(type_: type[msgspec.Struct]) -> dict[str, type[msgspec.Struct] | None]:
    hints = get_type_hints(type_)
    return {each.encode_name: struct_in(hints[each.name]) for each in msgspec.structs.fields(type_)}


def struct_in(hint: object) -> type[msgspec.Struct] | None:
    """The type of the objects in what is typed so, however deep in lists and alternatives."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return hint
    return next((found for each in get_args(hint) if (found := struct_in(each)) is not None), None)


def _mend(raw: msgspec.Raw | bytes, type_: type[msgspec.Struct], place: str, source: Source) -> bytes:
    try:
        members = _members.decode(raw)
    except msgspec.ValidationError:
        return bytes(raw)
    fields = _fields(type_)
    known: Members = {}
    for key, value in members.items():
        name = key if key in fields else first_upper(key)
        if name in fields:
            inner = fields[name]
            known[name] = value if inner is None else _mend_inside(value, inner, f"{place}.{name}", source)
        elif type_.__struct_config__.forbid_unknown_fields:
            source.unknown_keys.setdefault(key, place)
    return msgspec.json.encode(known)


def _mend_inside(raw: msgspec.Raw, type_: type[msgspec.Struct], place: str, source: Source) -> msgspec.Raw:
    text = bytes(raw).lstrip()
    if text.startswith(b"["):
        items = _raw_list.decode(raw)
        mended = [_mend_inside(item, type_, f"{place}[{index}]", source) for index, item in enumerate(items)]
        return msgspec.Raw(msgspec.json.encode(mended))
    return msgspec.Raw(_mend(raw, type_, place, source)) if text.startswith(b"{") else raw
