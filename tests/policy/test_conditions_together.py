"""Several tests of one key: some cannot hold together, some leave no case open."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamviz.policy.conditions import context_of, decide_under, depends_on, reconciled
from iamviz.policy.expression import (
    ALWAYS,
    NEVER,
    All,
    Any,
    Condition,
    Constant,
    Expression,
    Missing,
    Not,
    Test,
    all_of,
    any_of,
    negate,
)


def on(operator: str, *values: str, key: str = "k") -> Expression:
    return Test(Condition(operator, key, values))


IS_A, IS_NOT_A, IS_B = on("StringEquals", "a"), on("StringNotEquals", "a"), on("StringEquals", "b")
IS_ABSENT, IS_PRESENT = on("Null", "true"), on("Null", "false")
ELSE = on("StringEquals", "x", key="aws:username")

IMPOSSIBLE = [
    (IS_A, IS_B),
    (IS_A, IS_NOT_A),
    (IS_A, IS_ABSENT),
    (IS_PRESENT, IS_ABSENT),
    (IS_A, on("StringNotLike", "a*")),
    (IS_A, on("StringLike", "b*")),
    (IS_A, on("StringNotEqualsIgnoreCase", "A")),
    (on("StringLike", "a*"), on("StringNotLike", "a*")),
    (on("ArnLike", "arn:*:*:*:*:x"), on("ArnNotLike", "arn:*:*:*:*:x")),
    (on("NumericLessThan", "10"), on("NumericGreaterThan", "20")),
    (on("NumericLessThan", "10"), on("NumericEquals", "10.0")),
    (on("DateLessThan", "2020-01-01"), on("DateGreaterThan", "2021-01-01T00:00:00Z")),
    (on("Bool", "true"), IS_ABSENT),
    (on("ForAnyValue:StringEquals", "a"), IS_ABSENT),
    (on("StringEqualsIfExists", "a"), on("StringLike", "b*")),
    (on("NumericLessThan", "x"), on("NumericGreaterThan", "y")),
]
POSSIBLE = [
    (IS_A, on("StringLike", "a*")),
    (IS_NOT_A, IS_ABSENT),
    (IS_NOT_A, on("StringNotEquals", "b")),
    (on("StringLike", "a*"), on("StringLike", "*b")),
    (on("StringEqualsIgnoreCase", "a"), IS_NOT_A),
    (on("NumericGreaterThan", "10"), on("NumericLessThan", "10.5")),
    (on("NumericGreaterThan", "10"), on("NumericNotEquals", "11", "10.5")),
    (on("DateGreaterThan", "2020-01-01"), on("DateLessThan", "2020-01-02")),
    (on("ForAnyValue:StringEquals", "a"), on("ForAnyValue:StringEquals", "b")),
    (on("ForAllValues:StringEquals", "a"), IS_ABSENT),
    (on("ForAnyValue:StringEquals", "a"), on("ForAnyValue:StringNotEquals", "a")),
    (on("IpAddress", "10.0.0.0/8"), on("NotIpAddress", "10.0.0.1")),
    (on("NumericGreaterThan", "1e1"), on("NumericLessThan", "2e1")),
    (on("NumericLessThan", "-10"), on("NumericLessThan", "-20")),
    (on("NumericGreaterThan", "10"), on("NumericGreaterThan", "20")),
    (on("DateGreaterThan", "0.0000001"), on("DateLessThan", "0.0000003")),
    (on("ForAnyValue:StringLike", "a*"), on("ForAnyValue:StringNotLike", "a*")),
    (IS_PRESENT, on("ForAnyValue:StringEquals", "a"), on("ForAnyValue:StringEquals", "b")),
]


@pytest.mark.parametrize("terms", IMPOSSIBLE)
def test_what_no_value_meets_never_holds(terms: tuple[Expression, ...]) -> None:
    assert reconciled(all_of(terms)) == NEVER
    assert reconciled(any_of(map(negate, terms))) == ALWAYS
    assert depends_on(all_of(terms)) == ()


@pytest.mark.parametrize("terms", POSSIBLE)
def test_what_some_value_meets_stays_open(terms: tuple[Expression, ...]) -> None:
    assert reconciled(all_of(terms)) == all_of(terms)
    assert depends_on(all_of(terms)) == ("k",)


def test_what_leaves_no_case_open_always_holds() -> None:
    assert reconciled(any_of((IS_A, IS_NOT_A))) == ALWAYS
    assert reconciled(any_of((on("StringLike", "a*"), on("StringNotLike", "a*")))) == ALWAYS
    assert reconciled(any_of((on("StringEqualsIfExists", "a"), IS_NOT_A))) == ALWAYS


def test_a_list_fails_a_plain_operator_and_its_negation() -> None:
    key = "aws:TagKeys"
    either = any_of((on("StringEquals", "a", key=key), on("StringNotEquals", "a", key=key)))
    assert reconciled(either) == either


def test_a_number_that_cannot_be_read_fails_a_comparison_and_its_opposite() -> None:
    either = any_of((on("NumericLessThan", "1"), on("NumericGreaterThanEquals", "1")))
    assert reconciled(either) == either


def test_an_address_that_cannot_be_read_is_neither_in_a_block_nor_outside() -> None:
    either = any_of((on("IpAddress", "10.0.0.0/8"), on("NotIpAddress", "10.0.0.0/8")))
    assert reconciled(either) == either


def test_an_operator_that_aws_does_not_know_may_hold_or_fail_beside_others() -> None:
    both = all_of((IS_A, on("StringResembles", "x")))
    assert reconciled(both) == both


def test_a_test_of_a_variable_does_not_keep_an_idle_key() -> None:
    resource = on("PolicyVariable", "arn:aws:s3:::${k}")
    assert reconciled(all_of((resource, any_of((IS_A, IS_NOT_A))))) == resource


def test_eight_tests_of_a_key_are_reconciled_and_nine_are_left_alone() -> None:
    eight = [on("StringEquals", f"{n}") for n in range(8)]
    assert reconciled(all_of(eight)) == NEVER
    nine = all_of([*eight, IS_A])
    assert reconciled(nine) == nine


def test_the_work_is_bounded_by_the_size_of_the_expression_too() -> None:
    def impossible(number: int) -> Expression:
        return all_of((on("StringEquals", "a", key=f"k{number}"), on("StringEquals", "b", key=f"k{number}")))

    seven, eight = (any_of(map(impossible, range(most))) for most in (7, 8))
    assert reconciled(seven) == NEVER
    assert reconciled(eight) == eight


def test_an_idle_key_is_dropped_and_another_stays() -> None:
    found = all_of((ELSE, any_of((IS_A, IS_NOT_A))))
    assert reconciled(found) == ELSE
    assert depends_on(found) == ("aws:username",)


def test_what_is_missing_stays() -> None:
    lost = Missing("p")
    assert reconciled(all_of((lost, any_of((IS_A, IS_NOT_A))))) == lost
    assert reconciled(all_of((lost, IS_A, IS_B))) == NEVER


@pytest.mark.parametrize("value", ["a", "b", "c", "d", "e", "f", "g", "h"])
def test_a_key_on_which_it_hangs_what_is_missing_stays(value: str) -> None:
    is_value, is_another = on("StringEquals", value), on("StringNotEquals", value)
    either = any_of((all_of((Missing("p"), is_value)), all_of((Missing("q"), is_another))))
    assert reconciled(either) == either
    assert reconciled(negate(either)) == negate(either)


def test_tests_that_hang_on_two_keys_are_left_alone() -> None:
    both = all_of((on("StringEquals", "${aws:username}"), IS_A))
    assert reconciled(both) == both


def test_a_variable_of_a_resource_is_apart_from_conditions_on_its_key() -> None:
    resource = on("PolicyVariable", "arn:aws:s3:::${k}")
    both = all_of((resource, IS_A, on("StringLike", "a*")))
    assert reconciled(both) == both


def test_too_many_combinations_are_left_alone() -> None:
    many = all_of(any_of((on("StringEquals", f"{n}"), on("NotIpAddress", f"10.0.0.{n}"))) for n in range(40))
    assert reconciled(many) == many


LEAVES = [
    on(operator, *values, key=key)
    for key in ("k", "l")
    for operator, values in [
        ("StringEquals", ("a",)),
        ("StringEquals", ("a", "b")),
        ("StringNotEquals", ("a",)),
        ("StringEqualsIfExists", ("b",)),
        ("StringLike", ("a*",)),
        ("StringNotLike", ("a*",)),
        ("StringEqualsIgnoreCase", ("A",)),
        ("Null", ("true",)),
        ("Bool", ("true",)),
        ("NumericLessThan", ("10",)),
        ("NumericGreaterThan", ("5", "20")),
        ("NumericNotEquals", ("7",)),
    ]
]
expressions: st.SearchStrategy[Expression] = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(all_of),
        st.lists(inner, min_size=1, max_size=3).map(any_of),
        inner.map(negate),
    ),
    max_leaves=6,
)
VALUES = (None, "a", "A", "b", "ab", "true", "TRUE", "4", "5", "6", "7", "15", "30", "c", "")


@given(expressions)
def test_reconciling_changes_no_result(expression: Expression) -> None:
    found = reconciled(expression)
    for own, other in product(VALUES, repeat=2):
        context = context_of({"k": own, "l": other})
        assert decide_under(found, context) == decide_under(expression, context)


@given(expressions)
def test_a_key_that_changes_a_result_is_named(expression: Expression) -> None:
    results = {
        (own, other): decide_under(expression, context_of({"k": own, "l": other}))
        for own, other in product(VALUES, repeat=2)
    }
    named = depends_on(expression)
    assert "k" in named or all(results[own, other] == results[None, other] for own, other in results)
    assert "l" in named or all(results[own, other] == results[own, None] for own, other in results)


@given(expressions)
def test_an_expression_that_is_left_has_keys(expression: Expression) -> None:
    found = reconciled(expression)
    assert isinstance(found, Constant | Test | Not | All | Any)
    assert bool(depends_on(found)) is not isinstance(found, Constant)
