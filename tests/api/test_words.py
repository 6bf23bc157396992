"""Trust statements in plain words."""

from __future__ import annotations

from typing import Any

import pytest

from iamviz.api.words import (
    conditions_words,
    principal_words,
    provider_words,
    service_words,
    trust_words,
)
from iamviz.policy.document import PrincipalEntry, Statement
from iamviz.policy.expression import Condition

A, B = "111111111111", "222222222222"


def node(node_id: str, kind: str, name: str = "", account: str | None = None, **more: Any) -> dict[str, Any]:
    return {"id": node_id, "kind": kind, "name": name, "account": account, "account_name": None, **more}


def test_several_conditions_must_all_hold() -> None:
    both = (Condition("Bool", "a", ("true",)), Condition("StringLike", "b", ("x*",)))
    assert conditions_words(both) == "a is true and b is like x*"


@pytest.mark.parametrize(
    ("principal", "words"),
    [
        (node(f"account:{A}", "account", A, A), "any principal of this account whose own policies let it"),
        (
            node(f"account:{B}", "account", B, B, account_name="data-lake"),
            "any principal of data-lake whose own policies let it",
        ),
        (
            node(f"account:{B}", "external-account", B, B),
            f"any principal of the outside account {B} whose own policies let it",
        ),
        (node("r", "role", "ci-runner", B, account_name="shared-ci"), "the role ci-runner in shared-ci"),
        (node("u", "user", "eve", A), "the user eve"),
        (node("arn:x", "external-principal", "x", B), "the principal arn:x, which is not in the snapshot"),
        (node("anyone", "anyone", "Anyone"), "anyone, in any AWS account"),
        (node("dangling:AROAX", "dangling", "AROAX"), "nobody: the principal AROAX was deleted"),
        (node("service:ec2.amazonaws.com", "service"), "Amazon EC2"),
        (node("web:accounts.google.com", "web-identity"), "Google accounts"),
    ],
)
def test_a_principal_reads_as_who_it_is(principal: dict[str, Any], words: str) -> None:
    assert principal_words(principal, "named", A) == words


@pytest.mark.parametrize(
    ("service", "words"),
    [
        ("lambda.amazonaws.com", "AWS Lambda"),
        ("ecs-tasks.amazonaws.com", "Amazon ECS tasks"),
        ("ec2.amazonaws.com.cn", "Amazon EC2"),
        ("brand-new.amazonaws.com", "the AWS service brand-new.amazonaws.com"),
    ],
)
def test_a_service_has_its_name_where_it_is_known(service: str, words: str) -> None:
    assert service_words(service) == words


@pytest.mark.parametrize(
    ("provider", "words"),
    [
        ("oidc-provider/token.actions.githubusercontent.com", "GitHub Actions workflows"),
        ("oidc-provider/token.actions.githubusercontent.com/acme", "GitHub Actions workflows"),
        ("saml-provider/Okta", "people who sign in through the SAML provider Okta"),
        ("saml-provider/AWSSSO_0123_DO_NOT_DELETE", "people whom IAM Identity Center assigns the permission set"),
        ("oidc-provider/idp.example.com/x", "whoever idp.example.com/x vouches for"),
        (
            "oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/AB",
            "Kubernetes service accounts of the cluster behind oidc.eks.eu-west-1.amazonaws.com/id/AB",
        ),
    ],
)
def test_a_provider_reads_as_who_signs_in_through_it(provider: str, words: str) -> None:
    assert provider_words(node(f"arn:aws:iam::{A}:{provider}", "oidc-provider")) == words


def test_a_deny_says_whom_it_refuses() -> None:
    statement = Statement(0, "Deny", principals=(PrincipalEntry("AWS", A),))
    principals = [node(f"account:{A}", "account", A, A), node("service:lambda.amazonaws.com", "service")]
    assert trust_words(statement, principals, {}, A) == "Refuses any principal of this account or AWS Lambda"


def test_allow_with_not_principal_lets_in_everybody_else() -> None:
    statement = Statement(0, "Allow", not_principals=(PrincipalEntry("AWS", A), PrincipalEntry("AWS", B)))
    assert trust_words(statement, [], {}, A) == f"Anyone but {A} or {B}"


def test_a_statement_without_a_principal_lets_in_nobody() -> None:
    assert trust_words(Statement(0, "Allow"), [], {}, A) == "Nobody"


def test_a_session_is_named_beside_its_role() -> None:
    session = PrincipalEntry("AWS", f"arn:aws:sts::{B}:assumed-role/Admin/alice")
    admin = node(f"arn:aws:iam::{B}:role/x/Admin", "role", "Admin", B)
    statement = Statement(0, "Allow", principals=(session,))
    assert trust_words(statement, [admin], {}, A) == f"The session alice of the role Admin in {B}"


def test_a_session_beside_its_whole_role_limits_nothing() -> None:
    admin = node(f"arn:aws:iam::{B}:role/x/Admin", "role", "Admin", B)
    entries = (PrincipalEntry("AWS", f"arn:aws:sts::{B}:assumed-role/Admin/alice"), PrincipalEntry("AWS", admin["id"]))
    assert trust_words(Statement(0, "Allow", principals=entries), [admin], {}, A) == f"The role Admin in {B}"
