"""Small worlds: accounts, users and roles in as few words as a test needs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from iamviz.graph.build import build_graph
from iamviz.graph.export import assume_edges, graph_text
from iamviz.graph.model import IamGraph
from iamviz.inventory.model import (
    Group,
    InlinePolicy,
    InstanceProfile,
    Inventory,
    ManagedPolicy,
    Organization,
    PolicyDocument,
    PolicyVersion,
    Role,
    User,
)
from iamviz.policy.document import parse_document
from tests.workloads import commands_of, resources_of, workloads_of

A, B, X = "111111111111", "222222222222", "999999999999"

Policy = Mapping[str, Any] | Sequence[Mapping[str, Any]]


def document(*statements: Mapping[str, Any], version: str = "2012-10-17") -> PolicyDocument:
    return _parsed(json.dumps({"Version": version, "Statement": list(statements)}))


@cache
def _parsed(text: str) -> PolicyDocument:
    """Equal texts are one document, as the reader of snapshots has it."""
    return PolicyDocument(text, parse_document(json.loads(text)))


def unreadable(problem: str = "Statement must be a list or an object") -> PolicyDocument:
    return PolicyDocument("{}", None, problem)


def allow(action: str | list[str] = "sts:AssumeRole", resource: str | list[str] = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action: str | list[str] = "sts:AssumeRole", resource: str | list[str] = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Deny", "Action": action, "Resource": resource, **more}


def trust(principal: object, action: str | list[str] = "sts:AssumeRole", **more: Any) -> dict[str, Any]:
    """A statement of a trust policy; a bare string is an AWS principal."""
    who = {"AWS": principal} if isinstance(principal, str | list) and principal != "*" else principal
    return {"Effect": "Allow", "Principal": who, "Action": action, **more}


def user(name: str, *statements: Mapping[str, Any], **more: Any) -> User:
    return User("", name, f"AIDA{name.upper()}", inline=_inline(statements), **more)


def role(name: str, *statements: Mapping[str, Any], trusts: object = None, **more: Any) -> Role:
    """`trusts`: a principal, a statement or several, or a PolicyDocument; nobody when None."""
    return Role("", name, f"AROA{name.upper()}", _trust(trusts), inline=_inline(statements), **more)


def group(name: str, *statements: Mapping[str, Any], **more: Any) -> Group:
    return Group("", name, f"AGPA{name.upper()}", inline=_inline(statements), **more)


def managed(name: str, *statements: Mapping[str, Any], account: str = A) -> ManagedPolicy:
    arn = f"arn:aws:iam::{account}:policy/{name}"
    return ManagedPolicy(arn, name, (PolicyVersion("v1", is_default=True, document=document(*statements)),))


def account(number: str, *entities: object, looked_at: Iterable[str] = (), **more: Any) -> Inventory:
    """An inventory whose identities get their ARNs from the account and their path.

    `looked_at` are commands that were run and found nothing. For what runs as a role see tests.workloads.
    """
    placed = [_placed(number, entity) for entity in entities]
    profiles = [each for each in placed if isinstance(each, InstanceProfile)]
    return Inventory(
        number,
        users=tuple(each for each in placed if isinstance(each, User)),
        roles=tuple(each for each in placed if isinstance(each, Role)),
        groups=tuple(each for each in placed if isinstance(each, Group)),
        policies={each.arn: each for each in placed if isinstance(each, ManagedPolicy)},
        instance_profiles=tuple(profiles),
        workloads=workloads_of(number, entities, profiles),
        resource_policies=resources_of(number, entities),
        commands=commands_of(entities, looked_at),
        **more,
    )


def arn(number: str, resource: str) -> str:
    return f"arn:aws:iam::{number}:{resource}"


def root(number: str) -> str:
    return arn(number, "root")


def graph(*inventories: Inventory, organization: Organization | None = None) -> IamGraph:
    return build_graph(inventories, organization)


def pairs(*inventories: Inventory) -> list[tuple[str, str, str]]:
    """Caller, role and certainty of each assume-role pair, by name and not by ARN."""
    found = assume_edges(graph(*inventories))
    return [(_short(source), _short(target), certainty) for source, target, certainty in found]


def written(built: IamGraph) -> dict[str, Any]:
    """The graph as it is exported."""
    found: dict[str, Any] = json.loads(b"".join(graph_text(built, ())))
    return found


def edges(built: IamGraph, kind: str) -> list[tuple[str, str, str]]:
    """Source, target and certainty of the stored edges of one kind."""
    listed = written(built)["edges"]
    return [
        (_short(each["source"]), _short(each["target"]), each["certainty"]) for each in listed if each["kind"] == kind
    ]


def keys(built: IamGraph, source: str, target: str) -> list[str]:
    """The condition keys that the edge between two short names depends on."""
    listed = written(built)["edges"]
    found = [each for each in listed if (_short(each["source"]), _short(each["target"])) == (source, target)]
    return sorted({condition["key"] for each in found for condition in each["conditions"]})


def blocks(built: IamGraph) -> list[tuple[str, str, str]]:
    """Source, target and the layer that blocks."""
    listed = written(built)["blocked"]
    return [(_short(each["source"]), _short(each["target"]), each["layer"]) for each in listed]


def _short(identifier: str) -> str:
    return identifier.rsplit("/", 1)[-1]


def _inline(statements: Iterable[Mapping[str, Any]]) -> tuple[InlinePolicy, ...]:
    kept = tuple(statements)
    return (InlinePolicy("inline", document(*kept)),) if kept else ()


def _trust(trusts: Any) -> PolicyDocument:
    match trusts:
        case None:
            return document()
        case PolicyDocument():
            return trusts
        case {"Effect": _}:
            return document(trusts)
        case [{"Effect": _}, *_]:
            return document(*trusts)
        case _:
            return document(trust(trusts))


def _placed(number: str, entity: object) -> object:
    match entity:
        case User(path=path, name=name):
            return replace(entity, arn=arn(number, f"user{path}{name}"))
        case Role(path=path, name=name):
            return replace(entity, arn=arn(number, f"role{path}{name}"))
        case Group(path=path, name=name):
            return replace(entity, arn=arn(number, f"group{path}{name}"))
        case _:
            return entity
