"""Subjects that the conditions of a trust let in, as tables by platform: tests/graph/subjects/cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from iamviz.graph.subjects import Provider, Subject, settled_for, subjects_of
from iamviz.policy.document import parse_document
from iamviz.policy.evaluation import conditions_of
from iamviz.policy.expression import NEVER, Expression, tests

FOLDER = Path(__file__).parent / "cases"
TOPICS = sorted(FOLDER.glob("*.json"))
CASES = [
    pytest.param(case, id=f"{file.stem}: {case['why']}")
    for file in TOPICS
    for case in json.loads(file.read_text(encoding="utf-8"))["cases"]
]


@pytest.mark.parametrize("case", CASES)
def test_the_conditions_let_in_who_is_named(case: dict[str, Any]) -> None:
    """`admits`: pattern to label, width, and the keys of conditions that are left; `broken`: patterns of nobody."""
    provider = Provider(case["issuer"], case.get("name", ""))
    expression = _expression(case)
    found = subjects_of(provider, expression)
    admitted = [each for each in found.admitted if settled_for(each, expression) != NEVER]
    assert {each.pattern: _told(provider, each, expression) for each in admitted} == case["admits"]
    assert [each.pattern for each in found.broken] == case.get("broken", [])


def test_every_topic_names_its_source() -> None:
    assert len(TOPICS) > 3
    assert all("https://" in json.loads(file.read_text(encoding="utf-8"))["source"] for file in TOPICS)


def _expression(case: dict[str, Any]) -> Expression:
    """Of a claim `sub` the key is `<issuer>:sub`; keys with a colon stand for themselves."""
    conditions = {
        operator: {claim if ":" in claim else f"{case['issuer']}:{claim}": values for claim, values in claims.items()}
        for operator, claims in case["when"].items()
    }
    statement = {"Effect": "Allow", "Principal": "*", "Action": "*", "Condition": conditions}
    (parsed,) = parse_document({"Version": "2012-10-17", "Statement": [statement]}).statements
    return conditions_of(parsed)


def _told(provider: Provider, subject: Subject, expression: Expression) -> list[str]:
    left = {condition.key for condition, _ in tests(settled_for(subject, expression))}
    return [subject.label, subject.width, *sorted(key.removeprefix(f"{provider.url}:") for key in left)]
