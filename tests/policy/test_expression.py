"""Laws of expressions: simplifying changes no truth, and certainty follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamviz.policy.expression import (
    ALWAYS,
    NEVER,
    All,
    Any,
    Certainty,
    Condition,
    Constant,
    Expression,
    Missing,
    Not,
    Test,
    all_of,
    any_of,
    certainty,
    negate,
    reasons,
    tests,
    without_missing,
)

A, B, C = (Test(Condition("StringEquals", key, ("x",))) for key in "abc")
LOST = Missing("the document of p is not in the snapshot")
LEAVES = (A, B, C, LOST, ALWAYS, NEVER)

# Built as data first, so that the truth of what was meant can be told without the constructors.
Plan = Expression | tuple[str, list["Plan"]]
plans: st.SearchStrategy[Plan] = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: (
        st.tuples(st.sampled_from(["all", "any"]), st.lists(inner, max_size=4))
        | st.tuples(st.just("not"), st.lists(inner, min_size=1, max_size=1))
    ),
    max_leaves=12,
)
Truth = bool | None
World = Mapping[Expression, bool]
WORLDS: list[World] = [dict(zip((A, B, C), values, strict=True)) for values in product((True, False), repeat=3)]


def build(plan: Plan) -> Expression:
    if not isinstance(plan, tuple):
        return plan
    kind, parts = plan
    terms = [build(part) for part in parts]
    return negate(terms[0]) if kind == "not" else all_of(terms) if kind == "all" else any_of(terms)


def meant(plan: Plan, world: World) -> Truth:
    if not isinstance(plan, tuple):
        return truth(plan, world)
    kind, parts = plan
    values = [meant(part, world) for part in parts]
    return opposite(values[0]) if kind == "not" else every(values) if kind == "all" else some(values)


def truth(term: Expression, world: World) -> Truth:
    """Kleene's three values: None is not known."""
    match term:
        case Constant(value):
            return value
        case Missing():
            return None
        case Test():
            return world[term]
        case Not(inner):
            return opposite(truth(inner, world))
        case All(terms):
            return every([truth(each, world) for each in terms])
        case Any(terms):
            return some([truth(each, world) for each in terms])


def opposite(value: Truth) -> Truth:
    return None if value is None else not value


def every(values: list[Truth]) -> Truth:
    return False if False in values else None if None in values else True


def some(values: list[Truth]) -> Truth:
    return True if True in values else None if None in values else False


@given(plans)
def test_simplifying_keeps_the_truth_in_every_world(plan: Plan) -> None:
    built = build(plan)
    assert [truth(built, world) for world in WORLDS] == [meant(plan, world) for world in WORLDS]


@given(plans)
def test_negating_twice_gives_the_same_expression(plan: Plan) -> None:
    built = build(plan)
    assert negate(negate(built)) == built
    assert certainty(negate(negate(built))) == certainty(built)


@given(plans)
def test_negation_is_the_opposite_in_every_world(plan: Plan) -> None:
    built = build(plan)
    assert all(truth(negate(built), world) is opposite(truth(built, world)) for world in WORLDS)


@given(plans)
def test_certain_holds_in_every_world_and_conditional_in_some(plan: Plan) -> None:
    built = build(plan)
    values = [truth(built, world) for world in WORLDS]
    match certainty(built):
        case Certainty.CERTAIN:
            assert set(values) == {True}
        case Certainty.CONDITIONAL | Certainty.UNKNOWN:
            assert built not in (ALWAYS, NEVER)
        case None:
            assert set(values) == {False}


@given(plans)
def test_without_what_is_missing_holds_where_it_is_sure_to_hold(plan: Plan) -> None:
    built = build(plan)
    known = without_missing(built)
    assert all((truth(known, world) is True) == (truth(built, world) is True) for world in WORLDS)


@given(plans)
def test_only_tests_are_negated(plan: Plan) -> None:
    def well_formed(term: Expression) -> bool:
        match term:
            case All(terms) | Any(terms):
                return len(terms) > 1 and all(map(well_formed, terms)) and type(term) not in map(type, terms)
            case Not(inner):
                return isinstance(inner, Test)
            case _:
                return True

    assert well_formed(build(plan))


