"""Conditions of a request of which only a part is known: what decides, what hangs, and on which keys."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamviz.policy.conditions import NOTHING_KNOWN, Context, context_of, decide_under, depends_on, holds
from iamviz.policy.document import Statement
from iamviz.policy.expression import (
    ALWAYS,
    NEVER,
    Condition,
    Constant,
    Expression,
    Missing,
    Test,
    all_of,
    any_of,
    negate,
)
from iamviz.policy.operators import OPERATORS, parse_operator
from iamviz.policy.resources import covers_resource

Given = Mapping[str, str | list[str] | None]

TEXTS = ("a", "b", "A", "10", "10.0", "true", "False", "2020-01-01", "10.0.0.1", "::1", "arn:aws:iam::1:role/a", "")
PATTERNS = (*TEXTS, "*", "a*", "?", "10.0.0.0/8", "arn:aws:iam::*:role/*", "${other}", "${other, 'a'}", "x${other}")
KEYS = ("k", "aws:TagKeys", "other")
"""The second is one that may hold a list; the last one is a variable's."""
SINGLE = ("k", "other")

texts = st.one_of(st.none(), st.sampled_from(TEXTS))
values = st.one_of(st.none(), st.sampled_from(TEXTS), st.lists(st.sampled_from(TEXTS), max_size=3))
requests: st.SearchStrategy[Given] = st.fixed_dictionaries(dict.fromkeys(KEYS, values) | {"k": texts})
names = st.sampled_from(sorted(OPERATORS))
operators = st.builds(
    "{}{}{}".format, st.sampled_from(["", "ForAllValues:", "ForAnyValue:"]), names, st.sampled_from(["", "IfExists"])
).filter(lambda operator: parse_operator(operator) is not None)
conditions = st.builds(Condition, operators, st.just("k"), st.lists(st.sampled_from(PATTERNS), max_size=3).map(tuple))
versions = st.sampled_from(["2012-10-17", "2008-10-17"])


def partly(request: Given, *known: str) -> Context:
    return context_of({key: value for key, value in request.items() if key in known}, complete=False)


@given(conditions, requests, st.sets(st.sampled_from(KEYS)), versions)
def test_what_is_decided_early_is_what_the_whole_request_decides(
    condition: Condition, request: Given, known: set[str], version: str
) -> None:
    whole = holds(condition, context_of(request), version=version)
    early = holds(condition, partly(request, *known), version=version)
    assert isinstance(whole, Constant)
    assert early == whole or isinstance(early, Test)
    assert decide_under(early, context_of(request)) == whole
    assert decide_under(negate(early), context_of(request)) == negate(whole)


@given(conditions, requests)
def test_a_request_of_which_all_is_known_leaves_nothing_open(condition: Condition, request: Given) -> None:
    assert holds(condition, partly(request, *KEYS)) == holds(condition, context_of(request))


@given(conditions, requests, st.sets(st.sampled_from(KEYS)))
def test_a_condition_hangs_on_keys_that_are_not_known(condition: Condition, request: Given, known: set[str]) -> None:
    context = partly(request, *known)
    found = holds(condition, context)
    keys = depends_on(found, context)
    assert bool(keys) == isinstance(found, Test)
    assert not known & set(keys)


