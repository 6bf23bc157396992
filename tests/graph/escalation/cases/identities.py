"""Cases of the methods on users, roles and policies: on oneself, on others, and on what is yet to be made."""

from __future__ import annotations

from typing import Any

from iamviz.inventory.model import AccessKey, Credentials, ManagedPolicy, PolicyVersion
from tests.builders import A, account, allow, arn, deny, document, group, managed, role, root, trust, user
from tests.graph.escalation.cases.case import Case, mallory, worker
from tests.graph.escalation.worlds import ADMIN

KEY = AccessKey(active=True)
FRESH = Credentials(password_enabled=False, mfa_active=False, keys=())
FULL = Credentials(password_enabled=True, mfa_active=True, keys=(KEY, AccessKey(active=False)))
ME = arn(A, "user/mallory")
EVERYTHING = allow("*")
AWS = "arn:aws:iam::aws:policy/"
OWN = managed("own", allow("s3:ListAllMyBuckets"))
FORCED = {"StringEquals": {"iam:PermissionsBoundary": arn(A, "policy/fence")}}


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
WRITERS = group("writers", allow("iam:PutUserPolicy", "arn:aws:iam::*:user/${aws:username}"))
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
        "iam-013",
        mallory(allow("iam:AddUserToGroup"), others=(WRITERS,)),
        ("writers", ADMIN),
        {
            "another group": mallory(allow("iam:AddUserToGroup", arn(A, "group/x")), others=(WRITERS,)),
            "member already": mallory(allow("iam:AddUserToGroup"), groups=("writers",), others=(WRITERS,)),
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
        key="iam:*UserPermissionsBoundary",
        decoys={
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
        key="iam:*RolePermissionsBoundary",
    ),
    Case(
        "iviz-iam-detach-deny",
        mallory(
            EVERYTHING, attached=(OWN.arn,), others=(managed("own", deny(["iam:Attach*", "iam:Put*", "iam:Create*"])),)
        ),
        (ADMIN,),
        key="iam:DetachUserPolicy",
        decoys={
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
            "the name is taken": mallory(
                allow(["iam:CreateRole", "iam:PutRolePolicy"], arn(A, "role/target")),
                others=(role("Target", path="/app/"),),
            ),
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
            "the name is taken": mallory(
                allow(["iam:CreateUser", "iam:AttachUserPolicy", "iam:CreateAccessKey"], arn(A, "user/bob")),
                others=(user("bob"),),
            ),
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
