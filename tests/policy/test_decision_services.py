"""Services that decide by rules of their own: role trust, keys, IAM's restrictions, public buckets and their tags."""

from __future__ import annotations

from typing import Any

import pytest

from iamviz.policy.layers import Settings
from tests.policy.deciding import EVE, OPS, ROOT, A, B, allow, decided, deny, to

ASSUME = "sts:AssumeRole"
KEY = f"arn:aws:kms:eu-west-1:{A}:key/1"
PROVIDER = f"arn:aws:iam::{A}:saml-provider/idp"
SHUT = Settings(s3_block_public_access=True)
STRANGER = f"arn:aws:iam::{B}:user/mallory"


@pytest.mark.parametrize(
    ("trust", "own", "blocked_by"),
    [
        ([to(EVE)], [], ()),
        ([to("*")], [], ()),
        ([to(A)], [], ("identity",)),
        ([to(A)], [allow()], ()),
        ([to(STRANGER)], [allow()], ("resource",)),
        (None, [allow()], ("resource",)),
    ],
)
def test_a_trust_must_allow_even_in_the_same_account(trust: Any, own: Any, blocked_by: tuple[str, ...]) -> None:
    assert decided(EVE, ASSUME, OPS, policy=trust, own=own).blocked_by == blocked_by


def test_to_assume_a_role_of_another_account_both_must_allow() -> None:
    assert decided(STRANGER, ASSUME, OPS, policy=[to(STRANGER)]).blocked_by == ("identity",)
    assert decided(STRANGER, ASSUME, OPS, policy=[to(B)], own=[allow()]).outcome == "allowed"


def test_with_a_token_the_trust_decides_alone() -> None:
    trust = [to({"Federated": PROVIDER})]
    assert decided(PROVIDER, "sts:AssumeRoleWithSAML", OPS, policy=trust, scps=[[deny()]]).outcome == "allowed"


def test_an_rcp_can_keep_people_from_a_role_but_not_from_a_service_linked_one() -> None:
    rcps = [[{**to("*"), "Effect": "Deny"}]]
    linked = f"arn:aws:iam::{A}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"
    ecs = "ecs.amazonaws.com"
    assert decided(EVE, ASSUME, OPS, policy=[to(EVE)], rcps=rcps).blocked_by == ("rcp",)
    assert decided(ecs, ASSUME, linked, policy=[to({"Service": ecs})], rcps=rcps).outcome == "allowed"


def test_no_role_is_given_to_the_root_user() -> None:
    assert decided(ROOT, ASSUME, OPS, policy=[to(A)]).outcome == "implicitly_denied"


@pytest.mark.parametrize(
    ("policy", "blocked_by"), [(None, ("resource",)), ([to(ROOT)], ()), ([to(STRANGER)], ("resource",))]
)
def test_a_key_must_let_its_accounts_policies_speak(policy: Any, blocked_by: tuple[str, ...]) -> None:
    assert decided(EVE, "kms:Decrypt", KEY, policy=policy, own=[allow()]).blocked_by == blocked_by


def test_listing_keys_follows_the_ordinary_rule() -> None:
    assert decided(EVE, "kms:ListKeys", "*", own=[allow()]).outcome == "allowed"


@pytest.mark.parametrize(("name", "blocked_by"), [("aws/s3", ("iam",)), ("own", ())])
def test_aliases_of_aws_are_aws_to_change(name: str, blocked_by: tuple[str, ...]) -> None:
    alias = f"arn:aws:kms:eu-west-1:{A}:alias/{name}"
    assert decided(EVE, "kms:UpdateAlias", alias, own=[allow()]).blocked_by == blocked_by


def test_an_rcp_does_not_keep_a_grant_from_being_retired() -> None:
    rcps = [[{**to("*"), "Effect": "Deny"}]]
    assert decided(EVE, "kms:RetireGrant", KEY, policy=[to(EVE)], rcps=rcps).outcome == "allowed"


@pytest.mark.parametrize(
    ("action", "resource", "outcome"),
    [
        ("iam:CreatePolicyVersion", "arn:aws:iam::aws:policy/ReadOnlyAccess", "implicitly_denied"),
        ("iam:GetPolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess", "allowed"),
        ("iam:CreatePolicyVersion", f"arn:aws:iam::{A}:policy/own", "allowed"),
        ("iam:PassRole", f"arn:aws:iam::{A}:role/aws-reserved/sso.amazonaws.com/X", "implicitly_denied"),
        ("iam:UpdateAssumeRolePolicy", f"arn:aws:iam::{A}:role/aws-reserved/sso.amazonaws.com/X", "implicitly_denied"),
        ("iam:GetRole", f"arn:aws:iam::{A}:role/aws-reserved/sso.amazonaws.com/X", "allowed"),
    ],
)
def test_what_is_aws_to_change_in_iam(action: str, resource: str, outcome: str) -> None:
    assert decided(EVE, action, resource, own=[allow()]).outcome == outcome


