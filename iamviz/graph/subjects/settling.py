"""Conditions as they stand for one subject: what its claims decide is decided, the rest stays a condition."""

from __future__ import annotations

from collections.abc import Iterable

from iamviz.graph.subjects.guards import PATTERN_OPERATORS, TEXT_OPERATORS
from iamviz.graph.subjects.patterns import covers, is_literal, overlaps
from iamviz.graph.subjects.subject import Claim, Subject
from iamviz.policy.conditions import context_of, holds
from iamviz.policy.expression import ALWAYS, NEVER, All, Any, Condition, Expression, Not, Test, all_of, any_of, negate
from iamviz.policy.operators import Operator, parse_operator


def settled(expression: Expression, claims: Iterable[Claim]) -> Expression:
    """The expression for whoever has these claims."""
    return _settled(expression, {claim.key.casefold(): claim for claim in claims})


def settled_for(subject: Subject, expression: Expression) -> Expression:
    return settled(expression, subject.claims)


def _settled(expression: Expression, claims: dict[str, Claim]) -> Expression:
    match expression:
        case Test(condition):
            claim = claims.get(condition.key.casefold())
            return expression if claim is None else _answer(condition, claim)
        case Not(term):
            return negate(_settled(term, claims))
        case All(terms):
            return all_of([_settled(term, claims) for term in terms])
        case Any(terms):
            return any_of([_settled(term, claims) for term in terms])
        case _:
            return expression


def _answer(condition: Condition, claim: Claim) -> Expression:
    if is_literal(claim.pattern):
        value = (claim.pattern,) if claim.is_list else claim.pattern
        return holds(condition, context_of({condition.key: value}, complete=False))
    operator = parse_operator(condition.operator)
    if operator is not None and operator.name == "Null":
        # The token has the claim, whatever it says.
        return holds(condition, context_of({condition.key: claim.pattern}, complete=False))
    if operator is None or operator.positive not in TEXT_OPERATORS:
        return Test(condition)
    return _of_pattern(condition, operator, claim.pattern)


def _of_pattern(condition: Condition, operator: Operator, pattern: str) -> Expression:
    """The answer where it is the same for all that match the pattern."""
    if any("${" in value for value in (pattern, *condition.values)):
        return Test(condition)
    yes, no = (NEVER, ALWAYS) if operator.negated else (ALWAYS, NEVER)
    if any(_must_match(operator, value, pattern) for value in condition.values):
        return yes
    if not any(_may_match(operator, value, pattern) for value in condition.values):
        return no
    return Test(condition)


def _must_match(operator: Operator, value: str, pattern: str) -> bool:
    # In an ARN a wildcard ends at the colons, which `covers` does not know.
    return (
        value == pattern
        if operator.positive.startswith("Arn")
        else operator.positive == "StringLike" and covers(value, pattern)
    )


def _may_match(operator: Operator, value: str, pattern: str) -> bool:
    if operator.positive in PATTERN_OPERATORS:
        return overlaps(value, pattern)
    if not is_literal(value):
        # Its wildcards are plain characters, which no claim has.
        return False
    if operator.positive == "StringEqualsIgnoreCase":
        return covers(pattern.casefold(), value.casefold())
    return covers(pattern, value)
