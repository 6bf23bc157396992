"""A request with the policies that bear on it as one JSON object in, the decision as another out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Raw, Struct

from iamviz.policy.arn import is_account
from iamviz.policy.conditions.context import NO_KEYS, NOTHING_KNOWN, Context, context_of
from iamviz.policy.decision import Decision, decide
from iamviz.policy.document import UnreadableDocument, parse_document
from iamviz.policy.elements import as_json_text
from iamviz.policy.layers import Compiled, Layer, Layers, Policy, Settings
from iamviz.policy.plain import read_plain
from iamviz.policy.request import Request, make_request, parse_principal
from iamviz.policy.resources import PolicyType

_compact = msgspec.json.format
_NULL = Raw(b"null")
_LONGEST_KEPT = 32_768
"""Characters of a document that is remembered; a longer one is an upload's way to fill the memory."""
_LONGEST_QUOTED = 200


class _Unreadable(Exception):  # noqa: N818 - it names what the line is, not that something failed
    """A line that asks nothing that could be answered."""


class _Named(Struct, frozen=True):
    document: Raw
    name: str = ""


class _Level(Struct, frozen=True):
    policies: tuple[_Named, ...]
    target: str = ""


class _Line(Struct, frozen=True):
    """A line as it is written; documents stay text until they are compiled."""

    principal: str | None
    action: str
    resource: str
    id: Any = None
    resource_account: str | None = None
    context: dict[str, Any] = msgspec.field(default_factory=dict)
    identity_policies: tuple[_Named, ...] | None = ()
    resource_policy: Raw = _NULL
    permission_boundaries: tuple[_Named, ...] | None = None
    service_control_policies: tuple[_Level, ...] | None = ()
    resource_control_policies: tuple[_Level, ...] | None = ()
    session_policies: tuple[_Named, ...] | None = None
    vpc_endpoint_policies: tuple[_Named, ...] | None = None
    settings: Settings = Settings()


class _Id(Struct, frozen=True):
    id: Any = None


_LINES = msgspec.json.Decoder(_Line)
_DOCUMENTS = msgspec.json.Decoder()
_IDS = msgspec.json.Decoder(_Id)


def evaluate_line(line: str | bytes | Mapping[str, Any], *, unknown_context: bool = False) -> dict[str, Any]:
    """The decision on a request, or `{"id", "error"}` where it cannot be read.

    A condition key that is not given is absent, with `unknown_context` unknown.
    """
    text, problem = _as_json(line)
    if problem is not None:
        return {"id": None, "error": problem}
    try:
        asked = _LINES.decode(text)
        request, layers = _request(asked, complete=not unknown_context), _layers(asked)
    except RecursionError:
        return {"id": None, "error": "is nested too deeply"}
    except UnicodeError:
        return {"id": _id_of(text), "error": "is not UTF-8: write the requests in that encoding"}
    except (msgspec.MsgspecError, UnreadableDocument, _Unreadable) as error:
        return {"id": _id_of(text), "error": str(error)}
    return _answer(asked.id, decide(request, layers))


def _as_json(line: str | bytes | Mapping[str, Any]) -> tuple[str | bytes, str | None]:
    """The line as JSON text, or what keeps it from being such."""
    if isinstance(line, str | bytes):
        return line, None
    try:
        return msgspec.json.encode(line), None
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        return b"", f"is not JSON: {error}"


def _id_of(text: str | bytes) -> object:
    try:
        return _IDS.decode(text).id
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None


def _answer(asked: object, decision: Decision) -> dict[str, Any]:
    because = [{"policy": each.policy, "statement": each.statement, "effect": each.effect} for each in decision.because]
    return {
        "id": asked,
        "decision": decision.outcome,
        "blocked_by": list(decision.blocked_by),
        "because": because,
        "depends_on": list(decision.depends_on),
    }