def test_a_trust_is_no_policy_for_actions_of_iam() -> None:
    assert decided(EVE, "iam:DeleteRole", OPS, policy=[to(EVE)]).blocked_by == ("identity",)
    assert (
        decided(EVE, "iam:DeleteRole", OPS, policy=[{**to(EVE), "Effect": "Deny"}], own=[allow()]).outcome == "allowed"
    )


def test_a_public_policy_lets_nobody_from_outside_into_a_bucket_that_blocks_it() -> None:
    assert decided(None, policy=[to("*")], settings=SHUT).blocked_by == ("s3-bpa",)
    assert decided(STRANGER, own=[allow()], policy=[to(STRANGER), to("*")], settings=SHUT).blocked_by == ("s3-bpa",)
    assert decided(EVE, policy=[to("*")], settings=SHUT).outcome == "allowed"
    assert decided(STRANGER, own=[allow()], policy=[to(STRANGER)], settings=SHUT).outcome == "allowed"


@pytest.mark.parametrize(
    ("operator", "key", "value", "is_public"),
    [
        ("StringEquals", "aws:PrincipalOrgID", "o-1", False),
        ("StringLike", "aws:PrincipalOrgID", "o-*", True),
        ("StringEquals", "aws:PrincipalAccount", B, False),
        ("ArnLike", "aws:PrincipalArn", f"arn:aws:iam::{B}:role/*", False),
        ("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/x", True),
        ("StringLike", "aws:userid", "AROAEXAMPLE:*", False),
        ("StringLike", "aws:userid", "*:x", True),
        ("IpAddress", "aws:SourceIp", "203.0.113.0/24", False),
        ("IpAddress", "aws:SourceIp", "0.0.0.0/0", True),
        ("IpAddress", "aws:SourceIp", "somewhere", True),
        ("StringEqualsIfExists", "aws:PrincipalOrgID", "o-1", True),
        ("StringNotEquals", "aws:PrincipalOrgID", "o-1", True),
        ("StringEquals", "aws:username", "mallory", True),
        ("Bool", "aws:SecureTransport", "true", True),
    ],
)
def test_what_makes_a_bucket_policy_public(operator: str, key: str, value: str, *, is_public: bool) -> None:
    public = to("*", Condition={operator: {key: value}})
    found = decided(STRANGER, own=[allow()], policy=[to(STRANGER), public], settings=SHUT)
    assert found.outcome == ("implicitly_denied" if is_public else "allowed")


def test_a_deny_makes_no_policy_public() -> None:
    policy = [to(STRANGER), {**to("*"), "Effect": "Deny", "Action": "s3:PutObject"}]
    assert decided(STRANGER, own=[allow()], policy=policy, settings=SHUT).outcome == "allowed"


@pytest.mark.parametrize("key", ["aws:ResourceTag/team", "s3:BucketTag/team"])
def test_tags_of_a_bucket_count_where_it_has_abac_enabled(key: str) -> None:
    own = [allow(Condition={"StringEquals": {key: "red"}})]
    assert decided(own=own, context={key: "red"}).outcome == "implicitly_denied"
    assert decided(own=own, context={key: "red"}, settings=Settings(s3_bucket_abac=True)).outcome == "allowed"
    assert decided(own=own, known=False).outcome == "implicitly_denied"
    assert decided(own=own, known=False, settings=Settings(s3_bucket_abac=True)).depends_on == (key,)


def test_tags_of_an_access_point_count_whatever_its_bucket_has_enabled() -> None:
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-tagging.html
    own = [allow(Condition={"StringEquals": {"aws:ResourceTag/team": "red"}})]
    point = f"arn:aws:s3:eu-west-1:{A}:accesspoint/own"
    assert (
        decided(EVE, "s3:GetAccessPoint", point, own=own, context={"aws:ResourceTag/team": "red"}).outcome == "allowed"
    )
    assert decided(EVE, "s3:GetAccessPoint", point, own=own).outcome == "implicitly_denied"
