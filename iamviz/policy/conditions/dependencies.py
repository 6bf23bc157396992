"""On which condition keys an expression hangs."""

from __future__ import annotations

from collections.abc import Iterable

from iamviz.policy.catalogue import catalogue
from iamviz.policy.conditions.compiled import compiled
from iamviz.policy.conditions.context import NOTHING_KNOWN, Context
from iamviz.policy.conditions.together import reconciled
from iamviz.policy.document import VERSION
from iamviz.policy.expression import Condition, Expression, tests
from iamviz.policy.operators import VARIABLE_OPERATORS
from iamviz.policy.principal import reported_key


def depends_on(expression: Expression, context: Context = NOTHING_KNOWN) -> tuple[str, ...]:
    """The keys that can change the result, as AWS spells them, sorted, each once.

    They are keys of conditions, and of policy variables in their values.
    `context` is the one under which the expression was found: what it knows changes nothing any more.
    """
    keys: dict[str, str] = {}
    for condition, _ in tests(reconciled(expression)):
        for key in _keys(condition, context):
            reported = reported_key(key)
            keys.setdefault(reported.casefold(), catalogue().key_casing(reported))
    return tuple(sorted(keys.values()))


def _keys(condition: Condition, context: Context) -> Iterable[str]:
    if condition.operator in VARIABLE_OPERATORS:
        return (condition.key,)
    found = compiled(condition, VERSION)
    outcome = found.outcome(condition.key, context) if found is not None else True
    return () if isinstance(outcome, bool) else outcome
