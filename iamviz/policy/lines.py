"""A request with the policies that bear on it as one JSON object in, the decision as another out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from iamviz.policy.arn import is_account
from iamviz.policy.conditions.context import NO_KEYS, NOTHING_KNOWN, Context, context_of
from iamviz.policy.decision import Decision, decide
from iamviz.policy.document import UnreadableDocument, parse_document
from iamviz.policy.elements import as_json_text
from iamviz.policy.layers import Compiled, Layer, Layers, Policy, Settings
from iamviz.policy.line_keys import unknown_keys
from iamviz.policy.plain import read_plain
from iamviz.policy.problems import Problems
from iamviz.policy.repeated import decode_strictly, is_whole
from iamviz.policy.request import Request, make_request, parse_principal
from iamviz.policy.resources import PolicyType
from iamviz.policy.wording import in_words

_NULL = Raw(b"null")
_LONGEST_KEPT = 32_768
"""Characters of a document that is remembered; a longer one is an upload's way to fill the memory."""
_LONGEST_QUOTED = 200
_SUCH_AS = "arn:aws:iam::111122223333:user/eve"
_BOTH = "write both, such as s3:GetObject"
_AS_TEXT = "write the account's id as a text, or null"
_NOT_GUESSED = "what a missing document allows is not guessed"
_MALFORMED = "JSON is malformed: "
_LACKS = "object missing required field "


class _Unreadable(Exception):  # noqa: N818 - it names what the line is, not that something failed
    """A line that asks nothing that could be answered."""


class _Named(Struct, frozen=True):
    document: Raw
    name: str | UnsetType = UNSET


class _Level(Struct, frozen=True):
    policies: tuple[_Named, ...]
    target: str | UnsetType = UNSET


class _Settings(Struct, frozen=True):
    s3_bucket_abac: bool | UnsetType = UNSET
    s3_block_public_access: bool | UnsetType = UNSET


class _Line(Struct, frozen=True):
    """A line as it is written; documents stay text until they are compiled.

    What is not given is unset and not some default, so that the line can be held against what was read of it.
    """

    principal: str | None
    action: str
    resource: str
    id: Any = UNSET
    resource_account: str | UnsetType | None = UNSET
    context: dict[str, Any] | UnsetType = UNSET
    identity_policies: tuple[_Named, ...] | UnsetType | None = UNSET
    resource_policy: Raw | UnsetType = UNSET
    permission_boundaries: tuple[_Named, ...] | UnsetType | None = UNSET
    service_control_policies: tuple[_Level, ...] | UnsetType | None = UNSET
    resource_control_policies: tuple[_Level, ...] | UnsetType | None = UNSET
    session_policies: tuple[_Named, ...] | UnsetType | None = UNSET
    vpc_endpoint_policies: tuple[_Named, ...] | UnsetType | None = UNSET
    settings: _Settings | UnsetType = UNSET


class _Id(Struct, frozen=True):
    id: Any = None


_LINES = msgspec.json.Decoder(_Line)
_DOCUMENTS = msgspec.json.Decoder()
_IDS = msgspec.json.Decoder(_Id)


def evaluate_line(line: str | bytes | Mapping[str, Any], *, unknown_context: bool = False) -> dict[str, Any]:
    """The decision on a request, or `{"id", "error"}` where it cannot be read.

    A condition key that is not given is absent, with `unknown_context` unknown. `problems`, in words, is there only
    where something was ignored: a key that nobody reads, or what AWS would not accept in a document.
    """
    text = b""
    try:
        text = _as_json(line)
        asked = _LINES.decode(text)
        problems = None if is_whole(text, asked) else _unread(text)
        request, layers = _request(asked, complete=not unknown_context), _layers(asked)
    except RecursionError:
        return {"id": None, "error": "is nested too deeply: no policy needs that; check what wrote the line"}
    except UnicodeError:
        return {"id": _id_of(text), "error": "is not UTF-8: write the requests in that encoding"}
    except msgspec.MsgspecError as error:
        return {"id": _id_of(text), "error": _in_words(error)}
    except (UnreadableDocument, _Unreadable) as error:
        return {"id": _id_of(text), "error": str(error)}
    answer = _answer(asked.id, decide(request, layers))
    refused = [policy for layer in layers.each() for policy in layer.policies if _is_refused(policy)]
    if problems is not None or refused:
        answer["problems"] = _listed(problems or Problems(), refused)
    return answer


def _as_json(line: str | bytes | Mapping[str, Any]) -> bytes:
    """The line as JSON text."""
    if isinstance(line, str):
        return line.encode()
    try:
        return line if isinstance(line, bytes) else msgspec.json.encode(line)
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        raise _Unreadable(f"is not JSON: {error}") from error


