"""Policy documents as they are found, regular once parsed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamviz.policy.document import Document, PrincipalEntry, Statement, UnreadableDocument, parse_document
from iamviz.policy.evaluation import applies
from iamviz.policy.expression import Condition
from iamviz.policy.problems import MOST_PROBLEMS
from tests.policy.tables import cases

ELEMENTS = ["Version", "Statement", "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Condition"]
WORDS = [*ELEMENTS, "Resource", "statement", "AWS", "Service", "Allow", "Deny", "*", "sts:AssumeRole", "StringEquals"]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=3), inner),
    max_leaves=25,
)


def regular(value: Any) -> Any:
    """A case's lists as the tuples that a Statement holds."""
    return tuple(map(regular, value)) if isinstance(value, list) else value


def shown(statement: Statement, name: str) -> Any:
    value = getattr(statement, name)
    if name == "conditions":
        return tuple((each.operator, each.key, each.values) for each in value)
    if name.endswith("principals") and value is not None:
        return tuple((each.kind, each.value) for each in value)
    return value


@pytest.mark.parametrize("case", [case for case in cases("documents") if "unreadable" not in str(case.values)])
def test_a_document(case: dict[str, Any]) -> None:
    document = parse_document(case["document"])
    assert document.version == case.get("version", document.version)
    assert len(document.statements) == len(case["statements"])
    for index, (statement, expected) in enumerate(zip(document.statements, case["statements"], strict=True)):
        assert statement.index == index
        assert {name: shown(statement, name) for name in expected} == {
            name: regular(value) for name, value in expected.items()
        }
    assert document.problems == tuple(case.get("problems", ()))


@pytest.mark.parametrize("case", [case for case in cases("documents") if "unreadable" in str(case.values)])
def test_a_document_that_cannot_be_read_says_where_and_why(case: dict[str, Any]) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        parse_document(case["document"])
    assert (caught.value.place, caught.value.rule) == (case["unreadable"], case["rule"])
    assert str(caught.value) == (f"{case['unreadable']}: {case['rule']}" if case["unreadable"] else case["rule"])


@given(json_values)
def test_any_json_is_a_document_or_unreadable(value: object) -> None:
    def outcome() -> Document | tuple[str, str]:
        try:
            return parse_document(value)
        except UnreadableDocument as error:
            return error.place, error.rule

    assert hash(outcome()) == hash(outcome())


@given(st.dictionaries(st.sampled_from(ELEMENTS), json_values))
def test_any_statement_that_can_be_read_can_be_evaluated(element: dict[str, object]) -> None:
    try:
        document = parse_document({"Statement": [{"Effect": "Allow", "Action": "*", **element}]})
    except UnreadableDocument:
        return
    for statement in document.statements:
        assert applies(statement, "sts:AssumeRole", "arn:aws:iam::1:role/x") is not None


def test_equal_statements_are_equal_and_hash_alike() -> None:
    statement = {"Effect": "Allow", "Action": ["sts:AssumeRole"], "Principal": {"AWS": "*"}}
    first, second = (parse_document({"Statement": [statement]}).statements[0] for _ in range(2))
    assert {first} == {second}


def test_a_document_has_at_most_2000_statements() -> None:
    statement = {"Effect": "Allow", "Action": "a:b"}
    assert len(parse_document({"Statement": [statement] * 2_000}).statements) == 2_000
    with pytest.raises(UnreadableDocument) as caught:
        parse_document({"Statement": [statement] * 2_001})
    assert str(caught.value) == "Statement: has 2001 statements; at most 2,000 are read: split the policy"
    assert caught.value.place == "Statement"


@pytest.mark.parametrize("operator", ["Bol", "BolIfExists", "ForAnyValue:Bol", "ForAllValues:BolIfExists"])
def test_an_operator_is_suggested_whatever_stands_around_the_one_that_is_misspelled(operator: str) -> None:
    statement = {"Effect": "Allow", "Action": "a:b", "Condition": {operator: {"aws:SecureTransport": "true"}}}
    (problem,) = parse_document({"Statement": statement}).problems
    unknown = f"{operator!r} is no condition operator that AWS knows"
    assert problem == f"Statement.Condition: {unknown}; did you mean 'Bool'?"


def test_a_number_without_end_is_unreadable() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        parse_document({"Statement": {"Effect": "Allow", "Condition": {"Bool": {"k": 10**5_000}}}})
    assert (caught.value.place, caught.value.rule) == (
        "Statement.Condition.Bool.k",
        "is a number of more than 1,024 bits: write a smaller one",
    )


@pytest.mark.parametrize(("number", "is_read"), [(2**1_024 - 1, True), (2**1_024, False)])
def test_a_number_has_at_most_1024_bits(number: int, *, is_read: bool) -> None:
    value = {"Statement": {"Effect": "Allow", "Action": "a:b", "Condition": {"NumericEquals": {"k": number}}}}
    if is_read:
        assert parse_document(value).statements[0].conditions == (Condition("NumericEquals", "k", (str(number),)),)
    else:
        with pytest.raises(UnreadableDocument):
            parse_document(value)


def test_what_is_said_of_a_hostile_document_is_cut() -> None:
    long = "x" * 1_000
    (problem,) = parse_document({"Statement": {"Effect": "Allow", "Action": "a:b", long: 1}}).problems
    assert problem == f"Statement: '{'x' * 388}…"
    with pytest.raises(UnreadableDocument) as caught:
        parse_document({"Statement": {"Effect": "Allow", "Action": "a:b", "Principal": {long: 1}}})
    assert caught.value.rule == f"'{'x' * 400}' is none of AWS, CanonicalUser, Federated, Service"
    with pytest.raises(UnreadableDocument) as caught:
        parse_document({"Statement": {"Effect": "Allow", "Condition": {long: 1}}})
    assert caught.value.place == f"Statement.Condition.{long}"[:400]


def test_each_problem_is_told_once_and_the_fiftieth_is_still_quoted() -> None:
    actions = [f"x{n}" for n in range(MOST_PROBLEMS)]
    problems = parse_document({"Statement": {"Effect": "Allow", "Action": [*actions, *actions]}}).problems
    assert problems == tuple(f"Statement.Action: '{each}' names no service: it never matches" for each in actions)


def test_thousands_of_problems_are_counted_and_not_quoted() -> None:
    problems = parse_document({"Statement": {"Effect": "Allow", "Action": [f"x{n}" for n in range(500)]}}).problems
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1] == f"and {500 - MOST_PROBLEMS} more"


def test_the_same_principal_twice_is_one() -> None:
    principal = {"AWS": ["111111111111", "111111111111"]}
    statement = parse_document({"Statement": {"Effect": "Allow", "Action": "a:b", "Principal": principal}}).statements[
        0
    ]
    assert statement.principals == (PrincipalEntry("AWS", "111111111111"),)


def test_two_spellings_of_a_condition_key_are_two_conditions() -> None:
    condition = {"StringEquals": {"aws:username": "a", "AWS:UserName": "b"}}
    statement = parse_document({"Statement": {"Effect": "Allow", "Action": "a:b", "Condition": condition}}).statements[
        0
    ]
    assert statement.conditions == (
        Condition("StringEquals", "aws:username", ("a",)),
        Condition("StringEquals", "AWS:UserName", ("b",)),
    )
