"""What statements allow and deny, and on which conditions it hangs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from iamviz.policy.document import Statement, parse_document
from iamviz.policy.evaluation import applies, conditions_of
from iamviz.policy.expression import (
    ALWAYS,
    NEVER,
    Condition,
    Expression,
    Missing,
    Not,
    Test,
    all_of,
    any_of,
    negate,
    reasons,
)
from iamviz.policy.operators import OPERATORS, Operator, parse_operator

ROLE = "arn:aws:iam::1:role/x"
MFA = Test(Condition("Bool", "aws:MultiFactorAuthPresent", ("true",)))
ORG = Test(Condition("StringEquals", "aws:PrincipalOrgID", ("o-1",)))


def statements(*values: Mapping[str, object]) -> tuple[Statement, ...]:
    return parse_document({"Version": "2012-10-17", "Statement": list(values)}).statements


def granted(kept: tuple[Statement, ...], action: str, resource: str, **more: Any) -> Expression:
    return any_of(applies(each, action, resource, **more) for each in kept if each.effect == "Allow")


def denied(kept: tuple[Statement, ...], action: str, resource: str, **more: Any) -> Expression:
    return any_of(applies(each, action, resource, **more) for each in kept if each.effect == "Deny")


def allows(kept: tuple[Statement, ...], action: str, resource: str, **more: Any) -> Expression:
    return all_of((granted(kept, action, resource, **more), negate(denied(kept, action, resource, **more))))


def allow(**elements: object) -> dict[str, object]:
    return {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*", **elements}


def deny(**elements: object) -> dict[str, object]:
    return allow(Effect="Deny", **elements)


def test_an_allow_of_the_action_on_the_resource_grants() -> None:
    assert allows(statements(allow()), "sts:AssumeRole", ROLE) == ALWAYS


def test_a_statement_is_an_identitys_unless_it_is_said_whose() -> None:
    short = statements(allow(Resource="arn:aws:iam"))
    assert allows(short, "sts:AssumeRole", ROLE) == ALWAYS
    assert allows(short, "sts:AssumeRole", ROLE, policy_type="resource") == NEVER


def test_what_nothing_allows_is_not_granted() -> None:
    assert allows(statements(allow(Action="s3:*")), "sts:AssumeRole", ROLE) == NEVER


def test_a_deny_wins_over_an_allow() -> None:
    assert allows(statements(allow(), deny(Resource=ROLE)), "sts:AssumeRole", ROLE) == NEVER


def test_a_deny_with_not_action_spares_what_it_names() -> None:
    kept = {"Effect": "Deny", "NotAction": "sts:*", "Resource": "*"}
    assert allows(statements(allow(), kept), "sts:AssumeRole", ROLE) == ALWAYS
    assert allows(statements(allow(Action="*"), kept), "iam:PassRole", ROLE) == NEVER


def test_an_allow_with_not_action_grants_the_rest() -> None:
    power_user = {"Effect": "Allow", "NotAction": ["iam:*", "organizations:*"], "Resource": "*"}
    assert granted(statements(power_user), "sts:AssumeRole", ROLE) == ALWAYS


def test_a_condition_is_a_test() -> None:
    found = allows(
        statements(allow(Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})), "sts:AssumeRole", ROLE
    )
    assert found == MFA


def test_several_keys_and_operators_must_all_hold() -> None:
    condition = {"Bool": {"aws:MultiFactorAuthPresent": True}, "StringEquals": {"aws:PrincipalOrgID": "o-1"}}
    assert conditions_of(statements(allow(Condition=condition))[0]) == all_of([MFA, ORG])


def test_a_conditional_deny_must_not_hold() -> None:
    refusing = deny(Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}})
    assert denied(statements(refusing), "sts:AssumeRole", ROLE) == ORG
    assert allows(statements(allow(), refusing), "sts:AssumeRole", ROLE) == Not(ORG)


def test_an_unconditional_allow_makes_a_conditional_one_beside_it_pointless() -> None:
    both = statements(allow(), allow(Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}}))
    assert granted(both, "sts:AssumeRole", ROLE) == ALWAYS


@pytest.mark.parametrize("condition", [{}, {"StringEquals": {}}, None])
def test_an_empty_condition_is_no_guard(condition: object) -> None:
    assert granted(statements(allow(Condition=condition)), "sts:AssumeRole", ROLE) == ALWAYS


@pytest.mark.parametrize("effect", ["Allow", "Deny"])
def test_an_unknown_operator_leaves_the_outcome_unknown(effect: str) -> None:
    odd = allow(Effect=effect, Condition={"StringEqual": {"aws:PrincipalOrgID": "o-1"}})
    found = allows(statements(*([odd] if effect == "Allow" else [allow(), odd])), "sts:AssumeRole", ROLE)
    assert isinstance(found, Missing)
    assert "StringEqual" in reasons(found)[0]


def test_a_trust_policy_needs_no_resource() -> None:
    trusting = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "*"}
    assert applies(statements(trusting)[0], "sts:AssumeRole", ROLE, policy_type="trust") == ALWAYS


def test_variables_and_version_reach_the_resource() -> None:
    own = statements(allow(Resource="arn:aws:iam::1:role/${aws:username}"))
    assert granted(own, "sts:AssumeRole", ROLE, variables={"aws:username": "x"}) == ALWAYS
    assert granted(own, "sts:AssumeRole", ROLE, variables={"aws:username": "x"}, version="2008-10-17") == NEVER


@pytest.mark.parametrize("name", sorted(OPERATORS))
def test_every_operator_is_known_in_any_case(name: str) -> None:
    assert parse_operator(name.upper()) == Operator(name)
    assert parse_operator(f"ForAnyValue:{name}") == Operator(name, "ForAnyValue")
    if name != "Null":
        assert parse_operator(f"forallvalues:{name}ifexists") == Operator(name, "ForAllValues", if_exists=True)


@pytest.mark.parametrize(
    "text",
    ["", "IfExists", "StringEqual", "NullIfExists", "ForSomeValue:Bool", ":Bool", "Bool:", "Bool ", "ForAllValues:"],
)
def test_what_aws_does_not_know_is_no_operator(text: str) -> None:
    assert parse_operator(text) is None