def _request(asked: _Line, *, complete: bool) -> Request:
    principal = parse_principal(asked.principal)
    if principal is None:
        raise _Unreadable(
            f"principal: {str(asked.principal)[:_LONGEST_QUOTED]!r} is no ARN of a user, a role, a session, "
            "a federated user, a root user or a provider, no service, no host and no canonical id"
        )
    if not all(asked.action.partition(":")):
        raise _Unreadable(f"action: {asked.action[:_LONGEST_QUOTED]!r} is no service and action, such as s3:GetObject")
    if asked.resource_account is not None and not is_account(asked.resource_account):
        raise _Unreadable(f"resource_account: {asked.resource_account[:_LONGEST_QUOTED]!r} is not twelve digits")
    context = _context(asked.context, complete=complete)
    return make_request(principal, asked.action, asked.resource, asked.resource_account, context)


def _context(given: Mapping[str, Any], *, complete: bool) -> Context:
    if not given:
        return NO_KEYS if complete else NOTHING_KNOWN
    folded = {key.casefold() for key in given}
    if len(folded) < len(given):
        raise _Unreadable("context: a key is given twice, in two spellings")
    return context_of({key: _values(key, found) for key, found in given.items()}, complete=complete)


def _values(key: str, given: object) -> str | list[str] | None:
    place = f"context.{key[:_LONGEST_QUOTED]}"
    if isinstance(given, list):
        return [as_json_text(each, place) for each in given]
    return None if given is None else as_json_text(given, place)


def _layers(asked: _Line) -> Layers:
    return Layers(
        Layer("identity", _policies(asked.identity_policies, "identity_policies")),
        _resource_policy(asked.resource_policy),
        _if_any("boundary", asked.permission_boundaries, "permission_boundaries"),
        _levels("scp", asked.service_control_policies, "service_control_policies"),
        _levels("rcp", asked.resource_control_policies, "resource_control_policies"),
        _if_any("session", asked.session_policies, "session_policies"),
        _if_any("endpoint", asked.vpc_endpoint_policies, "vpc_endpoint_policies"),
        asked.settings,
    )


def _levels(kind: PolicyType, levels: Iterable[_Level] | None, place: str) -> tuple[Layer, ...]:
    if not levels:
        return ()
    return tuple(
        Layer(kind, _policies(level.policies, f"{place}[{number}].policies")) for number, level in enumerate(levels)
    )


def _if_any(kind: PolicyType, named: Iterable[_Named] | None, place: str) -> Layer | None:
    """The layer, or None where nothing is set."""
    return Layer(kind, _policies(named, place, may_be_missing=kind == "boundary")) if named else None


def _resource_policy(document: Raw) -> Layer | None:
    if document == _NULL:
        return None
    return Layer("resource", (Policy("resource_policy", _compiled(document, "resource_policy")),))


def _policies(named: Iterable[_Named] | None, place: str, *, may_be_missing: bool = False) -> list[Policy]:
    found: list[Policy] = []
    for number, each in enumerate(named or ()):
        name = each.name or f"{place}[{number}]"
        if each.document != _NULL:
            found.append(Policy(name, _compiled(each.document, place, number)))
        elif may_be_missing:
            found.append(Policy(name, None, f"the document of {name} is missing"))
        else:
            raise _Unreadable(f"{place}[{number}].document: must be an object")
    return found


def _compiled(document: Raw, place: str, number: int | None = None) -> Compiled:
    text = bytes(document)
    make = _remembered if len(text) <= _LONGEST_KEPT else _compile
    try:
        return make(text)
    except UnreadableDocument as error:
        raise _Unreadable(f"{place if number is None else f'{place}[{number}].document'}: {error}") from error


def _compile(text: bytes) -> Compiled:
    plain = read_plain(_compact(text, indent=-1).decode())
    return Compiled(parse_document(_DOCUMENTS.decode(text)) if plain is None else plain)


# Pure, so remembering changes nothing but time: the same policies come with many requests.
_remembered = lru_cache(maxsize=1_024)(_compile)