@given(
    st.sampled_from(["StringEquals", "StringNotEquals", "StringEqualsIfExists", "StringLike", "StringNotLikeIfExists"]),
    st.lists(st.sampled_from(["a", "b", "${other}", "*", "${other, 'a'}"]), max_size=3),
    st.sets(st.sampled_from(SINGLE)),
    st.sampled_from([None, "a", "b"]),
    st.sampled_from([None, "a", "b"]),
)
def test_each_key_that_is_named_can_change_the_result_and_no_other(
    operator: str, patterns: list[str], known: set[str], own: str | None, other: str | None
) -> None:
    condition = Condition(operator, "k", tuple(patterns))
    request: Given = {"k": own, "other": other}
    context = partly(request, *known)
    unknown = [key for key in SINGLE if key not in known]
    outcomes = {
        chosen: holds(condition, context_of({**request, **dict(zip(unknown, chosen, strict=True))}))
        for chosen in product([None, "a", "b", "c", "d", "*"], repeat=len(unknown))
    }
    changing = {
        key
        for place, key in enumerate(unknown)
        for one, two in product(outcomes, repeat=2)
        if outcomes[one] != outcomes[two] and all(one[at] == two[at] for at in range(len(unknown)) if at != place)
    }
    assert set(depends_on(holds(condition, context), context)) == changing


def single(operator: str, patterns: list[str], value: str) -> Expression:
    return holds(Condition(operator, "k", tuple(patterns)), context_of({"k": value}))


@pytest.mark.parametrize(
    ("operator", "negation"),
    [
        ("StringEquals", "StringNotEquals"),
        ("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"),
        ("StringLike", "StringNotLike"),
        ("ArnLike", "ArnNotLike"),
        ("ArnEquals", "ArnNotEquals"),
    ],
)
@given(patterns=st.lists(st.sampled_from(PATTERNS)), value=st.sampled_from(TEXTS))
def test_of_an_operator_and_its_negation_one_holds(
    operator: str, negation: str, patterns: list[str], value: str
) -> None:
    assert single(operator, patterns, value) == negate(single(negation, patterns, value))


@pytest.mark.parametrize(
    ("operator", "negation"),
    [("NumericEquals", "NumericNotEquals"), ("DateEquals", "DateNotEquals"), ("IpAddress", "NotIpAddress")],
)
@given(patterns=st.lists(st.sampled_from(PATTERNS)), value=st.sampled_from(TEXTS))
def test_an_operator_and_its_negation_never_both_hold(
    operator: str, negation: str, patterns: list[str], value: str
) -> None:
    assert all_of((single(operator, patterns, value), single(negation, patterns, value))) == NEVER


@given(names, st.lists(st.sampled_from(PATTERNS)), st.sampled_from(TEXTS))
def test_a_single_value_is_a_list_of_one_to_a_set_operator(name: str, patterns: list[str], value: str) -> None:
    plain = single(name, patterns, value)
    assert single(f"ForAnyValue:{name}", patterns, value) == plain
    assert single(f"ForAllValues:{name}", patterns, value) == plain


@given(names, st.lists(st.sampled_from(PATTERNS)), st.lists(st.sampled_from(TEXTS), min_size=1))
def test_all_values_means_each_and_any_value_means_one(name: str, patterns: list[str], found: list[str]) -> None:
    each = [single(name, patterns, value) == ALWAYS for value in found]
    context = context_of({"k": found})
    assert (holds(Condition(f"ForAllValues:{name}", "k", tuple(patterns)), context) == ALWAYS) is all(each)
    assert (holds(Condition(f"ForAnyValue:{name}", "k", tuple(patterns)), context) == ALWAYS) is any(each)


@given(operators.filter(lambda operator: "IfExists" in operator), st.lists(st.sampled_from(PATTERNS)), values)
def test_if_exists_changes_nothing_where_the_key_is_there(
    operator: str, patterns: list[str], value: str | list[str] | None
) -> None:
    given_values = value or "a"
    plain = Condition(operator.removesuffix("IfExists"), "k", tuple(patterns))
    context = context_of({"k": given_values})
    assert holds(Condition(operator, "k", tuple(patterns)), context) == holds(plain, context)