def _unread(text: bytes) -> Problems:
    """The keys that nobody reads, in a line that holds more than was read. Refuses a key that stands twice."""
    whole = decode_strictly(text, parse_number=str)
    return unknown_keys(whole, _Line.__struct_fields__, _Settings.__struct_fields__)


def _in_words(error: msgspec.MsgspecError) -> str:
    if not isinstance(error, msgspec.ValidationError):
        return f"is not JSON: {str(error).removeprefix(_MALFORMED)}: write one object a line, and nothing else"
    path, rule = in_words(error)
    place = f"{path.removeprefix('.')}: " if path else ""
    if rule.startswith(_LACKS):
        return f"{place}lacks the key {rule.removeprefix(_LACKS)!r}: add it"
    return f"{place}must be {rule}"


def _is_refused(policy: Policy) -> bool:
    """Whether AWS would ignore or refuse something in the document."""
    return policy.compiled is not None and bool(policy.compiled.document.problems)


def _listed(problems: Problems, refused: Iterable[Policy]) -> list[str]:
    for policy in refused:
        assert policy.compiled is not None, "what is missing is not refused"
        for text in policy.compiled.document.problems:
            problems.add(policy.name[:_LONGEST_QUOTED], text)
    return list(problems.listed())


def _id_of(text: str | bytes) -> object:
    try:
        return _IDS.decode(text).id
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None


def _answer(asked: object, decision: Decision) -> dict[str, Any]:
    because = [{"policy": each.policy, "statement": each.statement, "effect": each.effect} for each in decision.because]
    return {
        "id": None if asked is UNSET else asked,
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
            "a federated user, a root user or a provider, no service, no host and no canonical id: "
            f"write one of them, such as {_SUCH_AS}, or null for somebody who is not signed in"
        )
    if not all(asked.action.partition(":")):
        raise _Unreadable(f"action: {asked.action[:_LONGEST_QUOTED]!r} is no service and action: {_BOTH}")
    account = None if asked.resource_account is UNSET else asked.resource_account
    if account is not None and not is_account(account):
        raise _Unreadable(f"resource_account: {account[:_LONGEST_QUOTED]!r} is not twelve digits: {_AS_TEXT}")
    context = _context(asked.context or {}, complete=complete)
    return make_request(principal, asked.action, asked.resource, account, context)


def _context(given: Mapping[str, Any], *, complete: bool) -> Context:
    if not given:
        return NO_KEYS if complete else NOTHING_KNOWN
    folded = {key.casefold() for key in given}
    if len(folded) < len(given):
        raise _Unreadable("context: a key is given twice, in two spellings: case does not tell keys apart, keep one")
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
        _settings(asked.settings),
    )


def _settings(given: _Settings | UnsetType) -> Settings:
    return Settings(bool(given.s3_bucket_abac), bool(given.s3_block_public_access)) if given else Settings()


def _levels(kind: PolicyType, levels: Iterable[_Level] | UnsetType | None, place: str) -> tuple[Layer, ...]:
    if not levels:
        return ()
    return tuple(
        Layer(kind, _policies(level.policies, f"{place}[{number}].policies")) for number, level in enumerate(levels)
    )


def _if_any(kind: PolicyType, named: Iterable[_Named] | UnsetType | None, place: str) -> Layer | None:
    """The layer, or None where nothing is set."""
    return Layer(kind, _policies(named, place, may_be_missing=kind == "boundary")) if named else None


def _resource_policy(document: Raw | UnsetType) -> Layer | None:
    if document is UNSET or document == _NULL:
        return None
    return Layer("resource", (Policy("resource_policy", _compiled(document, "resource_policy")),))


def _policies(named: Iterable[_Named] | UnsetType | None, place: str, *, may_be_missing: bool = False) -> list[Policy]:
    found: list[Policy] = []
    for number, each in enumerate(named or ()):
        name = each.name or f"{place}[{number}]"
        if each.document != _NULL:
            found.append(Policy(name, _compiled(each.document, place, number)))
        elif may_be_missing:
            found.append(Policy(name, None, f"the document of {name} is missing"))
        else:
            raise _Unreadable(f"{place}[{number}].document: must be an object, not null: {_NOT_GUESSED}")
    return found


def _compiled(document: Raw, place: str, number: int | None = None) -> Compiled:
    text = bytes(document)
    make = _remembered if len(text) <= _LONGEST_KEPT else _compile
    try:
        return make(text)
    except UnreadableDocument as error:
        raise _Unreadable(f"{place if number is None else f'{place}[{number}].document'}: {error}") from error


def _compile(text: bytes) -> Compiled:
    plain = read_plain(text)
    if plain is not None:
        return Compiled(plain)
    value = _DOCUMENTS.decode(text)
    return Compiled(parse_document(value if is_whole(text, value) else decode_strictly(text)))


# Pure, so remembering changes nothing but time: the same policies come with many requests.
_remembered = lru_cache(maxsize=1_024)(_compile)
