"""can-assume between the snapshot and what it does not hold: anyone, other accounts, deleted principals."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.graph.limits import applies, limits_of
from iamviz.graph.model import Block, Edge, Node, Proof
from iamviz.graph.trust import (
    UNIQUE_ID_PREFIXES,
    Limit,
    Scope,
    concerns_account,
    concerns_anyone,
    proof_under,
    refusals,
    scopes,
    statements,
)
from iamviz.graph.world import Identity, TrustingRole, World, evidence_of
from iamviz.policy.arn import is_account, parse_arn
from iamviz.policy.document import Statement
from iamviz.policy.evaluation import conditions_of
from iamviz.policy.expression import ALWAYS, Expression, Missing, all_of

ANYONE = Node("anyone", "anyone", "Anyone")

Found = Node | Edge | Block


def find_edges(world: World) -> Iterator[Found]:
    """What outsiders may become, and what insiders may become outside."""
    for trusting in world.trusting:
        for statement in statements(trusting, "Allow"):
            for scope in dict.fromkeys(scopes(statement)):
                yield from _inwards(world, trusting, statement, scope)
    for identities in world.identities.values():
        for identity in identities:
            yield from _outwards(world, identity)


def _inwards(world: World, trusting: TrustingRole, statement: Statement, scope: Scope) -> Iterator[Found]:
    if scope.level == "anyone":
        # Whoever has an account of his own grants himself the caller's side.
        yield ANYONE
        yield from _edge(ANYONE.id, trusting, statement, ALWAYS)
    elif scope.partition not in {"", trusting.partition}:
        yield from _dead(trusting, statement, scope, "no trust crosses partitions")
    elif scope.level == "account":
        yield from _account(world, trusting, statement, scope.value)
    elif scope.value.startswith(UNIQUE_ID_PREFIXES):
        yield from _unique_id(world, trusting, statement, scope.value)
    elif world.find(scope.value) is None:
        yield from _stranger(world, trusting, statement, scope)


def _account(world: World, trusting: TrustingRole, statement: Statement, account: str) -> Iterator[Found]:
    if account not in world.inventories:
        yield account_node(world, account)
        reason = f"account {account} is not in the snapshot: what its identities may call is not known"
        yield from _edge(f"account:{account}", trusting, statement, Missing(reason), account=account)


def account_node(world: World, account: str) -> Node:
    """The node of an account that was not collected: the organization's own, or a foreign one."""
    return Node(f"account:{account}", "account" if account in world.members else "external-account", account, account)


def _unique_id(world: World, trusting: TrustingRole, statement: Statement, unique_id: str) -> Iterator[Found]:
    if unique_id in world.by_unique_id:
        return
    node = Node(f"dangling:{unique_id}", "dangling", unique_id, trusting.account)
    yield node
    reason = "the principal was deleted: only its unique id is left in the trust policy"
    yield Block(node.id, trusting.role.arn, "can-assume", "dead", reason, (trusting.evidence(statement),))


def _dead(trusting: TrustingRole, statement: Statement, scope: Scope, reason: str) -> Iterator[Found]:
    """A principal that can never assume the role stands as written, and nothing walks from it."""
    arn = parse_arn(scope.value)
    written = f"arn:{scope.partition}:iam::{scope.value}:root" if scope.level == "account" else scope.value
    yield Node(written, "external-principal", written, arn.account if arn else None)
    yield Block(written, trusting.role.arn, "can-assume", "dead", reason, (trusting.evidence(statement),))


def _stranger(world: World, trusting: TrustingRole, statement: Statement, scope: Scope) -> Iterator[Found]:
    value = scope.value
    arn = parse_arn(value)
    if arn is None or arn.service not in {"iam", "sts"} or arn.resource.startswith("federated-user/"):
        yield from _dead(trusting, statement, scope, "no principal of this form can assume a role")
        return
    yield Node(value, "external-principal", arn.resource.split("/", 1)[-1], arn.account)
    where = "is not in the snapshot of its account" if arn.account in world.inventories else "is not in the snapshot"
    yield from _edge(value, trusting, statement, Missing(f"{value} {where}"), account=arn.account)


def _edge(
    source: str, trusting: TrustingRole, statement: Statement, caller: Expression, *, account: str = ""
) -> Iterator[Edge | Block]:
    concerns = concerns_account(account, trusting.partition) if account else concerns_anyone
    held, denying = refusals(trusting, concerns)
    refused = Limit("trust", held, "an explicit Deny in the trust policy", denying)
    allowed = all_of((caller, conditions_of(statement)))
    outcome = proof_under(allowed, (trusting.evidence(statement),), (refused,))
    if isinstance(outcome, Proof):
        yield Edge(source, trusting.role.arn, "can-assume", outcome)
    elif outcome is not None:
        yield Block(source, trusting.role.arn, "can-assume", outcome.layer, outcome.reason, outcome.evidence)


def _outwards(world: World, identity: Identity) -> Iterator[Found]:
    calling = identity.calling
    for source in calling.allows:
        for role in source.statement.resources or ():
            arn = parse_arn(role)
            if arn is None or not _is_foreign_role(world, role, arn.account):
                continue
            allowed = all_of((applies(source, role, calling.variables), Missing(f"{role} is not in the snapshot")))
            limits = limits_of(calling, role, boundary_must_allow=True)
            outcome = proof_under(allowed, (evidence_of(source, "identity"),), limits)
            if isinstance(outcome, Proof):
                yield Node(role, "external-principal", role.rsplit("/", 1)[-1], arn.account)
                yield Edge(identity.arn, role, "can-assume", outcome)


def _is_foreign_role(world: World, role: str, account: str) -> bool:
    named = ":role/" in role and not any(mark in role for mark in "*?$")
    return named and is_account(account) and account not in world.inventories
