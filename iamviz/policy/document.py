"""The policy document: parsed once at the door into frozen statements, every odd shape made regular."""

from __future__ import annotations

from dataclasses import dataclass

from iamviz.policy.expression import Condition


@dataclass(frozen=True, slots=True)
class PrincipalEntry:
    """One value of a Principal or NotPrincipal element; `kind` is AWS, Service, Federated or CanonicalUser."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Statement:
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


@dataclass(frozen=True, slots=True)
class Document:
    """A readable policy document. `problems` are elements that AWS would ignore or refuse, in plain words."""

    version: str
    statements: tuple[Statement, ...]
    problems: tuple[str, ...] = ()
