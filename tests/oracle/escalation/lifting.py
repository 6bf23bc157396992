"""Methods that lift what holds an actor back: it is admin afterwards, and was not before."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.inventory.model import Inventory, Role, User
from iamviz.policy.expression import ALWAYS, all_of, negate
from tests.oracle.escalation.accounts import Account
from tests.oracle.escalation.changing import (
    denies_anything,
    out_of,
    with_version,
    without_boundary,
    without_denying,
)
from tests.oracle.escalation.identities import BOUNDARY, POLICY, Identities, bound
from tests.oracle.escalation.results import result
from tests.oracle.escalation.running import Found
from tests.oracle.escalation.sure import CERTAIN, NO, Sure, both
from tests.oracle.layers import Identity

SET = "iam:SetDefaultPolicyVersion"


def find(identities: Identities, actor: Identity) -> Iterator[Found]:
    account = identities.account
    if account.admin(actor) is ALWAYS:
        return
    yield from _boundary(account, actor)
    yield from _denies(account, actor)
    yield from _versions(identities, actor, actor, CERTAIN)
    for role in account.roles:
        if any(len(each.versions) > 1 for each in identities.attached_to(role)):
            yield from _versions(identities, actor, role, account.assumes(actor, account.wanted[role.arn]))


def _gain(account: Account, before: Identity, after: Identity, inventory: Inventory | None = None) -> Sure:
    """It was the removed one that held it back: who is admin anyway, or may write it himself, gains nothing."""
    was, becomes = result(account, before), result(account, after, inventory)
    return NO if was == becomes else Sure(all_of((becomes, negate(was))))


def _boundary(account: Account, actor: Identity) -> Iterator[Found]:
    if actor.boundary is None:
        return
    kind = "Role" if isinstance(actor, Role) else "User"
    wider = f"arn:{account.inventory.partition}:iam::aws:policy/AdministratorAccess"
    method = f"iviz-iam-del{kind.lower()}boundary"
    for action, keys in (
        (f"iam:Delete{kind}PermissionsBoundary", bound(actor)),
        (f"iam:Put{kind}PermissionsBoundary", {BOUNDARY: wider}),
    ):
        done = account.may(actor, action, actor.arn, keys)
        if done:
            yield method, account.admin_node, both(done, _gain(account, actor, without_boundary(actor)))


def _denies(account: Account, actor: Identity) -> Iterator[Found]:
    kind = "Role" if isinstance(actor, Role) else "User"
    for arn, how, changed in without_denying(actor, account.inventory):
        if how == "inline":
            done = account.may(actor, f"iam:Delete{kind}Policy", actor.arn, bound(actor))
        else:
            done = account.may(actor, f"iam:Detach{kind}Policy", actor.arn, {**bound(actor), POLICY: arn})
        if done:
            yield "iviz-iam-detach-deny", account.admin_node, both(done, _gain(account, actor, changed))
    for group in [each for each in account.groups_of(actor) if denies_anything(each, account.inventory)]:
        done = account.may(actor, "iam:RemoveUserFromGroup", group.arn)
        if done and isinstance(actor, User):
            gain = _gain(account, actor, out_of(actor, group))
            yield "iviz-iam-detach-deny", account.admin_node, both(done, gain)


def _versions(identities: Identities, actor: Identity, holder: Identity, entered: Sure) -> Iterator[Found]:
    account = identities.account
    for policy in identities.attached_to(holder):
        done = both(entered, account.may(actor, SET, policy.arn))
        for version in policy.versions if done else ():
            if not version.is_default and version.document.document is not None:
                around = with_version(account.inventory, policy, version)
                gain = _gain(account, holder, holder, around)
                yield "iviz-iam-setdefault", account.admin_node, both(done, gain)
