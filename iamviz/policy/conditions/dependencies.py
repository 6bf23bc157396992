"""On which condition keys an expression hangs."""

from __future__ import annotations

from collections.abc import Iterable

from iamviz.policy.conditions.compiled import compiled
from iamviz.policy.conditions.context import NOTHING_KNOWN, Context
from iamviz.policy.document import VERSION
from iamviz.policy.expression import Condition, Expression, tests
from iamviz.policy.operators import VARIABLE_OPERATORS


def depends_on(expression: Expression, context: Context = NOTHING_KNOWN) -> tuple[str, ...]:
    """The keys that can change the result, sorted, each once: keys of conditions, and of variables in their values.

    `context` is the one under which the expression was found: what it knows changes nothing any more.
    """
    keys: dict[str, str] = {}
    for condition, _ in tests(expression):
        for key in _keys(condition, context):
            keys.setdefault(key.casefold(), key)
    return tuple(sorted(keys.values(), key=lambda key: (key.casefold(), key)))


def _keys(condition: Condition, context: Context) -> Iterable[str]:
    if condition.operator in VARIABLE_OPERATORS:
        return (condition.key,)
    found = compiled(condition, VERSION)
    outcome = found.outcome(condition.key, context) if found is not None else True
    return () if isinstance(outcome, bool) else outcome
