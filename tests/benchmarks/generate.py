"""Makes an organization of any size from a seed, in the formats that users upload: `-m tests.benchmarks.generate`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.benchmarks.documents import Json, boundary, identity_policy, shared_policies, trust_policy
from tests.benchmarks.names import Names, unique_id

MOMENT = "2026-0{month}-1{day}T0{hour}:24:51+00:00"


class AccountMaker:
    """Makes the authorization details of one account; what it draws depends on the seed and the account only."""

    def __init__(self, names: Names, position: int, *, seed: int) -> None:
        self.names = names
        self.position = position
        self.id = names.accounts[position]
        self.random = Random(f"{seed} {self.id}")  # noqa: S311  # made-up accounts, not secrets

    def details(self) -> Json:
        users, groups, roles = self.names.of(self.position)
        own = [
            self._policy(name, identity_policy(self.random, self.names, self.position)) for name in self.own_policies
        ]
        shared = [self._policy(name, document) for name, document in shared_policies().items()]
        aws = [self._policy(name, document, owner="aws") for name, document in shared_policies(aws=True).items()]
        limits = [self._policy("permissions-boundary", boundary())]
        return {
            "UserDetailList": [self._user(name, groups) for name in users],
            "GroupDetailList": [self._group(name) for name in groups],
            "RoleDetailList": [self._role(name) for name in roles],
            "Policies": own + shared + aws + limits,
        }

    @property
    def own_policies(self) -> list[str]:
        return [f"own-{number}" for number in range(max(2, self.names.identities // 10))]

    def _moment(self) -> str:
        draw = self.random.randrange
        return MOMENT.format(month=draw(1, 10), day=draw(10), hour=draw(10))

    def _entity(self, kind: str, prefix: str, label: str, name: str, path: str = "/") -> Json:
        arn = f"arn:aws:iam::{self.id}:{kind}{path}{name}"
        identifier = {f"{label}Name": name, f"{label}Id": unique_id(prefix, arn), "Arn": arn}
        return {"Path": path, **identifier, "CreateDate": self._moment()}

    def _policy(self, name: str, document: Json, *, owner: str | None = None) -> Json:
        arn = f"arn:aws:iam::{owner or self.id}:policy/{name}"
        date = self._moment()
        version = {"Document": document, "VersionId": "v1", "IsDefaultVersion": True, "CreateDate": date}
        numbers = {"AttachmentCount": self.random.randrange(9), "PermissionsBoundaryUsageCount": 0}
        identifier = {"PolicyName": name, "PolicyId": unique_id("ANPA", arn), "Arn": arn, "Path": "/"}
        dates = {"CreateDate": date, "UpdateDate": date}
        return {
            **identifier,
            "DefaultVersionId": "v1",
            **numbers,
            "IsAttachable": True,
            **dates,
            "PolicyVersionList": [version],
        }

    def _attached(self, most: int) -> list[Json]:
        here = f"arn:aws:iam::{self.id}:policy/"
        names = [here + name for name in self.own_policies] + [here + name for name in shared_policies()]
        names += [
            f"arn:aws:iam::aws:policy/{name}" for name in shared_policies(aws=True) if name != "AdministratorAccess"
        ]
        chosen = self.random.sample(names, self.random.randrange(most + 1))
        if self.random.random() < 0.02:
            chosen.append("arn:aws:iam::aws:policy/AdministratorAccess")
        return [{"PolicyName": arn.rsplit("/", 1)[1], "PolicyArn": arn} for arn in chosen]

    def _inline(self, chance: float) -> list[Json]:
        if self.random.random() > chance:
            return []
        return [{"PolicyName": "inline", "PolicyDocument": identity_policy(self.random, self.names, self.position)}]

    def _boundary(self, chance: float) -> Json:
        if self.random.random() > chance:
            return {}
        arn = f"arn:aws:iam::{self.id}:policy/permissions-boundary"
        return {"PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn}}

    def _tags(self) -> list[Json]:
        team = self.random.choice(("core", "data", "web", "platform"))
        return [{"Key": "team", "Value": team}, {"Key": "managed-by", "Value": "terraform"}]

    def _user(self, name: str, groups: tuple[str, ...]) -> Json:
        inline = self._inline(0.3)
        return {
            **self._entity("user", "AIDA", "User", name),
            **({"UserPolicyList": inline} if inline else {}),
            "GroupList": self.random.sample(groups, min(len(groups), self.random.randrange(3))),
            "AttachedManagedPolicies": self._attached(2),
            **self._boundary(0.1),
            "Tags": self._tags(),
        }

    def _group(self, name: str) -> Json:
        entity = self._entity("group", "AGPA", "Group", name)
        return {**entity, "GroupPolicyList": self._inline(0.5), "AttachedManagedPolicies": self._attached(3)}

    def _role(self, name: str) -> Json:
        trust = trust_policy(self.random, self.names, self.position)
        bare = {**self._entity("role", "AROA", "Role", name), "AssumeRolePolicyDocument": trust}
        profiles: list[Json] = []
        if "ec2.amazonaws.com" in json.dumps(trust):
            profile = self._entity("instance-profile", "AIPA", "InstanceProfile", f"{name}-profile")
            profiles.append({**profile, "Roles": [bare]})
        used: Json = {"LastUsedDate": self._moment(), "Region": "eu-west-1"} if self.random.random() < 0.7 else {}
        return {
            **bare,
            "InstanceProfileList": profiles,
            "RolePolicyList": self._inline(0.6),
            "AttachedManagedPolicies": self._attached(3),
            **self._boundary(0.15),
            "Tags": self._tags(),
            "RoleLastUsed": used,
        }


def organization(names: Names) -> Json:
    management = names.accounts[0]
    guardrail: Json = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Deny", "Action": "organizations:LeaveOrganization", "Resource": "*"}],
    }
    full: Json = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    units = [{"Id": f"ou-bench-{number:08}", "Name": f"unit {number}", "ParentId": "r-bench"} for number in range(8)]
    targets = ["r-bench", *(unit["Id"] for unit in units), *names.accounts]
    return {
        "Organization": {"Id": names.organization, "FeatureSet": "ALL", "MasterAccountId": management},
        "Roots": [
            {"Id": "r-bench", "Name": "Root", "PolicyTypes": [{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}]}
        ],
        "OrganizationalUnits": units,
        "Accounts": [
            {"Id": account, "Name": f"account-{position:04}", "State": "ACTIVE", "ParentId": units[position % 8]["Id"]}
            for position, account in enumerate(names.accounts)
        ],
        "Policies": [_scp("p-FullAWSAccess", "FullAWSAccess", full), _scp("p-stay00001", "stay", guardrail)],
        "PolicyTargets": [{"PolicyId": "p-FullAWSAccess", "TargetId": target} for target in targets]
        + [{"PolicyId": "p-stay00001", "TargetId": "r-bench"}],
    }


def _scp(identifier: str, name: str, document: Json) -> Json:
    summary = {"Id": identifier, "Name": name, "Type": "SERVICE_CONTROL_POLICY", "AwsManaged": name.startswith("Full")}
    return {"PolicySummary": summary, "Content": json.dumps(document)}


def generate(accounts: int, identities: int, *, seed: int) -> Iterator[tuple[str, str]]:
    """File names and texts, one account at a time, indented as AWS CLI prints them."""
    names = Names(accounts, identities, seed=seed)
    yield "organization.json", json.dumps(organization(names), indent=4)
    for position, account in enumerate(names.accounts):
        yield f"accounts/{account}.json", json.dumps(AccountMaker(names, position, seed=seed).details(), indent=4)


def write(folder: Path, accounts: int, identities: int, *, seed: int = 1) -> list[Path]:
    """Write an organization into a folder and return its files."""
    paths = []
    for name, text in generate(accounts, identities, seed=seed):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--accounts", type=int, default=50)
    parser.add_argument("--identities", type=int, default=100, help="users, groups and roles of each account")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    paths = write(chosen.folder, chosen.accounts, chosen.identities, seed=chosen.seed)
    size = sum(path.stat().st_size for path in paths)
    sys.stdout.write(f"{len(paths)} files, {size / 1e6:.1f} MB in {chosen.folder}\n")


if __name__ == "__main__":
    main()
