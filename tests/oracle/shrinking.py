"""The smallest world in which graph and oracle still differ about a pair: what a person can read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from msgspec import structs

from iamviz.inventory.model import Group, Guardrail, InlinePolicy, Inventory, ManagedPolicy, PolicyDocument, Role, User
from iamviz.policy.document import Document, Statement
from tests.oracle.comparing import Ends
from tests.oracle.organizations import World

Holds = Callable[[World], bool]


def shrink(world: World, ends: Ends, holds: Holds) -> World:
    """Takes away whatever can be taken away with `holds` still true."""
    for alone in (_near(world, ends), _only(world, ends)):
        world = alone if holds(alone) else world
    while True:
        smaller = next((each for each in _smaller(world) if holds(each)), None)
        if smaller is None:
            return world
        world = smaller


def _near(world: World, kept: Ends) -> World:
    """The accounts in which it happens."""
    accounts = tuple(each for each in world.inventories if any(f":{each.account}" in end for end in kept))
    return replace(world, inventories=accounts)


def _only(world: World, kept: Ends) -> World:
    inventories = []
    for each in world.inventories:
        users = tuple(one for one in each.users if one.arn in kept)
        roles = tuple(one for one in each.roles if one.arn in kept)
        if users or roles:
            inventories.append(replace(each, users=users, roles=roles))
    return replace(world, inventories=tuple(inventories))


def _smaller(world: World) -> Iterator[World]:
    organization = world.organization
    if organization is not None:
        yield replace(world, organization=None)
        for guardrails in _fewer(organization.guardrails or (), _guardrails):
            yield replace(world, organization=replace(organization, guardrails=guardrails))
    for place, inventory in enumerate(world.inventories):
        for each in _inventories(inventory):
            yield replace(world, inventories=(*world.inventories[:place], each, *world.inventories[place + 1 :]))


def _inventories(inventory: Inventory) -> Iterator[Inventory]:
    yield from _with(inventory, "users", _fewer(inventory.users, _identities))
    yield from _with(inventory, "roles", _fewer(inventory.roles, _identities))
    yield from _with(inventory, "groups", _fewer(inventory.groups, _holders))
    for policies in _fewer(tuple(inventory.policies.values()), _managed):
        yield replace(inventory, policies={each.arn: each for each in policies})


def _fewer(values: tuple[Any, ...], inside: Callable[[Any], Iterator[Any]]) -> Iterator[tuple[Any, ...]]:
    """One of the values left out, or made smaller."""
    for place, value in enumerate(values):
        yield (*values[:place], *values[place + 1 :])
        for each in inside(value):
            yield (*values[:place], each, *values[place + 1 :])


def _with(value: Any, name: str, smaller: Iterator[Any]) -> Iterator[Any]:
    for each in smaller:
        yield replace(value, **{name: each})


def _identities(identity: User | Role) -> Iterator[User | Role]:
    yield from _holders(identity)
    if identity.boundary is not None:
        yield replace(identity, boundary=None)
    if identity.tags:
        yield replace(identity, tags={})
    if isinstance(identity, User):
        yield from _with(identity, "groups", _fewer(identity.groups, _nothing))
    else:
        yield from _with(identity, "trust", _documents(identity.trust))


def _holders(holder: Any) -> Iterator[Any]:
    yield from _with(holder, "inline", _fewer(holder.inline, _inline))
    yield from _with(holder, "attached", _fewer(holder.attached, _nothing))


def _inline(policy: InlinePolicy) -> Iterator[InlinePolicy]:
    yield from _with(policy, "document", _documents(policy.document))


def _managed(policy: ManagedPolicy) -> Iterator[ManagedPolicy]:
    for version in policy.versions:
        for each in _documents(version.document):
            yield replace(policy, versions=(replace(version, document=each),))


def _guardrails(guardrail: Guardrail) -> Iterator[Guardrail]:
    yield from _with(guardrail, "document", _documents(guardrail.document))
    yield from _with(guardrail, "targets", _fewer(guardrail.targets or (), _nothing))


def _documents(document: PolicyDocument) -> Iterator[PolicyDocument]:
    read = document.document
    if read is not None:
        for statements in _fewer(read.statements, _statements):
            yield replace(document, document=Document(read.version, statements))


def _statements(statement: Statement) -> Iterator[Statement]:
    for name in ("conditions", "principals", "not_principals", "actions", "resources", "not_resources"):
        values = getattr(statement, name)
        if values and (name == "conditions" or len(values) > 1):
            yield from (structs.replace(statement, **{name: each}) for each in _fewer(values, _nothing))


def _nothing(_value: object) -> Iterator[object]:
    """Cannot be made smaller."""
    yield from ()


def described(world: World) -> str:
    """What is left, a line for each thing that says something."""
    return "\n".join(_lines(world))


def _lines(world: World) -> Iterator[str]:
    for inventory in world.inventories:
        holders: list[User | Role | Group] = [*inventory.users, *inventory.roles, *inventory.groups]
        for identity in holders:
            yield f"  {identity.arn} {_extras(identity)}".rstrip()
            if isinstance(identity, Role):
                yield from _document_lines("trust", identity.trust)
            for inline in identity.inline:
                yield from _document_lines("inline", inline.document)
            yield from (f"    attached {arn}" for arn in identity.attached)
        for policy in inventory.policies.values():
            yield f"  {policy.arn}"
            yield from (line for each in policy.versions for line in _document_lines("document", each.document))
    if world.organization is not None:
        yield from _organization_lines(world)


def _organization_lines(world: World) -> Iterator[str]:
    organization = world.organization
    assert organization is not None
    mine = {each.account for each in world.inventories}
    yield f"  organization {organization.id}, management account {organization.management_account}"
    yield from (f"    {each.id} in {each.parent} ({each.state})" for each in organization.accounts if each.id in mine)
    for guardrail in organization.guardrails or ():
        yield f"  {guardrail.type} at {guardrail.targets}"
        yield from _document_lines("document", guardrail.document)


def _extras(identity: User | Role | Group) -> str:
    if isinstance(identity, Group):
        return ""
    groups = identity.groups if isinstance(identity, User) else ()
    return " ".join(
        f"{name}={value}"
        for name, value in (("boundary", identity.boundary), ("tags", identity.tags), ("groups", groups))
        if value
    )


def _document_lines(label: str, document: PolicyDocument) -> Iterator[str]:
    if document.document is None:
        yield f"    {label}: not readable"
        return
    for statement in document.document.statements:
        said = {name: value for name in _TOLD if (value := getattr(statement, name))}
        yield f"    {label} ({document.document.version}): {said}"


_TOLD = tuple(name for name in Statement.__struct_fields__ if name not in ("index", "sid"))