@given(st.lists(st.sampled_from(LEAVES)))
def test_order_and_repetition_do_not_matter(terms: list[Expression]) -> None:
    assert all_of(terms) == all_of([*reversed(terms), *terms])
    assert any_of(terms) == any_of([*reversed(terms), *terms])


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (any_of([A, all_of([A, B])]), A),
        (all_of([A, any_of([A, B])]), A),
        (all_of([A, any_of([negate(A), B])]), all_of([A, B])),
        (any_of([A, all_of([negate(A), B])]), any_of([A, B])),
        (all_of([A, B, any_of([negate(A), negate(B)])]), NEVER),
        (any_of([A, B, all_of([negate(A), negate(B)])]), ALWAYS),
        (all_of([A, negate(A)]), NEVER),
        (any_of([A, negate(A)]), ALWAYS),
        (any_of([all_of([A, B]), all_of([A, B, C])]), all_of([A, B])),
        (any_of([all_of([A, B]), all_of([A, B, LOST])]), all_of([A, B])),
        (all_of([]), ALWAYS),
        (any_of([]), NEVER),
    ],
)
def test_a_key_that_cannot_change_the_result_is_not_kept(found: Expression, expected: Expression) -> None:
    assert found == expected


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (ALWAYS, Certainty.CERTAIN),
        (NEVER, None),
        (A, Certainty.CONDITIONAL),
        (negate(A), Certainty.CONDITIONAL),
        (LOST, Certainty.UNKNOWN),
        (negate(LOST), Certainty.UNKNOWN),
        (all_of([A, LOST]), Certainty.UNKNOWN),
        (any_of([A, LOST]), Certainty.CONDITIONAL),
        (any_of([ALWAYS, LOST]), Certainty.CERTAIN),
        (negate(all_of([A, negate(any_of([B, LOST]))])), Certainty.CONDITIONAL),
        (negate(any_of([negate(LOST), negate(A)])), Certainty.UNKNOWN),
    ],
)
def test_certainty(term: Expression, expected: Certainty | None) -> None:
    assert certainty(term) is expected


@pytest.mark.parametrize("value", [True, False])
def test_a_constant_that_was_stored_and_read_again_counts_as_the_constant(*, value: bool) -> None:
    constant = Constant(value=value)
    assert all_of([constant]) == any_of([constant]) == all_of([constant, Constant(value=value)]) == constant
    assert all_of([constant, A]) == (A if value else NEVER)
    assert any_of([A, constant]) == (ALWAYS if value else A)


def test_the_conditions_come_once_and_sorted_with_the_negated_ones_marked() -> None:
    term = any_of([all_of([B, LOST]), all_of([negate(A), C]), all_of([B, C])])
    assert [(condition.key, negated) for condition, negated in tests(term)] == [("a", True), ("b", False), ("c", False)]


def test_what_is_missing_is_told_in_words() -> None:
    assert reasons(all_of([A, LOST, Missing("another")])) == ("another", LOST.reason)


def test_the_conditions_of_a_hostile_document_end() -> None:
    def test_of(number: int) -> Expression:
        return Test(Condition("StringEquals", f"k{number}", ("x",)))

    chain = [any_of([negate(test_of(number)), test_of(number + 1)]) for number in range(2_000)]
    assert certainty(all_of([test_of(0), *chain])) is Certainty.CONDITIONAL
    nested = test_of(0)
    for number in range(1, 40):
        nested = all_of([test_of(2 * number), any_of([test_of(2 * number + 1), nested])])
    assert negate(negate(nested)) == nested


def test_what_is_missing_is_taken_out_of_either_kind_of_combination() -> None:
    assert without_missing(any_of([A, all_of([B, LOST])])) == A
    assert without_missing(all_of([A, any_of([B, LOST])])) == all_of([A, B])


def test_sixty_four_terms_are_compared_and_more_are_not() -> None:
    def pair(number: int) -> Expression:
        return all_of([Test(Condition("StringEquals", f"k{number}", (value,))) for value in "xy"])

    longer = all_of([pair(0), A])
    for others, is_absorbed in ((62, True), (63, False)):
        found = any_of([longer, *map(pair, range(1 + others))])
        assert isinstance(found, Any)
        assert (longer not in found.terms) is is_absorbed


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (ALWAYS, NEVER),
        (LOST, LOST),
        (A, Not(A)),
        (Not(A), A),
        (all_of([A, B]), any_of([Not(A), Not(B)])),
        (any_of([A, B]), all_of([Not(A), Not(B)])),
        (any_of([A, all_of([B, LOST])]), all_of([Not(A), any_of([Not(B), LOST])])),
    ],
)
def test_negation_is_pushed_down_to_the_tests(term: Expression, expected: Expression) -> None:
    assert negate(term) == expected
    assert negate(expected) == term


def test_terms_of_the_same_kind_lie_flat_whatever_stands_before_them() -> None:
    assert all_of([C, all_of([A, B])]) == All(frozenset({A, B, C}))
    assert any_of([C, any_of([A, B])]) == Any(frozenset({A, B, C}))
    assert all_of([C, LOST, any_of([A, Not(C)])]) == All(frozenset({A, C, LOST}))
