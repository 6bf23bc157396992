"""What statements allow and deny, as expressions. Condition blocks are not decided here: each entry is a test."""

from __future__ import annotations

from iamviz.policy.actions import covers_action
from iamviz.policy.conditions.evaluation import unknown_operator
from iamviz.policy.document import VERSION, Statement
from iamviz.policy.expression import ALWAYS, Condition, Expression, Test, all_of, negate
from iamviz.policy.operators import parse_operator
from iamviz.policy.resources import PolicyType, covers_resource
from iamviz.policy.variables import Values

__all__ = ["applies", "conditions_of", "covers_action"]


def conditions_of(statement: Statement) -> Expression:
    """The conjunction of the statement's conditions; an operator that AWS does not know is something missing."""
    if not statement.conditions:
        return ALWAYS
    return all_of(map(_term, statement.conditions))


def _term(condition: Condition) -> Expression:
    if parse_operator(condition.operator) is None:
        return unknown_operator(condition)
    return Test(condition)


def applies(
    statement: Statement,
    action: str,
    resource: str,
    *,
    policy_type: PolicyType = "identity",
    variables: Values | None = None,
    version: str = VERSION,
) -> Expression:
    """Under which conditions the statement speaks of the action on the resource, whatever its effect."""
    if not covers_action(statement, action):
        return negate(ALWAYS)
    covered = covers_resource(statement, resource, policy_type, variables=variables, version=version)
    return all_of((covered, conditions_of(statement)))
