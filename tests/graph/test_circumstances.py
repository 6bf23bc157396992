"""What an edge must be, for each condition key that a trust may test and each kind of caller.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from typing import Any

import pytest

from iamviz.inventory.model import Role
from tests.builders import A, X, account, allow, arn, graph, pairs, role, root, trust, user, written

OIDC, SAML = arn(A, "oidc-provider/idp.example.com"), arn(A, "saml-provider/corp")
LAMBDA = "lambda.amazonaws.com"
YEAR = "2020-01-01T00:00:00Z"

CALLERS: dict[str, tuple[str, object, str]] = {
    "user": (arn(A, "user/u"), arn(A, "user/u"), "sts:AssumeRole"),
    "role": (arn(A, "role/ci"), arn(A, "role/ci"), "sts:AssumeRole"),
    "oidc": (OIDC, {"Federated": OIDC}, "sts:AssumeRoleWithWebIdentity"),
    "saml": (SAML, {"Federated": SAML}, "sts:AssumeRoleWithSAML"),
    "service": (f"service:{LAMBDA}", {"Service": LAMBDA}, "sts:AssumeRole"),
    "account": (f"account:{X}", root(X), "sts:AssumeRole"),
    "strange user": (arn(X, "user/z"), arn(X, "user/z"), "sts:AssumeRole"),
    "strange role": (arn(X, "role/z"), arn(X, "role/z"), "sts:AssumeRole"),
    "anyone": ("anyone", "*", "sts:AssumeRole"),
}
"""The source of the edge, how the trust names it, and the action. Of an account elsewhere, and of its users and roles,
the own policies are in no snapshot: whatever the conditions leave possible is unknown."""

WORDS = {"+": "certain", "?": "conditional", "-": "none", "…": "unknown"}

# One mark for each caller, in the order above.
TABLE: tuple[tuple[str, str, str, str], ...] = (
    # Who calls. A session's is the ARN of its role.
    ("ArnEquals", "aws:PrincipalArn", arn(A, "user/u"), "+---?…---"),
    ("ArnLike", "aws:PrincipalArn", arn(A, "role/*"), "-+--?…---"),
    ("ArnLike", "aws:PrincipalArn", arn(X, "*"), "----?………?"),
    ("StringEquals", "aws:PrincipalArn", arn(A, "role/*"), "----?…---"),
    ("StringEquals", "aws:PrincipalAccount", A, "++--?----"),
    ("StringEquals", "aws:PrincipalAccount", X, "----?………?"),
    ("StringEquals", "aws:PrincipalType", "User", "+-???……-?"),
    ("StringEquals", "aws:PrincipalType", "AssumedRole", "-+???…-…?"),
    ("StringEquals", "aws:username", "u", "+----…--?"),
    ("StringEquals", "aws:username", "z", "-----……-?"),
    ("Null", "aws:username", "true", "-++++…-…?"),
    # Nobody knows whether the account of the snapshot belongs to an organization.
    ("StringEquals", "aws:PrincipalOrgID", "o-1", "??---………?"),
    ("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-1/r-1/*", "??---………?"),
    ("StringEquals", "aws:PrincipalTag/team", "ops", "-----………?"),
    # Ids: of a user its own, of a session the role's and a name that whoever assumes the role chooses.
    ("StringEquals", "aws:userid", "AIDAU", "+---?………?"),
    ("StringLike", "aws:userid", "AROACI:*", "-+--?………?"),
    ("StringLike", "aws:userid", "AROA*", "-+--?………?"),
    ("StringLike", "aws:userid", "*:deploy", "-?--?………?"),
    ("StringEquals", "aws:userid", "AROACI:deploy", "-?--?………?"),
    ("StringEquals", "aws:userid", "AROACI:*", "----?……-?"),
    ("StringEquals", "aws:userid", "AROACI", "----?………?"),
    ("StringEquals", "aws:userid", "AROAOTHER:deploy", "----?………?"),
    ("StringLike", "aws:userid", "AIDAOTHER*", "----?………?"),
    ("StringNotLike", "aws:userid", "AROAOTHER:*", "++++?………?"),
    ("StringNotLike", "aws:userid", "AROACI:*", "+-++?………?"),
    ("StringNotEquals", "aws:userid", "AROACI:deploy", "+?++?………?"),
    ("Null", "aws:userid", "true", "--++?……-?"),
    # Calls that a service makes, for itself or for somebody else.
    ("Bool", "aws:PrincipalIsAWSService", "true", "----+----"),
    ("Bool", "aws:PrincipalIsAWSService", "false", "++++-………+"),
    ("Bool", "aws:ViaAWSService", "true", "----?----"),
    ("StringEquals", "aws:PrincipalServiceName", LAMBDA, "----+----"),
    ("StringEquals", "aws:PrincipalServiceName", "ec2.amazonaws.com", "---------"),
    ("StringEquals", "aws:SourceAccount", A, "----?----"),
    ("ArnLike", "aws:SourceArn", "arn:aws:lambda:*:*:*", "----?----"),
    # How the caller got its credentials: a user may call with its keys, or with a session of its own.
    ("Bool", "aws:MultiFactorAuthPresent", "true", "?---?……-?"),
    ("BoolIfExists", "aws:MultiFactorAuthPresent", "true", "+-++?……-+"),
    ("Bool", "aws:MultiFactorAuthPresent", "false", "?+--?………?"),
    ("NumericLessThan", "aws:MultiFactorAuthAge", "3600", "?----……-?"),
    ("DateGreaterThan", "aws:TokenIssueTime", YEAR, "??--?………?"),
    ("Null", "aws:TokenIssueTime", "true", "+-++?……-+"),
    ("Null", "aws:TokenIssueTime", "false", "?+--?………?"),
    ("StringEquals", "aws:FederatedProvider", OIDC, "--???…-…?"),
    ("StringEquals", "aws:SourceIdentity", "eve", "-?--?…-…?"),
    # What the call passes.
    ("StringEquals", "sts:ExternalId", "x", "??--?………?"),
    ("StringEquals", "sts:SourceIdentity", "eve", "?????………?"),
    ("StringEquals", "sts:RoleSessionName", "x", "?????………?"),
    ("ForAllValues:StringEquals", "sts:TransitiveTagKeys", "team", "?????………?"),
    ("ForAnyValue:StringEquals", "aws:TagKeys", "team", "?????………?"),
    ("StringEquals", "aws:RequestTag/team", "ops", "?????………?"),
    # Where it comes from, and where it goes.
    ("StringEquals", "aws:RequestedRegion", "eu-west-1", "?????………?"),
    ("IpAddress", "aws:SourceIp", "10.0.0.0/8", "?????………?"),
    ("StringEquals", "aws:SourceVpc", "vpc-1", "?????………?"),
    ("StringEquals", "aws:SourceVpce", "vpce-1", "?????………?"),
    ("Bool", "aws:SecureTransport", "true", "?????………?"),
)


def edge(caller: str, operator: str, key: str, value: str) -> str:
    source, principal, action = CALLERS[caller]
    trusts = trust(principal, action, Condition={operator: {key: value}})
    built = graph(account(A, user("u"), role("ci"), role("r", trusts=trusts)))
    listed: Any = written(built)["edges"]
    found = [each["certainty"] for each in listed if (each["source"], each["target"]) == (source, arn(A, "role/r"))]
    return str(found[0]) if found else "none"


@pytest.mark.parametrize(
    ("caller", "operator", "key", "value", "mark"),
    [
        (caller, operator, key, value, mark)
        for operator, key, value, marks in TABLE
        for caller, mark in zip(CALLERS, marks, strict=True)
    ],
)
def test_a_condition_makes_of_a_caller(caller: str, operator: str, key: str, value: str, mark: str) -> None:
    assert edge(caller, operator, key, value) == WORDS[mark]


def test_only_a_role_that_takes_web_identities_may_have_sessions_of_a_provider() -> None:
    federated = trust({"Federated": OIDC}, "sts:AssumeRoleWithWebIdentity")
    asked = trust(root(A), Condition={"StringEquals": {"aws:FederatedProvider": OIDC}})
    callers = (
        role("web", allow(resource=arn(A, "role/r")), trusts=federated),
        role("own", allow(resource=arn(A, "role/r"))),
    )
    assert pairs(account(A, *callers, role("r", trusts=asked))) == [("web", "r", "conditional")]


def test_the_id_of_a_role_tells_its_sessions_from_those_of_another_with_equal_policies() -> None:
    asked = trust(root(A), Condition={"StringLike": {"aws:userid": "AROAONE:*"}})
    callers = role("one", allow(resource=arn(A, "role/r"))), role("two", allow(resource=arn(A, "role/r")))
    assert pairs(account(A, *callers, role("r", trusts=asked))) == [("one", "r", "certain")]


def test_a_deny_of_all_sessions_but_one_role_s_blocks_the_others() -> None:
    deny = trust("*", Effect="Deny", Condition={"StringNotLike": {"aws:userid": ["AROAONE:*", "AIDAU"]}})
    world = account(A, user("u"), role("one"), role("two"), role("r", trusts=[trust("*"), deny]))
    assert [each for each in pairs(world) if each[1] == "r"] == [("one", "r", "certain"), ("u", "r", "certain")]


def test_a_role_whose_id_is_not_in_the_snapshot_stays_in_doubt() -> None:
    asked = trust(arn(A, "role/ci"), Condition={"StringLike": {"aws:userid": "AROACI:*"}})
    caller = role("ci")
    world = account(A, Role("", "ci", "", caller.trust), role("r", trusts=asked))
    assert pairs(world) == [("ci", "r", "conditional")]
