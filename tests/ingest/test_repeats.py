"""A key that stands twice outside of policy documents is an error at its place, and costs nothing beside it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from iamviz.ingest.assemble import build_inventory
from iamviz.ingest.documents import DocumentCache
from iamviz.ingest.repeats import SHORT
from tests.ingest.builders import ACCOUNT, OTHER, details, group, policy, read, role, user

TWICE = "each key once in an object; the key '{}' stands twice in this one"
PROFILE = {
    "Path": "/",
    "InstanceProfileName": "p",
    "InstanceProfileId": "AIPA",
    "Arn": f"arn:aws:iam::{ACCOUNT}:instance-profile/p",
    "CreateDate": "2019-05-20T20:16:17+00:00",
    "Roles": [role("app") | {"Description": "d", "MaxSessionDuration": 3600}],
}
WORLD = details(
    [user("alice", Tags=[{"Key": "team", "Value": "pay"}])],
    [group("staff")],
    [role("app", InstanceProfileList=[PROFILE], RoleLastUsed={"Region": "us-east-1"}), role("ops")],
    [policy("own")],
)
TEXT = json.dumps(WORLD, indent=4)


def doubled(text: str, member: str) -> str:
    """The text with one member written twice."""
    at = text.index(member)
    return f"{text[:at]}{member}, {text[at:]}"


def test_the_world_itself_repeats_nothing() -> None:
    assert read(WORLD).rejections == ()


@pytest.mark.parametrize("indent", [None, 4])
@pytest.mark.parametrize("key", ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"])
@pytest.mark.parametrize("other", ["[]", "[" + " " * 300 + "]", "same"])
def test_a_list_that_stands_twice_is_refused_where_the_second_stands(key: str, other: str, indent: int | None) -> None:
    own = json.dumps(WORLD[key], indent=indent)
    text = json.dumps(WORLD, indent=indent).rstrip("}") + f', "{key}": {own if other == "same" else other}}}'
    (rejection,) = read(text.encode(), details([user("bob", OTHER)])).rejections
    assert (rejection.file, rejection.rule) == ("file0.json", TWICE.format(key))
    before = text[: text.rindex(json.dumps(key))]
    column = len(before.rpartition("\n")[2]) + 1
    assert rejection.place == f"line {before.count(chr(10)) + 1}, column {column}"
    assert rejection.remedy.startswith("Keep one of them")


@pytest.mark.parametrize(
    ("member", "place", "key"),
    [
        ('"RoleName": "ops"', "RoleDetailList[1]", "RoleName"),
        ('"RoleId": "AROAOPS"', "RoleDetailList[1]", "RoleId"),
        ('"AssumeRolePolicyDocument": {}', "RoleDetailList[1]", "AssumeRolePolicyDocument"),
        ('"Region": "us-east-1"', "RoleDetailList[0].RoleLastUsed", "Region"),
        ('"InstanceProfileName": "p"', "RoleDetailList[0].InstanceProfileList[0]", "InstanceProfileName"),
        ('"Key": "team"', "UserDetailList[0].Tags[0]", "Key"),
        ('"UserName": "alice"', "UserDetailList[0]", "UserName"),
        ('"GroupPolicyList": []', "GroupDetailList[0]", "GroupPolicyList"),
        ('"PolicyName": "own"', "Policies[0]", "PolicyName"),
        ('"VersionId": "v1"', "Policies[0].PolicyVersionList[0]", "VersionId"),
    ],
)
def test_a_key_that_stands_twice_in_an_item_is_refused_at_its_place(member: str, place: str, key: str) -> None:
    text = json.dumps(WORLD)
    if member.endswith("{}"):
        text = text.replace('"RoleId": "AROAOPS"', f'{member}, "RoleId": "AROAOPS"')
    else:
        text = doubled(text, member)
    reading = read(text.encode(), details([user("bob", OTHER)]))
    (rejection,) = reading.rejections
    assert rejection.place.startswith(f"{place} (line 1")
    assert rejection.rule == TWICE.format(key)
    assert [part.account for part in reading.parts] == [OTHER]


def test_another_spelling_of_the_same_key_is_the_same_key() -> None:
    lower = TEXT.replace('"Policies"', '"roleDetailList": [], "Policies"')
    (rejection,) = read(lower.encode()).rejections
    assert rejection.rule == TWICE.format("roleDetailList")
    inside = json.dumps(WORLD).replace('"RoleName": "ops"', '"roleName": "dev", "RoleName": "ops"')
    (rejection,) = read(inside.encode()).rejections
    assert (rejection.place.split(" ")[0], rejection.rule) == ("RoleDetailList[1]", TWICE.format("RoleName"))


def test_an_account_beside_that_of_the_item_is_kept() -> None:
    both = json.dumps(details([user("alice"), user("bob", OTHER)]))
    reading = read(doubled(both, '"UserName": "alice"').encode())
    assert [each.account for each in reading.rejections] == [ACCOUNT]
    assert [part.account for part in reading.parts] == [OTHER]


@pytest.mark.parametrize(
    ("around", "place"), [("[{0}, {1}]", "[1]"), ("{0}\n{1}", "value 2 (line 2")], ids=["array", "lines"]
)
def test_a_page_in_which_a_list_stands_twice_is_named(around: str, place: str) -> None:
    page = json.dumps(details([user("alice")]))
    twice = json.dumps(details([user("bob")])).rstrip("}") + ', "UserDetailList": []}'
    (rejection,) = read(around.replace("{0}", page).replace("{1}", twice).encode()).rejections
    assert rejection.place.startswith(place)
    assert rejection.rule == TWICE.format("UserDetailList")


def test_a_long_list_is_looked_through_for_the_names_of_its_items() -> None:
    roles = [role(f"r{number}", InstanceProfileList=[PROFILE]) for number in range(200)]
    text = json.dumps(details(roles=roles))
    assert len(text) > SHORT
    assert read(text.encode()).rejections == ()
    (rejection,) = read(doubled(text, '"RoleName": "r150"').encode()).rejections
    assert (rejection.place.split(" ")[0], rejection.rule) == ("RoleDetailList[150]", TWICE.format("RoleName"))


@pytest.mark.parametrize(
    "more",
    [
        {"Description": '"RoleName" "RoleName"'},
        {"Path": "/", "Tags": []},
        {"AssumeRolePolicyDocument": json.dumps({"Statement": []})},
        {"PermissionsBoundary": {"PermissionsBoundaryType": None, "PermissionsBoundaryArn": None}},
        {"Tags": [{"Key": 'a"b\\', "Value": ""}, {"Key": "\u00e9\u2028"}]},
        {"RoleLastUsed": {"LastUsedDate": None, "Region": None}},
        {"SomethingNew": {"Deep": [1]}},
        {"CreateDate": 1558383377.5},
    ],
    ids=str,
)
def test_what_is_written_in_another_way_is_not_taken_for_a_repetition(more: dict[str, Any]) -> None:
    own = {key: value for key, value in role("app").items() if key not in more}
    world = details(roles=[{**own, **more}], policies=[policy("own", IsAttachable=True, Description="")])
    for text in (json.dumps(world), json.dumps(world, ensure_ascii=False, indent=2)):
        assert read(text.encode()).rejections == ()


def test_a_document_that_repeats_a_key_is_unreadable_alone() -> None:
    twice = '"AssumeRolePolicyDocument": {"Statement": [], "Statement": []}, "Old": '
    text = json.dumps(details(roles=[role("app"), role("ops")])).replace('"AssumeRolePolicyDocument": ', twice, 1)
    reading = read(text.encode())
    assert reading.rejections == ()
    built = build_inventory(ACCOUNT, reading.parts, DocumentCache())
    found = {each.name: each.trust.document for each in built.roles}
    assert found["app"] is None
    assert found["ops"] is not None
