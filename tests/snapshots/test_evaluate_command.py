"""manage.py evaluate: a line in, a line out, and an exit code that pipelines can rely on."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from iamviz.policy.lines import evaluate_line

A = "111111111111"
MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}


def asked(number: int, **more: Any) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": "s3:*", "Resource": "*", **more.pop("statement", {})}
    return {
        "id": number,
        "principal": f"arn:aws:iam::{A}:user/eve",
        "action": "s3:GetObject",
        "resource": "arn:aws:s3:::reports/2026.csv",
        "resource_account": A,
        "context": {},
        "identity_policies": [{"name": "own", "document": {"Version": "2012-10-17", "Statement": [statement]}}],
        "resource_policy": None,
        **more,
    }


def run(*arguments: str) -> tuple[int, list[dict[str, Any]], str]:
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("evaluate", *arguments, stdout=out, stderr=err)
    assert isinstance(stop.value.code, int)
    return stop.value.code, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def write(folder: Path, *lines: object) -> str:
    file = folder / "requests.jsonl"
    file.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines))
    return str(file)


def test_every_line_is_answered_in_its_order(tmp_path: Path) -> None:
    code, answers, err = run(write(tmp_path, asked(1), "", asked(2, action="ec2:RunInstances")))
    assert (code, err) == (0, "")
    assert answers == [
        {
            "id": 1,
            "decision": "allowed",
            "blocked_by": [],
            "because": [{"policy": "own", "statement": 0, "effect": "Allow"}],
            "depends_on": [],
        },
        {"id": 2, "decision": "implicitly_denied", "blocked_by": ["identity"], "because": [], "depends_on": []},
    ]


def test_a_line_that_cannot_be_read_is_an_error_in_its_place(tmp_path: Path) -> None:
    broken = asked(2, identity_policies=[{"name": "own", "document": {"Statement": 1}}])
    code, answers, err = run(write(tmp_path, asked(1), broken, "{", asked(4)))
    assert code == 2
    assert [answer["id"] for answer in answers] == [1, 2, None, 4]
    assert ["error" in answer for answer in answers] == [False, True, True, False]
    assert "line 2: identity_policies[0].document: Statement: must be" in err


def test_standard_input_is_read_where_no_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = io.TextIOWrapper(io.BytesIO(json.dumps(asked(1)).encode()))
    monkeypatch.setattr("sys.stdin", lines)
    code, answers, _ = run()
    assert (code, [answer["decision"] for answer in answers]) == (0, ["allowed"])


def test_a_key_that_is_not_given_is_absent_unless_it_is_said_to_be_unknown(tmp_path: Path) -> None:
    file = write(tmp_path, asked(1, statement={"Condition": MFA}))
    assert run(file)[1][0]["decision"] == "implicitly_denied"
    answer = run(file, "--unknown-context")[1][0]
    assert (answer["decision"], answer["depends_on"]) == ("conditional", ["aws:MultiFactorAuthPresent"])


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "requests.jsonl"
    file.write_text(json.dumps(asked(1)), encoding="utf-8-sig")
    assert [answer["decision"] for answer in run(str(file))[1]] == ["allowed"]


def test_another_encoding_is_said_to_be_wrong() -> None:
    line = json.dumps(asked(1, resource="arn:aws:s3:::\xe9"), ensure_ascii=False).encode("latin-1")
    assert evaluate_line(line) == {"id": 1, "error": "is not UTF-8: write the requests in that encoding"}


def test_more_statements_than_a_policy_can_have_are_refused_by_their_place() -> None:
    document = {"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}] * 5_000}
    answer = evaluate_line(asked(1, identity_policies=[{"name": "own", "document": document}]))
    assert answer["error"].startswith("identity_policies[0].document: Statement: has 5000 statements")


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    code, answers, err = run(str(tmp_path / "none.jsonl"))
    assert (code, answers) == (2, [])
    assert "none.jsonl: No such file" in err


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"principal": "eve"}, "principal"),
        ({"principal": 1}, "principal"),
        ({"action": "GetObject"}, "action"),
        ({"resource": None}, "resource"),
        ({"resource_account": "12"}, "resource_account"),
        ({"context": {"a": {"b": 1}}}, "context.a"),
        ({"context": {"aws:a": "1", "AWS:A": "2"}}, "context"),
        ({"service_control_policies": [{"target": "r-1"}]}, "service_control_policies[0]"),
        ({"session_policies": [{"name": "s", "document": None}]}, "session_policies[0].document"),
        ({"settings": {"s3_bucket_abac": "yes"}}, "settings.s3_bucket_abac"),
    ],
)
def test_an_error_names_what_is_wrong(wrong: dict[str, Any], named: str) -> None:
    answer = evaluate_line(asked(7, **wrong))
    assert answer["id"] == 7
    assert named in answer["error"]


def test_a_boundary_without_its_document_is_unknown() -> None:
    boundary = [{"name": "limit", "document": None}]
    assert evaluate_line(asked(1, permission_boundaries=boundary))["decision"] == "conditional"


@pytest.mark.parametrize("text", ["", "[]", "\ud800", '{"id": ' + "[" * 100_000, b"\xff"])
def test_what_is_no_request_at_all_is_an_error(text: str | bytes) -> None:
    assert set(evaluate_line(text)) == {"id", "error"}


def test_what_is_not_json_is_an_error() -> None:
    assert evaluate_line({"id": object()})["error"].startswith("is not JSON")


def test_numbers_and_booleans_of_a_context_are_their_json_text() -> None:
    guards = {"Bool": {"aws:MultiFactorAuthPresent": "true"}, "StringEquals": {"aws:MultiFactorAuthAge": "10"}}
    line = asked(1, statement={"Condition": guards})
    line["context"] = {"aws:MultiFactorAuthPresent": True, "aws:MultiFactorAuthAge": 10, "aws:username": None}
    assert evaluate_line(line)["decision"] == "allowed"