@pytest.mark.parametrize(
    ("operator", "patterns", "expected"),
    [
        ("StringEquals", (), NEVER),
        ("StringNotEquals", (), ALWAYS),
        ("NumericEquals", ("ten",), NEVER),
        ("NumericEqualsIfExists", ("ten",), None),
        ("NumericNotEquals", ("ten",), None),
        ("StringLikeIfExists", ("*",), ALWAYS),
        ("StringLike", ("*",), None),
        ("StringNotLike", ("a", "*"), None),
        ("ArnLike", ("*",), NEVER),
        ("ArnNotLike", ("*",), ALWAYS),
        ("Null", ("true", "false"), ALWAYS),
        ("Null", ("perhaps",), NEVER),
        ("ForAllValues:StringLike", ("*",), ALWAYS),
        ("ForAnyValue:StringLike", ("*",), None),
        ("ForAnyValue:StringEquals", (), NEVER),
        ("Bool", ("true", "false"), None),
    ],
)
def test_a_condition_that_no_value_can_change_hangs_on_nothing(
    operator: str, patterns: tuple[str, ...], expected: Expression | None
) -> None:
    condition = Condition(operator, "k", patterns)
    assert holds(condition, NOTHING_KNOWN) == (Test(condition) if expected is None else expected)


def test_a_plain_operator_on_a_key_that_is_known_to_be_a_list_never_holds() -> None:
    context = Context(multivalued=frozenset({"k"}), complete=False)
    assert holds(Condition("StringEquals", "K", ("a",)), context) == NEVER


def test_a_key_that_may_hold_a_list_can_fail_a_plain_operator_whatever_its_values() -> None:
    found = holds(Condition("StringLikeIfExists", "aws:TagKeys", ("*",)), NOTHING_KNOWN)
    assert depends_on(found) == ("aws:TagKeys",)


def test_a_negated_one_holds_only_where_the_list_is_absent() -> None:
    context = Context(multivalued=frozenset({"k"}), complete=False)
    found = holds(Condition("StringNotEquals", "k", ("${other}",)), context)
    assert depends_on(found, context) == ("k",)


def test_a_variable_matters_only_where_the_rest_of_its_value_matches() -> None:
    context = context_of({"k": "a-1"}, complete=False)
    condition = Condition("StringLike", "k", ("a-${aws:username}", "b-${aws:userid}"))
    assert depends_on(holds(condition, context), context) == ("aws:username",)
    assert holds(Condition("StringEquals", "k", ("*-${aws:username}",)), context) == NEVER
    assert isinstance(holds(Condition("StringEqualsIgnoreCase", "k", ("A-${aws:username}",)), context), Test)


def test_a_key_that_is_known_is_named_no_more_though_a_variable_hangs() -> None:
    condition = Condition("ForAnyValue:StringEquals", "k", ("${other}",))
    context = context_of({"k": ["a", "b"]}, complete=False)
    assert depends_on(holds(condition, context), context) == ("other",)


def test_a_value_that_matches_makes_an_unknown_variable_beside_it_idle() -> None:
    context = context_of({"k": ["a", "b"]}, complete=False)
    assert holds(Condition("ForAllValues:StringEquals", "k", ("${other}", "a", "b")), context) == ALWAYS
    assert holds(Condition("ForAnyValue:StringNotEquals", "k", ("${other}", "a", "b")), context) == NEVER


def test_keys_are_named_once_as_aws_spells_them_and_sorted() -> None:
    found = all_of(
        Test(Condition("StringEquals", key, ("x",)))
        for key in ("aws:sourceip", "AWS:SOURCEIP", "aws:principaltag/Team", "custom:Key", "aws:Multifactorauthpresent")
    )
    assert depends_on(found) == ("aws:MultiFactorAuthPresent", "aws:PrincipalTag/Team", "aws:SourceIp", "custom:Key")


def test_what_is_settled_hangs_on_nothing() -> None:
    assert depends_on(ALWAYS) == ()
    assert depends_on(NEVER) == ()
    assert depends_on(Missing("a document")) == ()
    assert depends_on(Test(Condition("StringWeird", "k", ("x",)))) == ()


