"""Every trust as it is written: one line for each principal of each Allow statement of each trust policy."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.graph.model import Trust, TrustLevel
from iamviz.graph.trust import UNIQUE_ID_PREFIXES, provider_node, scope_of, session_test
from iamviz.graph.world import TrustingRole, World
from iamviz.policy.document import PrincipalEntry, Statement
from iamviz.policy.evaluation import conditions_of
from iamviz.policy.expression import ALWAYS, Expression, all_of


def list_trusts(world: World) -> list[Trust]:
    """In the order of roles, statements and principals."""
    return [trust for trusting in world.trusting for trust in _trusts(world, trusting)]


def _trusts(world: World, trusting: TrustingRole) -> Iterator[Trust]:
    for statement in trusting.statements:
        if statement.effect != "Allow":
            continue
        if statement.not_principals is not None:
            yield _trust(trusting, statement, "anyone", "anyone")
        for entry in statement.principals or ():
            principal, level = _principal(world, entry)
            yield _trust(trusting, statement, principal, level, session_test(entry.value))


def _trust(
    trusting: TrustingRole, statement: Statement, principal: str, level: TrustLevel, also: Expression = ALWAYS
) -> Trust:
    expression = all_of((conditions_of(statement), also))
    return Trust(trusting.role.arn, principal, statement.index, statement.sid, expression, level)


def _principal(world: World, entry: PrincipalEntry) -> tuple[str, TrustLevel]:
    if entry.kind == "Service":
        return f"service:{entry.value}", "service"
    if entry.kind == "Federated":
        return provider_node(entry.value).id, "federated"
    scope = scope_of(entry)
    if scope is None:
        return entry.value, "named"
    if scope.level == "named":
        return _named(world, scope.value), "named"
    return ("anyone" if scope.level == "anyone" else f"account:{scope.value}"), scope.level


def _named(world: World, value: str) -> str:
    found = world.find(value) or world.by_unique_id.get(value)
    if found is not None:
        return found.arn
    return f"dangling:{value}" if value.startswith(UNIQUE_ID_PREFIXES) and ":" not in value else value
