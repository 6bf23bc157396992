"""Subjects of OIDC providers as entries: who among a provider's users gets in, and who never does."""

from __future__ import annotations

from typing import Any

import pytest

from iamviz.graph.model import IamGraph, Link
from iamviz.inventory.model import Guardrail, Organization, OrganizationAccount, OrganizationalUnit, Role
from tests.builders import A, B, account, arn, document, edges, graph, role, trust
from tests.graph.entries import entry_blocks, entry_edges
from tests.workloads import eks_cluster

HOST = "token.actions.githubusercontent.com"
GITHUB = arn(A, f"oidc-provider/{HOST}")
BY_TOKEN = "sts:AssumeRoleWithWebIdentity"
ACME = "any repo of acme"


def lets_in(operator: str = "StringLike", *, effect: str = "Allow", **claims: object) -> dict[str, Any]:
    """A statement of a trust policy about GitHub's users."""
    condition = {operator: {f"{HOST}:{claim}": value for claim, value in claims.items()}} if claims else {}
    return trust({"Federated": GITHUB}, BY_TOKEN, Condition=condition) | {"Effect": effect}


def deployed(*statements: dict[str, Any], **more: Any) -> IamGraph:
    return graph(account(A, role("deploy", trusts=list(statements)), **more))


def links(built: IamGraph) -> list[Link]:
    return list(built.blocked)


def test_a_subject_leads_to_the_role_beside_its_provider() -> None:
    built = deployed(lets_in(sub="repo:acme/*"))
    assert edges(built, "federates-into") == [(HOST, "deploy", "conditional"), ("*", "deploy", "certain")]
    assert entry_edges(built) == [(ACME, "deploy", "certain")]
    assert f"{GITHUB}#repo:acme/*" in built.ids


def test_nothing_leads_to_a_subject() -> None:
    built = deployed(lets_in(sub="repo:acme/*"))
    assert len(built.in_edges(built.position[f"{GITHUB}#repo:acme/*"])) == 0


def test_each_statement_lets_its_own_subjects_in_and_is_their_proof() -> None:
    built = deployed(lets_in(sub="repo:acme/a:*"), lets_in(sub="repo:acme/b:*"))
    assert [name for name, _, _ in entry_edges(built)] == [
        "GitHub repo acme/a, any workflow run",
        "GitHub repo acme/b, any workflow run",
    ]
    (edge,) = built.out_edges(built.position[f"{GITHUB}#repo:acme/b:*"])
    assert [each.statement for proof in built.proofs[edge] for each in proof.evidence] == [1]


def test_a_claim_beside_the_subject_stays_a_condition() -> None:
    built = deployed(lets_in("StringEquals", sub="repo:acme/app:pull_request", aud="sts.amazonaws.com"))
    assert entry_edges(built) == [("GitHub repo acme/app, pull requests", "deploy", "conditional")]


def test_a_deny_keeps_its_subjects_out() -> None:
    built = deployed(lets_in(sub=["repo:acme/a:*", "repo:acme/b:*"]), lets_in(effect="Deny", sub="repo:acme/b:*"))
    assert entry_edges(built) == [("GitHub repo acme/a, any workflow run", "deploy", "certain")]


def test_a_deny_of_all_others_names_the_subjects() -> None:
    others = lets_in("StringNotLike", effect="Deny", sub="repo:acme/*")
    assert entry_edges(deployed(lets_in(), others)) == [(ACME, "deploy", "certain")]


def test_a_resource_control_policy_names_the_subjects_too() -> None:
    condition = {"StringNotLike": {f"{HOST}:sub": "repo:acme/*"}}
    statement = {"Effect": "Deny", "Principal": "*", "Action": BY_TOKEN, "Resource": "*", "Condition": condition}
    rcp = Guardrail("p-1", "only-acme", "RESOURCE_CONTROL_POLICY", document(statement), ("r-1",))
    organization = Organization(
        "o-1",
        "999999999999",
        "ALL",
        roots=(OrganizationalUnit("r-1", "Root", None),),
        accounts=(OrganizationAccount(A, "prod", "ACTIVE", "r-1"),),
        guardrails=(rcp,),
        enabled_types=frozenset({"RESOURCE_CONTROL_POLICY"}),
    )
    both = lets_in(sub=["repo:acme/*", "repo:evil/*"])
    built = graph(account(A, role("deploy", trusts=both)), organization=organization)
    assert entry_edges(built) == [(ACME, "deploy", "certain")]


