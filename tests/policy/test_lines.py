"""What is said of a line that cannot be answered, and what a line may leave out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec import Raw

from iamviz.policy.lines import _Named, _policies, evaluate_line

LINE = {"principal": "arn:aws:iam::111111111111:user/eve", "action": "s3:GetObject", "resource": "*"}
ODD: dict[str, Any] = {"document": []}
ALLOW = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
NO_PRINCIPAL = (
    " is no ARN of a user, a role, a session, a federated user, a root user or a provider, "
    "no service, no host and no canonical id: "
    "write one of them, such as arn:aws:iam::111122223333:user/eve, or null for somebody who is not signed in"
)


AS_TEXT = ": write the account's id as a text, or null"
NOT_NULL = ", not null: what a missing document allows is not guessed"
TWICE = "stands twice in one object, which AWS does not accept: keep one of them"


def allowed_if(condition: object) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition}
    return {**LINE, "identity_policies": [{"document": {"Version": "2012-10-17", "Statement": statement}}]}


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"principal": "eve"}, f"principal: 'eve'{NO_PRINCIPAL}"),
        ({"principal": "w" * 201}, f"principal: '{'w' * 200}'{NO_PRINCIPAL}"),
        ({"action": "s3"}, "action: 's3' is no service and action: write both, such as s3:GetObject"),
        ({"action": ":Get"}, "action: ':Get' is no service and action: write both, such as s3:GetObject"),
        ({"action": ":Get:Object"}, "action: ':Get:Object' is no service and action: write both, such as s3:GetObject"),
        ({"action": "s" * 201}, f"action: '{'s' * 200}' is no service and action: write both, such as s3:GetObject"),
        ({"resource_account": "1"}, f"resource_account: '1' is not twelve digits{AS_TEXT}"),
        ({"resource_account": "1" * 201}, f"resource_account: '{'1' * 200}' is not twelve digits{AS_TEXT}"),
        (
            {"context": {"k": "a", "K": "b"}},
            "context: a key is given twice, in two spellings: case does not tell keys apart, keep one",
        ),
        ({"resource": None}, "resource: must be a string, got null"),
        ({"context": {"k": {}}}, "context.k: must be a text, a number, true or false"),
        ({"context": {"k": ["a", {}]}}, "context.k: must be a text, a number, true or false"),
        ({"context": {"k" * 201: {}}}, f"context.{'k' * 200}: must be a text, a number, true or false"),
        ({"identity_policies": [{"document": {}}, ODD]}, "identity_policies[1].document: must be an object"),
        ({"identity_policies": [{"document": None}]}, f"identity_policies[0].document: must be an object{NOT_NULL}"),
        ({"permission_boundaries": [ODD]}, "permission_boundaries[0].document: must be an object"),
        ({"session_policies": [ODD]}, "session_policies[0].document: must be an object"),
        ({"session_policies": [{"document": None}]}, f"session_policies[0].document: must be an object{NOT_NULL}"),
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
    assert evaluate_line("[") == {"id": None, "error": "must be an object, got a list"}
    assert evaluate_line("{") == {
        "id": None,
        "error": "is not JSON: Input data was truncated: write one object a line, and nothing else",
    }
    assert evaluate_line("{x}") == {
        "id": None,
        "error": "is not JSON: object keys must be strings (byte 1): write one object a line, and nothing else",
    }
    assert evaluate_line('{"a":' * 100_000) == {
        "id": None,
        "error": "is nested too deeply: no policy needs that; check what wrote the line",
    }
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


def line(**more: Any) -> str:
    return json.dumps({**LINE, "id": 7, **more})


def own(document: str) -> str:
    return line(identity_policies=[{"document": "HERE"}]).replace('"HERE"', document)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (line().replace('"id": 7', '"id": 7, "action": "s3:PutObject"'), "the key 'action'"),
        (line(context={"k": "HERE"}).replace('"HERE"', '"a", "k": "b"'), "context: the key 'k'"),
        (line(context={"k": "HERE"}).replace('"HERE"', r'"\\\"", "\u006b": "b\\"'), "context: the key 'k'"),
        (line(settings={}).replace("{}", '{"s3_bucket_abac": true, "s3_bucket_abac": false}'), "settings: the key"),
        (line(session_policies=[{"document": {}}]).replace("{}", '{}, "document": {}'), "session_policies[0]: the key"),
        (own('{"Statement": [], "Statement": []}'), "identity_policies[0].document: the key 'Statement'"),
        (
            own('{"Statement": [{"Effect": "Deny", "Action": "a:b", "Condition": {"Bool": {"k": "1", "k" : "0"}}}]}'),
            "identity_policies[0].document: Statement[0].Condition.Bool: the key 'k'",
        ),
    ],
)
def test_a_key_that_stands_twice_in_one_object_is_an_error_and_never_read_as_its_last(text: str, place: str) -> None:
    answer = evaluate_line(text)
    assert set(answer) == {"id", "error"}
    assert answer["error"].startswith(place)
    assert answer["error"].endswith(TWICE)


@pytest.mark.parametrize("unread", ['"k": 1e2', '"k": "\\u003a\\"\\\\"', '"k" : ":"'])
def test_what_is_only_spelled_otherwise_stands_once(unread: str) -> None:
    assert "error" not in evaluate_line(line(context={"HERE": 0}).replace('"HERE": 0', unread))


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"contexts": {}}, "the key 'contexts' is not known: ignored; did you mean 'context'?"),
        ({"zzz": 1}, "the key 'zzz' is not known: ignored"),
        (
            {"settings": {"s3_bucket_abak": True}},
            "settings: the key 's3_bucket_abak' is not known: ignored; did you mean 's3_bucket_abac'?",
        ),
        (
            {"identity_policies": [{"document": ALLOW, "Name": "own"}]},
            "identity_policies[0]: the key 'Name' is not known: ignored; did you mean 'name'?",
        ),
        (
            {"service_control_policies": [{"policies": [], "targets": "r-1"}]},
            "service_control_policies[0]: the key 'targets' is not known: ignored; did you mean 'target'?",
        ),
        (
            {"resource_control_policies": [{"policies": [{"document": ALLOW, "x": 0}]}]},
            "resource_control_policies[0].policies[0]: the key 'x' is not known: ignored",
        ),
    ],
)
def test_a_key_that_nobody_reads_is_ignored_and_named(more: dict[str, Any], problem: str) -> None:
    answer = evaluate_line(line(**more))
    assert (answer["id"], answer["problems"]) == (7, [problem])


def test_what_is_asked_without_an_id_is_answered_without_one() -> None:
    assert evaluate_line(LINE)["id"] is None
    assert evaluate_line({**LINE, "id": {"of": [7]}})["id"] == {"of": [7]}


def test_an_answer_without_problems_does_not_speak_of_them() -> None:
    assert "problems" not in evaluate_line({**LINE, "identity_policies": [{"document": ALLOW}]})


def test_a_deny_with_an_operator_that_aws_does_not_know_never_matches_and_is_named() -> None:
    deny = {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringEqual": {"aws:username": "eve"}}}
    policies = [{"document": ALLOW}, {"name": "limits", "document": {**ALLOW, "Statement": deny}}]
    answer = evaluate_line({**LINE, "identity_policies": policies})
    assert answer["decision"] == "allowed"
    (problem,) = answer["problems"]
    unknown = "'StringEqual' is no condition operator that AWS knows; did you mean 'StringEquals'?"
    assert problem == f"limits: Statement.Condition: {unknown}"


def test_an_element_that_aws_does_not_know_is_named_in_the_answer() -> None:
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", "Conditions": {}}
    (problem,) = evaluate_line({**LINE, "resource_policy": {"Statement": statement}})["problems"]
    expected = "'Conditions' is no element that AWS knows: ignored; did you mean 'Condition'?"
    assert problem == f"resource_policy: Statement: {expected}"


def test_thousands_of_unknown_keys_are_counted_and_not_quoted() -> None:
    problems = evaluate_line(line(**{f"key{number}": 0 for number in range(1_000)}))["problems"]
    assert (len(problems), problems[-1]) == (51, "and 950 more")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("{}", "lacks the key 'principal': add it"),
        ('{"principal": null}', "lacks the key 'action': add it"),
        (line(identity_policies=[{"name": "own"}]), "identity_policies[0]: lacks the key 'document': add it"),
        (line(settings={"s3_bucket_abac": 1}), "settings.s3_bucket_abac: must be true or false, got a whole number"),
    ],
)
def test_what_a_line_lacks_is_named_with_its_place(text: str, error: str) -> None:
    assert evaluate_line(text)["error"] == error


def test_a_number_of_any_length_under_a_key_that_nobody_reads_is_no_error() -> None:
    answer = evaluate_line(line(zzz="HERE").replace('"HERE"', "1" * 5_000))
    assert answer["problems"] == ["the key 'zzz' is not known: ignored"]
