"""The trust side of an edge: which statements of a role's trust policy let whom in, and which refuse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from iamviz.graph.calling import ASSUME_ROLE
from iamviz.graph.model import Block, Evidence, Node, Proof
from iamviz.graph.world import TrustingRole
from iamviz.policy.arn import is_account, parse_arn
from iamviz.policy.document import PrincipalEntry, Statement
from iamviz.policy.evaluation import conditions_of, covers_action
from iamviz.policy.expression import ALWAYS, NEVER, Condition, Expression, Test, all_of, any_of, negate
from iamviz.policy.principal import SESSION_NAME

Level = Literal["named", "account", "anyone"]

UNIQUE_ID_PREFIXES = ("AIDA", "AROA")
"""Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html"""


@dataclass(frozen=True, slots=True)
class Scope:
    """How widely one AWS principal reaches: one principal (`value` its ARN or id), an account, or anyone.

    `partition` is empty where the principal does not tell: a bare account id means the role's own.
    """

    level: Level
    value: str = ""
    partition: str = ""

    def is_account(self, account: str, partition: str) -> bool:
        return self.level == "account" and self.value == account and self.partition in {"", partition}


ANYONE = Scope("anyone")


def scope_of(entry: PrincipalEntry) -> Scope | None:
    """The scope of an AWS principal; None for a service, a provider or a canonical user."""
    if entry.value == "*" and entry.kind in {"AWS", "*"}:
        return ANYONE
    if entry.kind != "AWS":
        return None
    if is_account(entry.value):
        return Scope("account", entry.value)
    arn = parse_arn(entry.value)
    if arn is not None and arn.service == "iam" and arn.resource == "root":
        return Scope("account", arn.account, arn.partition)
    return Scope("named", entry.value, arn.partition if arn else "")


def provider_node(value: str) -> Node:
    """The provider that a Federated principal names: an ARN, or the host of a built-in web identity provider."""
    arn = parse_arn(value)
    if arn is None or "/" not in arn.resource:
        return Node(f"web:{value}", "web-identity", value)
    kind, name = arn.resource.split("/", 1)
    return Node(value, "saml-provider" if kind == "saml-provider" else "oidc-provider", name, arn.account)


def session_test(value: str) -> Expression:
    """The test of the session name that a principal's ARN implies; ALWAYS for one that names no session."""
    arn = parse_arn(value)
    if arn is None or arn.service != "sts" or arn.kind != "assumed-role":
        return ALWAYS
    return Test(Condition("StringEquals", SESSION_NAME, (arn.resource.split("/", 2)[-1],)))


def scopes(statement: Statement) -> Iterator[Scope]:
    """The AWS principals of a statement. Allow with NotPrincipal lets in everyone but those listed."""
    if statement.not_principals is not None:
        yield ANYONE
    for entry in statement.principals or ():
        scope = scope_of(entry)
        if scope is not None:
            yield scope


def statements(trusting: TrustingRole, effect: str, action: str = ASSUME_ROLE) -> Iterator[Statement]:
    """The statements of the trust policy with that effect that cover the action."""
    for statement in trusting.statements:
        if statement.effect == effect and covers_action(statement, action):
            yield statement


def is_particular(trusting: TrustingRole) -> bool:
    """Whether some statement treats one principal unlike the rest of its account."""
    return any(
        statement.not_principals is not None
        or (statement.effect == "Deny" and any(scope.level == "named" for scope in scopes(statement)))
        for statement in trusting.statements
    )


Concern = Callable[[Statement], Expression]
"""Under which conditions on the caller a statement speaks of it: ALWAYS, NEVER or a test of its session name."""


def refusals(
    trusting: TrustingRole, concerns: Concern, action: str = ASSUME_ROLE
) -> tuple[Expression, tuple[Evidence, ...]]:
    """Under which conditions the trust policy's own Denies let the caller through, and which they are."""
    denies = {statement: concerns(statement) for statement in statements(trusting, "Deny", action)}
    met = {statement: guard for statement, guard in denies.items() if guard != NEVER}
    held = negate(any_of(all_of((guard, conditions_of(statement))) for statement, guard in met.items()))
    return held, tuple(trusting.evidence(statement) for statement in met)


def concerns_account(account: str, partition: str) -> Concern:
    """Whether a statement speaks of every principal of the account."""

    def concerns(statement: Statement) -> Expression:
        return constant(
            value=any(scope.level == "anyone" or scope.is_account(account, partition) for scope in scopes(statement))
        )

    return concerns


def concerns_anyone(statement: Statement) -> Expression:
    """Whether a statement speaks of whoever calls."""
    return constant(value=any(scope.level == "anyone" for scope in scopes(statement)))


def concerns_entry(kind: str, value: str) -> Concern:
    """Whether a statement names a service or provider, or everyone."""

    def concerns(statement: Statement) -> Expression:
        named = any((entry.kind, entry.value) == (kind, value) for entry in statement.principals or ())
        return ALWAYS if named else concerns_anyone(statement)

    return concerns


def constant(*, value: bool) -> Expression:
    return ALWAYS if value else NEVER


@dataclass(frozen=True, slots=True)
class Limit:
    """What must hold besides the statements that allow: no Deny applies, the boundary allows."""

    layer: Literal["trust", "identity", "boundary"]
    holds: Expression
    reason: str
    evidence: tuple[Evidence, ...] = ()


def proof_under(allowed: Expression, evidence: Iterable[Evidence], limits: Iterable[Limit]) -> Proof | Limit | None:
    """The way in, the limit that closes it, or None where nothing allows it to begin with."""
    if allowed == NEVER:
        return None
    kept = tuple(limits)
    closed = next((limit for limit in kept if limit.holds == NEVER), None)
    if closed is not None:
        return closed
    expression = all_of((allowed, *(limit.holds for limit in kept)))
    if expression == NEVER:
        return None
    narrowing = (each for limit in kept if limit.holds != ALWAYS for each in limit.evidence)
    return Proof(expression, (*evidence, *narrowing))


def found(outcome: Proof | Limit | None) -> Iterator[Proof | Limit]:
    if outcome is not None:
        yield outcome


def blocked(source: str, trusting: TrustingRole, limit: Limit) -> Block:
    """The can-assume edge that the limit closes."""
    return Block(source, trusting.role.arn, "can-assume", limit.layer, limit.reason, limit.evidence)
