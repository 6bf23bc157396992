"""The policy document: parsed once at the door into frozen statements, every odd shape made regular."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from iamviz.policy.elements import (
    UnreadableDocument,
    as_account,
    as_json_text,
    by_name,
    listed,
    spellings,
    strings,
)
from iamviz.policy.expression import Condition
from iamviz.policy.operators import OPERATORS, parse_operator
from iamviz.policy.problems import Problems
from iamviz.policy.spelling import action_problem, principal_problem, resource_problem

__all__ = ["Document", "PrincipalEntry", "Statement", "UnreadableDocument", "parse_document"]

OLD_VERSION = "2008-10-17"
"""What a document without Version has; policy variables are literal text in it."""
VERSION = "2012-10-17"

MOST_STATEMENTS = 2_000

_DOCUMENT_ELEMENTS = spellings("Version", "Id", "Statement")
_STATEMENT_ELEMENTS = spellings(
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
_OPPOSITES = (("Action", "NotAction"), ("Resource", "NotResource"), ("Principal", "NotPrincipal"))
_PRINCIPAL_KINDS = spellings("AWS", "Service", "Federated", "CanonicalUser")


class PrincipalEntry(Struct, frozen=True):
    """One value of a Principal or NotPrincipal element; `kind` is AWS, Service, Federated or CanonicalUser."""

    kind: str
    value: str


class Statement(Struct, frozen=True):
    """One statement. An element that is absent is None, one that is present is a tuple, a single value too."""

    index: int
    effect: str
    sid: str | None = None
    principals: tuple[PrincipalEntry, ...] | None = None
    not_principals: tuple[PrincipalEntry, ...] | None = None
    actions: tuple[str, ...] | None = None
    not_actions: tuple[str, ...] | None = None
    resources: tuple[str, ...] | None = None
    not_resources: tuple[str, ...] | None = None
    conditions: tuple[Condition, ...] = ()


class Document(Struct, frozen=True):
    """A readable policy document. `problems` are elements that AWS would ignore or refuse, in plain words."""

    version: str
    statements: tuple[Statement, ...]
    problems: tuple[str, ...] = ()


def parse_document(value: object) -> Document:
    """The document in a decoded JSON value. Raises UnreadableDocument with the place and the rule it breaks.

    Elements that AWS would not know are left out and reported. What decides access and has the wrong shape makes the
    whole document unreadable: half a policy would give wrong edges.
    """
    problems = Problems()
    if value is None or value == {} or (isinstance(value, str) and not value.strip()):
        problems.add("", "the document is empty: it grants and denies nothing")
        return Document(OLD_VERSION, (), problems.listed())
    elements = by_name(value, _DOCUMENT_ELEMENTS, "", problems)
    version = _version(elements, problems)
    statements = _statements(elements.get("Statement"), problems)
    return Document(version, statements, problems.listed())


def _version(elements: Mapping[str, object], problems: Problems) -> str:
    version = elements.get("Version", OLD_VERSION)
    if not isinstance(version, str):
        raise UnreadableDocument("Version", f'must be the text "{VERSION}" or "{OLD_VERSION}"')
    if version not in (VERSION, OLD_VERSION):
        problems.add("Version", f"{version!r} is no version that AWS knows: read as {VERSION}; write that")
    return version


def _statements(value: object, problems: Problems) -> tuple[Statement, ...]:
    if value is None or value == []:
        problems.add("Statement", "there are no statements: the document grants and denies nothing")
        return ()
    if isinstance(value, dict):
        return (_statement(value, 0, "Statement", problems),)
    if not isinstance(value, list):
        raise UnreadableDocument("Statement", "must be an object or a list of objects")
    if len(value) > MOST_STATEMENTS:
        raise UnreadableDocument(
            "Statement", f"has {len(value)} statements; at most {MOST_STATEMENTS:,} are read: split the policy"
        )
    return tuple([_statement(each, index, f"Statement[{index}]", problems) for index, each in enumerate(value)])


def _statement(value: object, index: int, place: str, problems: Problems) -> Statement:
    elements = by_name(value, _STATEMENT_ELEMENTS, place, problems)
    for name, opposite in _OPPOSITES:
        if opposite in elements and name in elements:
            raise UnreadableDocument(place, f"has both {name} and {opposite}; keep one of them: AWS takes no more")
    if "Action" not in elements and "NotAction" not in elements:
        problems.add(place, "has neither Action nor NotAction: it never matches; add one of them")
    effect = _effect(elements, place, problems)
    if effect == "Allow" and "NotPrincipal" in elements:
        problems.add(
            place, "allows with NotPrincipal: everyone but the named ones is let in; name in Principal whom you mean"
        )
    return Statement(
        index,
        effect,
        _sid(elements, place),
        _principals(elements, "Principal", place, problems) if "Principal" in elements else None,
        _principals(elements, "NotPrincipal", place, problems) if "NotPrincipal" in elements else None,
        _patterns(elements, "Action", place, problems) if "Action" in elements else None,
        _patterns(elements, "NotAction", place, problems) if "NotAction" in elements else None,
        _patterns(elements, "Resource", place, problems) if "Resource" in elements else None,
        _patterns(elements, "NotResource", place, problems) if "NotResource" in elements else None,
        _conditions(elements["Condition"], f"{place}.Condition", problems) if "Condition" in elements else (),
    )


def _sid(elements: Mapping[str, object], place: str) -> str | None:
    sid = elements.get("Sid")
    return None if sid is None else as_json_text(sid, f"{place}.Sid") or None


def _effect(elements: Mapping[str, object], place: str, problems: Problems) -> str:
    effect = elements.get("Effect")
    if effect in ("Allow", "Deny"):
        return str(effect)
    if isinstance(effect, str) and effect.capitalize() in ("Allow", "Deny"):
        problems.add(f"{place}.Effect", f"{effect!r} is read as {effect.capitalize()}")
        return effect.capitalize()
    raise UnreadableDocument(f"{place}.Effect", "must be Allow or Deny")


def _patterns(
    elements: Mapping[str, object],
    name: str,
    place: str,
    problems: Problems,
) -> tuple[str, ...]:
    patterns = strings(elements[name])
    if patterns is None:
        raise UnreadableDocument(f"{place}.{name}", "must be a text or a list of texts")
    if not patterns:
        problems.add(f"{place}.{name}", "is an empty list: name something, or leave the statement out")
    problem_of = action_problem if name.endswith("Action") else resource_problem
    for pattern in patterns:
        problem = problem_of(pattern)
        if problem is not None:
            problems.add(f"{place}.{name}", problem)
    return patterns


def _principals(
    elements: Mapping[str, object], name: str, place: str, problems: Problems
) -> tuple[PrincipalEntry, ...]:
    value, place = elements[name], f"{place}.{name}"
    if value == "*":
        return (PrincipalEntry("AWS", "*"),)
    if not isinstance(value, dict):
        raise UnreadableDocument(place, 'must be "*" or an object of AWS, Service, Federated or CanonicalUser')
    entries: list[PrincipalEntry] = []
    for kind, listing in by_name(value, _PRINCIPAL_KINDS, place, None).items():
        entries += (_principal(kind, each, f"{place}.{kind}", problems) for each in listed(listing))
    if not entries:
        problems.add(place, "names nobody: name somebody, or leave the statement out")
    return tuple(dict.fromkeys(entries))


def _principal(kind: str, value: object, place: str, problems: Problems) -> PrincipalEntry:
    text = as_account(value, place, problems) if kind == "AWS" else value
    if not isinstance(text, str):
        raise UnreadableDocument(place, "must be a text or a list of texts")
    problem = principal_problem(kind, text)
    if problem is not None:
        problems.add(place, problem)
    return PrincipalEntry(kind, text)


def _conditions(value: object, place: str, problems: Problems) -> tuple[Condition, ...]:
    if not isinstance(value, dict):
        raise UnreadableDocument(place, "must be an object of operators, such as StringEquals")
    found: list[Condition] = []
    for operator, keys in value.items():
        if not isinstance(keys, dict):
            raise UnreadableDocument(f"{place}.{operator}", "must be an object of condition keys and their values")
        if keys and parse_operator(operator) is None:
            problems.add(place, f"{operator!r} is no condition operator that AWS knows{_meant(operator, problems)}")
        found += (Condition(operator, key, _values(each, f"{place}.{operator}.{key}")) for key, each in keys.items())
    return tuple(found)


def _meant(operator: str, problems: Problems) -> str:
    return problems.meant(operator.rpartition(":")[2].removesuffix("IfExists"), OPERATORS)


def _values(value: object, place: str) -> tuple[str, ...]:
    return tuple(as_json_text(each, place) for each in listed(value))
