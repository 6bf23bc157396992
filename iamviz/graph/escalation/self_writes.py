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
from iamviz.policy.expression import ALWAYS, NEVER, Expression

JOINING, JOIN = "iam-013", "iam:AddUserToGroup"

Outcomes = Sequence[tuple[Group, Expression]]
"""Groups, and what somebody would be in each: under which conditions admin."""


def find_ways(asking: Asking, place: Place, actor: Identity) -> Iterator[Way]:
    """What the actor can make of itself: admin of its account where neither a boundary nor an SCP holds it back."""
    writing = Writing(asking, place, actor)
    yield from _rewritten(asking, actor, writing)
    if actor.is_role:
        yield from _written(asking, place, actor, writing, ("iam-005", "iam:PutRolePolicy"))
        yield from _attached(asking, actor, writing, ("iam-009", "iam:AttachRolePolicy"))
        return
    yield from _written(asking, place, actor, writing, ("iam-007", "iam:PutUserPolicy"))
    yield from _attached(asking, actor, writing, ("iam-008", "iam:AttachUserPolicy"))
    yield from _by_groups(asking, place, actor, writing)
    yield from _joining(asking, place, actor)


def _rewritten(asking: Asking, actor: Identity, writing: Writing) -> Iterator[Way]:
    if not asking.covers(actor, ("iam:CreatePolicyVersion",)):
        return
    yield from ways("iam-001", FREELY, strongest(writing.rewrite_admin(actor)))


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
    if not asking.covers(actor, (JOIN,)):
        return
    own = {group.arn for group in place.groups_of(actor)}
    others = [group for group in place.inventory.groups if group.arn not in own]
    alone = asking.standings.result(actor)
    if alone is ALWAYS:
        # Whoever gets there without joining gains nothing by it.
        yield from ways_on(asking, actor, JOINING, (JOIN,), tuple(Aim(group.arn) for group in others))
        return
    joined = [(group, _joined(place, actor, group)) for group in others if _may_join(asking, actor, group)]
    outcomes = [(group, asking.standings.result(changed)) for group, changed in joined]
    yield from ways_on(asking, actor, JOINING, (JOIN,), tuple(_into(asking, place, actor, outcomes)))
    yield from ways(JOINING, FREELY, strongest(_made_by_joining(asking, place, actor, alone, outcomes)))


def _may_join(asking: Asking, actor: Identity, group: Group) -> bool:
    verdict = asking.may(actor, JOIN, group.arn)
    return verdict.expression is not NEVER or verdict.shut is not None


def _joined(place: Place, actor: Identity, group: Group) -> Identity:
    return replace(actor, held=place.held_with(actor, [*place.groups_of(actor), group]))


def _into(asking: Asking, place: Place, actor: Identity, outcomes: Outcomes) -> Iterator[Aim]:
    """The groups. One that makes admin of others leads no further who is held back by a boundary or Deny of his own."""
    admins = frozenset(place.admin_groups(asking.standings))
    for group, outcome in outcomes:
        is_shut = asking.may(actor, JOIN, group.arn).expression is NEVER
        if group.arn not in admins or is_shut:
            yield Aim(group.arn)
        elif outcome is not NEVER:
            yield Aim(group.arn, proof=place.same(Proof(outcome)))


def _made_by_joining(
    asking: Asking, place: Place, actor: Identity, alone: Expression, outcomes: Outcomes
) -> Iterator[Aim]:
    """Admin by groups that do not make everybody so: by what they add to his own, or as he may write himself."""
    admins = frozenset(place.admin_groups(asking.standings))
    for group, outcome in outcomes:
        if group.arn not in admins and outcome not in (NEVER, alone):
            yield Aim(place.admin, asking.may(actor, JOIN, group.arn), Proof(outcome))
