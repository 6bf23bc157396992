"""From parts to an Inventory; the odd inputs that real accounts have."""

from __future__ import annotations

import pytest

from iamviz.ingest.assemble import build_inventory
from iamviz.ingest.documents import DocumentCache
from tests.ingest.builders import (
    ACCOUNT,
    ALLOW_ALL,
    OTHER,
    attached,
    details,
    group,
    inventory,
    policy,
    read,
    role,
    texts,
    trust,
    user,
)


def test_an_account_is_read_whole() -> None:
    everything = details(
        [
            user(
                "alice",
                GroupList=["dev"],
                UserPolicyList=[{"PolicyName": "own", "PolicyDocument": ALLOW_ALL}],
                AttachedManagedPolicies=attached(f"arn:aws:iam::{ACCOUNT}:policy/p"),
                PermissionsBoundary={
                    "PermissionsBoundaryType": "Policy",
                    "PermissionsBoundaryArn": "arn:aws:iam::aws:policy/B",
                },
                Tags=[{"Key": "team", "Value": "red"}],
            )
        ],
        [group("dev", GroupPolicyList=[{"PolicyName": "g", "PolicyDocument": ALLOW_ALL}])],
        [role("app", RoleLastUsed={"LastUsedDate": "2025-01-01T00:00:00Z", "Region": "eu-west-1"})],
        [policy("p", Description="all", PermissionsBoundaryUsageCount=None)],
    )
    found = inventory(everything)
    alice = found.users[0]
    assert (alice.groups, alice.boundary, alice.tags) == (("dev",), "arn:aws:iam::aws:policy/B", {"team": "red"})
    assert [each.name for each in alice.inline] == ["own"]
    assert alice.attached == (f"arn:aws:iam::{ACCOUNT}:policy/p",)
    assert found.groups[0].inline[0].document.document is not None
    assert found.roles[0].last_used_region == "eu-west-1"
    assert found.policies[alice.attached[0]].default is not None
    assert found.notices == ()
    assert found.has_details


def test_parts_of_other_accounts_are_left_aside() -> None:
    parts = read(details([user("alice"), user("bob", OTHER)])).parts
    assert [each.name for each in build_inventory(OTHER, parts, DocumentCache()).users] == ["bob"]


def test_groups_are_found_whatever_their_case() -> None:
    found = inventory(details([user("alice", GroupList=["DEV"])], [group("dev")]))
    assert found.users[0].groups == ("dev",)


def test_a_group_that_is_not_in_the_snapshot_is_noted() -> None:
    found = inventory(details([user("alice", GroupList=["ghosts"])]))
    assert found.users[0].groups == ("ghosts",)
    assert "The group 'ghosts' is not in the snapshot" in texts(found)


@pytest.mark.parametrize("document", [5, [], "nonsense", {"Statement": 5}, {"Statement": [{"Effect": 5}]}])
def test_a_document_of_the_wrong_shape_is_unreadable_and_everything_else_goes_on(document: object) -> None:
    found = inventory(details(roles=[role("a", AssumeRolePolicyDocument=document), role("b")]))
    assert found.roles[0].trust.document is None
    assert found.roles[0].trust.problem
    assert found.roles[1].trust.document is not None
    assert f"unreadable: arn:aws:iam::{ACCOUNT}:role/a AssumeRolePolicyDocument" in texts(found)


def test_a_trust_policy_that_was_not_collected_is_unknown_not_empty() -> None:
    bare = role("a")
    del bare["AssumeRolePolicyDocument"]
    found = inventory(details(roles=[bare]))
    assert found.roles[0].trust.document is None
    assert "the snapshot does not hold this document" in texts(found)


def test_the_default_version_is_the_one_that_is_marked_else_the_one_that_is_named() -> None:
    versions = [
        {"VersionId": "v10", "Document": ALLOW_ALL, "IsDefaultVersion": False},
        {"VersionId": "v9", "Document": trust(), "IsDefaultVersion": False},
    ]
    named = inventory(details([user("x")], policies=[policy("p", PolicyVersionList=versions, DefaultVersionId="v9")]))
    found = named.policies[f"arn:aws:iam::{ACCOUNT}:policy/p"]
    assert [(each.version_id, each.is_default) for each in found.versions] == [("v9", True), ("v10", False)]


def test_a_policy_without_a_default_version_is_unknown() -> None:
    found = inventory(details(policies=[policy("p", PolicyVersionList=[], DefaultVersionId="v1")]))
    assert found.policies[f"arn:aws:iam::{ACCOUNT}:policy/p"].default is None
    assert "No version of this policy is marked as the default" in texts(found)


def test_a_long_document_is_fine_when_it_is_aws_own() -> None:
    long = {"Statement": [{"Effect": "Allow", "Action": ["s3:GetObject"] * 9_000, "Resource": "*"}]}
    aws = policy("Long", document=long) | {"Arn": "arn:aws:iam::aws:policy/Long"}
    found = inventory(details([user("x")], policies=[policy("mine", document=long), aws]))
    assert found.policies["arn:aws:iam::aws:policy/Long"].default is not None
    assert [
        each.document.document is None for each in found.policies[f"arn:aws:iam::{ACCOUNT}:policy/mine"].versions
    ] == [True]
    assert [each.document.document is None for each in found.policies["arn:aws:iam::aws:policy/Long"].versions] == [
        False
    ]


@pytest.mark.parametrize("partition", ["aws-us-gov", "aws-cn", "aws-eusc", "aws-iso-b"])
def test_the_partition_comes_from_the_arns(partition: str) -> None:
    world = details(roles=[role("a", Arn=f"arn:{partition}:iam::{ACCOUNT}:role/a")])
    assert inventory(world).partition == partition


def test_two_roles_with_one_name_on_different_paths_are_both_kept() -> None:
    other = role("a", Path="/x/", RoleId="AROAOTHER", Arn=f"arn:aws:iam::{ACCOUNT}:role/x/a")
    assert len(inventory(details(roles=[role("a"), other])).roles) == 2


def test_tags_are_kept_in_one_unicode_form() -> None:
    tags = [{"Key": "stra\u00dfe", "Value": "u\u0308ber \U0001f680"}, {"Key": "empty", "Value": None}]
    assert inventory(details([user("a", Tags=tags)])).users[0].tags == {"straße": "über \U0001f680", "empty": ""}


def test_null_stands_for_nothing_where_a_list_could_be() -> None:
    bare = user("a", GroupList=None, Tags=None, AttachedManagedPolicies=None, PermissionsBoundary=None)
    assert inventory(details([bare])).users[0].groups == ()


def test_a_role_in_several_instance_profiles_is_in_each() -> None:
    profiles: list[dict[str, object]] = [
        {"Arn": f"arn:aws:iam::{ACCOUNT}:instance-profile/{name}", "InstanceProfileName": name, "Roles": []}
        for name in ("one", "two")
    ]
    found = inventory(details(roles=[role("a", InstanceProfileList=profiles)])).instance_profiles
    assert [each.roles for each in found] == [(f"arn:aws:iam::{ACCOUNT}:role/a",)] * 2


def test_aws_example_accounts_are_accounts_like_any_other() -> None:
    assert inventory(details([user("a", "123456789012")]), account="123456789012").account == "123456789012"
