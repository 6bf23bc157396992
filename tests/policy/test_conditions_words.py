"""Conditions in plain words."""

from __future__ import annotations

import pytest

from iamviz.policy.conditions import context_of, decide_under, in_words
from iamviz.policy.expression import ALWAYS, Condition, Test


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition("StringEquals", "sts:ExternalId", ("x",)), "sts:ExternalId is x"),
        (Condition("StringEquals", "sts:ExternalId", ("x", "y", "z")), "sts:ExternalId is x, y or z"),
        (
            Condition("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", ("o-1/*",)),
            "one of aws:PrincipalOrgPaths is like o-1/*",
        ),
        (Condition("ForAllValues:StringEquals", "aws:TagKeys", ("team",)), "each of aws:TagKeys is team"),
        (Condition("StringEqualsIfExists", "aws:PrincipalTag/x", ("1",)), "aws:PrincipalTag/x is 1 or absent"),
        (Condition("Bool", "aws:MultiFactorAuthPresent", ("true",)), "aws:MultiFactorAuthPresent is true"),
        (Condition("Null", "aws:TokenIssueTime", ("false",)), "aws:TokenIssueTime is present"),
        (Condition("null", "aws:TokenIssueTime", ("true",)), "aws:TokenIssueTime is absent"),
        (Condition("NumericLessThan", "aws:MultiFactorAuthAge", ("3600",)), "aws:MultiFactorAuthAge is less than 3600"),
        (Condition("IpAddress", "aws:SourceIp", ("10.0.0.0/8",)), "aws:SourceIp is in 10.0.0.0/8"),
        (Condition("StringEquals", "sts:ExternalId", ("",)), "sts:ExternalId is empty"),
        (Condition("StringEquals", "sts:ExternalId", ()), "sts:ExternalId is nothing"),
        (Condition("StringWeird", "a:b", ("c",)), "StringWeird holds for a:b and c"),
        (Condition("StringEquals", "k", ("x", "y")), "k is x or y"),
        (Condition("StringEquals", "k", tuple("abcd")), "k is a, b, c or d"),
        (Condition("StringEquals", "k", tuple("abcdef")), "k is a, b, c or 3 more"),
        (Condition("StringEquals", "k", ("x" * 120,)), f"k is {'x' * 120}"),
        (Condition("StringEquals", "k", ("x" * 121,)), f"k is {'x' * 119}…"),
    ],
)
def test_a_condition_reads_as_a_phrase(condition: Condition, words: str) -> None:
    assert in_words(condition) == words


def test_a_long_value_is_cut() -> None:
    assert len(in_words(Condition("StringEquals", "k", ("x" * 5000,)))) < 200


@pytest.mark.parametrize(
    ("operator", "words"),
    [
        ("StringEquals", "k is not x"),
        ("StringNotEquals", "k is x"),
        ("StringEqualsIgnoreCase", "k is not (in any case) x"),
        ("NumericLessThan", "k is not less than x"),
        ("StringEqualsIfExists", "k is present and is not x"),
        ("StringNotEqualsIfExists", "k is x"),
        ("ForAnyValue:StringLike", "none of k is like x"),
        ("ForAnyValue:StringNotLike", "each of k is like x"),
        ("ForAllValues:StringLike", "one of k is not like x"),
        ("ForAllValues:StringNotLike", "one of k is like x"),
        ("Null", "k is present or absent (always true)"),
        ("StringWeird", "StringWeird does not hold for k and x"),
        ("PolicyVariable", "x leaves out the resource, with the request's k"),
        ("PolicyVariableSpares", "x covers the resource, with the request's k"),
    ],
)
def test_a_condition_that_must_not_hold_reads_as_its_opposite(operator: str, words: str) -> None:
    assert in_words(Condition(operator, "k", ("x",)), negated=True) == words


@pytest.mark.parametrize(
    ("operator", "words"),
    [
        ("StringNotEqualsIgnoreCase", "k is not (in any case) x"),
        ("StringNotLikeIfExists", "k is not like x or absent"),
        ("ForAnyValue:StringNotLike", "one of k is not like x"),
        ("ForAllValues:StringNotLikeIfExists", "none of k is like x"),
        ("ForAnyValue:StringEqualsIfExists", "one of k is x"),
        ("NotIpAddress", "k is not in x"),
        ("PolicyVariable", "x covers the resource, with the request's k"),
        ("PolicyVariableSpares", "x leaves out the resource, with the request's k"),
    ],
)
def test_lists_and_negations_read_as_they_decide(operator: str, words: str) -> None:
    assert in_words(Condition(operator, "k", ("x",))) == words


@pytest.mark.parametrize(
    ("operator", "values", "words", "opposite"),
    [
        ("Null", ("true",), "absent", "present"),
        ("Null", ("False",), "present", "absent"),
        ("Null", ("true", "TRUE"), "absent", "present"),
        ("Null", ("true", "false"), "present or absent (always true)", "neither present nor absent (never true)"),
        ("Null", ("true", "x"), "absent", "present"),
        ("Null", ("x",), "neither present nor absent (never true)", "present or absent (always true)"),
        ("Null", (), "neither present nor absent (never true)", "present or absent (always true)"),
        ("ForAllValues:Null", ("false",), "present or absent (always true)", "neither present nor absent (never true)"),
        ("ForAllValues:Null", ("true",), "absent", "present"),
        ("ForAnyValue:Null", ("false",), "present", "absent"),
        ("ForAnyValue:Null", ("true",), "neither present nor absent (never true)", "present or absent (always true)"),
    ],
)
def test_whether_a_key_is_there_is_said_as_any_of_the_values_has_it(
    operator: str, values: tuple[str, ...], words: str, opposite: str
) -> None:
    condition = Condition(operator, "k", values)
    assert in_words(condition) == f"k is {words}"
    assert in_words(condition, negated=True) == f"k is {opposite}"
    for context, said in (({"k": ("1",)}, "present" in words), ({}, "absent" in words)):
        never = "never" in words
        assert (decide_under(Test(condition), context_of(context)) is ALWAYS) == (said and not never)
