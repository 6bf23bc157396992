"""Methods by which somebody gives permissions to himself, or to a group that he is in or joins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from iamviz.graph.escalation.asking import Asking
from iamviz.graph.escalation.places import Place
from iamviz.graph.escalation.policies import Writing, boundary_of, strongest, ways_on
from iamviz.graph.escalation.verdicts import FREELY
from iamviz.graph.escalation.ways import Aim, Way, ways
from iamviz.graph.model import Proof
from iamviz.graph.world import Identity
from iamviz.inventory.model import Group
from iamviz.policy.expression import ALWAYS, NEVER

JOIN = "iam:AddUserToGroup"


def find_ways(asking: Asking, place: Place, actor: Identity) -> Iterator[Way]:
    """What the actor can make of itself: admin of its account where neither a boundary nor an SCP holds it back."""
    writing = Writing(asking, place, actor)
    yield from _rewritten(asking, place, actor, writing)
    if actor.is_role:
        yield from _written(asking, place, actor, writing, ("iam-005", "iam:PutRolePolicy"))
        yield from _attached(asking, actor, writing, ("iam-009", "iam:AttachRolePolicy"))
        return
    yield from _written(asking, place, actor, writing, ("iam-007", "iam:PutUserPolicy"))
    yield from _attached(asking, actor, writing, ("iam-008", "iam:AttachUserPolicy"))
    yield from _by_groups(asking, place, actor, writing)
    yield from _joining(asking, place, actor)


def _rewritten(asking: Asking, place: Place, actor: Identity, writing: Writing) -> Iterator[Way]:
    if not asking.covers(actor, ("iam:CreatePolicyVersion",)):
        return
    aims = []
    for policy in place.attached_policies(actor):
        rest = replace(actor, held=tuple(each for each in actor.held if each.policy != policy))
        outcome = asking.standings.unrestrained_of_changed(rest)
        aims.append(Aim(place.admin, writing.rewrite(policy), Proof(outcome)))
    yield from ways("iam-001", FREELY, strongest(aims))


def _written(asking: Asking, place: Place, actor: Identity, writing: Writing, method: tuple[str, str]) -> Iterator[Way]:
    name, action = method
    if asking.covers(actor, (action,)):
        outcome = Proof(asking.standings.unrestrained(actor))
        yield from ways(name, FREELY, [Aim(place.admin, writing.put(action, actor, actor.arn), outcome)])


def _attached(asking: Asking, actor: Identity, writing: Writing, method: tuple[str, str]) -> Iterator[Way]:
    name, action = method
    if asking.covers(actor, (action,)):
        outcome = asking.standings.unrestrained(actor)
        aims = writing.attach_admin(action, actor.arn, boundary_of(actor), outcome, actor)
        yield from ways(name, FREELY, strongest(list(aims)))


def _by_groups(asking: Asking, place: Place, actor: Identity, writing: Writing) -> Iterator[Way]:
    outcome = asking.standings.unrestrained(actor)
    groups = place.groups_of(actor)
    if asking.covers(actor, ("iam:AttachGroupPolicy",)):
        aims = [
            aim
            for group in groups
            for aim in writing.attach_admin("iam:AttachGroupPolicy", group.arn, {}, outcome, actor)
        ]
        yield from ways("iam-010", FREELY, strongest(aims))
    if asking.covers(actor, ("iam:PutGroupPolicy",)):
        put = [asking.may(actor, "iam:PutGroupPolicy", group.arn) for group in groups]
        yield from ways("iam-011", FREELY, strongest([Aim(place.admin, each, Proof(outcome)) for each in put]))


def _joining(asking: Asking, place: Place, actor: Identity) -> Iterator[Way]:
    """Groups that it is not in yet; what a group alone gives, its node tells."""
    if asking.covers(actor, (JOIN,)):
        own = {group.arn for group in place.groups_of(actor)}
        others = [group for group in place.inventory.groups if group.arn not in own]
        yield from ways_on(asking, actor, "iam-013", (JOIN,), tuple(Aim(group.arn) for group in others))
        yield from ways("iam-013", FREELY, strongest(_made_by_joining(asking, place, actor, others)))


def _made_by_joining(asking: Asking, place: Place, actor: Identity, groups: Sequence[Group]) -> Iterator[Aim]:
    """Admin by groups that do not make everybody so: by what they add to the actor's own, or as he may write himself.

    Whoever gets there without joining gains nothing by it.
    """
    alone = asking.standings.result(actor)
    if alone is ALWAYS:
        return
    admins = frozenset(place.admin_groups(asking.standings))
    for group in groups:
        verdict = asking.may(actor, JOIN, group.arn)
        if group.arn in admins or (verdict.expression is NEVER and verdict.shut is None):
            continue
        outcome = asking.standings.result(_joined(place, actor, group))
        if outcome not in (NEVER, alone):
            yield Aim(place.admin, verdict, Proof(outcome))


def _joined(place: Place, actor: Identity, group: Group) -> Identity:
    return replace(actor, held=place.held_with(actor, [*place.groups_of(actor), group]))
