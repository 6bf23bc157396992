"""To which values conditions confine a claim: what must hold, and what a Deny leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from iamviz.graph.subjects.patterns import WILDCARDS, is_anything, meet
from iamviz.policy.expression import All, Condition, Expression, Not, Test
from iamviz.policy.operators import Operator, parse_operator

PATTERN_OPERATORS = frozenset({"StringLike", "ArnLike", "ArnEquals"})
TEXT_OPERATORS = frozenset({"StringEquals", "StringEqualsIgnoreCase", *PATTERN_OPERATORS})

MOST_MEETINGS = 50_000
"""Pairs of values that are compared: AWS's own limits keep a trust policy far below, an upload need not."""


@dataclass(frozen=True, slots=True)
class Confined:
    """The patterns that a claim must match. `broken` are values whose wildcard is a plain character: nothing has it."""

    patterns: tuple[str, ...]
    broken: tuple[str, ...] = ()


def confined(expression: Expression, key: str) -> Confined | None:
    """What the claim is confined to; None where nothing guards it.

    A guard that holds where the key is absent (IfExists, ForAllValues) guards nothing, unless Null asks for the key.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-value-conditions.html
    """
    about = [term for term in _terms(expression) if _condition(term).key.casefold() == key.casefold()]
    asked_for = any(_asks_for_presence(term) for term in about)
    guards = sorted((found for term in about if (found := _guard(term, asked_for=asked_for))), key=_reading_order)
    if not guards:
        return None
    broken = dict.fromkeys(each for _, bad in guards for each in bad)
    return Confined(_narrowed([patterns for patterns, _ in guards]), tuple(broken))


def confined_to(expression: Expression, key: str) -> tuple[str, ...] | None:
    """The patterns alone; None where nothing guards the claim."""
    guard = confined(expression, key)
    return None if guard is None else guard.patterns


_Guard = tuple[tuple[str, ...], tuple[str, ...]]
"""The patterns of one condition, and its values that are broken."""


def _narrowed(guards: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    kept = tuple(dict.fromkeys(guards[0]))
    for patterns in guards[1:]:
        if len(kept) * len(patterns) > MOST_MEETINGS:
            break
        found = (meet(one, other) for one in kept for other in patterns)
        kept = tuple(dict.fromkeys(each for each in found if each is not None))
    return kept


def _terms(expression: Expression) -> Iterable[Test | Not]:
    """The tests that must hold, whatever else: those of the conjunction itself."""
    terms = expression.terms if isinstance(expression, All) else (expression,)
    return [term for term in terms if isinstance(term, Test | Not)]


def _condition(term: Test | Not) -> Condition:
    inner = term.term if isinstance(term, Not) else term
    assert isinstance(inner, Test)
    return inner.condition


def _asks_for_presence(term: Test | Not) -> bool:
    condition = _condition(term)
    operator = parse_operator(condition.operator)
    if operator is None or operator.name != "Null":
        return False
    wanted = "true" if isinstance(term, Not) else "false"
    return bool(condition.values) and all(value.lower() == wanted for value in condition.values)


def _guard(term: Test | Not, *, asked_for: bool) -> _Guard | None:
    condition = _condition(term)
    operator = parse_operator(condition.operator)
    if operator is None or operator.positive not in TEXT_OPERATORS:
        return None
    denied = isinstance(term, Not)
    if operator.negated != denied or not (asked_for or _needs_presence(operator, denied=denied)):
        return None
    if operator.positive in PATTERN_OPERATORS:
        return tuple("*" if is_anything(value) else value for value in condition.values), ()
    broken = tuple(value for value in condition.values if _is_broken(value))
    return tuple(value for value in condition.values if value not in broken), broken


def _needs_presence(operator: Operator, *, denied: bool) -> bool:
    """Whether the guard keeps out a token without the claim."""
    if denied:
        return operator.set_prefix != "ForAnyValue"
    return not operator.if_exists and operator.set_prefix != "ForAllValues"


def _is_broken(value: str) -> bool:
    """Whether it has a wildcard where wildcards are plain characters; a variable may stand for anything."""
    return "${" not in value and any(mark in value for mark in WILDCARDS)


def _reading_order(guard: _Guard) -> tuple[int, _Guard]:
    return len(guard[0]), guard