def test_tags_that_are_all_known_are_absent_where_not_given() -> None:
    context = Context({"aws:principaltag/*": None}, complete=False)
    assert holds(Condition("StringEquals", "aws:PrincipalTag/x", ("1",)), context) == NEVER
    assert isinstance(holds(Condition("StringEquals", "aws:username", ("1",)), context), Test)


def test_what_is_missing_stays_missing_under_other_assumptions() -> None:
    assert decide_under(Missing("p"), context_of({})) == Missing("p")


PATTERN = "arn:aws:s3:::b/${aws:username}/*"
OBJECT = "arn:aws:s3:::b/alice/x"
COVERED = Statement(0, "Allow", resources=(PATTERN,))
LEFT_OUT = Statement(0, "Allow", not_resources=(PATTERN,))


@pytest.mark.parametrize("name", ["alice", "bob", "*", None])
@pytest.mark.parametrize("statement", [COVERED, LEFT_OUT])
def test_a_resource_that_hangs_on_a_variable_is_decided_once_it_is_known(
    statement: Statement, name: str | None
) -> None:
    context = context_of({"aws:username": name})
    now = covers_resource(statement, OBJECT, "identity", variables=context.variables)
    early = covers_resource(statement, OBJECT, "identity")
    assert depends_on(early) == ("aws:username",)
    assert decide_under(early, context, resource=OBJECT) == now
    assert decide_under(negate(early), context, resource=OBJECT) == negate(now)


def test_a_variable_without_value_is_told_without_the_resource_any_other_is_not() -> None:
    early = covers_resource(COVERED, OBJECT, "identity")
    assert decide_under(early, context_of({})) == NEVER
    assert decide_under(early, context_of({"aws:username": "alice"})) == early
    assert decide_under(early, NOTHING_KNOWN, resource=OBJECT) == early


def test_of_two_variables_the_other_one_stays_open() -> None:
    statement = Statement(0, "Allow", resources=("arn:aws:s3:::b/${aws:username}/${aws:SourceIdentity}",))
    early = covers_resource(statement, OBJECT, "identity")
    context = context_of({"aws:username": "alice"}, complete=False)
    assert depends_on(decide_under(early, context, resource=OBJECT), context) == ("aws:SourceIdentity",)


U = Test(Condition("StringEquals", "u", ("x",)))
"""Of a key that nobody knows."""


def test_what_is_plain_text_under_the_old_version_stays_so_as_a_test() -> None:
    plain = Condition("StringEquals", "k", ("${other}", "x${"))
    found = holds(plain, NOTHING_KNOWN, version="2008-10-17")
    assert found == Test(Condition("StringEquals", "k", ("${$}{other}", "x${$}{")))
    for value in ("${other}", "x${"):
        assert decide_under(found, context_of({"k": value, "other": "b"})) == ALWAYS
    assert decide_under(found, context_of({"k": "b", "other": "b"})) == NEVER


def test_a_test_without_variables_to_escape_is_the_condition() -> None:
    number = Condition("NumericEquals", "k", ("${other}", "1"))
    assert holds(number, NOTHING_KNOWN, version="2008-10-17") == Test(number)
    with_variable = Condition("StringEquals", "k", ("${other}",))
    assert holds(with_variable, NOTHING_KNOWN) == Test(with_variable)


def test_every_part_of_an_expression_is_decided_in_the_version_of_its_document() -> None:
    inner = Test(Condition("StringEquals", "k", ("${other}",)))
    context = context_of({"k": "${other}", "other": "b"}, complete=False)
    for version, expected in (("2008-10-17", ALWAYS), ("2012-10-17", NEVER)):
        assert decide_under(inner, context, version=version) == expected
        assert decide_under(negate(inner), context, version=version) == negate(expected)
        assert decide_under(all_of([inner, U]), context, version=version) == all_of([expected, U])
        assert decide_under(any_of([inner, U]), context, version=version) == any_of([expected, U])


