"""An identity, or the inventory around it, as it is after a write: the policies that result are then weighed anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from iamviz.inventory.managed import managed_document
from iamviz.inventory.model import Group, InlinePolicy, Inventory, ManagedPolicy, PolicyDocument, PolicyVersion, User
from iamviz.policy.document import parse_document
from tests.oracle.layers import Identity

EVERYTHING = PolicyDocument(
    "", parse_document({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})
)
WRITTEN = InlinePolicy("written", EVERYTHING)


def with_inline(who: Identity) -> Identity:
    return replace(who, inline=(*who.inline, WRITTEN))


def with_attached(who: Identity, policy: str) -> Identity:
    return replace(who, attached=(*who.attached, policy))


def without_boundary(who: Identity) -> Identity:
    return replace(who, boundary=None)


def rewritten(inventory: Inventory, policy: ManagedPolicy) -> Inventory:
    """The policy allows everything, for all to whom it is attached."""
    return with_version(inventory, policy, PolicyVersion("new", is_default=True, document=EVERYTHING))


def with_version(inventory: Inventory, policy: ManagedPolicy, version: PolicyVersion) -> Inventory:
    """The version is the one in force."""
    changed = replace(policy, versions=(replace(version, is_default=True),))
    return replace(inventory, policies={**inventory.policies, policy.arn: changed})


def with_group(inventory: Inventory, group: Group, **changed: object) -> Inventory:
    groups = (replace(each, **changed) if each is group else each for each in inventory.groups)  # type: ignore[arg-type]
    return replace(inventory, groups=tuple(groups))


def without_denying(who: Identity, inventory: Inventory) -> Iterator[tuple[str, str, Identity]]:
    """What is taken from it (`inline`, or an attached policy's ARN), and the identity without it."""
    for policy in who.inline:
        if denies(policy.document):
            yield "", "inline", replace(who, inline=tuple(each for each in who.inline if each is not policy))
    for arn in who.attached:
        found = managed_document(inventory, arn)
        if found is not None and denies(found):
            yield arn, "attached", replace(who, attached=tuple(each for each in who.attached if each != arn))


def denies_anything(holder: Group, inventory: Inventory) -> bool:
    documents = [*(each.document for each in holder.inline), *(managed_document(inventory, a) for a in holder.attached)]
    return any(each is not None and denies(each) for each in documents)


def out_of(who: User, group: Group) -> User:
    return replace(who, groups=tuple(each for each in who.groups if each.casefold() != group.name.casefold()))


def denies(document: PolicyDocument) -> bool:
    return document.document is not None and any(each.effect == "Deny" for each in document.document.statements)
