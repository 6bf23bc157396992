"""A workspace with two accounts, small enough to know by heart, with an example of everything that the API shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

A, B, X = "111111111111", "222222222222", "999999999999"
HOSTILE = "<script>alert(1)</script>"
GITHUB = f"arn:aws:iam::{A}:oidc-provider/token.actions.githubusercontent.com"


def arn(account: str, resource: str) -> str:
    return f"arn:aws:iam::{account}:{resource}"


EVE, OPS = arn(A, "user/eve"), arn(A, "group/ops")
DEPLOY, VENDOR, PIPELINE, WORKER = (arn(A, f"role/{name}") for name in ("deploy", "vendor", "pipeline", "worker"))
CONSOLE = arn(A, "role/console")
RUNNER = arn(B, "role/ci/runner")
BOUNDARY = arn(A, "policy/limits")


def statement(effect: str = "Allow", **elements: Any) -> dict[str, Any]:
    return {"Effect": effect, **elements}


def document(*statements: Mapping[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def trusts(principal: object, action: str = "sts:AssumeRole", **more: Any) -> dict[str, Any]:
    return statement(Principal=principal, Action=action, **more)


def assumes(resource: str) -> dict[str, Any]:
    return {
        "PolicyName": "assume",
        "PolicyDocument": document(statement(Sid="Assume", Action="sts:AssumeRole", Resource=resource)),
    }


def _entity(account: str, kind: str, prefix: str, name: str, path: str) -> dict[str, Any]:
    return {
        f"{kind}Name": name,
        "Arn": arn(account, f"{kind.lower()}{path}{name}"),
        f"{kind}Id": f"{prefix}{name.upper().replace('-', ''):0<17}",
        "Path": path,
        "CreateDate": "2025-01-01T00:00:00Z",
        "AttachedManagedPolicies": [],
    }


def role(account: str, name: str, *trust: Mapping[str, Any], path: str = "/", **more: Any) -> dict[str, Any]:
    return {
        **_entity(account, "Role", "AROA", name, path),
        "AssumeRolePolicyDocument": document(*trust),
        "RolePolicyList": [],
        "InstanceProfileList": [],
        "RoleLastUsed": {},
        "Tags": [],
        **more,
    }


def user(account: str, name: str, **more: Any) -> dict[str, Any]:
    return {**_entity(account, "User", "AIDA", name, "/"), "UserPolicyList": [], "GroupList": [], "Tags": [], **more}


def group(account: str, name: str, **more: Any) -> dict[str, Any]:
    return {**_entity(account, "Group", "AGPA", name, "/"), "GroupPolicyList": [], **more}


def details(*, users: Any = (), groups: Any = (), roles: Any = (), policies: Any = ()) -> bytes:
    lists = {"UserDetailList": users, "GroupDetailList": groups, "RoleDetailList": roles, "Policies": policies}
    return json.dumps({name: list(value) for name, value in lists.items()}).encode()


def _limits() -> dict[str, Any]:
    return {
        "PolicyName": "limits",
        "PolicyId": "ANPALIMITS",
        "Arn": BOUNDARY,
        "Path": "/",
        "DefaultVersionId": "v1",
        "PolicyVersionList": [
            {
                "VersionId": "v1",
                "IsDefaultVersion": True,
                "CreateDate": "2025-01-01T00:00:00Z",
                "Document": document(statement(Action="s3:*", Resource="*")),
            }
        ],
    }


def prod() -> bytes:
    """eve may assume deploy as a member of ops; mallory could, but for her boundary; outsiders get into the rest."""
    boundary = {"PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": BOUNDARY}}
    external_id: dict[str, Any] = {"Condition": {"StringEquals": {"sts:ExternalId": "b0c9f4e2"}}}
    subject: dict[str, Any] = {
        "Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:acme/app:*"}}
    }
    return details(
        users=[
            user(A, "eve", GroupList=["ops"], Tags=[{"Key": "note", "Value": HOSTILE}]),
            user(A, "mallory", UserPolicyList=[assumes(DEPLOY)], **boundary),
        ],
        groups=[group(A, "ops", GroupPolicyList=[assumes(DEPLOY)])],
        roles=[
            role(
                A,
                "deploy",
                trusts({"AWS": arn(A, "root")}, Sid="Own"),
                trusts({"AWS": RUNNER}),
                InstanceProfileList=[
                    {
                        "InstanceProfileName": "deploy-profile",
                        "Arn": arn(A, "instance-profile/deploy-profile"),
                        "InstanceProfileId": "AIPADEPLOY",
                        "Path": "/",
                        "CreateDate": "2025-01-01T00:00:00Z",
                        "Roles": [],
                    }
                ],
                RoleLastUsed={"LastUsedDate": "2026-02-01T00:00:00Z", "Region": "eu-west-1"},
            ),
            role(A, "console", trusts({"AWS": f"arn:aws:sts::{A}:assumed-role/deploy/friday"})),
            role(A, "vendor", trusts({"AWS": arn(X, "root")}, **external_id)),
            role(A, "pipeline", trusts({"Federated": GITHUB}, "sts:AssumeRoleWithWebIdentity", **subject)),
            role(A, "worker", trusts({"Service": "lambda.amazonaws.com"}), trusts("*", Effect="Deny")),
        ],
        policies=[_limits()],
    )


def shared() -> bytes:
    """The runner of another account, which may assume deploy."""
    return details(
        roles=[
            role(
                B, "runner", trusts({"Service": "codebuild.amazonaws.com"}), path="/ci/", RolePolicyList=[assumes("*")]
            )
        ]
    )
