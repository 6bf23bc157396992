"""The authorization details of one generated account, as AWS CLI prints them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random

from tests.benchmarks import trusts
from tests.benchmarks.documents import (
    Json,
    audit_policy,
    aws_policies,
    boundary,
    deploy_policy,
    hub_policy,
    identity_policy,
    landing_zone_policies,
)
from tests.benchmarks.names import (
    HUB,
    ORGANIZATION_ACCESS,
    PERMISSION_SETS,
    SECURITY,
    SERVICE_LINKED,
    SHARED,
    Names,
    unique_id,
)

_MOMENT = "2026-0{month}-1{day}T0{hour}:24:51+00:00"
_AWS = "arn:aws:iam::aws:policy/"
_OF_SETS = {
    "AdministratorAccess": "AdministratorAccess",
    "PowerUser": "PowerUserAccess",
    "Billing": "job-function/Billing",
}


class AccountMaker:
    """Makes the authorization details of one account; what it draws depends on the seed and the account only."""

    def __init__(self, names: Names, position: int, *, seed: int) -> None:
        self.names = names
        self.position = position
        self.id = names.accounts[position]
        self.random = Random(f"{seed} {self.id}")  # noqa: S311  # made-up accounts, not secrets

    def details(self) -> Json:
        return {
            "UserDetailList": [self._user(name) for name in self.names.people],
            "GroupDetailList": [self._group(name) for name in self.names.groups],
            "RoleDetailList": list(self._roles()),
            "Policies": list(self._policies()),
        }

    @property
    def own_policies(self) -> list[str]:
        return [f"own-{number}" for number in range(max(2, self.names.identities // 10))]

    def _roles(self) -> Iterator[Json]:
        """The landing zone's, Identity Center's, AWS's and the account's own."""
        for name, trust in trusts.landing_zone_trusts(self.names, self.position).items():
            inline = {"lz-audit": audit_policy(self.names), "lz-deploy": deploy_policy()}.get(name)
            attached = [f"{_AWS}AdministratorAccess"] if name == "lz-break-glass" else [self._own("landing-zone-0")]
            yield self._role(name, trust, inline=[inline] if inline else [], attached=attached)
        admin = [f"{_AWS}AdministratorAccess"]
        yield self._role(ORGANIZATION_ACCESS, trusts.organization_access(self.names), attached=admin)
        if self.position == SHARED:
            yield self._role(HUB, trusts.ci_runner(self.names), inline=[hub_policy()])
        if self.position == SECURITY:
            yield self._role("auditor", trusts.ci_runner(self.names), inline=[audit_policy(self.names)])
        for name in PERMISSION_SETS:
            yield self._permission_set(name)
        for service in SERVICE_LINKED:
            path = f"/aws-service-role/{service}.amazonaws.com/"
            yield self._role(f"AWSServiceRoleFor{service.title()}", trusts.service_linked(service), path=path)
        for name in self.names.workloads:
            yield self._workload(name)

    def _permission_set(self, name: str) -> Json:
        full = f"AWSReservedSSO_{name}_{self.position:08x}{len(name):08x}"
        attached = [_AWS + _OF_SETS.get(name, "job-function/ViewOnlyAccess")]
        trust = trusts.identity_center(self.names, self.position)
        return self._role(full, trust, path="/aws-reserved/sso.amazonaws.com/eu-west-1/", attached=attached)

    def _workload(self, name: str) -> Json:
        trust = trusts.workload_trust(self.random, self.names, self.position)
        return self._role(name, trust, inline=self._inline(0.8), attached=self._attached(3), bounded=0.15)

    def _role(
        self,
        name: str,
        trust: Json,
        *,
        path: str = "/",
        inline: list[Json] | None = None,
        attached: list[str] | None = None,
        bounded: float = 0.0,
    ) -> Json:
        bare = {**self._entity("role", "AROA", "Role", name, path), "AssumeRolePolicyDocument": trust}
        profiles: list[Json] = []
        if "ec2.amazonaws.com" in json.dumps(trust):
            profile = self._entity("instance-profile", "AIPA", "InstanceProfile", f"{name}-profile")
            profiles.append({**profile, "Roles": [bare]})
        used: Json = {"LastUsedDate": self._moment(), "Region": "eu-west-1"} if self.random.random() < 0.7 else {}
        return {
            **bare,
            "InstanceProfileList": profiles,
            "RolePolicyList": _inlined(inline or []),
            "AttachedManagedPolicies": _references(attached or []),
            **self._boundary(bounded),
            "Tags": self._tags(),
            "RoleLastUsed": used,
        }

    def _user(self, name: str) -> Json:
        inline, groups = self._inline(0.3), self.names.groups
        return {
            **self._entity("user", "AIDA", "User", name),
            **({"UserPolicyList": _inlined(inline)} if inline else {}),
            "GroupList": self.random.sample(groups, min(len(groups), self.random.randrange(3))),
            "AttachedManagedPolicies": _references(self._attached(2)),
            **self._boundary(0.1),
            "Tags": self._tags(),
        }

    def _group(self, name: str) -> Json:
        inline = _inlined(self._inline(0.5))
        attached = _references(self._attached(3))
        return {
            **self._entity("group", "AGPA", "Group", name),
            "GroupPolicyList": inline,
            "AttachedManagedPolicies": attached,
        }

    def _policies(self) -> Iterator[Json]:
        for name in self.own_policies:
            versions = [self._drawn() for _ in range(self.random.choice((1, 1, 1, 2, 3)))]
            yield self._policy(self._own(name), versions)
        for name, content in landing_zone_policies(self.id).items():
            yield self._policy(self._own(name), [content])
        for name, content in aws_policies().items():
            yield self._policy(_AWS + name, [content])
        yield self._policy(self._own("permissions-boundary"), [boundary()])

    def _drawn(self) -> Json:
        return identity_policy(self.random, self.names, self.position)

    def _policy(self, arn: str, versions: list[Json]) -> Json:
        date, newest = self._moment(), len(versions)
        path, _, name = arn.split(":policy", 1)[1].rpartition("/")
        return {
            "PolicyName": name,
            "PolicyId": unique_id("ANPA", arn),
            "Arn": arn,
            "Path": f"{path}/",
            "DefaultVersionId": f"v{newest}",
            "AttachmentCount": self.random.randrange(9),
            "PermissionsBoundaryUsageCount": 0,
            "IsAttachable": True,
            "CreateDate": date,
            "UpdateDate": date,
            "PolicyVersionList": [
                {"Document": each, "VersionId": f"v{number}", "IsDefaultVersion": number == newest, "CreateDate": date}
                for number, each in enumerate(versions, 1)
            ],
        }

    def _own(self, policy: str) -> str:
        return f"arn:aws:iam::{self.id}:policy/{policy}"

    def _moment(self) -> str:
        draw = self.random.randrange
        return _MOMENT.format(month=draw(1, 10), day=draw(10), hour=draw(10))

    def _entity(self, kind: str, prefix: str, label: str, name: str, path: str = "/") -> Json:
        arn = f"arn:aws:iam::{self.id}:{kind}{path}{name}"
        identifier = {f"{label}Name": name, f"{label}Id": unique_id(prefix, arn), "Arn": arn}
        return {"Path": path, **identifier, "CreateDate": self._moment()}

    def _attached(self, most: int) -> list[str]:
        pool = [self._own(name) for name in (*self.own_policies, *landing_zone_policies(self.id))]
        pool += [_AWS + name for name in aws_policies() if name not in {"AdministratorAccess", "PowerUserAccess"}]
        chosen = self.random.sample(pool, self.random.randrange(most + 1))
        if self.random.random() < 0.02:
            chosen.append(_AWS + self.random.choice(("AdministratorAccess", "PowerUserAccess")))
        return chosen

    def _inline(self, chance: float) -> list[Json]:
        return [self._drawn()] if self.random.random() < chance else []

    def _boundary(self, chance: float) -> Json:
        if self.random.random() >= chance:
            return {}
        reference = {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": self._own("permissions-boundary")}
        return {"PermissionsBoundary": reference}

    def _tags(self) -> list[Json]:
        team = self.random.choice(("core", "data", "web", "platform"))
        return [
            {"Key": "team", "Value": team},
            {"Key": "managed-by", "Value": "terraform"},
            {"Key": "cost-center", "Value": f"{self.random.randrange(1_000, 1_050)}"},
        ]


def _inlined(documents: list[Json]) -> list[Json]:
    return [{"PolicyName": "inline", "PolicyDocument": each} for each in documents]


def _references(arns: list[str]) -> list[Json]:
    return [{"PolicyName": arn.rpartition("/")[2], "PolicyArn": arn} for arn in arns]
