"""Methods that lift what holds somebody back: a boundary, a Deny, a weaker default version of a policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from iamviz.graph.escalation.asking import Asking
from iamviz.graph.escalation.places import Place
from iamviz.graph.escalation.policies import POLICY_KEY, boundary_of, strongest
from iamviz.graph.escalation.verdicts import FREELY
from iamviz.graph.escalation.ways import Aim, Way, ways
from iamviz.graph.model import Proof
from iamviz.graph.verdict import Verdict
from iamviz.graph.world import Identity
from iamviz.inventory.access import Held
from iamviz.inventory.model import Group, ManagedPolicy
from iamviz.policy.document import Document
from iamviz.policy.expression import ALWAYS, NEVER, Expression, all_of, negate

SET_DEFAULT = "iam:SetDefaultPolicyVersion"
LIFTING = (
    SET_DEFAULT,
    "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteRolePolicy",
    "iam:DeleteUserPermissionsBoundary",
    "iam:DeleteUserPolicy",
    "iam:DetachRolePolicy",
    "iam:DetachUserPolicy",
    "iam:PutRolePermissionsBoundary",
    "iam:PutUserPermissionsBoundary",
    "iam:RemoveUserFromGroup",
)


def find_ways(asking: Asking, place: Place, actor: Identity) -> Iterator[Way]:
    """To admin, where the policies that result are admin's and those there are are not."""
    if not asking.covers_any(actor, LIFTING) or asking.standings.admin(actor) is ALWAYS:
        return
    yield from _boundary(asking, place, actor)
    yield from _denies(asking, place, actor)
    yield from _versions(asking, place, actor)


def _gain(asking: Asking, actor: Identity, changed: Identity) -> Expression:
    """Under which conditions somebody changed is admin who is neither yet nor can write himself to be.

    Where nothing changes, what is missing of both is no gain.
    """
    before, after = asking.standings.result(actor), asking.standings.result(changed)
    return NEVER if after == before else all_of((after, negate(before)))


def _boundary(asking: Asking, place: Place, actor: Identity) -> Iterator[Way]:
    if actor.boundary is None:
        return
    kind = "Role" if actor.is_role else "User"
    actions = (f"iam:Delete{kind}PermissionsBoundary", f"iam:Put{kind}PermissionsBoundary")
    wider = f"arn:{actor.partition}:iam::aws:policy/AdministratorAccess"
    removed = asking.may(actor, actions[0], actor.arn, boundary_of(actor))
    replaced = asking.may(actor, actions[1], actor.arn, {"iam:PermissionsBoundary": wider})
    freed = replace(actor, boundary=None, caller=replace(actor.caller, has_boundary=False))
    outcome = Proof(_gain(asking, actor, freed))
    method = "iviz-iam-delroleboundary" if actor.is_role else "iviz-iam-deluserboundary"
    yield from ways(method, FREELY, strongest([Aim(place.admin, each, outcome) for each in (removed, replaced)]))


def _denies(asking: Asking, place: Place, actor: Identity) -> Iterator[Way]:
    aims = []
    for held in actor.held:
        if not _denies_anything(held):
            continue
        verdict = _removal(asking, actor, held, place.groups_of(actor))
        if verdict.expression is not NEVER or verdict.shut is not None:
            rest = replace(actor, held=tuple(each for each in actor.held if each is not held))
            aims.append(Aim(place.admin, verdict, Proof(_gain(asking, actor, rest))))
    aims += _leaving(asking, place, actor)
    yield from ways("iviz-iam-detach-deny", FREELY, strongest(aims))


def _denies_anything(held: Held) -> bool:
    return held.document is not None and any(each.effect == "Deny" for each in held.document.statements)


def _removal(asking: Asking, actor: Identity, held: Held, groups: Sequence[Group]) -> Verdict:
    """Whether the actor may take the policy from itself; one of its groups' is left by leaving the group.

    What a group of it has as well stays when the actor's own is detached.
    """
    kind = "Role" if actor.is_role else "User"
    if held.owner == actor.arn:
        return asking.may(actor, f"iam:Delete{kind}Policy", actor.arn, boundary_of(actor))
    if held.policy in actor.entity.attached and not any(held.policy in each.attached for each in groups):
        keys = {**boundary_of(actor), POLICY_KEY: held.policy}
        return asking.may(actor, f"iam:Detach{kind}Policy", actor.arn, keys)
    return Verdict(NEVER)


def _leaving(asking: Asking, place: Place, actor: Identity) -> Iterator[Aim]:
    for group in place.groups_of(actor):
        if not any(map(_denies_anything, place.access.held_by(group))):
            continue
        verdict = asking.may(actor, "iam:RemoveUserFromGroup", group.arn)
        if verdict.expression is NEVER and verdict.shut is None:
            continue
        others = tuple(each for each in place.groups_of(actor) if each is not group)
        rest = replace(actor, held=place.held_with(actor, others))
        yield Aim(place.admin, verdict, Proof(_gain(asking, actor, rest)))


def _versions(asking: Asking, place: Place, actor: Identity) -> Iterator[Way]:
    """An older or newer version of a policy of its own, or of a role that it can assume."""
    if not asking.covers(actor, (SET_DEFAULT,)):
        return
    aims = list(_stronger(asking, place, actor, actor))
    for trusting in place.enterable:
        identity = place.identities[trusting.arn]
        found = list(_stronger(asking, place, actor, identity)) if identity is not actor else []
        if found:
            entered = place.admissions.of_identity(actor, trusting)
            evidence = place.admissions.evidence(entered, trusting)
            aims += [
                Aim(aim.target, aim.verdict, Proof(all_of((aim.proof.expression, entered.expression)), evidence))
                for aim in found
            ]
    yield from ways("iviz-iam-setdefault", FREELY, strongest(aims))


def _stronger(asking: Asking, place: Place, actor: Identity, holder: Identity) -> Iterator[Aim]:
    for arn in place.attached_policies(holder):
        verdict = asking.may(actor, SET_DEFAULT, arn)
        if verdict.expression is NEVER and verdict.shut is None:
            continue
        for changed in _with_versions(holder, place.customer_policies[arn]):
            outcome = _gain(asking, holder, changed)
            if outcome is not NEVER:
                yield Aim(place.admin, verdict, Proof(outcome))


def _with_versions(holder: Identity, policy: ManagedPolicy) -> Iterator[Identity]:
    """The holder with each version of the policy that is stored and not in force; as its boundary, where it is that."""
    for version in policy.versions:
        if not version.is_default and version.document.document is not None:
            document = version.document.document
            held = tuple(_in_version(each, policy, document) for each in holder.held)
            limit = holder.boundary and _in_version(holder.boundary, policy, document)
            yield replace(holder, held=held, boundary=limit)


def _in_version(held: Held, policy: ManagedPolicy, document: Document) -> Held:
    return replace(held, document=document) if held.policy == policy.arn else held
