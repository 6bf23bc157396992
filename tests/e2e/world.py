"""A world small enough to count by hand: two accounts, and one chain from a person to the organization's admin."""

from __future__ import annotations

import json
from pathlib import Path

from iamviz.snapshots.demo.documents import Json, allow, document, let_in, let_service_in

BUILD, PRODUCTION = "731940285566", "902816475533"
CREATED = "2026-03-02T08:15:00+00:00"
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"


def role_arn(account: str, name: str) -> str:
    return f"arn:aws:iam::{account}:role/{name}"


ALICE = f"arn:aws:iam::{BUILD}:user/alice"
CHAIN = (ALICE, role_arn(BUILD, "ci-runner"), role_arn(PRODUCTION, "deploy"), role_arn(PRODUCTION, "OrgAdmin"))


def _user(account: str, name: str, number: int, *, groups: tuple[str, ...] = ()) -> Json:
    return {
        "Path": "/",
        "UserName": name,
        "UserId": f"AIDA{number:017}",
        "Arn": f"arn:aws:iam::{account}:user/{name}",
        "CreateDate": CREATED,
        "GroupList": list(groups),
        "AttachedManagedPolicies": [],
        "Tags": [],
    }


def _group(account: str, name: str, inline: Json) -> Json:
    return {
        "Path": "/",
        "GroupName": name,
        "GroupId": "AGPA00000000000000001",
        "Arn": f"arn:aws:iam::{account}:group/{name}",
        "CreateDate": CREATED,
        "GroupPolicyList": [{"PolicyName": "assume", "PolicyDocument": inline}],
        "AttachedManagedPolicies": [],
    }


def _role(arn: str, number: int, trust: Json, inline: Json | None = None, *, admin: bool = False) -> Json:
    attached = [{"PolicyName": "AdministratorAccess", "PolicyArn": ADMINISTRATOR}] if admin else []
    return {
        "Path": "/",
        "RoleName": arn.rsplit("/", 1)[1],
        "RoleId": f"AROA{number:017}",
        "Arn": arn,
        "CreateDate": CREATED,
        "AssumeRolePolicyDocument": trust,
        "InstanceProfileList": [],
        "RolePolicyList": [{"PolicyName": "work", "PolicyDocument": inline}] if inline else [],
        "AttachedManagedPolicies": attached,
        "Tags": [],
        "RoleLastUsed": {},
    }


def _administrator_access() -> Json:
    version = {"Document": document(allow("*")), "VersionId": "v1", "IsDefaultVersion": True, "CreateDate": CREATED}
    return {
        "PolicyName": "AdministratorAccess",
        "PolicyId": "ANPA00000000000000001",
        "Arn": ADMINISTRATOR,
        "Path": "/",
        "DefaultVersionId": "v1",
        "AttachmentCount": 1,
        "IsAttachable": True,
        "CreateDate": CREATED,
        "UpdateDate": CREATED,
        "PolicyVersionList": [version],
    }


def build_account() -> Json:
    """alice may assume the runner through her group; bob may nothing; the runner may deploy."""
    runner = CHAIN[1]
    return {
        "UserDetailList": [_user(BUILD, "alice", 1, groups=("engineers",)), _user(BUILD, "bob", 2)],
        "GroupDetailList": [_group(BUILD, "engineers", document(allow("sts:AssumeRole", runner)))],
        "RoleDetailList": [
            _role(
                runner,
                1,
                document(let_in(f"arn:aws:iam::{BUILD}:root")),
                document(allow("sts:AssumeRole", CHAIN[2], sid="Deploy")),
            ),
            _role(role_arn(BUILD, "builder"), 2, document(let_service_in("codebuild"))),
        ],
        "Policies": [],
    }


def production_account() -> Json:
    """deploy trusts the runner only where the caller is in the office; OrgAdmin trusts deploy."""
    office = {"IpAddress": {"aws:SourceIp": "198.51.100.0/24"}}
    return {
        "UserDetailList": [],
        "GroupDetailList": [],
        "RoleDetailList": [
            _role(CHAIN[2], 3, document(let_in(CHAIN[1], when=office, sid="RunnerFromTheOffice"))),
            _role(CHAIN[3], 4, document(let_in(CHAIN[2])), admin=True),
        ],
        "Policies": [_administrator_access()],
    }


def organization() -> Json:
    names = {BUILD: "build", PRODUCTION: "production"}
    accounts = [{"Id": each, "Name": name, "State": "ACTIVE", "ParentId": "r-e2e1"} for each, name in names.items()]
    return {
        "Organization": {"Id": "o-e2e0000001", "FeatureSet": "ALL", "MasterAccountId": PRODUCTION},
        "Roots": [{"Id": "r-e2e1", "Name": "Root", "PolicyTypes": []}],
        "OrganizationalUnits": [],
        "Accounts": accounts,
        "Policies": [],
        "PolicyTargets": [],
    }


def write_world(folder: Path) -> list[Path]:
    files = {
        "build.json": build_account(),
        "production.json": production_account(),
        "organization.json": organization(),
    }
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content, indent=4), encoding="utf-8")
    return [folder / name for name in files]
