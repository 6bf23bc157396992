"""Which actions a pattern and a statement cover."""

from __future__ import annotations

from typing import Any

import pytest

from iamviz.policy.actions import covers_action, matches_action
from iamviz.policy.document import Statement, parse_document
from tests.policy.tables import cases


@pytest.mark.parametrize("case", cases("actions"))
def test_an_action_pattern(case: dict[str, Any]) -> None:
    assert matches_action(case["patterns"], case["action"]) is case["matches"]


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
    assert not matches_action([pattern], "s3:GetObject")


def test_a_statement_without_action_and_not_action_covers_nothing() -> None:
    assert not covers_action(Statement(0, "Allow"), "sts:AssumeRole")
