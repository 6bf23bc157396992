"""Who may ask, as requests write it."""

from __future__ import annotations

import pytest

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
    assert make_request(eve, "S3:Get:Object", "*").service == "s3"
