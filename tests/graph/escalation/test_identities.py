"""Methods on users, roles and policies, beyond the cases that every method has."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from iamviz.inventory.model import Group, PolicyVersion
from tests.builders import A, account, allow, arn, deny, document, group, managed, role, root, trust, user
from tests.graph.escalation.cases.case import mallory
from tests.graph.escalation.cases.identities import ASSUME, BARE, BOB, EVERYTHING, FENCE, ME, OWN, TOM, WEAKER
from tests.graph.escalation.worlds import ADMIN, escalations, found, refused


def test_keys_that_nobody_counted_leave_the_edge_unknown() -> None:
    assert found("iam-002", mallory(allow("iam:CreateAccessKey"), others=(user("bob"),))) == [
        ("mallory", "bob", "unknown")
    ]


def test_a_self_write_under_a_boundary_that_allows_everything_is_admin() -> None:
    wide = managed("wide", EVERYTHING)
    world = mallory(allow("iam:PutUserPolicy"), boundary=wide.arn, others=(wide,))
    assert found("iam-007", world) == [("mallory", ADMIN, "certain")]


def test_a_boundary_that_refuses_the_write_is_kept_as_what_stands_in_the_way() -> None:
    narrow = managed("narrow", allow("s3:*"))
    world = mallory(allow("iam:UpdateAssumeRolePolicy"), boundary=narrow.arn, others=(narrow, BARE))
    assert refused("iam-012", world) == [("target", "boundary")]


def test_a_written_role_under_a_boundary_is_entered_and_no_admin() -> None:
    fenced = role("target", trusts=root(A), boundary=FENCE.arn)
    world = mallory(allow("iam:PutRolePolicy"), ASSUME, others=(FENCE, fenced))
    assert found("iam-017", world) == [("mallory", "target", "certain")]


def test_an_admin_policy_of_the_account_is_attached_where_aws_own_may_not_be() -> None:
    strong = managed("strong", EVERYTHING)
    only = {"ArnEquals": {"iam:PolicyARN": strong.arn}}
    world = mallory(allow("iam:AttachUserPolicy", ME, Condition=only), others=(strong,))
    assert found("iam-008", world) == [("mallory", ADMIN, "certain")]


def test_a_condition_never_removes_an_edge_silently() -> None:
    guarded = allow("iam:PutUserPolicy", Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})
    assert found("iam-007", mallory(guarded)) == [("mallory", ADMIN, "conditional")]


def test_permissions_of_a_group_are_its_members() -> None:
    writers = group("writers", allow("iam:CreateAccessKey"))
    world = account(A, user("mallory", allow("iam:DeleteAccessKey"), groups=("writers",)), writers, TOM)
    assert found("iam-003", world) == [("mallory", "tom", "certain")]


def test_service_linked_roles_escalate_nothing() -> None:
    linked = role("linked", EVERYTHING, path="/aws-service-role/x.amazonaws.com/")
    assert escalations(account(A, linked, BOB, BARE)) == set()


def test_a_role_that_may_set_the_version_of_what_a_role_of_its_own_has_is_admin() -> None:
    holder = role("target", trusts=root(A), attached=(OWN.arn,))
    world = mallory(allow("iam:SetDefaultPolicyVersion"), ASSUME, others=(WEAKER, holder))
    assert ("mallory", ADMIN, "certain") in found("iviz-iam-setdefault", world)


def test_each_role_is_entered_as_its_own_trust_says() -> None:
    from_home = {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
    guarded = role("guarded", trusts=trust(ME, Condition=from_home))
    others = (
        each
        for number in range(8)
        for each in (
            role(f"closed-{number}", trusts=trust(arn(A, "user/bob"))),
            role(f"open-{number}", trusts=trust(ME)),
        )
    )
    world = mallory(allow("iam:PutRolePolicy"), others=(BOB, guarded, *others))
    entered = {target: certainty for _, target, certainty in found("iam-017", world) if target != ADMIN}
    assert entered == {"guarded": "conditional"} | {f"open-{number}": "certain" for number in range(8)}


def test_a_name_that_is_taken_leaves_the_others_of_its_pattern() -> None:
    make = allow(["iam:CreateRole", "iam:PutRolePolicy"], arn(A, "role/ci-*"))
    world = mallory(make, others=(role("ci-"), role("ci-x"), role("x")))
    assert found("iviz-iam-createrole", world) == [("mallory", ADMIN, "certain")]


def test_what_follows_from_a_roles_own_tags_is_certain_though_its_sessions_may_bring_others() -> None:
    reds = managed("reds", allow("*", Condition={"StringEquals": {"aws:PrincipalTag/team": "red"}}))
    taggable = trust({"Service": "lambda.amazonaws.com"}, ["sts:AssumeRole", "sts:TagSession"])
    red = {"trusts": taggable, "tags": {"team": "red"}, "boundary": reds.arn}
    world = account(A, reds, role("mallory", allow("iam:PutRolePolicy"), **red))
    assert found("iam-005", world) == [("mallory", ADMIN, "certain")]


JOINS = allow("iam:AddUserToGroup")


def joining(group_: Group, *statements: dict[str, Any], **more: Any) -> list[tuple[str, str, str]]:
    """Where adding himself to a group leads mallory."""
    return found("iam-013", mallory(JOINS, *statements, others=(group_, FENCE), **more))


@pytest.mark.parametrize(
    "writes",
    [
        allow("iam:PutUserPolicy", "arn:aws:iam::*:user/${aws:username}"),
        allow("iam:AttachUserPolicy"),
        allow("iam:*", arn(A, "user/mall*")),
    ],
    ids=["inline, by his own name", "by attaching", "by a pattern"],
)
def test_a_group_whose_members_write_themselves_policies_makes_admin_of_whoever_joins(writes: dict[str, Any]) -> None:
    assert joining(group("writers", writes)) == [
        ("mallory", ADMIN, "certain"),
        ("mallory", "writers", "certain"),
    ]


@pytest.mark.parametrize(
    ("writes", "more"),
    [
        (allow("iam:PutUserPolicy", arn(A, "user/bob")), {}),
        (allow("iam:PutRolePolicy"), {}),
        (allow("iam:PutUserPolicy"), {"boundary": FENCE.arn}),
    ],
    ids=["somebody else", "roles only", "under a boundary"],
)
def test_a_group_whose_members_do_not_write_themselves_makes_no_admin(
    writes: dict[str, Any], more: dict[str, Any]
) -> None:
    assert joining(group("writers", writes), **more) == [("mallory", "writers", "certain")]


def test_a_deny_of_his_own_goes_with_him_into_the_group() -> None:
    assert joining(group("writers", allow("iam:PutUserPolicy")), deny("iam:PutUserPolicy")) == [
        ("mallory", "writers", "certain")
    ]


@pytest.mark.parametrize(
    ("statements", "more"),
    [((), {"boundary": FENCE.arn}), ((deny("iam:Put*"), deny("iam:Attach*"), deny("s3:*")), {})],
    ids=["a boundary", "a Deny of his own"],
)
def test_a_group_of_admins_leads_no_further_who_is_none_in_it(
    statements: tuple[dict[str, Any], ...], more: dict[str, Any]
) -> None:
    assert joining(group("admins", EVERYTHING), *statements, **more) == []


def test_a_boundary_that_refuses_to_join_is_kept_as_what_stands_in_the_way() -> None:
    narrow = managed("narrow", allow("s3:*"))
    world = mallory(JOINS, boundary=narrow.arn, others=(narrow, group("admins", EVERYTHING), group("staff")))
    assert refused("iam-013", world) == [("admins", "boundary"), ("staff", "boundary")]


def test_a_group_of_admins_leads_on_under_a_boundary_that_allows_everything() -> None:
    wide = managed("fence", EVERYTHING)
    world = mallory(JOINS, boundary=wide.arn, others=(wide, group("admins", EVERYTHING)))
    assert found("iam-013", world) == [("mallory", "admins", "certain")]


def test_whoever_writes_himself_already_gains_nothing_by_joining() -> None:
    assert joining(group("writers", allow("iam:PutUserPolicy")), allow("iam:AttachUserPolicy")) == [
        ("mallory", "writers", "certain")
    ]


def test_a_condition_of_the_group_is_what_its_admin_hangs_on() -> None:
    office = {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}
    assert joining(group("writers", allow("iam:PutUserPolicy", Condition=office))) == [
        ("mallory", ADMIN, "conditional"),
        ("mallory", "writers", "certain"),
    ]


def test_who_rewrites_a_policy_takes_off_what_it_denies() -> None:
    denying = managed("denying", deny(["iam:Put*", "iam:Attach*"]))
    holder = role("target", trusts=root(A), attached=(denying.arn,))
    statements = allow("iam:CreatePolicyVersion"), allow("iam:UpdateAssumeRolePolicy")
    world = mallory(*statements, ASSUME, others=(denying, holder))
    for method in ("iam-016", "iam-020"):
        assert ("mallory", ADMIN, "certain") in found(method, world)


def test_a_deny_that_a_group_has_as_well_is_not_lifted_by_detaching_it() -> None:
    denying = managed("denying", deny(["iam:Put*", "iam:Attach*"]))
    held = {"attached": (denying.arn,), "groups": ("held",)}
    world = mallory(EVERYTHING, others=(denying, group("held", attached=(denying.arn,))), **held)
    assert found("iviz-iam-detach-deny", world) == []


def test_leaving_a_group_that_denies_nothing_lifts_nothing() -> None:
    world = mallory(allow("iam:RemoveUserFromGroup"), others=(group("plain"),), groups=("plain", "gone"))
    assert found("iviz-iam-detach-deny", world) == []


@pytest.mark.parametrize("write", ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"])
def test_a_policy_that_is_the_boundary_as_well_is_rewritten_as_both(write: str) -> None:
    both = managed("both", allow("iam:*PolicyVersion"))
    wider = PolicyVersion("v2", is_default=False, document=document(EVERYTHING))
    both = replace(both, versions=(*both.versions, wider))
    method = {"iam:CreatePolicyVersion": "iam-001", "iam:SetDefaultPolicyVersion": "iviz-iam-setdefault"}[write]
    world = mallory(others=(both,), attached=(both.arn,), boundary=both.arn)
    assert found(method, world) == [("mallory", ADMIN, "certain")]


def test_of_many_ways_to_admin_the_surest_is_told() -> None:
    dark = [role(f"dark-{number}", trusts=root(A), boundary=arn(A, "policy/gone")) for number in range(12)]
    from_home = {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
    fence = managed("fence", allow("*", Condition=from_home))
    world = mallory(
        allow(["iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"]),
        others=(fence, *dark, role("seen", trusts=root(A), boundary=fence.arn)),
    )
    assert ("mallory", ADMIN, "conditional") in found("iam-021", world)


def test_a_deny_that_holds_nothing_back_is_not_what_leads_to_admin() -> None:
    idle = managed("idle", deny("ec2:*"))
    writes = allow(["iam:PutUserPolicy", "iam:DetachUserPolicy"], ME)
    assert found("iviz-iam-detach-deny", mallory(writes, others=(idle,), attached=(idle.arn,))) == []


def test_a_boundary_that_holds_nothing_back_is_not_what_leads_to_admin() -> None:
    wide = managed("wide", EVERYTHING)
    writes = allow(["iam:PutUserPolicy", "iam:DeleteUserPermissionsBoundary"], ME)
    assert found("iviz-iam-deluserboundary", mallory(writes, others=(wide,), boundary=wide.arn)) == []
