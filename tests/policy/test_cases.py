"""Requests with the answer that AWS's rules give, as tables by topic: tests/policy/cases/decisions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from iamviz.policy.lines import evaluate_line

FOLDER = Path(__file__).parent / "cases" / "decisions"
TELLING = frozenset({"why", "page", "expect", "unknown_context"})
"""What a case has beside the request."""

CASES: list[dict[str, Any]] = [
    case for file in sorted(FOLDER.glob("*.json")) for case in json.loads(file.read_text(encoding="utf-8"))
]
FEWEST = {
    "actions": 40,
    "addresses": 25,
    "anonymous": 12,
    "arns": 30,
    "assume_root": 16,
    "binary": 5,
    "booleans": 16,
    "boundaries": 30,
    "condition_logic": 12,
    "cross_account": 22,
    "dates": 25,
    "documents": 25,
    "errors": 15,
    "iam_restrictions": 25,
    "kms": 25,
    "not_principal": 15,
    "null": 12,
    "numbers": 28,
    "principals": 40,
    "rcp": 20,
    "resources": 48,
    "role_trust": 60,
    "root_user": 10,
    "s3_abac": 15,
    "s3_public_access": 35,
    "same_account": 35,
    "scp": 25,
    "service_principals": 15,
    "sessions": 20,
    "sets": 38,
    "short_arns": 30,
    "strings": 50,
    "unknown_context": 40,
    "variables": 50,
    "vpc_endpoint": 12,
}


def asked(case: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in case.items() if name not in TELLING}


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_a_request_is_decided_as_aws_does(case: dict[str, Any]) -> None:
    answer = evaluate_line(json.dumps(asked(case)), unknown_context=case.get("unknown_context", False))
    expected = dict(case["expect"])
    assert answer["id"] == case["id"]
    if expected.pop("error", False):
        assert set(answer) == {"id", "error"}
        assert answer["error"]
        return
    assert {name: answer[name] for name in expected} == expected, case["why"]


def test_every_topic_has_its_cases() -> None:
    counted = Counter(case["id"].split("/")[0] for case in CASES)
    assert {file.stem for file in FOLDER.glob("*.json")} == set(FEWEST)
    assert {topic: counted[topic] for topic, fewest in FEWEST.items() if counted[topic] < fewest} == {}


def test_every_case_has_its_id_its_reason_and_its_page() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert [case["id"] for case in CASES if not case["why"].endswith(".")] == []
    assert [case["id"] for case in CASES if not case["page"].startswith("https://docs.aws.amazon.com/")] == []


def test_no_request_is_asked_twice() -> None:
    texts = Counter(
        json.dumps([{**asked(case), "id": ""}, case.get("unknown_context", False)], sort_keys=True) for case in CASES
    )
    assert [text for text, times in texts.items() if times > 1] == []
