"""Writing permissions: inline, by attaching, or as a new version of a policy, and what would come of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from iamviz.graph.escalation.asking import Asking
from iamviz.graph.escalation.places import Place
from iamviz.graph.escalation.verdicts import FREELY, either
from iamviz.graph.escalation.ways import Aim, Way, ways, ways_to_all
from iamviz.graph.model import Proof
from iamviz.graph.verdict import Verdict
from iamviz.graph.world import Identity
from iamviz.inventory.access import Held
from iamviz.inventory.known_keys import KnownKeys
from iamviz.policy.expression import ALWAYS, NEVER, Expression, all_of, certainty

BOUNDARY_KEY = "iam:PermissionsBoundary"
POLICY_KEY = "iam:PolicyARN"
MOST_ATTACHED = 50
"""Customer policies that are tried where AWS's own may not be attached."""


def boundary_of(target: Identity | None) -> KnownKeys:
    """What a request that writes the target's permissions brings: the boundary that the target has."""
    return {BOUNDARY_KEY: None if target is None else target.entity.boundary}


class Writing:
    """What one actor may write, on whom."""

    def __init__(self, asking: Asking, place: Place, actor: Identity) -> None:
        self._asking = asking
        self._place = place
        self._actor = actor

    def put(self, action: str, target: Identity | None, arn: str) -> Verdict:
        """An inline policy for a user or role; no target where it is yet to be made."""
        return self._asking.may(self._actor, action, arn, boundary_of(target))

    def attach(self, action: str, target: Identity | None, arn: str) -> Verdict:
        """Some managed policy."""
        return self._asking.may(self._actor, action, arn, boundary_of(target))

    def rewrite(self, policy: str) -> Verdict:
        """A new default version of a policy of the account: five are the most that there can be."""
        written = self._asking.may(self._actor, "iam:CreatePolicyVersion", policy)
        if self._place.rewritable(policy):
            return written
        return self._asking.together((written, self._asking.may(self._actor, "iam:DeletePolicyVersion", policy)))

    def rewrite_any(self, target: Identity) -> Verdict:
        """A new version of any of the policies that are attached to the target."""
        return either(map(self.rewrite, self._place.attached_policies(target)))

    def rewrite_admin(self, target: Identity) -> Iterator[Aim]:
        """Ways to make somebody admin by a new version of a policy that is attached: what it denied is gone.

        Where the same policy is the boundary, what that kept off is gone too.
        """
        for policy in self._place.attached_policies(target):
            limit = target.boundary if target.boundary and target.boundary.policy != policy else None
            held = tuple(each for each in target.held if each.policy != policy)
            rest = replace(target, held=held, boundary=limit)
            outcome = self._asking.standings.unrestrained_of_changed(rest)
            yield Aim(self._place.admin, self.rewrite(policy), Proof(outcome))

    def attach_admin(self, action: str, arn: str, keys: KnownKeys, result: Expression, base: Identity) -> Iterator[Aim]:
        """Ways to make somebody admin by attaching a policy: AWS's own, else one of the account's that suffices."""
        aws = f"arn:{self._actor.partition}:iam::aws:policy/AdministratorAccess"
        first = self._asking.may(self._actor, action, arn, {**keys, POLICY_KEY: aws})
        yield Aim(self._place.admin, first, Proof(result))
        if first.expression is ALWAYS or not self._asking.reads_keys(self._actor, action):
            return
        for policy, outcome in self._sufficient(base):
            verdict = self._asking.may(self._actor, action, arn, {**keys, POLICY_KEY: policy})
            yield Aim(self._place.admin, verdict, Proof(outcome))

    def _sufficient(self, base: Identity) -> Iterator[tuple[str, Expression]]:
        """The account's policies that make the identity admin where they are attached to it."""
        for arn in list(self._place.customer_policies)[:MOST_ATTACHED]:
            policy = self._place.customer_policies[arn].default
            if policy is None or policy.document is None:
                continue
            given = replace(base, held=(*base.held, Held(arn, arn, policy.document)))
            outcome = self._asking.standings.admin_of_changed(given)
            if outcome is not NEVER:
                yield arn, outcome


def strongest(aims: Iterable[Aim], most: int = 8) -> list[Aim]:
    """The first that holds for certain where there is one, else the surest of those that may; asked one by one."""
    open_: list[Aim] = []
    shut: list[Aim] = []
    for aim in aims:
        if aim.verdict.expression is aim.proof.expression is ALWAYS:
            return [aim]
        closed = aim.verdict.expression is NEVER or aim.proof.expression is NEVER
        (shut if closed else open_).append(aim)
    if len(open_) > most:
        open_.sort(key=_how_sure, reverse=True)
    return open_[:most] or [each for each in shut if each.verdict.shut is not None][:1]


def _how_sure(aim: Aim) -> int:
    return int(certainty(all_of((aim.verdict.expression, aim.proof.expression))) or 0)


def ways_on(
    asking: Asking, actor: Identity, method: str, actions: tuple[str, ...], aims: tuple[Aim, ...]
) -> tuple[Way, ...]:
    """A method of such actions on each target: asked once for all where the answer hangs on none of them."""
    uniform = [asking.uniform(actor, action) for action in actions]
    if all(each is not None for each in uniform):
        return ways_to_all(method, asking.together([each for each in uniform if each is not None]), aims)
    return ways(
        method,
        FREELY,
        (
            Aim(aim.target, asking.together([asking.may(actor, action, aim.target) for action in actions]), aim.proof)
            for aim in aims
        ),
    )
