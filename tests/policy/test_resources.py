"""Which resources a statement covers, with and without policy variables."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamviz.policy.document import Statement
from iamviz.policy.expression import ALWAYS, NEVER, Condition, Test, tests
from iamviz.policy.resources import PolicyType, covers_resource
from tests.policy.tables import cases

ROLE = "arn:aws:iam::1:role/x"


def statement_of(case: dict[str, Any]) -> Statement:
    def element(name: str) -> tuple[str, ...] | None:
        return (case[name],) if name in case else None

    return Statement(0, "Allow", resources=element("resource"), not_resources=element("not_resource"))


@pytest.mark.parametrize("case", cases("resources"))
def test_a_resource(case: dict[str, Any]) -> None:
    found = covers_resource(statement_of(case), case["request"], case.get("policy", "identity"))
    assert found == (ALWAYS if case["covers"] else NEVER)


@pytest.mark.parametrize("case", cases("variables"))
def test_a_policy_variable(case: dict[str, Any]) -> None:
    version = case.get("version", "2012-10-17")
    found = covers_resource(statement_of(case), case["request"], "identity", variables=case["values"], version=version)
    if isinstance(case["covers"], bool):
        assert found == (ALWAYS if case["covers"] else NEVER)
    else:
        assert [condition.key for condition, _ in tests(found)] == case["covers"]


def test_an_unknown_variable_is_a_test_that_names_the_pattern() -> None:
    pattern = "arn:aws:iam::1:role/${aws:SourceIdentity}"
    found = covers_resource(Statement(0, "Allow", resources=(pattern,)), ROLE, "identity")
    assert found == Test(Condition("PolicyVariable", "aws:SourceIdentity", (pattern,)))


def test_a_plain_pattern_beside_one_with_an_unknown_variable_makes_it_certain() -> None:
    statement = Statement(0, "Allow", resources=("arn:aws:iam::1:role/${aws:SourceIdentity}", "arn:aws:iam::1:role/*"))
    assert covers_resource(statement, ROLE, "identity") == ALWAYS


def test_all_of_several_not_resources_must_miss() -> None:
    statement = Statement(0, "Allow", not_resources=("arn:aws:iam::1:role/y", "arn:aws:iam::1:role/x"))
    assert covers_resource(statement, ROLE, "identity") == NEVER


def test_a_pattern_too_long_to_be_remembered_matches_all_the_same() -> None:
    statement = Statement(0, "Allow", resources=(f"arn:aws:iam::1:role/{'*' * 5_000}",))
    assert covers_resource(statement, ROLE, "identity") == ALWAYS


@given(
    st.text(alphabet="a:*?${}", max_size=12),
    st.text(alphabet="a:*", max_size=4),
    st.sampled_from(["identity", "resource", "scp", "rcp"]),
)
def test_an_arn_that_begins_as_a_pattern_does_is_no_exception(start: str, rest: str, kind: PolicyType) -> None:
    # With a second star, which changes nothing, the pattern is compiled where the ARN does not begin with the first.
    pattern, arn = f"arn:aws:iam::1:{start}*", f"arn:aws:iam::1:{start}{rest}"
    found, obvious = (
        covers_resource(Statement(0, "Allow", resources=(each,)), arn, kind, variables={"*": None})
        for each in (pattern, f"{pattern}*")
    )
    assert found == obvious
