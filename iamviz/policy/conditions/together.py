"""What several tests of one key can be at once: a key cannot be two texts, and is there or is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, pairwise, product
from math import prod

from iamviz.policy.catalogue import catalogue
from iamviz.policy.conditions.compiled import compiled
from iamviz.policy.conditions.context import context_of
from iamviz.policy.conditions.readings import moment, number
from iamviz.policy.document import VERSION
from iamviz.policy.expression import (
    ALWAYS,
    NEVER,
    All,
    Any,
    Condition,
    Expression,
    Not,
    Test,
    answered,
    tests,
)
from iamviz.policy.operators import VARIABLE_OPERATORS, Operator, parse_operator
from iamviz.policy.variables import has_variables

MOST_TESTS = 8
"""Of one key."""
MOST_WORK = 50_000
"""Combinations of what the keys can be, times the tests of the expression.

Beyond either, the expression stays as it is: a key too many may be named, never one too few.
"""

Chosen = Mapping[Condition, bool]
"""What each test comes to."""

_EXACT = frozenset({"StringEquals", "BinaryEquals", "Null"})
"""Operators that say the same of every value but those that the policy names."""
_COMPLEMENTED = frozenset({"StringLike", "StringEqualsIgnoreCase", "ArnLike", "ArnEquals"})
"""Operators of which, for a single value that is there, either they or their negation hold."""
_ELSEWHERE = "a text that no policy holds: \x00"


def reconciled(expression: Expression) -> Expression:
    """The expression without the tests that cannot change it, seen that some cannot hold, or fail, together.

    Where it holds or fails whatever the keys are, it is ALWAYS or NEVER.
    """
    groups = _by_key(expression)
    if groups is None or not 1 < max(map(len, groups), default=0) <= MOST_TESTS:
        return expression
    choices = [_choices(group) for group in groups]
    if prod(map(len, choices)) * _size(expression) > MOST_WORK:
        return expression
    return _under(expression, _merged(choices[place][0] for place in _idle(expression, choices)))


def _merged(chosen: Iterable[Chosen]) -> Chosen:
    return dict(chain.from_iterable(each.items() for each in chosen))


def _by_key(expression: Expression) -> list[tuple[Condition, ...]] | None:
    """The tests of each key; None where some hang on several keys at once."""
    groups: dict[tuple[str, str], dict[Condition, None]] = {}
    for condition, _ in tests(expression):
        own = condition.operator if condition.operator in VARIABLE_OPERATORS else ""
        if not own and any(has_variables(value, VERSION) for value in condition.values):
            return None
        groups.setdefault((condition.key.casefold(), own), {})[condition] = None
    return [tuple(group) for group in groups.values()]


def _idle(expression: Expression, choices: Sequence[Sequence[Chosen]]) -> list[int]:
    """The places of the keys of which every choice gives the same, whatever the others are."""
    outcomes = {
        places: _result(expression, _merged(each[place] for each, place in zip(choices, places, strict=True)))
        for places in product(*(range(len(each)) for each in choices))
    }
    return [
        at
        for at in range(len(choices))
        if all(outcome == outcomes[(*places[:at], 0, *places[at + 1 :])] for places, outcome in outcomes.items())
    ]


def _size(expression: Expression) -> int:
    return sum(map(_size, expression.terms)) if isinstance(expression, All | Any) else 1


def _result(expression: Expression, chosen: Chosen) -> bool | frozenset[Expression]:
    """What the expression comes to; where it hangs on what is missing, that."""
    match expression:
        case Test(condition):
            return chosen[condition]
        case Not(Test(condition)):
            return not chosen[condition]
        case All(terms) | Any(terms):
            absorbing = isinstance(expression, Any)
            missing: frozenset[Expression] = frozenset()
            for term in terms:
                found = _result(term, chosen)
                if found is absorbing:
                    return absorbing
                missing |= frozenset() if isinstance(found, bool) else found
            return missing or not absorbing
        case _:
            return frozenset({expression})


def _under(expression: Expression, chosen: Chosen) -> Expression:
    def answer(condition: Condition) -> Expression:
        if condition not in chosen:
            return Test(condition)
        return ALWAYS if chosen[condition] else NEVER

    return answered(expression, answer)


def _choices(group: tuple[Condition, ...]) -> list[Chosen]:
    """All that the tests of a key can be at once, and perhaps more."""
    operators = [parse_operator(condition.operator) for condition in group]
    known = [operator for operator in operators if operator is not None]
    if len(group) == 1 or len(known) < len(group):
        return [dict(zip(group, each, strict=True)) for each in product((True, False), repeat=len(group))]
    ranged = _range_points(group, known)
    if ranged is not None:
        return _distinct(map(_at, [group] * len(ranged), ranged))
    named = {value: None for condition, each in zip(group, known, strict=True) for value in _named(condition, each)}
    points = (_at(group, point) for point in (None, *named))
    regions = (_region(group, known, is_list=False), *_lists(group, known))
    return _distinct(chain(points, chain.from_iterable(regions)))


def _distinct(found: Iterable[Chosen]) -> list[Chosen]:
    return list({tuple(each.values()): each for each in found}.values())


def _named(condition: Condition, operator: Operator) -> tuple[str, ...]:
    return condition.values if operator.positive in _EXACT else ()


def _at(group: Iterable[Condition], value: str | None) -> Chosen:
    """What the tests are where the key has this value, or is absent."""
    return {condition: _holds(condition, value) for condition in group}


def _holds(condition: Condition, value: str | None) -> bool:
    found = compiled(condition, VERSION)
    return found is not None and found.outcome(condition.key, context_of({condition.key: value})) is True


def _lists(group: tuple[Condition, ...], operators: Sequence[Operator]) -> Iterator[list[Chosen]]:
    if any(each.set_prefix for each in operators) or catalogue().is_multivalued(group[0].key):
        yield _region(group, operators, is_list=True)


def _region(group: tuple[Condition, ...], operators: Sequence[Operator], *, is_list: bool) -> list[Chosen]:
    """What the tests can be for values that no exact test names, or for lists: those that are not settled are free."""
    settled: dict[Condition, bool] = {}
    free: dict[Condition, tuple[object, bool]] = {}
    for condition, operator in zip(group, operators, strict=True):
        if operator.name == "Null" and operator.set_prefix is None:
            settled[condition] = _holds(condition, _ELSEWHERE)
        elif is_list and operator.set_prefix is None:
            settled[condition] = False
        elif not is_list and operator.positive in _EXACT:
            settled[condition] = _holds(condition, _ELSEWHERE)
        else:
            free[condition] = _free_choice(condition, operator, is_list=is_list)
    names = list(dict.fromkeys(name for name, _ in free.values()))
    return [
        {
            condition: settled[condition]
            if condition in settled
            else (free[condition][0] in held) != free[condition][1]
            for condition in group
        }
        for held in _subsets(names)
    ]


def _free_choice(condition: Condition, operator: Operator, *, is_list: bool) -> tuple[object, bool]:
    """What is free to choose, and whether the test is its opposite."""
    if not is_list and operator.positive in _COMPLEMENTED:
        return (operator.positive, frozenset(condition.values)), operator.negated
    return condition, False


def _subsets(names: Sequence[object]) -> Iterator[frozenset[object]]:
    for chosen in product((True, False), repeat=len(names)):
        yield frozenset(name for name, is_in in zip(names, chosen, strict=True) if is_in)


def _range_points(group: Iterable[Condition], operators: Iterable[Operator]) -> list[str | None] | None:
    """A value for each part of the line that the bounds of numbers or dates cut; None where other tests are there."""
    families = {each.name[:4] for each in operators}
    if any(each.set_prefix for each in operators) or families not in ({"Nume"}, {"Date"}):
        return None
    read = number if families == {"Nume"} else moment
    bounds = sorted({bound for each in group for value in each.values if (bound := read(value)) is not None})
    between = [(low + high) / 2 for low, high in pairwise(bounds)]
    ends = [bounds[0] - 1, bounds[-1] + 1] if bounds else [Decimal(0)]
    return [None, _ELSEWHERE, *(format(point, "f") for point in (*bounds, *between, *ends))]
