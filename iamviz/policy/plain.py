"""A policy document straight from its text, where that is written as AWS writes it: what is odd is left to others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal

from msgspec import UNSET, DecodeError, Struct, UnsetType
from msgspec.json import Decoder

from iamviz.policy.arn import ACCOUNT_DIGITS
from iamviz.policy.document import MOST_STATEMENTS, OLD_VERSION, Document, PrincipalEntry, Statement
from iamviz.policy.expression import Condition
from iamviz.policy.operators import parse_operator
from iamviz.policy.repeated import is_whole
from iamviz.policy.spelling import action_problem, principal_problem, resource_problem

_MOST_KEPT = 32_768
"""Distinct texts that are remembered: uploads choose them."""
_PRINCIPAL_KINDS = frozenset({"AWS", "Service", "Federated", "CanonicalUser"})

_Texts = str | tuple[str, ...]
_Principals = Literal["*"] | dict[str, _Texts]


class _Statement(Struct, forbid_unknown_fields=True, rename="pascal", gc=False):
    effect: Literal["Allow", "Deny"]
    sid: str | UnsetType = UNSET
    principal: _Principals | UnsetType = UNSET
    not_principal: _Principals | UnsetType = UNSET
    action: _Texts | UnsetType = UNSET
    not_action: _Texts | UnsetType = UNSET
    resource: _Texts | UnsetType = UNSET
    not_resource: _Texts | UnsetType = UNSET
    condition: dict[str, dict[str, bool | str | tuple[str, ...]]] | UnsetType = UNSET


class _Document(Struct, forbid_unknown_fields=True, rename="pascal", gc=False):
    statement: tuple[_Statement, ...]
    version: Literal["2012-10-17", "2008-10-17"] | UnsetType = UNSET
    id: str | UnsetType = UNSET


_decoder = Decoder(_Document)


class _Odd(Exception):  # noqa: N818 - it names what the document is
    """Something in it has to be looked at closely."""


def read_plain(text: str | bytes) -> Document | None:
    """The document in a JSON text; None where it is spelled otherwise than AWS does, or has a problem.

    Nearly all are plain, and a decoder in C then does most of what `parse_document` does with any value.
    """
    try:
        found = _decoder.decode(text)
        if not 0 < len(found.statement) <= MOST_STATEMENTS:
            return None
        if not is_whole(text if isinstance(text, bytes) else text.encode(), found):
            return None
        statements = tuple([_statement(each, index) for index, each in enumerate(found.statement)])
    except (DecodeError, UnicodeError, RecursionError, _Odd):
        return None
    return Document(OLD_VERSION if found.version is UNSET else found.version, statements)


def _statement(found: _Statement, index: int) -> Statement:
    if (found.action is UNSET) is (found.not_action is UNSET) or UNSET not in (found.resource, found.not_resource):
        raise _Odd
    if found.not_principal is not UNSET and (found.effect == "Allow" or found.principal is not UNSET):
        raise _Odd
    return Statement(
        index,
        found.effect,
        found.sid or None,
        None if found.principal is UNSET else _principals(found.principal),
        None if found.not_principal is UNSET else _principals(found.not_principal),
        None if found.action is UNSET else _actions(found.action),
        None if found.not_action is UNSET else _actions(found.not_action),
        None if found.resource is UNSET else _resources(found.resource),
        None if found.not_resource is UNSET else _resources(found.not_resource),
        () if found.condition is UNSET else tuple(_conditions(found.condition)),
    )


def _actions(patterns: _Texts) -> tuple[str, ...]:
    """Each text once in memory: the same few hundred stand in all policies."""
    kept = (_kept_action(patterns),) if isinstance(patterns, str) else tuple(map(_kept_action, patterns))
    if not kept or None in kept:
        raise _Odd
    return kept  # type: ignore[return-value]  # None is not in it


@lru_cache(_MOST_KEPT)
def _kept_action(pattern: str) -> str | None:
    return pattern if action_problem(pattern) is None else None


def _resources(patterns: _Texts) -> tuple[str, ...]:
    listed = (patterns,) if isinstance(patterns, str) else patterns
    if not listed or any(map(resource_problem, listed)):
        raise _Odd
    return listed


def _principals(value: _Principals) -> tuple[PrincipalEntry, ...]:
    if isinstance(value, str):
        return (_ANYONE,)
    entries = tuple(dict.fromkeys(_entries(value)))
    if not entries or not value.keys() <= _PRINCIPAL_KINDS:
        raise _Odd
    return entries


def _entries(value: Mapping[str, _Texts]) -> Iterator[PrincipalEntry]:
    for kind, named in value.items():
        for each in (named,) if isinstance(named, str) else named:
            if principal_problem(kind, each) is not None or _may_be_account(each):
                raise _Odd
            yield PrincipalEntry(kind, each)


def _conditions(value: Mapping[str, Mapping[str, bool | _Texts]]) -> Iterator[Condition]:
    for operator, keys in value.items():
        if not _is_known(operator):
            raise _Odd
        for key, values in keys.items():
            if isinstance(values, bool):
                yield Condition(operator, key, ("true" if values else "false",))
            else:
                yield Condition(operator, key, (values,) if isinstance(values, str) else values)


@lru_cache(_MOST_KEPT)
def _is_known(operator: str) -> bool:
    return parse_operator(operator) is not None


def _may_be_account(text: str) -> bool:
    """Digits that are an account's if zeros are put before them."""
    return len(text) < ACCOUNT_DIGITS and text.isdigit()


_ANYONE = PrincipalEntry("AWS", "*")
