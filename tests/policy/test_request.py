"""Who may ask, as requests write it."""

from __future__ import annotations

import pytest

from iamviz.policy.conditions import context_of
from iamviz.policy.principal import Caller, CallerKind
from iamviz.policy.request import make_request, parse_principal

A = "111111111111"
CANONICAL = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"


@pytest.mark.parametrize(
    ("text", "kind", "account"),
    [
        (f"arn:aws:iam::{A}:user/eve", "user", A),
        (f"arn:aws:iam::{A}:user/a/b//eve", "user", A),
        (f"arn:aws:iam::{A}:role/team/ops", "role", A),
        (f"arn:aws:iam::{A}:root", "root", A),
        (f"arn:aws:iam::{A}:saml-provider/idp", "provider", A),
        (f"arn:aws:sts::{A}:assumed-role/ops/ci", "session", A),
        (f"arn:aws:sts::{A}:federated-user/eve", "federated-user", A),
        ("ec2.amazonaws.com", "service", ""),
        ("cognito-identity.amazonaws.com", "web-identity", ""),
        ("accounts.google.com", "web-identity", ""),
        (CANONICAL, "canonical-user", ""),
    ],
)
def test_a_principal_is_told_by_how_it_is_written(text: str, kind: CallerKind, account: str) -> None:
    assert parse_principal(text) == Caller(text, kind, account)


def test_an_account_is_its_root_user() -> None:
    assert parse_principal(A) == Caller(f"arn:aws:iam::{A}:root", "root", A)


@pytest.mark.parametrize("text", ["arn:aws:s3:::a/b", f"arn:aws:iam::{A}:user", f"arn:aws:iam::{A}:user//eve"])
def test_an_arn_of_something_else_is_no_principal(text: str) -> None:
    assert parse_principal(text) is None


def test_the_service_of_an_action_stands_before_its_first_colon() -> None:
    eve = parse_principal(f"arn:aws:iam::{A}:user/eve")
    assert eve is not None
    for action in ("S3:Get:Object", f"S3:{'Get' * 100}"):
        assert make_request(eve, action, "*").service == "s3"


@pytest.mark.parametrize(
    ("arn", "userid", "unique_id"),
    [
        (f"arn:aws:iam::{A}:user/eve", "AIDACKCEVSQ6C2EXAMPLE", "AIDACKCEVSQ6C2EXAMPLE"),
        (f"arn:aws:sts::{A}:assumed-role/ops/ci", "AROADBQP57FF2AEXAMPLE:ci", "AROADBQP57FF2AEXAMPLE"),
    ],
)
def test_the_unique_id_of_the_caller_is_what_aws_userid_begins_with(arn: str, userid: str, unique_id: str) -> None:
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    caller = parse_principal(arn)
    assert caller is not None
    request = make_request(caller, "s3:GetObject", "*", context=context_of({"aws:userid": userid}))
    assert request.principal.unique_id == unique_id
