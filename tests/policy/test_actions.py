"""Which actions a pattern and a statement cover."""

from __future__ import annotations

from typing import Any

import pytest

from iamviz.policy.actions import ActionIndex, covers_action
from iamviz.policy.document import Statement, parse_document
from tests.policy.tables import cases


@pytest.mark.parametrize("case", cases("actions"))
def test_an_action_pattern(case: dict[str, Any]) -> None:
    statement = Statement(0, "Allow", actions=tuple(case["patterns"]))
    assert covers_action(statement, case["action"]) is case["matches"]


@pytest.mark.parametrize("case", cases("actions"))
def test_not_action_covers_what_action_does_not(case: dict[str, Any]) -> None:
    statement = Statement(0, "Allow", not_actions=tuple(case["patterns"]))
    assert covers_action(statement, case["action"]) is not case["matches"]


@pytest.mark.parametrize(
    "pattern", ["", "  ", " s3:Get*", "s3:Get*\n", "s3:Get*,", "GetObject", "*:Get", "s?:Get", "**"]
)
def test_what_is_badly_spelled_is_reported_and_never_matches(pattern: str) -> None:
    document = parse_document({"Statement": {"Effect": "Allow", "Action": pattern}})
    assert len(document.problems) == 1
    assert not covers_action(document.statements[0], "s3:GetObject")


def test_a_statement_without_action_and_not_action_covers_nothing() -> None:
    assert not covers_action(Statement(0, "Allow"), "sts:AssumeRole")


INDEXED = (
    Statement(0, "Allow", not_actions=("s3:*",)),
    Statement(1, "Allow", actions=("s3:GetObject", "s3:Put*", "S3:List?")),
    Statement(2, "Deny", actions=("*",)),
    Statement(3, "Allow", actions=("bare", "s3:Get*", "S3:GETOBJECT")),
    Statement(4, "Allow", actions=("ec2:*", "s3", "ec2:Describe*")),
    Statement(5, "Allow"),
    Statement(6, "Deny", actions=("s3:ge?object", "*:*")),
    Statement(7, "Allow", actions=("odd:a:b*", "odd:c:d")),
    Statement(8, "Allow", actions=("S3:Get*",)),
)


@pytest.mark.parametrize(
    ("action", "places"),
    [
        ("s3:GetObject", [1, 2, 3, 6, 8]),
        ("S3:getobject", [1, 2, 3, 6, 8]),
        ("s3:PutObject", [1, 2, 6]),
        ("s3:Lists", [1, 2, 6]),
        ("s3:GetBucket", [2, 3, 6, 8]),
        ("ec2:DescribeVpcs", [0, 2, 4, 6]),
        ("bare:x", [0, 2, 6]),
        ("odd:a:bc", [0, 2, 6, 7]),
        ("odd:C:D", [0, 2, 6, 7]),
    ],
)
def test_an_index_of_many_statements_finds_those_that_cover_an_action(action: str, places: list[int]) -> None:
    index = ActionIndex(INDEXED)
    asked_first, asked_again = index.covering(action), index.covering(action)
    assert [each.index for each in asked_first] == places
    assert [each.index for each in asked_again] == places
    assert [each.index for each in INDEXED if covers_action(each, action)] == places


@pytest.mark.parametrize("most", [1, 2, 5])
def test_few_statements_are_covered_as_many_are(most: int) -> None:
    index = ActionIndex(INDEXED[:most])
    covered = [each for each in INDEXED[:most] if covers_action(each, "s3:GetObject")]
    assert [index.covering("s3:GetObject") for _ in range(3)] == [covered] * 3
