"""Whether conditions hold: true, false, or hanging on keys that nobody knows."""

from __future__ import annotations

from iamviz.policy.conditions.compiled import compiled
from iamviz.policy.conditions.context import Context
from iamviz.policy.document import OLD_VERSION, VERSION
from iamviz.policy.expression import (
    ALWAYS,
    NEVER,
    Condition,
    Expression,
    Missing,
    Test,
    answered,
)
from iamviz.policy.operators import VARIABLE_OPERATORS
from iamviz.policy.resources import decide_variable


def holds(condition: Condition, context: Context, *, version: str = VERSION) -> Expression:
    """ALWAYS or NEVER; the condition as a test where it hangs on a key that is not known.

    An operator that AWS does not know is something missing: no request matches it, and what it was to guard cannot
    be told. The test means the same in every version: where variables are plain text it has them escaped.
    """
    found = compiled(condition, version)
    if found is None:
        return unknown_operator(condition)
    outcome = found.outcome(condition.key, context)
    if isinstance(outcome, bool):
        return ALWAYS if outcome else NEVER
    plain = found.comparison.takes_variables and version == OLD_VERSION
    return Test(_escaped(condition) if plain else condition)


def unknown_operator(condition: Condition) -> Missing:
    return Missing(f"the condition operator {condition.operator!r} is not known: what it tests cannot be told")


def _escaped(condition: Condition) -> Condition:
    values = tuple(value.replace("${", "${$}{") for value in condition.values)
    return Condition(condition.operator, condition.key, values)


def decide_under(
    expression: Expression, context: Context, *, version: str = VERSION, resource: str | None = None
) -> Expression:
    """The expression with its tests answered as far as the context goes.

    `resource` is the ARN that is asked for: a test of a policy variable in a Resource needs it.
    """

    def answer(condition: Condition) -> Expression:
        if condition.operator in VARIABLE_OPERATORS:
            return decide_variable(condition, resource, context.variables)
        return holds(condition, context, version=version)

    return answered(expression, answer)
