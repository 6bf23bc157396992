"""Methods on users, roles and policies: on oneself, on others, and on what is yet to be made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from iamviz.graph.escalation.takeovers import ENTERS, WRITES
from iamviz.inventory.model import (
    AccessKey,
    Credentials,
    Inventory,
    ManagedPolicy,
    Organization,
    OrganizationAccount,
    PolicyVersion,
)
from tests.builders import A, B, account, allow, arn, deny, document, group, managed, role, root, trust, user
from tests.graph.escalation.worlds import ADMIN, escalations, found, refused

KEY = AccessKey(active=True)
FRESH = Credentials(password_enabled=False, mfa_active=False, keys=())
FULL = Credentials(password_enabled=True, mfa_active=True, keys=(KEY, AccessKey(active=False)))
ME = arn(A, "user/mallory")
EVERYTHING = allow("*")
AWS = "arn:aws:iam::aws:policy/"
OWN = managed("own", allow("s3:ListAllMyBuckets"))
FORCED = {"StringEquals": {"iam:PermissionsBoundary": arn(A, "policy/fence")}}


@dataclass(frozen=True)
class Case:
    """A world in which the method leads somewhere, and worlds in which it does not, each with what is missing."""

    method: str
    world: Inventory
    leads_to: tuple[str, ...]
    decoys: dict[str, Inventory]
    organization: Organization | None = None
    source: str = "mallory"
    certainty: str = "certain"


def mallory(*statements: dict[str, Any], others: tuple[object, ...] = (), **more: Any) -> Inventory:
    return account(A, user("mallory", *statements, **more), *others)


def worker(*statements: dict[str, Any], others: tuple[object, ...] = (), **more: Any) -> Inventory:
    return account(A, role("mallory", *statements, **more), *others)


def stored(name: str, *versions: tuple[dict[str, Any], ...]) -> ManagedPolicy:
    """A policy with several versions, the first of which is in force."""
    found_versions = tuple(
        PolicyVersion(f"v{place}", is_default=place == 0, document=document(*statements))
        for place, statements in enumerate(versions)
    )
    return ManagedPolicy(arn(A, f"policy/{name}"), name, found_versions)


BOB = user("bob", credentials=FRESH)
TOM = user("tom", credentials=FULL)
BARE = role("target")
OPEN = role("target", trusts=root(A))
WITH_OWN = role("target", attached=(OWN.arn,))
OPEN_WITH_OWN = role("target", trusts=root(A), attached=(OWN.arn,))
STAFF, ADMINS = group("staff"), group("admins", EVERYTHING)
FENCE = managed("fence", allow("s3:*"), allow("iam:*"))
ASSUME = allow("sts:AssumeRole", arn(A, "role/target"))
FULL_OF_VERSIONS = stored("own", *(((allow("s3:ListAllMyBuckets"),),) * 5))
WEAKER = stored("own", (allow("s3:ListAllMyBuckets"),), (EVERYTHING,))
SAFE = stored("own", (allow("s3:ListAllMyBuckets"),), (allow("s3:GetObject"),))
PROVIDER = arn(A, "saml-provider/okta")
ISSUER = arn(A, "oidc-provider/ci.example.com")
FEDERATED = role("target", trusts=trust({"Federated": PROVIDER}, "sts:AssumeRoleWithSAML"))
TOKENS = role("target", trusts=trust({"Federated": ISSUER}, "sts:AssumeRoleWithWebIdentity"))
TAGGED = role("target", trusts=trust(root(A), Condition={"StringEquals": {"aws:PrincipalTag/team": "red"}}))
MEMBERS = Organization(
    "o-1",
    management_account=A,
    accounts=(OrganizationAccount(A, "management"), OrganizationAccount(B, "member")),
    enabled_types=frozenset(),
    enabled_features=frozenset({"RootSessions"}),
)

CASES = (
    Case(
        "iam-001",
        mallory(allow("iam:CreatePolicyVersion", OWN.arn), attached=(OWN.arn,), others=(OWN,)),
        (ADMIN,),
        {
            "not attached": mallory(allow("iam:CreatePolicyVersion"), others=(OWN,)),
            "another policy": mallory(
                allow("iam:CreatePolicyVersion", arn(A, "policy/x")), attached=(OWN.arn,), others=(OWN,)
            ),
            "no room": mallory(allow("iam:CreatePolicyVersion"), attached=(OWN.arn,), others=(FULL_OF_VERSIONS,)),
            "AWS's policy": mallory(allow("iam:CreatePolicyVersion"), attached=(f"{AWS}ReadOnlyAccess",)),
            "boundary": mallory(
                allow("iam:CreatePolicyVersion"), attached=(OWN.arn,), boundary=FENCE.arn, others=(OWN, FENCE)
            ),
        },
    ),
    Case(
        "iam-005",
        worker(allow("iam:PutRolePolicy", arn(A, "role/mallory"))),
        (ADMIN,),
        {
            "another role": worker(allow("iam:PutRolePolicy", arn(A, "role/other"))),
            "a user": mallory(allow("iam:PutRolePolicy")),
            "boundary": worker(allow("iam:PutRolePolicy"), boundary=FENCE.arn, others=(FENCE,)),
            "deny": worker(allow("iam:PutRolePolicy"), deny("iam:Put*")),
        },
    ),
    Case(
        "iam-007",
        mallory(allow("iam:PutUserPolicy", "arn:aws:iam::*:user/${aws:username}")),
        (ADMIN,),
        {
            "another user": mallory(allow("iam:PutUserPolicy", arn(A, "user/bob"))),
            "a role": worker(allow("iam:PutUserPolicy")),
            "boundary": mallory(allow("iam:PutUserPolicy"), boundary=FENCE.arn, others=(FENCE,)),
        },
    ),
    Case(
        "iam-008",
        mallory(allow("iam:AttachUserPolicy", ME)),
        (ADMIN,),
        {
            "another user": mallory(allow("iam:AttachUserPolicy", arn(A, "user/bob"))),
            "one policy only": mallory(
                allow(
                    "iam:AttachUserPolicy",
                    ME,
                    Condition={"ArnEquals": {"iam:PolicyARN": f"{AWS}ReadOnlyAccess"}},
                )
            ),
        },
    ),
    Case(
        "iam-009",
        worker(allow("iam:AttachRolePolicy")),
        (ADMIN,),
        {
            "another role": worker(allow("iam:AttachRolePolicy", arn(A, "role/other"))),
            "a user": mallory(allow("iam:AttachRolePolicy")),
            "boundary": worker(allow("iam:AttachRolePolicy"), boundary=FENCE.arn, others=(FENCE,)),
        },
    ),
    Case(
        "iam-010",
        mallory(allow("iam:AttachGroupPolicy", arn(A, "group/staff")), groups=("staff",), others=(STAFF,)),
        (ADMIN,),
        {
            "no member": mallory(allow("iam:AttachGroupPolicy"), others=(STAFF,)),
            "another group": mallory(
                allow("iam:AttachGroupPolicy", arn(A, "group/x")), groups=("staff",), others=(STAFF,)
            ),
        },
    ),
    Case(
        "iam-011",
        mallory(allow("iam:PutGroupPolicy"), groups=("staff",), others=(STAFF,)),
        (ADMIN,),
        {"no member": mallory(allow("iam:PutGroupPolicy"), others=(STAFF,))},
    ),
    Case(
        "iam-013",
        mallory(allow("iam:AddUserToGroup"), others=(ADMINS,)),
        ("admins",),
        {
            "another group": mallory(allow("iam:AddUserToGroup", arn(A, "group/x")), others=(ADMINS,)),
            "member already": mallory(allow("iam:AddUserToGroup"), groups=("admins",), others=(ADMINS,)),
            "a role": worker(allow("iam:AddUserToGroup"), others=(ADMINS,)),
        },
    ),
    Case(
        "iam-002",
        mallory(allow("iam:CreateAccessKey"), others=(BOB, TOM)),
        ("bob",),
        {"two keys": mallory(allow("iam:CreateAccessKey"), others=(TOM,))},
    ),
    Case(
        "iam-003",
        mallory(allow(["iam:CreateAccessKey", "iam:DeleteAccessKey"]), others=(BOB, TOM)),
        ("tom",),
        {
            "deletes none": mallory(allow("iam:CreateAccessKey"), others=(TOM,)),
            "fewer keys": mallory(allow(["iam:CreateAccessKey", "iam:DeleteAccessKey"]), others=(BOB,)),
        },
    ),
    Case(
        "iam-004",
        mallory(allow("iam:CreateLoginProfile"), others=(BOB, TOM)),
        ("bob",),
        {"has a password": mallory(allow("iam:CreateLoginProfile"), others=(TOM,))},
    ),
    Case(
        "iam-006",
        mallory(allow("iam:UpdateLoginProfile"), others=(BOB, TOM)),
        ("tom",),
        {"has no password": mallory(allow("iam:UpdateLoginProfile"), others=(BOB,))},
    ),
    Case(
        "iam-012",
        mallory(allow("iam:UpdateAssumeRolePolicy"), others=(BARE,)),
        ("target",),
        {
            "another role": mallory(allow("iam:UpdateAssumeRolePolicy", arn(A, "role/x")), others=(BARE,)),
            "service-linked": mallory(
                allow("iam:UpdateAssumeRolePolicy"), others=(role("target", path="/aws-service-role/x.amazonaws.com/"),)
            ),
            "Identity Center's": mallory(
                allow("iam:UpdateAssumeRolePolicy"),
                others=(role("target", path="/aws-reserved/sso.amazonaws.com/"),),
            ),
        },
    ),
    Case(
        "iam-014",
        mallory(allow("iam:AttachRolePolicy"), ASSUME, others=(OPEN,)),
        ("target", ADMIN),
        {
            "the role does not trust": mallory(allow("iam:AttachRolePolicy"), ASSUME, others=(BARE,)),
            "may not assume": mallory(allow("iam:AttachRolePolicy"), others=(OPEN,)),
            "another role": mallory(allow("iam:AttachRolePolicy", arn(A, "role/x")), ASSUME, others=(OPEN,)),
        },
    ),
    Case(
        "iam-015",
        mallory(allow(["iam:AttachUserPolicy", "iam:CreateAccessKey"], arn(A, "user/bob")), others=(BOB,)),
        ("bob", ADMIN),
        {
            "two keys": mallory(allow(["iam:AttachUserPolicy", "iam:CreateAccessKey"]), others=(TOM,)),
            "makes no key": mallory(allow("iam:AttachUserPolicy"), others=(BOB,)),
        },
    ),
    Case(
        "iam-016",
        mallory(allow("iam:CreatePolicyVersion"), ASSUME, others=(OWN, OPEN_WITH_OWN)),
        ("target", ADMIN),
        {
            "not attached": mallory(allow("iam:CreatePolicyVersion"), ASSUME, others=(OWN, OPEN)),
            "no trust": mallory(allow("iam:CreatePolicyVersion"), ASSUME, others=(OWN, WITH_OWN)),
            "no room": mallory(allow("iam:CreatePolicyVersion"), ASSUME, others=(FULL_OF_VERSIONS, OPEN_WITH_OWN)),
        },
    ),
    Case(
        "iam-017",
        mallory(allow("iam:PutRolePolicy"), ASSUME, others=(OPEN,)),
        ("target", ADMIN),
        {
            "no trust": mallory(allow("iam:PutRolePolicy"), ASSUME, others=(BARE,)),
            "may not assume": mallory(allow("iam:PutRolePolicy"), others=(OPEN,)),
        },
    ),
    Case(
        "iam-018",
        mallory(allow(["iam:PutUserPolicy", "iam:CreateAccessKey"], arn(A, "user/bob")), others=(BOB,)),
        ("bob", ADMIN),
        {"two keys": mallory(allow(["iam:PutUserPolicy", "iam:CreateAccessKey"]), others=(TOM,))},
    ),
    Case(
        "iam-019",
        mallory(allow(["iam:AttachRolePolicy", "iam:UpdateAssumeRolePolicy"]), others=(BARE,)),
        ("target", ADMIN),
        {"writes no trust": mallory(allow("iam:AttachRolePolicy"), others=(BARE,))},
    ),
    Case(
        "iam-020",
        mallory(allow(["iam:CreatePolicyVersion", "iam:UpdateAssumeRolePolicy"]), others=(OWN, WITH_OWN)),
        ("target", ADMIN),
        {
            "not attached": mallory(
                allow(["iam:CreatePolicyVersion", "iam:UpdateAssumeRolePolicy"]), others=(OWN, BARE)
            ),
        },
    ),
    Case(
        "iam-021",
        mallory(allow(["iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"]), others=(BARE,)),
        ("target", ADMIN),
        {
            "on different roles": mallory(
                allow("iam:PutRolePolicy", arn(A, "role/x")), allow("iam:UpdateAssumeRolePolicy"), others=(BARE,)
            )
        },
    ),
    Case(
        "iviz-iam-setdefault",
        mallory(allow("iam:SetDefaultPolicyVersion"), attached=(OWN.arn,), others=(WEAKER,)),
        (ADMIN,),
        {
            "no stronger version": mallory(allow("iam:SetDefaultPolicyVersion"), attached=(OWN.arn,), others=(SAFE,)),
            "not attached": mallory(allow("iam:SetDefaultPolicyVersion"), others=(WEAKER,)),
        },
    ),
    Case(
        "iviz-iam-deluserboundary",
        mallory(EVERYTHING, boundary=FENCE.arn, others=(FENCE,)),
        (ADMIN,),
        {
            "nothing to gain": mallory(allow("iam:DeleteUserPermissionsBoundary"), boundary=FENCE.arn, others=(FENCE,)),
            "no boundary": mallory(EVERYTHING),
            "the boundary forbids it": mallory(
                EVERYTHING, boundary=FENCE.arn, others=(managed("fence", allow("s3:*")),)
            ),
        },
    ),
    Case(
        "iviz-iam-delroleboundary",
        worker(EVERYTHING, boundary=FENCE.arn, others=(FENCE,)),
        (ADMIN,),
        {"nothing to gain": worker(allow("iam:DeleteRolePermissionsBoundary"), boundary=FENCE.arn, others=(FENCE,))},
    ),
    Case(
        "iviz-iam-detach-deny",
        mallory(
            EVERYTHING, attached=(OWN.arn,), others=(managed("own", deny(["iam:Attach*", "iam:Put*", "iam:Create*"])),)
        ),
        (ADMIN,),
        {
            "the Deny forbids it": mallory(EVERYTHING, attached=(OWN.arn,), others=(managed("own", deny("iam:*")),)),
            "nothing to gain": mallory(
                allow("iam:DetachUserPolicy"), attached=(OWN.arn,), others=(managed("own", deny("iam:Attach*")),)
            ),
        },
    ),
    Case(
        "iviz-iam-createrole",
        mallory(allow(["iam:CreateRole", "iam:PutRolePolicy"], arn(A, "role/ci-*"))),
        (ADMIN,),
        {
            "different names": mallory(
                allow("iam:CreateRole", arn(A, "role/ci-*")), allow("iam:PutRolePolicy", arn(A, "role/app-*"))
            ),
            "a boundary is forced": mallory(allow(["iam:CreateRole", "iam:PutRolePolicy"], Condition=FORCED)),
            "weak policies only": mallory(
                allow("iam:CreateRole"),
                allow("iam:AttachRolePolicy", Condition={"ArnLike": {"iam:PolicyARN": f"{AWS}ReadOnlyAccess"}}),
            ),
        },
    ),
    Case(
        "iviz-iam-createuser",
        mallory(allow(["iam:CreateUser", "iam:AttachUserPolicy", "iam:CreateAccessKey"])),
        (ADMIN,),
        {
            "cannot enter": mallory(allow(["iam:CreateUser", "iam:AttachUserPolicy"])),
            "a boundary is forced": mallory(
                allow("iam:CreateUser", Condition=FORCED), allow(["iam:AttachUserPolicy", "iam:CreateAccessKey"])
            ),
        },
    ),
    Case(
        "iviz-iam-createpassrole",
        mallory(
            allow(["iam:CreateRole", "iam:PutRolePolicy", "iam:PassRole"], arn(A, "role/ci-*")),
            allow(["lambda:CreateFunction", "lambda:InvokeFunction"]),
        ),
        (ADMIN,),
        {
            "launches nothing": mallory(allow(["iam:CreateRole", "iam:PutRolePolicy", "iam:PassRole"])),
            "passes others": mallory(
                allow(["iam:CreateRole", "iam:PutRolePolicy"], arn(A, "role/ci-*")),
                allow("iam:PassRole", arn(A, "role/app-*")),
                allow(["lambda:CreateFunction", "lambda:InvokeFunction"]),
            ),
            "an instance without a profile": mallory(
                allow(["iam:CreateRole", "iam:PutRolePolicy", "iam:PassRole", "ec2:RunInstances"])
            ),
        },
    ),
    Case(
        "iviz-iam-mfa-reset",
        mallory(allow(["iam:DeactivateMFADevice", "iam:UpdateLoginProfile"]), others=(TOM,)),
        ("tom",),
        {
            "has no device": mallory(allow(["iam:DeactivateMFADevice", "iam:UpdateLoginProfile"]), others=(BOB,)),
            "resets no password": mallory(allow("iam:DeactivateMFADevice"), others=(TOM,)),
        },
    ),
    Case(
        "iviz-iam-selftag",
        mallory(allow("iam:TagUser", ME), ASSUME, others=(TAGGED,)),
        ("target",),
        {
            "other tags only": mallory(
                allow("iam:TagUser", ME, Condition={"StringEquals": {"aws:RequestTag/team": "blue"}}),
                ASSUME,
                others=(TAGGED,),
            ),
            "tags another": mallory(allow("iam:TagUser", arn(A, "user/bob")), ASSUME, others=(TAGGED,)),
            "has the tag": mallory(allow("iam:TagUser", ME), ASSUME, tags={"team": "red"}, others=(TAGGED,)),
            "may not assume": mallory(allow("iam:TagUser", ME), others=(TAGGED,)),
        },
    ),
    Case(
        "iviz-fed-createprovider",
        account(A, user("mallory", allow("iam:CreateSAMLProvider")), FEDERATED, saml_providers=frozenset()),
        ("target",),
        {
            "it is there": account(
                A, user("mallory", allow("iam:CreateSAMLProvider")), FEDERATED, saml_providers=frozenset({PROVIDER})
            ),
            "another name": account(
                A,
                user("mallory", allow("iam:CreateSAMLProvider", arn(A, "saml-provider/x"))),
                FEDERATED,
                saml_providers=frozenset(),
            ),
        },
    ),
    Case(
        "iviz-fed-updatesaml",
        account(A, user("mallory", allow("iam:UpdateSAMLProvider")), FEDERATED, saml_providers=frozenset({PROVIDER})),
        ("target",),
        {
            "it is gone": account(
                A, user("mallory", allow("iam:UpdateSAMLProvider")), FEDERATED, saml_providers=frozenset()
            ),
            "nobody trusts it": mallory(allow("iam:UpdateSAMLProvider"), others=(BARE,)),
        },
    ),
    Case(
        "iviz-fed-oidcthumbprint",
        account(
            A,
            user("mallory", allow("iam:UpdateOpenIDConnectProviderThumbprint")),
            TOKENS,
            oidc_providers=frozenset({ISSUER}),
        ),
        ("target",),
        {
            "another provider": account(
                A,
                user("mallory", allow("iam:UpdateOpenIDConnectProviderThumbprint", arn(A, "oidc-provider/x"))),
                TOKENS,
                oidc_providers=frozenset({ISSUER}),
            )
        },
        certainty="conditional",
    ),
)

everyone = pytest.mark.parametrize("case", CASES, ids=lambda case: case.method)


@everyone
def test_the_method_leads_where_all_agrees(case: Case) -> None:
    expected = sorted((case.source, target, case.certainty) for target in case.leads_to)
    own = [edge for edge in found(case.method, case.world, organization=case.organization) if edge[0] == case.source]
    assert own == expected


@pytest.mark.parametrize(
    ("case", "missing"), [(case, missing) for case in CASES for missing in case.decoys], ids=lambda each: str(each)[:60]
)
def test_the_method_leads_nowhere_where_one_thing_is_missing(case: Case, missing: str) -> None:
    edges = found(case.method, case.decoys[missing], organization=case.organization)
    assert [edge for edge in edges if edge[0] == case.source] == []


def test_every_method_on_others_has_its_case() -> None:
    assert {each.id for each in (*ENTERS, *WRITES)} <= {case.method for case in CASES}


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


def test_root_sessions_lead_from_the_management_account_to_the_members_roots() -> None:
    member = account(B)
    world = account(A, user("mallory", allow("sts:AssumeRoot")))
    (edge,) = found("iviz-assumeroot", world, member, organization=MEMBERS)
    assert edge == ("mallory", f"arn:aws:iam::{B}:root", "certain")


@pytest.mark.parametrize(
    ("organization", "resource"),
    [
        (None, "*"),
        (Organization("o-1", management_account=B, accounts=MEMBERS.accounts, delegated_administrators=()), "*"),
        (Organization("o-1", management_account=A, accounts=MEMBERS.accounts, enabled_features=frozenset()), "*"),
        (MEMBERS, arn("999999999999", "root")),
    ],
    ids=["no organization", "a member", "not enabled", "another account"],
)
def test_root_sessions_lead_nowhere_where_one_thing_is_missing(organization: Any, resource: str) -> None:
    world = account(A, user("mallory", allow("sts:AssumeRoot", resource)))
    assert found("iviz-assumeroot", world, account(B), organization=organization) == []


RESERVED = role("AWSReservedSSO_Admin_0123456789abcdef", EVERYTHING, path="/aws-reserved/sso.amazonaws.com/")


def test_who_assigns_permission_sets_is_admin_of_the_members() -> None:
    world = account(A, user("mallory", allow("sso:CreateAccountAssignment")))
    edges = found("iviz-sso-assign", world, account(B, RESERVED), organization=MEMBERS)
    assert edges == [("mallory", ADMIN, "certain"), ("mallory", f"admin:{B}", "certain")]


@pytest.mark.parametrize(
    ("statement", "reserved", "organization"),
    [
        (allow("sso:CreateAccountAssignment"), role("plain"), MEMBERS),
        (allow("sso:PutInlinePolicyToPermissionSet"), RESERVED, MEMBERS),
        (allow("sso:CreateAccountAssignment"), RESERVED, None),
    ],
    ids=["no Identity Center", "does not provision", "no organization"],
)
def test_who_assigns_permission_sets_gains_nothing_where_one_thing_is_missing(
    statement: Any, reserved: Any, organization: Any
) -> None:
    world = account(A, user("mallory", statement))
    assert found("iviz-sso-assign", world, account(B, reserved), organization=organization) == []


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
