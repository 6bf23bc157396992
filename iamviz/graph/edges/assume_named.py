"""can-assume by trust in a principal's own ARN: in the same account the trust suffices, in another it does not.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html (what escapes a boundary)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iamviz.graph.limits import applies, limits_of
from iamviz.graph.model import Block, Edge, Proof
from iamviz.graph.trust import Limit, blocked, found, is_particular, proof_under, refusals, scopes, statements
from iamviz.graph.world import Identity, TrustingRole, World, evidence_of
from iamviz.policy.document import Statement
from iamviz.policy.evaluation import conditions_of
from iamviz.policy.expression import ALWAYS, Condition, Expression, Missing, Test, all_of
from iamviz.policy.principal import SESSION_NAME, PrincipalMatch, Way, match_principal


def find_edges(world: World) -> Iterator[Edge | Block]:
    """Edges from principals that a trust names, and all edges of a role that treats some unlike others."""
    for trusting in world.trusting:
        yield from _edges(world, trusting)


def _edges(world: World, trusting: TrustingRole) -> Iterator[Edge | Block]:
    particular = is_particular(trusting)
    for identity in _candidates(world, trusting, everyone=particular):
        for outcome in _pair(identity, trusting, named_only=not particular):
            if isinstance(outcome, Limit):
                yield blocked(identity.arn, trusting, outcome)
            else:
                yield Edge(identity.arn, trusting.role.arn, "can-assume", outcome)


def _candidates(world: World, trusting: TrustingRole, *, everyone: bool) -> Iterable[Identity]:
    candidates: dict[str, Identity] = {}
    for scope in (scope for statement in statements(trusting, "Allow") for scope in scopes(statement)):
        if scope.level == "named":
            named = world.find(scope.value) or world.by_unique_id.get(scope.value)
            candidates |= {named.arn: named} if named else {}
        elif everyone:
            accounts = world.identities if scope.level == "anyone" else [scope.value]
            candidates |= {each.arn: each for account in accounts for each in world.identities.get(account, ())}
    return candidates.values()


def _pair(identity: Identity, trusting: TrustingRole, *, named_only: bool) -> Iterator[Proof | Limit]:
    held, denying = refusals(trusting, lambda statement: match_principal(statement, identity.caller).guard)
    refused = Limit("trust", held, "an explicit Deny in the trust policy", denying)
    closed: Limit | None = None
    opened = False
    for statement in statements(trusting, "Allow"):
        match = match_principal(statement, identity.caller)
        for way in match.ways:
            if named_only and way.kind in {"account", "anyone"}:
                continue
            trusted = all_of((conditions_of(statement), _guard(match, way)))
            for outcome in _pair_ways(identity, trusting, statement, way, trusted, refused):
                if isinstance(outcome, Proof):
                    opened = True
                    yield outcome
                else:
                    closed = closed or outcome
    if closed is not None and not opened:
        yield closed


def _guard(match: PrincipalMatch, way: Way) -> Expression:
    """The condition on the caller: its session name, or that NotPrincipal does not list it."""
    if way.session is None:
        return match.guard if way.kind == "anyone" else ALWAYS
    return Test(Condition("StringEquals", SESSION_NAME, (way.session,)))


def _pair_ways(
    identity: Identity,
    trusting: TrustingRole,
    statement: Statement,
    way: Way,
    trusted: Expression,
    refused: Limit,
) -> Iterator[Proof | Limit]:
    trust_alone = identity.account == trusting.account and way.kind != "account"
    escapes = trust_alone and way.kind != "role"
    role = trusting.role.arn
    limits = (refused, *limits_of(identity.calling, role, boundary_must_allow=not escapes))
    seen = (trusting.evidence(statement),)
    if trust_alone:
        yield from found(proof_under(trusted, seen, limits))
        return
    for source in identity.calling.allows:
        allowed = all_of((trusted, applies(source, role, identity.calling.variables)))
        yield from found(proof_under(allowed, (evidence_of(source, "identity"), *seen), limits))
    for gap in identity.calling.gaps:
        yield from found(proof_under(all_of((trusted, Missing(gap.reason))), seen, limits))