def test_a_wildcard_in_string_equals_lets_nobody_in() -> None:
    built = deployed(lets_in("StringEquals", sub="repo:acme/*"))
    assert edges(built, "federates-into") == []
    assert [(link.layer, link.kind) for link in links(built)] == [("dead", "federates-into")] * 2
    assert entry_blocks(built) == [
        (ACME, "federates-into", "the wildcard is a plain character in StringEquals: no subject has it")
    ]


def test_conditions_that_no_subject_satisfies_are_dead() -> None:
    never = trust(
        {"Federated": GITHUB},
        BY_TOKEN,
        Condition={"StringLike": {f"{HOST}:sub": "repo:acme/*"}, "StringNotLike": {f"{HOST}:sub": "repo:*"}},
    )
    built = deployed(never)
    assert edges(built, "federates-into") == []
    assert [link.reason for link in links(built)] == ["no subject can satisfy the conditions"]


@pytest.mark.parametrize(("asked", "is_dead"), [("sts.amazonaws.com", False), ("other", True), ("sts.*", True)])
def test_an_audience_that_is_not_registered_is_dead(asked: str, *, is_dead: bool) -> None:
    clients = {GITHUB: frozenset({"sts.amazonaws.com"})}
    built = deployed(lets_in("StringEquals", sub="repo:acme/app:pull_request", aud=asked), oidc_clients=clients)
    assert (entry_edges(built) == []) == is_dead
    assert bool(links(built)) == is_dead


def test_a_provider_that_is_gone_takes_its_subjects_with_it() -> None:
    built = deployed(lets_in(sub="repo:acme/*"), oidc_providers=frozenset())
    assert entry_edges(built) == []
    assert [link.reason for link in links(built)] == ["the account has no such provider"]


def test_a_provider_of_another_account_takes_its_subjects_with_it() -> None:
    foreign = trust({"Federated": arn(B, f"oidc-provider/{HOST}")}, BY_TOKEN)
    assert entry_edges(graph(account(A, role("deploy", trusts=foreign)))) == []


def test_tokens_of_an_aws_account_are_taken_by_no_sts() -> None:
    issuer = arn(A, "oidc-provider/0a1b.tokens.sts.global.api.aws")
    built = graph(account(A, role("r", trusts=trust({"Federated": issuer}, BY_TOKEN))))
    assert edges(built, "federates-into") == []
    assert [link.reason for link in links(built)] == [
        "STS takes no tokens that AWS accounts issue for their own principals"
    ]


def test_a_service_account_is_named_by_its_cluster() -> None:
    issuer = "oidc.eks.us-east-1.amazonaws.com/id/ABCDEF0123456789"
    condition = {"StringEquals": {f"{issuer}:sub": "system:serviceaccount:pay:api"}}
    irsa = trust({"Federated": arn(A, f"oidc-provider/{issuer}")}, BY_TOKEN, Condition=condition)
    built = graph(account(A, role("pay", trusts=irsa), eks_cluster("prod", issuer=issuer)))
    assert entry_edges(built) == [("EKS service account pay/api of cluster prod", "pay", "certain")]


def test_guests_and_users_of_an_identity_pool_are_apart() -> None:
    def pool(state: str, name: str) -> Role:
        key = "cognito-identity.amazonaws.com"
        condition = {"StringEquals": {f"{key}:aud": "eu-1:g"}, "ForAnyValue:StringLike": {f"{key}:amr": state}}
        return role(name, trusts=trust({"Federated": key}, BY_TOKEN, Condition=condition))

    built = graph(account(A, pool("unauthenticated", "guest"), pool("authenticated", "user")))
    assert entry_edges(built) == [
        ("Cognito identity pool eu-1:g, signed in", "user", "certain"),
        ("Cognito identity pool eu-1:g, unauthenticated: anyone on the Internet", "guest", "certain"),
    ]


def test_whether_a_star_lets_users_of_providers_in_is_unknown() -> None:
    built = deployed(trust("*", BY_TOKEN), oidc_providers=frozenset({GITHUB}))
    assert edges(built, "federates-into") == [(HOST, "deploy", "unknown")]


def test_a_star_that_allows_signed_calls_only_says_nothing_of_providers() -> None:
    built = deployed(trust("*"), oidc_providers=frozenset({GITHUB}))
    assert edges(built, "federates-into") == []


def test_users_of_a_saml_provider_are_not_told_apart() -> None:
    condition = {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}
    okta = trust({"Federated": arn(A, "saml-provider/okta")}, "sts:AssumeRoleWithSAML", Condition=condition)
    built = graph(account(A, role("r", trusts=okta)))
    assert edges(built, "federates-into") == [("okta", "r", "conditional")]
    assert entry_edges(built) == []
