"""What is said of a line that cannot be answered, and what a line may leave out."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import Raw

from iamviz.policy.lines import _Named, _policies, evaluate_line

LINE = {"principal": "arn:aws:iam::111111111111:user/eve", "action": "s3:GetObject", "resource": "*"}
ODD: dict[str, Any] = {"document": []}
ALLOW = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
NO_PRINCIPAL = (
    " is no ARN of a user, a role, a session, a federated user, a root user or a provider, "
    "no service, no host and no canonical id"
)


def allowed_if(condition: object) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition}
    return {**LINE, "identity_policies": [{"document": {"Version": "2012-10-17", "Statement": statement}}]}


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"principal": "eve"}, f"principal: 'eve'{NO_PRINCIPAL}"),
        ({"principal": "w" * 201}, f"principal: '{'w' * 200}'{NO_PRINCIPAL}"),
        ({"action": "s3"}, "action: 's3' is no service and action, such as s3:GetObject"),
        ({"action": ":Get"}, "action: ':Get' is no service and action, such as s3:GetObject"),
        ({"action": ":Get:Object"}, "action: ':Get:Object' is no service and action, such as s3:GetObject"),
        ({"action": "s" * 201}, f"action: '{'s' * 200}' is no service and action, such as s3:GetObject"),
        ({"resource_account": "1"}, "resource_account: '1' is not twelve digits"),
        ({"resource_account": "1" * 201}, f"resource_account: '{'1' * 200}' is not twelve digits"),
        ({"context": {"k": "a", "K": "b"}}, "context: a key is given twice, in two spellings"),
        ({"context": {"k": {}}}, "context.k: must be a text, a number, true or false"),
        ({"context": {"k": ["a", {}]}}, "context.k: must be a text, a number, true or false"),
        ({"context": {"k" * 201: {}}}, f"context.{'k' * 200}: must be a text, a number, true or false"),
        ({"identity_policies": [{"document": {}}, ODD]}, "identity_policies[1].document: must be an object"),
        ({"identity_policies": [{"document": None}]}, "identity_policies[0].document: must be an object"),
        ({"permission_boundaries": [ODD]}, "permission_boundaries[0].document: must be an object"),
        ({"session_policies": [ODD]}, "session_policies[0].document: must be an object"),
        ({"session_policies": [{"document": None}]}, "session_policies[0].document: must be an object"),
        ({"vpc_endpoint_policies": [ODD]}, "vpc_endpoint_policies[0].document: must be an object"),
        ({"resource_policy": []}, "resource_policy: must be an object"),
        (
            {"service_control_policies": [{"policies": []}, {"policies": [ODD]}]},
            "service_control_policies[1].policies[0].document: must be an object",
        ),
        (
            {"resource_control_policies": [{"policies": [ODD]}]},
            "resource_control_policies[0].policies[0].document: must be an object",
        ),
    ],
)
def test_what_cannot_be_answered_is_named_with_the_rule_that_it_breaks(more: dict[str, Any], error: str) -> None:
    assert evaluate_line({**LINE, "id": 7, **more}) == {"id": 7, "error": error}


def test_what_is_no_json_has_no_id() -> None:
    assert evaluate_line("[") == {"id": None, "error": "Expected `object`, got `array`"}
    assert evaluate_line('{"a":' * 100_000) == {"id": None, "error": "is nested too deeply"}
    assert evaluate_line({**LINE, "id": object()}) == {
        "id": None,
        "error": "is not JSON: Encoding objects of type object is unsupported",
    }


@pytest.mark.parametrize(
    ("line", "known"),
    [(b'{"id": 7, "principal": "\xff", "action": "s3:Get", "resource": "*"}', 7), ('{"id": "\ud800"}', None)],
)
def test_what_is_not_utf_8_says_so_with_the_id_where_that_can_be_read(line: str | bytes, known: int | None) -> None:
    assert evaluate_line(line) == {"id": known, "error": "is not UTF-8: write the requests in that encoding"}


def test_a_key_that_is_not_given_is_absent_unless_it_is_said_to_be_unknown() -> None:
    line = allowed_if({"Null": {"aws:username": "true"}})
    assert evaluate_line(line)["decision"] == "allowed"
    assert evaluate_line(line, unknown_context=True)["decision"] == "conditional"


def test_null_in_the_context_is_known_to_be_absent() -> None:
    line = allowed_if({"Null": {"aws:username": "true"}})
    assert evaluate_line({**line, "context": {"aws:username": None}}, unknown_context=True)["decision"] == "allowed"


def test_a_boundary_alone_may_lack_its_document() -> None:
    line = {**LINE, "identity_policies": [{"document": ALLOW}], "permission_boundaries": [{"document": None}]}
    assert evaluate_line(line)["decision"] == "conditional"
    (lost,) = _policies([_Named(Raw(b"null"), "limit")], "permission_boundaries", may_be_missing=True)
    assert (lost.name, lost.compiled, lost.missing) == ("limit", None, "the document of limit is missing")


def test_a_policy_without_a_name_is_told_by_its_place() -> None:
    (told,) = evaluate_line({**LINE, "identity_policies": [{"document": ALLOW}]})["because"]
    assert told == {"policy": "identity_policies[0]", "statement": 0, "effect": "Allow"}