def test_every_part_of_an_expression_is_decided_on_the_resource() -> None:
    inner = Test(Condition("PolicyVariable", "k", ("arn:aws:s3:::${k}",)))
    context = context_of({"k": "b"}, complete=False)
    for resource, expected in (("arn:aws:s3:::b", ALWAYS), ("arn:aws:s3:::c", NEVER)):
        assert decide_under(negate(inner), context, resource=resource) == negate(expected)
        assert decide_under(all_of([inner, U]), context, resource=resource) == all_of([expected, U])
        assert decide_under(any_of([inner, U]), context, resource=resource) == any_of([expected, U])


def test_all_variables_of_several_values_are_named() -> None:
    condition = Condition("StringEquals", "k", ("${a}", "${b}"))
    context = context_of({"k": "x"}, complete=False)
    assert depends_on(holds(condition, context), context) == ("a", "b")


def test_two_values_are_a_list_and_one_is_none() -> None:
    context = Context({"k": ("a", "b"), "l": ("a",)})
    assert context.is_list("K")
    assert not context.is_list("l")


@pytest.mark.parametrize(
    ("operator", "value", "outcome"),
    [
        ("StringLike", "AROACI:*", ALWAYS),
        ("StringLike", "A*", ALWAYS),
        ("StringLike", "*", ALWAYS),
        ("StringLike", "AROACI:??*", ALWAYS),
        ("StringLike", "AROACI:day*", None),
        ("StringLike", "AROACI:????", None),
        ("StringLike", "*:day", None),
        ("StringLike", "AROA?I:day", None),
        ("StringLike", "AROA*:d*", None),
        ("StringLike", "AROAXI:*", NEVER),
        ("StringLike", "AROACI:XAVIER", None),
        ("StringLike", "AROACI", NEVER),
        ("StringLike", "AROACI:", NEVER),
        ("StringLike", "AIDA*", NEVER),
        ("StringLike", "aroaci:*", NEVER),
        ("StringLike", "${aws:PrincipalTag/id}:*", None),
        ("StringNotLike", "AROACI:*", NEVER),
        ("StringNotLike", "AIDA*", ALWAYS),
        ("StringNotLikeIfExists", "AROACI:day", None),
        ("ForAnyValue:StringLike", "AROACI:*", ALWAYS),
        ("StringEquals", "AROACI:day", None),
        ("StringEquals", "AROACI:d*", NEVER),
        ("StringEquals", "AROACI:", NEVER),
        ("StringEquals", "AROAX:day", NEVER),
        ("StringNotEquals", "AROAX:day", ALWAYS),
        ("StringEqualsIgnoreCase", "aroaci:day", None),
        ("StringEqualsIgnoreCase", "aroax:day", NEVER),
        ("Null", "true", NEVER),
        ("Null", "false", ALWAYS),
        ("NumericLessThan", "5", None),
    ],
)
def test_of_a_value_that_is_only_begun_a_test_is_settled_as_far_as_the_beginning_goes(
    operator: str, value: str, outcome: Expression | None
) -> None:
    begun = Context(complete=False, beginnings={"aws:userid": "AROACI:"})
    condition = Condition(operator, "aws:UserId", (value,))
    found = holds(condition, begun)
    assert found == (Test(condition) if outcome is None else outcome)
    assert ("aws:userid" in depends_on(found, begun)) is (outcome is None)


@pytest.mark.parametrize("operator", ["StringEquals", "StringLike", "StringEqualsIgnoreCase"])
def test_of_a_value_that_is_only_begun_a_test_of_another_keys_value_stays_open(operator: str) -> None:
    begun = Context({"aws:principaltag/day": ("ci",)}, complete=False, beginnings={"aws:userid": "AROACI:"})
    condition = Condition(operator, "aws:userid", ("AROACI:${aws:PrincipalTag/day}",))
    assert holds(condition, begun) == Test(condition)
