"""Providers, services and instance profiles: the trust alone decides."""

from __future__ import annotations

from iamviz.inventory.model import InstanceProfile
from tests.builders import A, B, account, arn, blocks, edges, graph, keys, role, trust

GITHUB = arn(A, "oidc-provider/token.actions.githubusercontent.com")
BY_TOKEN = "sts:AssumeRoleWithWebIdentity"
EC2 = trust({"Service": "ec2.amazonaws.com"})


def test_an_oidc_trust_is_conditional_on_its_claims() -> None:
    condition = {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:acme/app:*"}}
    built = graph(account(A, role("r", trusts=trust({"Federated": GITHUB}, BY_TOKEN, Condition=condition))))
    assert edges(built, "federates-into") == [
        ("token.actions.githubusercontent.com", "r", "conditional"),
        ("app:*", "r", "certain"),
    ]
    assert keys(built, "token.actions.githubusercontent.com", "r") == ["token.actions.githubusercontent.com:sub"]


def test_a_federated_principal_with_the_action_of_signed_calls_is_dead() -> None:
    built = graph(account(A, role("r", trusts=trust({"Federated": GITHUB}))))
    assert edges(built, "federates-into") == []
    assert blocks(built) == [("token.actions.githubusercontent.com", "r", "dead")]


def test_a_provider_of_another_account_is_dead() -> None:
    foreign = trust({"Federated": arn(B, "saml-provider/okta")}, "sts:AssumeRoleWithSAML")
    assert blocks(graph(account(A, role("r", trusts=foreign)))) == [("okta", "r", "dead")]


def test_a_built_in_web_identity_provider_is_a_node_of_its_own() -> None:
    built = graph(account(A, role("r", trusts=trust({"Federated": "cognito-identity.amazonaws.com"}, BY_TOKEN))))
    assert edges(built, "federates-into") == [
        ("web:cognito-identity.amazonaws.com", "r", "certain"),
        ("web:cognito-identity.amazonaws.com#*", "r", "certain"),
    ]


def test_a_provider_that_no_role_trusts_is_still_a_node() -> None:
    assert GITHUB in graph(account(A, oidc_providers=frozenset({GITHUB}))).ids


def test_one_statement_may_let_services_and_accounts_in() -> None:
    mixed = trust({"Service": ["lambda.amazonaws.com", "ec2.amazonaws.com"], "AWS": arn(B, "root")})
    found = edges(graph(account(A, role("r", trusts=mixed))), "can-assume")
    assert [source for source, _, _ in found] == [
        f"account:{B}",
        "service:ec2.amazonaws.com",
        "service:lambda.amazonaws.com",
    ]


def test_an_instance_profile_runs_as_its_role() -> None:
    profile = InstanceProfile(arn(A, "instance-profile/web"), "web", (arn(A, "role/r"),))
    assert edges(graph(account(A, role("r", trusts=EC2), profile)), "runs-as") == [("web", "r", "certain")]


def test_an_instance_profile_whose_role_does_not_let_ec2_in_is_dead() -> None:
    profile = InstanceProfile(arn(A, "instance-profile/web"), "web", (arn(A, "role/r"),))
    built = graph(account(A, role("r"), profile))
    assert edges(built, "runs-as") == []
    assert blocks(built) == [("web", "r", "dead")]
