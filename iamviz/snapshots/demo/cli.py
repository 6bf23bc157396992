"""The demo's accounts as AWS CLI prints them: authorization details of one account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from iamviz.snapshots.demo.documents import Json
from iamviz.snapshots.demo.ids import days_before, iso, unique_id
from iamviz.snapshots.demo.managed import managed_document
from iamviz.snapshots.demo.organization import IDS
from iamviz.snapshots.demo.shapes import Account, Group, Role, User

AWS = "arn:aws:iam::aws:policy/"
_LAST_USE = {"often": (0, 20), "seldom": (45, 380)}


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints the details of one account; knows how names become ARNs there."""

    account: Account

    def arn(self, kind: str, name: str, path: str = "/") -> str:
        return f"arn:aws:iam::{IDS[self.account.name]}:{kind}{path}{name}"

    def _policy_arn(self, name: str) -> str:
        if name in self.account.policies:
            return self.arn("policy", name)
        if managed_document(name) is None and name not in self.account.unexported:
            message = f"{self.account.name}: no policy is called {name}"
            raise KeyError(message)
        return AWS + name

    def _attached(self, names: Iterable[str]) -> list[Json]:
        return [{"PolicyName": name.rsplit("/", 1)[-1], "PolicyArn": self._policy_arn(name)} for name in names]

    def _boundary(self, name: str | None) -> Json:
        if name is None:
            return {}
        boundary = {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": self._policy_arn(name)}
        return {"PermissionsBoundary": boundary}

    def user(self, user: User) -> Json:
        arn = self.arn("user", user.name, user.path)
        inline: Json = {"UserPolicyList": _inline(user.inline)} if user.inline else {}
        return {
            "Path": user.path,
            "UserName": user.name,
            "UserId": unique_id("AIDA", arn),
            "Arn": arn,
            "CreateDate": created(user, arn),
            **inline,
            "GroupList": list(user.groups),
            "AttachedManagedPolicies": self._attached(user.attached),
            **self._boundary(user.boundary),
            "Tags": _tags(user.tags),
        }

    def group(self, group: Group) -> Json:
        arn = self.arn("group", group.name)
        return {
            "Path": "/",
            "GroupName": group.name,
            "GroupId": unique_id("AGPA", arn),
            "Arn": arn,
            "CreateDate": iso(days_before(arn, 400, 1900)),
            "GroupPolicyList": _inline(group.inline),
            "AttachedManagedPolicies": self._attached(group.attached),
        }

    def bare_role(self, role: Role) -> Json:
        """What instance profiles and `list-roles` say of a role."""
        arn = self.arn("role", role.name, role.path)
        return {
            "Path": role.path,
            "RoleName": role.name,
            "RoleId": unique_id("AROA", arn),
            "Arn": arn,
            "CreateDate": iso(days_before(arn, 60, 1500)),
            "AssumeRolePolicyDocument": role.trust,
        }

    def instance_profiles(self, role: Role) -> list[Json]:
        if role.instance_profile is None:
            return []
        arn = self.arn("instance-profile", role.instance_profile)
        return [
            {
                "Path": "/",
                "InstanceProfileName": role.instance_profile,
                "InstanceProfileId": unique_id("AIPA", arn),
                "Arn": arn,
                "CreateDate": iso(days_before(arn, 60, 1500)),
                "Roles": [self.bare_role(role)],
            }
        ]

    def role(self, role: Role) -> Json:
        return self.bare_role(role) | {
            "InstanceProfileList": self.instance_profiles(role),
            "RolePolicyList": _inline(role.inline),
            "AttachedManagedPolicies": self._attached(role.attached),
            **self._boundary(role.boundary),
            "Tags": _tags(role.tags),
            "RoleLastUsed": _last_use(role, self.arn("role", role.name, role.path)),
        }

    def _policies(self) -> Iterator[Json]:
        used, boundaries = _uses(self.account)
        for name, document in self.account.policies.items():
            yield _policy(self._policy_arn(name), document, used.count(name), boundaries.count(name))
        for name in sorted(set(used) - set(self.account.policies) - self.account.unexported):
            document_of_aws = managed_document(name)
            if document_of_aws is not None:
                yield _policy(AWS + name, document_of_aws, used.count(name), 0)

    def authorization_details(self) -> Json:
        return {
            "UserDetailList": [self.user(user) for user in self.account.users],
            "GroupDetailList": [self.group(group) for group in self.account.groups],
            "RoleDetailList": [self.role(role) for role in sorted(self.account.roles, key=lambda role: role.name)],
            "Policies": list(self._policies()),
        }


def created(user: User, arn: str) -> str:
    oldest_key = max((abs(age) for age in user.keys), default=30)
    return iso(days_before(arn, oldest_key + 1, oldest_key + 700))


def _inline(documents: Mapping[str, Json]) -> list[Json]:
    return [{"PolicyName": name, "PolicyDocument": document} for name, document in documents.items()]


def _tags(tags: Mapping[str, str]) -> list[Json]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def _last_use(role: Role, arn: str) -> Json:
    if role.used not in _LAST_USE:
        return {}
    return {"LastUsedDate": iso(days_before(arn + " used", *_LAST_USE[role.used])), "Region": "eu-west-1"}


def _uses(account: Account) -> tuple[list[str], list[str]]:
    """The names of attached policies and of boundaries, as often as they are used."""
    bound: tuple[User | Role, ...] = (*account.users, *account.roles)
    holders: tuple[User | Role | Group, ...] = (*bound, *account.groups)
    attached = [name for holder in holders for name in holder.attached]
    return attached, [holder.boundary for holder in bound if holder.boundary]


def _policy(arn: str, document: Json, attachments: int, boundaries: int) -> Json:
    path, name = arn.split(":policy", 1)[1].rsplit("/", 1)
    date = iso(days_before(arn, 200, 1900))
    version = {"Document": document, "VersionId": "v1", "IsDefaultVersion": True, "CreateDate": date}
    return {
        "PolicyName": name,
        "PolicyId": unique_id("ANPA", arn),
        "Arn": arn,
        "Path": path + "/",
        "DefaultVersionId": "v1",
        "AttachmentCount": attachments,
        "PermissionsBoundaryUsageCount": boundaries,
        "IsAttachable": True,
        "CreateDate": date,
        "UpdateDate": date,
        "PolicyVersionList": [version],
    }
