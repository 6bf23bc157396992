"""Parts of one account to its Inventory, and the organization's part to an Organization."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, TypeVar

from iamviz.ingest.assemble_center import build_identity_center
from iamviz.ingest.assemble_organization import build_organization
from iamviz.ingest.assemble_resources import build_resource_policies
from iamviz.ingest.assemble_workloads import RoleNames, build_workloads, regions_of
from iamviz.ingest.command_contents import CommandOutputs, ListedRole
from iamviz.ingest.contents import (
    AuthorizationDetails,
    CredentialReport,
    GroupContent,
    InlineText,
    PolicyContent,
    RoleContent,
    UserContent,
)
from iamviz.ingest.credentials import CredentialFacts
from iamviz.ingest.documents import DocumentCache
from iamviz.ingest.limits import AWS_DOCUMENT_CHARACTERS, DOCUMENT_CHARACTERS
from iamviz.ingest.merge import join_commands, join_profiles, merge_parts
from iamviz.ingest.parts import Kind, Part, decode_content
from iamviz.inventory.model import (
    Group,
    InlinePolicy,
    InstanceProfile,
    Inventory,
    ManagedPolicy,
    Notice,
    PolicyDocument,
    PolicyVersion,
    Role,
    User,
)
from iamviz.policy.arn import parse_arn

__all__ = ["build_inventory", "build_organization"]

T = TypeVar("T")

_MISSING_LISTS = {
    "UserDetailList": "users",
    "GroupDetailList": "groups",
    "RoleDetailList": "roles",
    "Policies": "managed policies",
}


def build_inventory(account: str, parts: Sequence[Part], documents: DocumentCache) -> Inventory:
    """What the parts say about `account`, newest part of each kind; parts of other accounts are left aside."""
    own = merge_parts(part for part in parts if part.account == account)
    return _Assembly(account, own, documents).inventory()


class _Assembly:
    def __init__(self, account: str, parts: Sequence[Part], documents: DocumentCache) -> None:
        self.account = account
        self.parts = parts
        self.documents = documents
        self.notices: list[Notice] = [notice for part in parts for notice in part.notices]
        self.details_part = next((part for part in parts if part.kind == "authorization-details"), None)
        self.details = self._decode("authorization-details", AuthorizationDetails) or _NO_DETAILS
        self.commands = join_commands([part for part in parts if part.kind == "command-outputs"])
        self.file = self.details_part.file if self.details_part else ", ".join(part.file for part in parts)

    def _decode(self, kind: Kind, type_: type[T]) -> T | None:
        part = next((part for part in self.parts if part.kind == kind), None)
        return None if part is None else decode_content(part, type_)

    def inventory(self) -> Inventory:
        self._note_what_is_missing()
        facts = CredentialFacts(self._decode("credential-report", CredentialReport), self.commands)
        users = tuple(self._user(each, facts) for each in self.details.users)
        self.notices += facts.notices(self.account, self.file, self.details)
        dated = self.details_part or next(iter(self.parts), None)
        inventory = Inventory(
            self.account,
            self._partition(),
            self.commands.alias,
            dated.collected if dated else None,
            users,
            tuple(self._group(each) for each in self.details.groups),
            tuple(self._roles()),
            {each.arn: self._policy(each) for each in self.details.policies},
            tuple(self._profiles()),
            facts.root(),
            _known(self.commands.oidc_providers),
            _known(self.commands.saml_providers),
            tuple(self.notices),
            has_details=self.details_part is not None,
        )
        return inventory if self.commands == _NO_COMMANDS else self._with_commands(inventory)

    def _with_commands(self, inventory: Inventory) -> Inventory:
        """Adds what commands tell beyond users and roles."""
        regions = regions_of(self.commands.looked_at)
        policies = build_resource_policies(self.account, self.commands, regions, self._document)
        return replace(
            inventory,
            workloads=build_workloads(self.commands, regions, RoleNames(inventory)),
            resource_policies=policies,
            identity_center=build_identity_center(self.commands),
            oidc_clients={each.arn: frozenset(each.clients) for each in self.commands.oidc_clients or ()},
            commands=regions,
            notices=tuple(self.notices),
        )

    def _partition(self) -> str:
        lists = (self.details.users, self.details.groups, self.details.roles, self.details.policies)
        own = (each.arn for each in chain[Any](*lists) if f":{self.account}:" in each.arn)
        arn = parse_arn(next(own, ""))
        return "aws" if arn is None else arn.partition

    def _note(self, kind: str, text: str, place: str = "") -> None:
        self.notices.append(Notice(self.account, self.file, place, kind, text))

    def _note_what_is_missing(self) -> None:
        if self.details_part is None:
            self._note("missing", "No authorization details of this account: its identities and policies are unknown.")
            return
        for name, words in _MISSING_LISTS.items():
            if name not in self.details.lists:
                self._note("missing", f"The {words} of this account were not collected.", name)
        if self.details.more:
            text = "A page says that more follow, and the last one is not here: identities and policies are missing."
            self._note("incomplete", f"{text} Collect it again, or add the pages that follow.", self.details.more)

    def _user(self, value: UserContent, facts: CredentialFacts) -> User:
        return User(
            value.arn,
            value.name,
            value.user_id,
            value.path,
            value.created,
            tuple(self._group_names(value)),
            self._inline(value.inline, value.arn, "UserPolicyList"),
            value.attached,
            value.boundary,
            dict(value.tags),
            facts.of_user(value),
        )

    def _group_names(self, user: UserContent) -> Iterator[str]:
        """As the groups themselves are spelled: names are compared without regard to case."""
        known = {each.name.casefold(): each.name for each in self.details.groups}
        for name in user.groups:
            spelled = known.get(name.casefold())
            if spelled is None:
                text = f"The group {name!r} is not in the snapshot: what it allows this user is unknown."
                self._note("missing", text, f"{user.arn} GroupList")
            yield spelled or name

    def _group(self, value: GroupContent) -> Group:
        inline = self._inline(value.inline, value.arn, "GroupPolicyList")
        return Group(value.arn, value.name, value.group_id, value.path, value.created, inline, value.attached)

    def _roles(self) -> Iterator[Role]:
        listed = {each.arn.casefold(): each for each in self.commands.roles or ()}
        for value in self.details.roles:
            yield self._role(value, listed.get(value.arn.casefold()))

    def _role(self, value: RoleContent, listed: ListedRole | None) -> Role:
        return Role(
            value.arn,
            value.name,
            value.role_id,
            self._document(value.trust, f"{value.arn} AssumeRolePolicyDocument"),
            value.path,
            value.created,
            self._inline(value.inline, value.arn, "RolePolicyList"),
            value.attached,
            value.boundary,
            dict(value.tags),
            value.last_used,
            value.last_used_region,
            listed.description if listed else None,
            listed.max_session if listed else None,
        )

    def _policy(self, value: PolicyContent) -> ManagedPolicy:
        of_aws = value.arn.split(":")[4:5] == ["aws"]
        limit = AWS_DOCUMENT_CHARACTERS if of_aws else DOCUMENT_CHARACTERS
        versions = tuple(
            PolicyVersion(
                each.version_id,
                each.is_default,
                self._document(each.text, f"{value.arn} {each.version_id}", characters=limit),
                each.created,
            )
            for each in value.versions
        )
        if not any(each.is_default for each in versions):
            self._note(
                "missing", "No version of this policy is marked as the default: what it says is unknown.", value.arn
            )
        return ManagedPolicy(value.arn, value.name, versions, value.policy_id, value.path, value.description)

    def _inline(self, values: Iterable[InlineText], owner: str, key: str) -> tuple[InlinePolicy, ...]:
        return tuple(
            InlinePolicy(each.name, self._document(each.text, f"{owner} {key} {each.name}")) for each in values
        )

    def _document(self, text: str | None, place: str, *, characters: int = DOCUMENT_CHARACTERS) -> PolicyDocument:
        found = self.documents.read(text, characters=characters)
        if found.document is None:
            self._note("unreadable", f"This policy document cannot be read: {found.problem}.", place)
        else:
            for problem in found.document.problems:
                self._note("warning", f"In this policy document: {problem}", place)
        return found

    def _profiles(self) -> Iterator[InstanceProfile]:
        for each in join_profiles(chain(self.details.profiles, self.commands.profiles or ())):
            yield InstanceProfile(each.arn, each.name, each.roles)


def _known(values: Iterable[str] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(values)


_NO_COMMANDS = CommandOutputs()
_NO_DETAILS = AuthorizationDetails((), (), (), (), (), ())
