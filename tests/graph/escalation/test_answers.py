"""Where the same question has different answers, and none may be taken for another; and what else was once mixed up."""

from __future__ import annotations

from tests.builders import A, account, allow, arn, deny, graph, group, managed, role, trust, user, written
from tests.graph.escalation.worlds import found

RESERVED = "/aws-reserved/sso.amazonaws.com/"


def test_a_user_and_a_role_with_the_same_policy_are_not_answered_alike() -> None:
    """The role's session never has MFA: the verdict of the user must not be taken for it."""
    mfa = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    same = managed("same", allow("iam:UpdateAssumeRolePolicy", arn(A, "role/target"), Condition=mfa))
    world = account(A, same, user("alice", attached=(same.arn,)), role("app", attached=(same.arn,)), role("target"))
    assert found("iam-012", world) == [("alice", "target", "conditional")]


def test_that_a_reserved_role_cannot_be_written_says_nothing_of_other_roles() -> None:
    """Its own self-write is refused by AWS; the same statement lets it write the target."""
    own = allow("iam:AttachRolePolicy")
    actor = role("sso", own, path=RESERVED)
    target = role("target", trusts=trust(arn(A, f"role{RESERVED}sso")))
    assert ("sso", f"admin:{A}", "certain") in found("iam-014", account(A, actor, target))


def test_that_another_role_can_write_itself_says_nothing_of_a_reserved_one() -> None:
    same = managed("same", allow("iam:PutRolePolicy"))
    world = account(A, same, role("app", attached=(same.arn,)), role("sso", attached=(same.arn,), path=RESERVED))
    assert [source for source, _, _ in found("iam-005", world)] == ["app"]


def test_a_name_that_only_the_boundary_asks_for_is_tried() -> None:
    fence = managed("fence", allow(["iam:CreateRole", "iam:PutRolePolicy"], arn(A, "role/green-*")))
    mallory = user("mallory", allow(["iam:CreateRole", "iam:PutRolePolicy"]), boundary=fence.arn)
    assert found("iviz-iam-createrole", account(A, fence, mallory)) == [("mallory", f"admin:{A}", "certain")]


def test_an_administration_role_is_as_sure_as_its_way_on_to_another() -> None:
    home = {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
    service = trust({"Service": "cloudformation.amazonaws.com"})
    passed = role("target", allow("sts:AssumeRole", Condition=home), trusts=service)
    execution = role("execution", trusts=f"arn:aws:iam::{A}:root")
    doing = allow(["iam:PassRole", "cloudformation:CreateStackSet", "cloudformation:CreateStackInstances"])
    world = account(A, user("mallory", doing), passed, execution)
    assert found("cloudformation-003", world) == [("mallory", "target", "conditional")]


def test_a_group_that_is_not_in_the_snapshot_stays_missing_when_another_is_left() -> None:
    fence = group("fence", allow("iam:RemoveUserFromGroup"), deny(["iam:Put*", "iam:Attach*"]))
    world = account(A, fence, user("mallory", groups=("fence", "gone")))
    assert found("iviz-iam-detach-deny", world) == [("mallory", f"admin:{A}", "unknown")]


def test_the_statement_by_which_a_group_is_admin_is_named_once() -> None:
    built = graph(account(A, group("admins", allow("*"))))
    (edge,) = (each for each in written(built)["edges"] if each["kind"] == "is-admin")
    assert [each["statement"] for each in edge["evidence"]] == [0]
